"""Puts cards in order: aligned, evenly spread, or laid out as a whole; each is one step."""

from collections.abc import Callable, Sequence
from typing import Literal

from engine.errors import DesignError
from engine.layering import Spacing, layered
from engine.project import Project
from gui.canvas import edits, geometry
from gui.canvas.arrange import places
from gui.canvas.edits import Change, Point

Side = Literal["left", "centre", "right", "top", "middle", "bottom"]
_AXIS: dict[Side, int] = {"left": 0, "centre": 0, "right": 0, "top": 1, "middle": 1, "bottom": 1}
_LINE: dict[Side, Callable[[Sequence[float]], float]] = {
    "left": min,
    "top": min,
    "right": max,
    "bottom": max,
    "centre": lambda values: (min(values) + max(values)) / 2,
    "middle": lambda values: (min(values) + max(values)) / 2,
}
_RIGHTWARDS = Spacing(
    geometry.CARD_WIDTH + geometry.GAP_X, geometry.CARD_HEIGHT + geometry.GAP_Y, geometry.GAP_Y
)
_DOWNWARDS = Spacing(
    geometry.CARD_HEIGHT + geometry.GAP_X, geometry.CARD_WIDTH + geometry.GAP_X, geometry.GAP_X
)


def align(project: Project, chosen: Sequence[str], side: Side) -> Change:
    """All of them in line with the outermost on that side, or in the middle between."""
    axis, where = _AXIS[side], places(project)
    line = _LINE[side]([where[each][axis] for each in chosen])
    moved = edits.move(project, {each: _with(where[each], axis, line) for each in chosen})
    return Change(f"Align {len(chosen)} layers", moved.project)


def distribute(project: Project, chosen: Sequence[str], axis: int) -> Change:
    """The same distance from each to the next, the outermost staying where they are."""
    if len(chosen) < 3:
        raise DesignError("select three or more layers to spread them evenly")
    where = places(project)
    ordered = sorted(chosen, key=lambda each: where[each][axis])
    first, last = where[ordered[0]][axis], where[ordered[-1]][axis]
    step = (last - first) / (len(ordered) - 1)
    to = {each: _with(where[each], axis, first + k * step) for k, each in enumerate(ordered)}
    return Change(f"Distribute {len(chosen)} layers", edits.move(project, to).project)


def lay_out(project: Project, downwards: bool = False) -> Change:
    """Every card in its layer, from left to right or from top to bottom."""
    design = project.design
    if not design.nodes:
        raise DesignError("there are no layers to lay out")
    parents = {node.id: design.parents(node.id) for node in design.nodes}
    found = layered(design.order, parents, _DOWNWARDS if downwards else _RIGHTWARDS)
    to = {
        each: (across, along) if downwards else (along, across)
        for each, (along, across) in found.items()
    }
    return Change("Lay out the design", edits.move(project, to).project)


def _with(place: Point, axis: int, value: float) -> Point:
    return (value, place[1]) if axis == 0 else (place[0], value)
