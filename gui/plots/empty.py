"""A place for a picture; while there is none, a sentence stands there that says what to do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from gui import theme


class EmptyOr(QWidget):
    """Shows `content`, or a muted sentence in its place."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._words = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._words.setProperty("role", "muted")
        self._words.setMargin(theme.SPACE_L)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._words)
        self._stack.addWidget(content)

    @property
    def sentence(self) -> str:
        """What stands in place of the picture; "" while the picture is shown."""
        return "" if self._stack.currentWidget() is self._content else self._words.text()

    def show_sentence(self, sentence: str) -> None:
        """Puts the sentence in place of the picture."""
        self._words.setText(sentence)
        self._stack.setCurrentWidget(self._words)

    def show_content(self) -> None:
        """Shows the picture."""
        self._stack.setCurrentWidget(self._content)
