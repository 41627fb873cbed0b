"""The layouts of Ctrl+1 to Ctrl+4: which panels each shows, and how much room they get."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

from gui import theme
from gui.workbench import LEFT_WIDTH, RIGHT_WIDTH, Dock, Workbench


@dataclass(frozen=True)
class Layout:
    """Panels by name, the first of a place in front; `bottom` is the share of the height below.

    `judging` is the share of the width there for the panels of judgement, on its right. Of panels
    that stand for each other (confusion, predicted) the one that fits the data is shown.
    """

    panels: tuple[str, ...]
    bottom: float = 0.0
    judging: float = 0.35
    right: int = RIGHT_WIDTH
    left: int = LEFT_WIDTH


JUDGING = ("confusion", "predicted", "threshold", "residuals")
LAYOUTS = {
    "build": Layout(("palette", "data", "inspector", "training")),
    "train": Layout(
        (
            *("data", "training", "loss", "weights", "gradients"),
            *("confusion", "predicted", "runs", "boundary"),
        ),
        0.42,
    ),
    "explain": Layout(
        (
            *("weights", "gradients", "activations", "loss"),
            *("boundary", "inspector", "tryit"),
        ),
        0.5,
        right=320,
    ),
    "judge": Layout(
        (
            *("confusion", "predicted", "threshold", "residuals"),
            *("scores", "baselines", "crossvalidation", "runs", "loss", "data", "tryit"),
        ),
        0.62,
        judging=0.55,
    ),
}


def apply(workbench: Workbench, name: str) -> None:
    """Gives `workbench` the layout of that name."""
    layout = LAYOUTS[name]
    workbench.show_only(layout.panels)
    docks = [workbench.docks[each] for each in layout.panels if workbench.docks[each].is_open]
    for dock in reversed(docks):
        dock.raise_()
    _resize(workbench, layout, docks)


def _resize(workbench: Workbench, layout: Layout, docks: list[Dock]) -> None:
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical

    def resize(chosen: list[Dock], size: float, way: Qt.Orientation) -> None:
        workbench.resizeDocks(chosen, [round(size)] * len(chosen), way)

    area = Qt.DockWidgetArea
    sides = (area.LeftDockWidgetArea, area.RightDockWidgetArea, area.BottomDockWidgetArea)
    left, right, below = (
        [dock for dock in docks if workbench.dockWidgetArea(dock) == side] for side in sides
    )
    resize(left, theme.scaled(layout.left), across)
    resize(right, theme.scaled(layout.right), across)
    resize(below, layout.bottom * workbench.height(), down)
    room = workbench.width() - layout.left * bool(left) - layout.right * bool(right)
    resize([dock for dock in below if dock.objectName() in JUDGING], layout.judging * room, across)
