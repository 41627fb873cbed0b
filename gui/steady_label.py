"""A label for figures that change all the time: its width grows when it must, and never shrinks.

Qt lays the whole window out anew whenever the text of a label of no fixed size is set.
"""

from PySide6.QtWidgets import QLabel, QWidget

LARGEST = (1 << 24) - 1  # what Qt calls QWIDGETSIZE_MAX


class SteadyLabel(QLabel):
    """`say` does nothing at all where the text is what it was."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ""

    def say(self, text: str) -> None:
        """Shows another text."""
        if text == self._said:
            return
        self._said = text
        self.setText(text)
        needed = self.sizeHint()
        if needed.width() > self.minimumWidth() or needed.height() > self.minimumHeight():
            self.setFixedSize(needed.expandedTo(self.minimumSize()))

    def forget(self) -> None:
        """Says nothing, and takes no more room than that."""
        self._said = ""
        self.clear()
        self.setMinimumSize(0, 0)
        self.setMaximumSize(LARGEST, LARGEST)
