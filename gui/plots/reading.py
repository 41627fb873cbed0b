"""A muted line at the right of a header that says what is pointed at, cut where it must be."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel


class ReadingLabel(QLabel):
    """Right-aligned; begins with "…" where there is no room, and then says all in its tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence = ""
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setProperty("role", "muted")
        self.setMinimumWidth(1)

    def say(self, sentence: str) -> None:
        """Shows another line."""
        if sentence == self.sentence:
            return
        self.sentence = sentence
        self.setToolTip(sentence)
        self.setAccessibleName(sentence)
        self._fit()

    def _fit(self) -> None:
        elide = Qt.TextElideMode.ElideLeft
        self.setText(self.fontMetrics().elidedText(self.sentence, elide, self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
