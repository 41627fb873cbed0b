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
from gui.words import mark, tr

GESTURES = (
    (mark("Drag a layer from the list"), mark("place it; on a link, splice it in")),
    (mark("Double-click the list"), mark("add a layer behind the selection")),
    (mark("Double-click empty canvas"), mark("find a layer and place it there")),
    (mark("Double-click a link"), mark("find a layer and splice it in")),
    (mark("Drag from port to port"), mark("link two layers")),
    (mark("Drop a loose link"), mark("find a layer for its end")),
    (mark("Alt, drag a layer"), mark("take it out and join what it was between")),
    (mark("Drag on empty canvas"), mark("select with a rubber band")),
    (mark("Middle button, drag"), mark("move the view")),
    (mark("Wheel"), mark("zoom at the pointer")),
    (mark("Arrow keys"), mark("nudge the selected layers")),
    (mark("Tab"), mark("choose a layer to add")),
    (mark("Escape"), mark("give up the gesture under way")),
)


class ShortcutsDialog(QDialog):
    """Two lists: keys of every action that has some, and what the mouse does on the canvas."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard and mouse"))
        content = QWidget()
        columns = QHBoxLayout(content)
        columns.setContentsMargins(theme.SPACE_L, theme.SPACE_L, theme.SPACE_L, theme.SPACE_S)
        columns.setSpacing(theme.SPACE_XL)
        columns.addLayout(_list(tr("Keys"), keys_of(actions)))
        columns.addLayout(_list(tr("On the canvas"), GESTURES))
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
        what = QLabel(tr(right))
        what.setProperty("role", "muted")
        what.setWordWrap(True)
        grid.addWidget(QLabel(tr(left)), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(what, row, 1, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(theme.SPACE_M)
    column.addWidget(heading)
    column.addLayout(grid)
    column.addStretch()
    return column
