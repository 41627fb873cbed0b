"""What the keys and the mouse do: the keys as the table of actions has them, menu by menu."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
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
from gui.action_table import ACTIONS, LAYOUTS, MENUS, TEXT, THEMES, Spec
from gui.pages.scrolled import scrolled
from gui.words import mark, tr

GESTURES = (
    (mark("Drag a layer from the list"), mark("place it; on a link, splice it in")),
    (mark("Double-click in the list"), mark("append it after the selection")),
    (mark("Double-click empty canvas"), mark("add a layer found by a few letters")),
    (mark("Double-click a card"), mark("rename it")),
    (mark("Drag from port to port"), mark("link two layers")),
    (mark("Drag from a port to empty canvas"), mark("add a layer that fits there")),
    (mark("Drag the end of a link"), mark("lead it elsewhere; on empty canvas, remove it")),
    (mark("Alt, drag a card"), mark("take it out of its links and join these")),
    (mark("Drag on empty canvas"), mark("select with a rubber band")),
    (mark("Click the badge of a card"), mark("mend its problem, where one click can")),
    (mark("Middle button, drag"), mark("move the view")),
    (mark("Wheel"), mark("zoom at the pointer")),
    (mark("Drag a file onto the window"), mark("open it")),
)
CANVAS_KEYS = (
    (mark("Arrow keys"), mark("nudge the selected layers; with Shift by one pixel")),
    (mark("Alt and an arrow key"), mark("select the next layer in that direction")),
    (mark("L"), mark("link the selected layers from left to right")),
    (mark("Tab"), mark("choose a layer to add")),
    (mark("Shift+Tab"), mark("leave the canvas")),
    (mark("Escape"), mark("give up the gesture under way")),
)
OUTLINE_KEYS = (
    (mark("Arrow keys"), mark("choose a layer")),
    (mark("Enter"), mark("go to its card")),
    (mark("F2"), mark("rename it")),
    (mark("Delete"), mark("delete the chosen layers")),
)
BELOW = {"[layouts]": LAYOUTS, "[text]": TEXT, "[theme]": THEMES}
Lines = Sequence[tuple[str, str]]


class ShortcutsDialog(QDialog):
    """Two columns: the keys of every menu, and what keys and mouse do on the canvas."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard and mouse"))
        content = QWidget()
        columns = QHBoxLayout(content)
        columns.setContentsMargins(theme.SPACE_L, theme.SPACE_L, theme.SPACE_L, theme.SPACE_S)
        columns.setSpacing(theme.SPACE_XL)
        menus = [(tr(title).replace("&", ""), keys_of(entries)) for title, entries in MENUS]
        columns.addLayout(_column([each for each in menus if each[1]]))
        columns.addLayout(
            _column(
                (
                    (tr("Mouse on the canvas"), _translated(GESTURES)),
                    (tr("Keys on the canvas"), _translated(CANVAS_KEYS)),
                    (tr("Keys in the outline"), _translated(OUTLINE_KEYS)),
                )
            )
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, theme.SPACE_L)
        outer.addWidget(scrolled(content))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE_L, 0, theme.SPACE_L, 0)
        row.addWidget(buttons)
        outer.addLayout(row)
        self.resize(theme.scaled(860), 640)


def keys_of(entries: Iterable[str | None]) -> list[tuple[str, str]]:
    """(keys, what they do) of the actions of a menu that have keys, in their order."""
    by_id = {spec.id: spec for spec in ACTIONS}
    names = [name for each in entries if each for name in BELOW.get(each, (each,))]
    return [_line(by_id[name]) for name in names if name in by_id and by_id[name].keys]


def _line(spec: Spec) -> tuple[str, str]:
    native = QKeySequence.SequenceFormat.NativeText
    keys = [QKeySequence(key).toString(native) for key in spec.keys]
    return tr(" or ").join(keys), tr(spec.text).replace("&", "").rstrip("…")


def _translated(lines: Lines) -> Lines:
    return [(tr(left), tr(right)) for left, right in lines]


def _column(sections: Iterable[tuple[str, Lines]]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.SPACE_M)
    for title, lines in sections:
        heading = QLabel(title)
        heading.setProperty("role", "title")
        column.addWidget(heading)
        column.addLayout(_grid(lines))
        column.addSpacing(theme.SPACE_S)
    column.addStretch()
    return column


def _grid(lines: Lines) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.SPACE_L)
    grid.setVerticalSpacing(theme.SPACE_S)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, theme.scaled(150))
    for row, (left, right) in enumerate(lines):
        what = QLabel(right)
        what.setProperty("role", "muted")
        what.setWordWrap(True)
        grid.addWidget(QLabel(left), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(what, row, 1, Qt.AlignmentFlag.AlignTop)
    return grid
