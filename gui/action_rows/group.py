"""What the Arrange and Insert menus offer for groups and notes."""

from gui.action_rows.spec import Spec
from gui.words import mark

GROUP: tuple[Spec, ...] = (
    Spec(
        "group",
        mark("Grou&p"),
        "canvas.grouping.group",
        ("Ctrl+G",),
        "selection-plus",
        mark("Make the selected layers a group that is moved, folded and named as one"),
        needs=("selection",),
    ),
    Spec(
        "ungroup",
        mark("&Ungroup"),
        "canvas.grouping.ungroup",
        ("Ctrl+Shift+G",),
        "",
        mark("Take the group apart; its layers stay"),
        needs=("grouped",),
    ),
    Spec(
        "fold",
        mark("&Fold or unfold the group"),
        "canvas.grouping.fold",
        ("G",),
        "package",
        mark("Show the selected layer's group as one block, or its layers again"),
        "canvas",
        ("grouped",),
    ),
    Spec(
        "note",
        mark("Add a &note"),
        "canvas.grouping.add_note",
        ("N",),
        "note",
        mark("Write on the canvas, at the pointer or in the middle of what is shown"),
        "canvas",
        ("project",),
    ),
)
