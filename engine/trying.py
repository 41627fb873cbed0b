"""What a person may set to try a trained network on a row of their own making."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.data.dataset import Dataset, Prepared, Table
from engine.data.fitted import CategoryColumn, FittedColumn, IgnoredColumn, NumberColumn
from engine.data.labels import label
from engine.data.preprocessing import Preprocessing
from engine.data.streaming.dataset import StreamedDataset

SPREADS = 3.0
"""How many scales at both sides of the mean are offered of a column whose rows are not at hand."""

Cell = float | str | None


@dataclass(frozen=True)
class NumberField:
    """A number from `low` to `high`, the range of the data; `whole` where all values are."""

    name: str
    low: float
    high: float
    start: float
    whole: bool = False


@dataclass(frozen=True)
class ChoiceField:
    """One of the categories that training saw."""

    name: str
    choices: tuple[str, ...]
    start: str


Field = NumberField | ChoiceField


def fields_of(preprocessing: Preprocessing, dataset: Dataset | None) -> tuple[Field, ...]:
    """A field for each column that the network sees, begun with what training filled in.

    Ranges are those of the rows, or where these are not at hand, what scaling knows of them.
    """
    return tuple(_field(column, dataset) for column in preprocessing.used)


def row_of(dataset: Dataset, preprocessing: Preprocessing, row: int) -> tuple[Cell, ...]:
    """The cells of one row in the order of `fields_of`; None where one is missing."""
    names = [column.name for column in preprocessing.used]
    if isinstance(dataset, StreamedDataset):
        raw = dataset.store.take(np.array([row]))[0]
        place = {name: at for at, name in enumerate(dataset.features.names)}
        return tuple(_cell(raw[place[name]]) for name in names)
    return tuple(_cell(dataset.features.column(name)[row]) for name in names)


def table_of(preprocessing: Preprocessing, cells: Sequence[Cell]) -> Table:
    """One row with these cells, for a `Predictor`; what is left out is filled in as in training."""
    columns = [
        np.array([np.nan if cell is None else cell], np.float64)
        if isinstance(column, NumberColumn)
        else np.array([cell], object)
        for column, cell in zip(preprocessing.used, cells, strict=True)
    ]
    return Table(tuple(column.name for column in preprocessing.used), tuple(columns))


def part_of(prepared: Prepared, row: int) -> str:
    """Which part of the split a row belongs to."""
    parts = {"validation": prepared.rows.validation, "test": prepared.rows.test}
    for name, rows in parts.items():
        place = int(np.searchsorted(rows, row))
        if place < len(rows) and rows[place] == row:
            return name
    return "training"


def actual_of(prepared: Prepared, row: int) -> str | float | None:
    """What the row's target says: a class, its labels, or a number; None of several numbers."""
    y, facts = prepared.y[row], prepared.facts
    if facts.task == "classification":
        return facts.classes[int(y)]
    if facts.task == "multilabel":
        return ", ".join(name for name, has in zip(facts.classes, y, strict=True) if has) or "none"
    values = prepared.preprocessing.decode(prepared.y[row : row + 1])
    return float(values[0]) if values.ndim == 1 else None


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _field(column: FittedColumn, dataset: Dataset | None) -> Field:
    assert not isinstance(column, IgnoredColumn), "fields are those of the columns in use"
    if isinstance(column, CategoryColumn):
        start = column.fill or (column.categories[0] if column.categories else "")
        return ChoiceField(column.name, column.categories, start)
    known = _range_of(column, dataset) if dataset is not None else None
    if known is None:
        spread = SPREADS * abs(column.scale)
        return NumberField(column.name, column.shift - spread, column.shift + spread, column.fill)
    field = replace(known, start=min(max(column.fill, known.low), known.high))
    return replace(field, start=float(round(field.start))) if field.whole else field


def _range_of(column: NumberColumn, dataset: Dataset) -> NumberField | None:
    values = dataset.features.column(column.name)
    if values.dtype == object:
        return None
    present = values[np.isfinite(values)]
    if not len(present):
        return None
    low, high = float(present.min()), float(present.max())
    whole = bool((present == np.round(present)).all()) and high > low
    return NumberField(column.name, low, high if high > low else low + 1.0, low, whole)


def _cell(value: object) -> Cell:
    if isinstance(value, (int, float, np.integer, np.floating)):
        return None if value != value else float(value)
    return label(value)
