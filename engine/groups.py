"""Groups of layers, and notes beside them: what explains a design and is no part of it."""

from collections.abc import Collection, Iterable
from typing import Annotated

from pydantic import Field

from engine.kinds import Value

LONGEST_NAME, LONGEST_TEXT = 80, 10_000
_Coordinate = Annotated[float, Field(ge=-1e7, le=1e7)]
_Side = Annotated[float, Field(ge=16, le=1e5)]


class Group(Value):
    """Layers (their ids) that are moved as one and, while folded, seen as one."""

    id: Annotated[str, Field(pattern=r"^group \d+$")]
    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    members: tuple[str, ...]
    folded: bool = False


class Note(Value):
    """Text on the canvas; places and sizes in scene units (pixels at zoom 1)."""

    id: Annotated[str, Field(pattern=r"^note \d+$")]
    text: Annotated[str, Field(max_length=LONGEST_TEXT)]
    x: _Coordinate
    y: _Coordinate
    width: _Side = 200.0
    height: _Side = 96.0


Groups = tuple[Group, ...]
Notes = tuple[Note, ...]


def of_layers(groups: Groups, here: Collection[str]) -> Groups:
    """The groups with the members that are `here`, each layer in the first that names it.

    Groups that would be empty go. The very same tuple where all of that holds already.
    """
    taken: set[str] = set()
    kept: list[Group] = []
    for group in groups:
        members = dict.fromkeys(m for m in group.members if m in here and m not in taken)
        taken.update(members)
        if len(members) == len(group.members):
            kept.append(group)
        elif members:
            kept.append(group.model_copy(update={"members": tuple(members)}))
    same = len(kept) == len(groups) and all(map(_is, kept, groups))
    return groups if same else tuple(kept)


def grouped(groups: Groups, members: Iterable[str], name: str = "") -> Groups:
    """One more group, of these layers, which leave those that they were in."""
    new = tuple(dict.fromkeys(members))
    left = of_layers(groups, {m for group in groups for m in group.members} - set(new))
    number = free_number(groups)
    group = Group(id=f"group {number}", name=name or _free_name(groups), members=new)
    return (*left, group)


def changed(groups: Groups, identifier: str, **changes: object) -> Groups:
    """With another name, members or fold for that group, checked as ever."""
    return tuple(g.edited(**changes) if g.id == identifier else g for g in groups)


def group_of(groups: Iterable[Group], layer: str) -> Group | None:
    """The group that this layer is in."""
    return next((group for group in groups if layer in group.members), None)


def touched(groups: Iterable[Group], layers: Collection[str]) -> Groups:
    """The groups of which at least one member is among these layers."""
    chosen = set(layers)
    return tuple(group for group in groups if not chosen.isdisjoint(group.members))


def free_number(values: Iterable[Group | Note]) -> int:
    """A number that no id of these ends in."""
    return 1 + max((int(each.id.rpartition(" ")[2]) for each in values), default=0)


def _free_name(groups: Groups) -> str:
    names, number = {group.name for group in groups}, 1
    while f"Group {number}" in names:
        number += 1
    return f"Group {number}"


def _is(one: object, other: object) -> bool:
    return one is other
