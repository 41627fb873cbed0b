"""What the keys and the mouse do, read from the actions themselves."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.pages.scrolled import scrolled

GESTURES = (
    ("Drag a layer from the list", "place it; on a link, splice it in"),
    ("Drag from port to port", "link two layers"),
    ("Drag on empty canvas", "select with a rubber band"),
    ("Middle button, drag", "move the view"),
    ("Wheel", "zoom at the pointer"),
    ("Arrow keys", "nudge the selected layers"),
    ("Tab", "choose a layer to add"),
    ("Escape", "give up the gesture under way"),
)


class ShortcutsDialog(QDialog):
    """Two lists: keys of every action that has some, and what the mouse does on the canvas."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard and mouse")
        content = QWidget()
        columns = QHBoxLayout(content)
        columns.setContentsMargins(theme.SPACE_L, theme.SPACE_L, theme.SPACE_L, theme.SPACE_S)
        columns.setSpacing(theme.SPACE_XL)
        columns.addLayout(_list("Keys", keys_of(actions)))
        columns.addLayout(_list("On the canvas", GESTURES))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, theme.SPACE_L)
        outer.addWidget(scrolled(content))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE_L, 0, theme.SPACE_L, 0)
        row.addWidget(buttons)
        outer.addLayout(row)
        self.resize(760, 600)


def keys_of(actions: Iterable[QAction]) -> list[tuple[str, str]]:
    """(keys, what they do) of the actions that have keys, in their order."""
    found: list[tuple[str, str]] = []
    for action in actions:
        keys = [key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()]
        if keys:
            found.append((" or ".join(keys), action.text().replace("&", "").rstrip("…")))
    return found


def _list(title: str, lines: Sequence[tuple[str, str]]) -> QVBoxLayout:
    heading = QLabel(title)
    heading.setProperty("role", "title")
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.SPACE_L)
    grid.setVerticalSpacing(theme.SPACE_S)
    grid.setColumnStretch(1, 1)
    for row, (left, right) in enumerate(lines):
        what = QLabel(right)
        what.setProperty("role", "muted")
        what.setWordWrap(True)
        grid.addWidget(QLabel(left), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(what, row, 1, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(theme.SPACE_M)
    column.addWidget(heading)
    column.addLayout(grid)
    column.addStretch()
    return column
