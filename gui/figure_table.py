"""What a panel shows as plain values, and that as CSV: for copying and saving."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any


@dataclass(frozen=True)
class FigureTable:
    """A title, a heading a column, and rows of numbers and words, in full precision."""

    title: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[Any]]


def to_csv(tables: Sequence[FigureTable]) -> str:
    """One table after the other; of several, each under its title and after an empty line."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for place, table in enumerate(tables):
        if len(tables) > 1:
            out.write("\n" if place else "")
            writer.writerow([table.title])
        writer.writerow(table.header)
        writer.writerows([_plain(value) for value in row] for row in table.rows)
    return out.getvalue()


def _plain(value: Any) -> Any:
    """Numbers as Python writes them, without the type that NumPy would add."""
    return value.item() if hasattr(value, "item") else value
