"""The field in which a weight or bias is written by hand, where it stands."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gui import theme
from gui.canvas.neurons.unfolded import Place
from gui.words import tr


class NumberField(QLineEdit):
    """Enter sets the number, Escape or leaving it does not; what is no number is said so."""

    written = Signal(object, float)  # Place
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._web = parent
        self._place: Place | None = None
        self.setAccessibleName(tr("Value"))
        self.setToolTip(tr("Enter sets the value, Escape leaves it as it is"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def begin(self, place: Place, value: str, at: QPoint) -> None:
        """Asks for a number, with the middle of the field at a point of its parent."""
        self._place = place
        self.resize(theme.scaled(132), self.sizeHint().height())
        room = self._web.rect().adjusted(4, 4, -self.width() - 4, -self.height() - 4)
        corner = at - self.rect().center()
        left = max(room.left(), min(corner.x(), room.right()))
        self.move(left, max(room.top(), min(corner.y(), room.bottom())))
        self.setText(value)
        self.selectAll()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._end()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.hide()

    def _finish(self) -> None:
        text = self.text().strip().replace("−", "-")
        try:
            value = float(text if text.count(",") != 1 else text.replace(",", "."))
        except ValueError:
            self.refused.emit(tr("“{text}” is not a number; write one such as −0.25.", text=text))
            return
        place = self._place
        self._end()
        if place is not None:
            self.written.emit(place, value)

    def _end(self) -> None:
        self.hide()
        self._web.setFocus(Qt.FocusReason.OtherFocusReason)
