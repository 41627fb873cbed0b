"""Names for the columns of a table: none missing, none twice."""

from collections import Counter
from collections.abc import Sequence


def column_names(header: Sequence[str], count: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """`count` distinct names, and notes on those that were made up or changed.

    An empty header means that the table has none.
    """
    if not header:
        made = tuple(f"column_{place}" for place in range(1, count + 1))
        return made, ("there is no header: row 1 was taken as data, columns are named column_1 on",)
    names: list[str] = []
    notes: list[str] = []
    counts = Counter(header)
    for place, given in enumerate(header, 1):
        name = _free(given or f"column_{place}", names, header)
        names.append(name)
        if not given:
            notes.append(f"column {place} has no name and was named {name}")
        elif name != given:
            notes.append(f"{counts[given]} columns are named {given}: column {place} is now {name}")
    return tuple(names), tuple(notes)


def _free(name: str, taken: Sequence[str], header: Sequence[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name}_{number}" in taken or f"{name}_{number}" in header:
        number += 1
    return f"{name}_{number}"
