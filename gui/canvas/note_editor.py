"""Writing a note where it lies."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from engine.groups import LONGEST_TEXT
from gui import theme
from gui.canvas.note_item import PADDING
from gui.canvas.view import View
from gui.words import tr

_LEAST = 120, 56


class NoteEditor(QPlainTextEdit):
    """Lies over the note; Escape, Ctrl+Enter and leaving it all keep what was typed."""

    written = Signal(str, str)

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._view = view
        self._identifier: str | None = None
        self.setAccessibleName(tr("Text of the note"))
        self.setPlaceholderText(tr("Write a note; Escape ends it"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.hide()
        view.looked_elsewhere.connect(self.finish)
        view.zoom_changed.connect(self.finish)

    def begin(self, identifier: str, text: str, at: QPointF, size: tuple[float, float]) -> None:
        """Edit the text of a note that lies there; without an id it is a new one."""
        self._identifier = identifier
        zoom = max(self._view.zoom, 0.5)
        box = self._view.mapFromScene(QRectF(at.x(), at.y(), *size)).boundingRect()
        box.setSize(box.size().expandedTo(QSize(*_LEAST)))
        font = theme.scene_font()
        font.setPointSizeF(max(7.0, font.pointSizeF() * zoom))
        self.setFont(font)
        self.document().setDocumentMargin(PADDING * zoom)
        self.setGeometry(box)
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Keep what was typed."""
        identifier, self._identifier = self._identifier, None
        if identifier is None:
            return
        had_focus = self.hasFocus()
        self.hide()
        if had_focus:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.written.emit(identifier, self.toPlainText()[:LONGEST_TEXT])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape or (enter and held):
            self.finish()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finish()
