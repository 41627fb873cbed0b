"""A line of text in a form, with a muted hint beside what is typed."""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from gui import theme

LEAST_TEXT = 40  # pixels of a line of text that no hint may take


class LineEdit(QLineEdit):
    """A line of text with a muted hint at its right end, which leaves an idle Ctrl+Z alone.

    Qt's line edit claims the undo keys even when it has nothing to undo, so that the document's
    undo would be dead wherever a field has the focus.
    """

    def __init__(self, hint: str = "", left: int = 0) -> None:
        super().__init__()
        self._hint, self._left = hint, left
        self._leave_room()

    def _leave_room(self) -> None:
        """Keeps room for the hint, but never at the cost of the text itself."""
        room = self.fontMetrics().horizontalAdvance(self._hint) + 6 if self._hint else 0
        fits = self.width() - self._left - room >= LEAST_TEXT
        self.setTextMargins(self._left, 0, room if fits else 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._leave_room()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            idle_undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
            idle_redo = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            if idle_undo or idle_redo:
                event.ignore()
                return False
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        metrics = self.fontMetrics()
        needed = metrics.horizontalAdvance(f"{self.text()}{self._hint}") + 10
        if self._hint and needed <= self.width():
            painter = QPainter(self)
            painter.setPen(theme.color("muted", 1.0 if self.isEnabled() else 0.6))
            area: QRect = self.rect().adjusted(0, 0, -6, 0)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(area, flags, self._hint)
            painter.end()
