"""A narrow column that scrolls up and down, as the panels at the sides are."""

from collections.abc import Iterable

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gui import theme


def scrolled(content: QWidget) -> QScrollArea:
    """`content` in a scroll area of its own width, without a frame.

    It scrolls sideways only where not even the narrowest form of it fits, as with large text.
    """
    content.setProperty("role", "content")
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(content)
    return area


def fill(panel: QWidget, widgets: Iterable[QWidget]) -> None:
    """Puts `widgets` one beneath the other into `panel`, where they scroll.

    From the outside in: a widget that gets a parent is dressed anew with all that it holds.
    """
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_M, theme.SPACE_M)
    column.setSpacing(theme.SPACE_S)
    outer = QVBoxLayout(panel)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scrolled(content))
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch()
