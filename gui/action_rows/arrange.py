"""What the Arrange menu offers."""

from gui.action_rows.spec import Spec

_SIDES = (
    ("left", "&left", "Alt+Shift+Left", "align-left", "The leftmost selected layer's left edge"),
    ("centre", "&centre", "", "align-center-horizontal", "One upright line, midway"),
    (
        "right",
        "&right",
        "Alt+Shift+Right",
        "align-right",
        "The rightmost selected layer's right edge",
    ),
    ("top", "&top", "Alt+Shift+Up", "align-top", "The topmost selected layer's top edge"),
    ("middle", "&middle", "", "align-center-vertical", "One level line, midway"),
    (
        "bottom",
        "&bottom",
        "Alt+Shift+Down",
        "align-bottom",
        "The lowest selected layer's bottom edge",
    ),
)

ARRANGE: tuple[Spec, ...] = (
    Spec(
        "lay_out_right",
        "Lay out from left to ri&ght",
        "canvas.tidy.lay_out_right",
        ("Ctrl+L",),
        "tree-structure",
        "Put every layer behind those that feed it, with few crossings",
        needs=("project",),
    ),
    Spec(
        "lay_out_down",
        "Lay out from top &down",
        "canvas.tidy.lay_out_down",
        ("Ctrl+Shift+L",),
        "",
        "Put every layer below those that feed it, with few crossings",
        needs=("project",),
    ),
    *(
        Spec(
            f"align_{side}",
            f"Align {words}",
            f"canvas.tidy.{side}",
            (key,) if key else (),
            icon,
            f"Align the selected layers: {tip[0].lower()}{tip[1:]}",
            needs=("selection",),
        )
        for side, words, key, icon, tip in _SIDES
    ),
    Spec(
        "spread_across",
        "Distribute &horizontally",
        "canvas.tidy.spread_across",
        (),
        "",
        "The same distance between the selected layers, from left to right",
        needs=("selection",),
    ),
    Spec(
        "spread_down",
        "Distribute &vertically",
        "canvas.tidy.spread_down",
        (),
        "",
        "The same distance between the selected layers, from top to bottom",
        needs=("selection",),
    ),
)
