"""What is put in order together: a layer, or all layers of a folded group as the one block seen."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from engine.project import Project
from gui.canvas.arrange import places
from gui.canvas.block_item import corner
from gui.canvas.change import Point


@dataclass(frozen=True)
class Unit:
    """Layers whose cards keep their places beside each other; `at` is the corner that is seen."""

    at: Point
    members: tuple[str, ...]


Units = dict[str, Unit]


def units(project: Project, layers: Collection[str]) -> Units:
    """The units of which at least one layer is among these, by the id of layer or group."""
    where, chosen = places(project), set(layers)
    folded = [group for group in project.groups if group.folded]
    inside = {member for group in folded for member in group.members}
    found = {each: Unit(where[each], (each,)) for each in layers if each not in inside}
    for group in folded:
        if not chosen.isdisjoint(group.members):
            found[group.id] = Unit(corner(where, group.members), group.members)
    return found


def moved(project: Project, found: Units, to: Mapping[str, Point]) -> dict[str, Point]:
    """Where the layers go when their units go to these places."""
    where = places(project)
    return {
        member: (
            where[member][0] + x - found[key].at[0],
            where[member][1] + y - found[key].at[1],
        )
        for key, (x, y) in to.items()
        for member in found[key].members
    }


def fed_by(project: Project, found: Units) -> dict[str, tuple[str, ...]]:
    """Which units feed each one; each comes behind those that feed it.

    Where a group has layers on both sides of another layer, its block both feeds it and is fed by
    it: the link that leads back is left out.
    """
    unit_of = {member: key for key, unit in found.items() for member in unit.members}
    before: dict[str, dict[str, None]] = {}
    for layer in project.design.order:
        parents = (unit_of[each] for each in project.design.parents(layer))
        fed = before.setdefault(unit_of[layer], {})
        fed.update((each, None) for each in parents if each != unit_of[layer])
    done: dict[str, tuple[str, ...]] = {}
    waiting = list(before)
    while waiting:
        for key in waiting:
            if before[key].keys() <= done.keys():
                done[key] = tuple(before[key])
        left = [key for key in waiting if key not in done]
        if len(left) == len(waiting):
            done[left[0]] = tuple(each for each in before[left[0]] if each in done)
            del left[0]
        waiting = left
    return done
