"""What differs between two projects, in words: layers, links, the training recipe and the data."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.data.recipe import Column, DataRecipe
from engine.design import Design
from engine.kinds import Kind, Value
from engine.project import Project

UNSAID = frozenset({"content", "sha256", "fingerprint"})
"""Fields that say which file it is, to the program alone."""


def differences(before: Project, after: Project) -> tuple[str, ...]:
    """One phrase each, such as "dense_1: Units 32 → 64"; nothing for names and places of cards."""
    found = list(_of_designs(before.design, after.design))
    if before.training is not after.training:
        found += _of_values(before.training, after.training)
    if before.data is not after.data:
        found += _of_data(before.data, after.data)
    return tuple(found)


def _of_designs(before: Design, after: Design) -> Iterator[str]:
    if before is after:
        return
    old, new = ({node.id: node for node in design.nodes} for design in (before, after))
    yield from (f"added {new[each].name} ({_said(new[each].layer)})" for each in new.keys() - old)
    yield from (f"removed {old[each].name} ({_said(old[each].layer)})" for each in old.keys() - new)
    for each in (node.id for node in after.nodes if node.id in old):
        if old[each].name != new[each].name:
            yield f"renamed {old[each].name} to {new[each].name}"
        yield from _of_kinds(new[each].name, old[each].layer, new[each].layer)
    stay = old.keys() & new.keys()
    yield from (f"connected {each}" for each in _links(after, before, stay))
    yield from (f"disconnected {each}" for each in _links(before, after, stay))


def _links(these: Design, others: Design, among: Any) -> list[str]:
    """Links of the one that the other lacks, between layers that both have.

    A layer that was put into a link, or taken out of one, says that already.
    """
    there = {(link.source, link.target) for link in others.links}
    between = [node.id for node in others.nodes if node.id not in among]
    there |= {
        (source, target)
        for each in between
        for source in others.parents(each)
        for target in (link.target for link in others.links if link.source == each)
    }
    name = {node.id: node.name for node in these.nodes}
    return [
        f"{name[link.source]} to {name[link.target]}"
        for link in these.links
        if {link.source, link.target} <= set(among) and (link.source, link.target) not in there
    ]


def _of_data(before: DataRecipe | None, after: DataRecipe | None) -> Iterator[str]:
    if before is None or after is None:
        yield f"Data {_said(before and before.source)} → {_said(after and after.source)}"
        return
    columns = before.columns, after.columns
    same = {"columns": ()}
    yield from _of_values(before.model_copy(update=same), after.model_copy(update=same))
    yield from _of_columns(*({each.name: each for each in some} for some in columns))


def _of_columns(before: Mapping[str, Column], after: Mapping[str, Column]) -> Iterator[str]:
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old and new:
            yield from (f"column {name}: {each}" for each in _of_values(old, new))
        else:
            yield f"column {name} {'as guessed' if old else 'is described'}"


def _of_kinds(label: str, before: Kind, after: Kind) -> Iterator[str]:
    """Of one kind, its options; else the kinds."""
    if type(before) is type(after):
        yield from (f"{label}: {each}" for each in _of_values(before, after))
    else:
        yield f"{label} {_said(before)} → {_said(after)}"


def _of_values(before: Value, after: Value) -> Iterator[str]:
    if before == after:
        return
    for name, field in type(after).model_fields.items():
        old, new = getattr(before, name), getattr(after, name)
        if old == new or name in UNSAID:
            continue
        label = field.title or name.replace("_", " ").capitalize()
        if isinstance(old, Kind) and isinstance(new, Kind):
            yield from _of_kinds(label, old, new)
        elif isinstance(old, Value) and isinstance(new, Value):
            yield from (f"{label}: {each}" for each in _of_values(old, new))
        else:
            yield f"{label} {_said(old)} → {_said(new)}"


def _said(value: Any) -> str:
    if isinstance(value, Kind):
        summary = getattr(value, "summary", "")
        return summary or value.label
    if value is None or value == "":
        return "none"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:g}" if isinstance(value, float) else str(value)
