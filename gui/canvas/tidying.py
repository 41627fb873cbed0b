"""Puts cards in order: aligned, evenly spread, or laid out as a whole; each is one step."""

from collections.abc import Callable, Sequence
from typing import Literal

from engine.errors import DesignError
from engine.layering import Spacing, layered
from engine.project import Project
from gui.canvas import edits, geometry
from gui.canvas.change import Change, Point
from gui.canvas.units import fed_by, moved, units
from gui.words import tr

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
    axis, found = _AXIS[side], units(project, chosen)
    line = _LINE[side]([each.at[axis] for each in found.values()])
    to = {key: _with(each.at, axis, line) for key, each in found.items()}
    made = edits.move(project, moved(project, found, to)).project
    return Change(tr("Align %n layers", len(chosen)), made)


def distribute(project: Project, chosen: Sequence[str], axis: int) -> Change:
    """The same distance from each to the next, the outermost staying where they are."""
    found = units(project, chosen)
    if len(found) < 3:
        raise DesignError(tr("select three or more layers to spread them evenly"))
    ordered = sorted(found, key=lambda key: found[key].at[axis])
    first, last = found[ordered[0]].at[axis], found[ordered[-1]].at[axis]
    step = (last - first) / (len(ordered) - 1)
    to = {key: _with(found[key].at, axis, first + k * step) for k, key in enumerate(ordered)}
    made = edits.move(project, moved(project, found, to)).project
    return Change(tr("Distribute %n layers", len(chosen)), made)


def lay_out(project: Project, downwards: bool = False) -> Change:
    """Every card in its layer, from left to right or from top to bottom."""
    design = project.design
    if not design.nodes:
        raise DesignError(tr("there are no layers to lay out"))
    found = units(project, design.order)
    parents = fed_by(project, found)
    placed = layered(tuple(parents), parents, _DOWNWARDS if downwards else _RIGHTWARDS)
    to = {
        each: (across, along) if downwards else (along, across)
        for each, (along, across) in placed.items()
    }
    made = edits.move(project, moved(project, found, to)).project
    return Change(tr("Lay out the design"), made)


def _with(place: Point, axis: int, value: float) -> Point:
    return (value, place[1]) if axis == 0 else (place[0], value)
