"""What few people need, folded away behind a button."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from gui import theme


class FoldButton(QToolButton):
    """A flat button with an arrow that points down while what it folds is shown."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setText(title)
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setArrowType(Qt.ArrowType.RightArrow)
        self.toggled.connect(self._turn)

    def _turn(self, on: bool) -> None:
        self.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)


class Fold(QWidget):
    """A button, and beneath it what it shows and hides; hidden at first."""

    def __init__(self, title: str, widgets: Iterable[QWidget]) -> None:
        super().__init__()
        self.button = FoldButton(title)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.SPACE_XS)
        for widget in widgets:
            inner.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_XS)
        column.addWidget(self.button)
        column.addWidget(content)
        content.hide()
        self.button.toggled.connect(content.setVisible)
