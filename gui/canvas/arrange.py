"""Where cards go that have no place yet: a column for each step away from the Input."""

from collections.abc import Iterable, Mapping

from engine.design import Design
from engine.project import Position, Project
from gui.canvas.geometry import CARD_HEIGHT, CARD_WIDTH, GAP_X, GAP_Y

Places = dict[str, tuple[float, float]]


def places(project: Project) -> Places:
    """The top left corner of every card: as laid out, or worked out for cards without a place."""
    laid = {each.id: (each.x, each.y) for each in project.layout}
    design = project.design
    if all(node.id in laid for node in design.nodes):
        return {node.id: laid[node.id] for node in design.nodes}
    if not laid:
        return _columns(design)
    found = dict(laid)
    for identifier in design.order:
        if identifier not in found:
            found[identifier] = _beside_parents(design, identifier, found)
    return {node.id: found.get(node.id, (0.0, 0.0)) for node in design.nodes}


def layout(
    design: Design,
    where: Mapping[str, tuple[float, float]],
    before: Iterable[Position] = (),
) -> tuple[Position, ...]:
    """The places of the design's layers as the project keeps them; those that stay are shared."""
    known = {each.id: each for each in before}
    return tuple(
        old
        if (old := known.get(node.id)) and (old.x, old.y) == where[node.id]
        else Position(id=node.id, x=where[node.id][0], y=where[node.id][1])
        for node in design.nodes
        if node.id in where
    )


def free_place(taken: Places, x: float, y: float) -> tuple[float, float]:
    """That place, or the nearest below it that no card covers."""
    while any(_overlap((x, y), other) for other in taken.values()):
        y += CARD_HEIGHT + GAP_Y
    return x, y


def _columns(design: Design) -> Places:
    depth: dict[str, int] = {}
    for identifier in design.order:
        parents = design.parents(identifier)
        depth[identifier] = 1 + max((depth[each] for each in parents), default=-1)
    columns: dict[int, list[str]] = {}
    for identifier, column in depth.items():
        columns.setdefault(column, []).append(identifier)
    step_x, step_y = CARD_WIDTH + GAP_X, CARD_HEIGHT + GAP_Y
    return {
        identifier: (column * step_x, (row - (len(members) - 1) / 2) * step_y)
        for column, members in columns.items()
        for row, identifier in enumerate(members)
    }


def _beside_parents(design: Design, identifier: str, found: Places) -> tuple[float, float]:
    parents = [found[each] for each in design.parents(identifier) if each in found]
    if not parents:
        parents = [(-CARD_WIDTH - GAP_X, max(y for _, y in found.values()))]
    x = max(px for px, _ in parents) + CARD_WIDTH + GAP_X
    return free_place(found, x, parents[0][1])


def _overlap(first: tuple[float, float], second: tuple[float, float]) -> bool:
    return abs(first[0] - second[0]) < CARD_WIDTH and abs(first[1] - second[1]) < CARD_HEIGHT
