"""What few people need, folded away behind a button."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gui import theme


class Fold(QWidget):
    """A button that shows and hides what few people need."""

    def __init__(self, title: str, widgets: Iterable[QWidget], indent: int = 0) -> None:
        super().__init__()
        self.button = QToolButton()
        self.button.setText(title)
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._content = QWidget()
        inner = QVBoxLayout(self._content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.SPACE_XS)
        for widget in widgets:
            inner.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_XS)
        line = QHBoxLayout()
        line.setContentsMargins(indent, 0, 0, 0)
        line.addWidget(self.button)
        line.addStretch()
        column.addLayout(line)
        column.addWidget(self._content)
        self.button.toggled.connect(self._unfold)
        self._unfold(False)

    def _unfold(self, on: bool) -> None:
        self._content.setVisible(on)
        arrow = Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow
        self.button.setArrowType(arrow)
