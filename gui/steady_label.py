"""A label for figures that change all the time, which costs next to nothing.

For a label of no fixed size Qt lays the whole window out anew whenever its text is set, and a
text with bold words in it becomes a document each time. Here the width grows when it must and
never shrinks, and the words are painted as they are.
"""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget


class SteadyLabel(QLabel):
    """One line; words between <b> and </b> are bold. `say` does nothing where nothing changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = self._widest = ""

    def text(self) -> str:
        """What was said last."""
        return self._said

    def say(self, text: str) -> None:
        """Shows another text."""
        if text == self._said:
            return
        self._said = text
        self.setAccessibleName(text.replace("<b>", "").replace("</b>", ""))
        self._make_room(text)
        self.update()

    def forget(self) -> None:
        """Says nothing any more."""
        self._said = ""
        self.setAccessibleName("")
        self.update()

    def reserve(self, text: str) -> None:
        """Takes as much room as this would, so that growing disturbs nobody later on."""
        self._make_room(text)

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _make_room(self, text: str) -> None:
        self.ensurePolished()  # else the font may still be another
        margins, parts = self.contentsMargins(), self._parts(text)
        width = sum(QFontMetricsF(font).horizontalAdvance(words) for words, font in parts)
        needed = round(width + 0.5) + margins.left() + margins.right()
        height = self.fontMetrics().height() + margins.top() + margins.bottom()
        if needed > self.minimumWidth() or height > self.minimumHeight():
            self._widest = text
            self.setFixedSize(max(needed, self.minimumWidth()), height)

    def changeEvent(self, event: QEvent) -> None:
        """In another size of text, the widest words so far need other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._widest:
            self.setFixedSize(0, 0)
            self._make_room(self._widest)

    def _parts(self, text: str) -> list[tuple[str, QFont]]:
        """The words with the fonts that they are in."""
        plain, bold = self.font(), self.font()
        bold.setBold(True)
        parts: list[tuple[str, QFont]] = []
        for place, words in enumerate(text.replace("</b>", "<b>").split("<b>")):
            if words:
                parts.append((words, bold if place % 2 else plain))
        return parts

    def paintEvent(self, event: QPaintEvent) -> None:
        room, metrics = self.contentsRect(), self.fontMetrics()
        x = float(room.left())
        y = room.top() + (room.height() - metrics.height()) / 2 + metrics.ascent()
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        for words, font in self._parts(self._said):
            painter.setFont(font)
            painter.drawText(round(x), round(y), words)
            x += QFontMetricsF(font).horizontalAdvance(words)
