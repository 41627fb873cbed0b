"""Rows that differ in one or two columns only: a plane or a line through the space of the data."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.data.dataset import Prepared
from engine.data.fitted import CategoryColumn, NumberColumn

MARGIN = 0.06  # of the range of a column, beyond its smallest and its largest value
SAMPLE = 4_096  # rows of a streamed file, or of any data where figures need not be exact


@dataclass(frozen=True)
class Section:
    """One or two columns by name (none: the two that tell most), the others held at their mean or
    at a row; `output` is a class, a label or a target, None for the winning class or the first.
    """

    features: tuple[str, ...] = ()
    row: int | None = None
    output: int | None = None
    resolution: int = 100


@dataclass(frozen=True)
class Spread:
    """Of each prepared column: the mean over the training rows, and its range, test rows aside."""

    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray


@dataclass(frozen=True)
class Axis:
    """A column with the values to look at: in its own units, or numbers of its categories."""

    column: NumberColumn | CategoryColumn
    slots: slice
    values: np.ndarray

    @property
    def categories(self) -> tuple[str, ...]:
        """What the values stand for; none where they are numbers."""
        return self.column.categories if isinstance(self.column, CategoryColumn) else ()

    def prepared(self) -> np.ndarray:
        """The values `(values, slots)` as the network takes them."""
        if isinstance(self.column, CategoryColumn):
            return np.eye(len(self.values), dtype=np.float32)
        return ((self.values - self.column.shift) / self.column.scale)[:, None]

    def own(self, X: np.ndarray) -> np.ndarray:
        """The column of prepared rows, in the units of `values`; NaN for no category."""
        if isinstance(self.column, NumberColumn):
            return X[:, self.slots.start] * self.column.scale + self.column.shift
        hot = X[:, self.slots]
        return np.where(hot.any(axis=1), hot.argmax(axis=1), np.nan)


def names_of(prepared: Prepared) -> tuple[str, ...]:
    """The columns that a section can be made of."""
    return tuple(column.name for column in prepared.preprocessing.used)


def axis_of(prepared: Prepared, spread: Spread, name: str, resolution: int) -> Axis:
    """The column of that name, with so many values over its range, or all its categories."""
    place = 0
    for column in prepared.preprocessing.used:
        slots = slice(place, place + len(column.names_out))
        if column.name == name:
            break
        place = slots.stop
    else:
        raise KeyError(name)
    if isinstance(column, CategoryColumn):
        return Axis(column, slots, np.arange(len(column.categories), dtype=float))
    low, high = (
        float(end[slots.start]) * column.scale + column.shift for end in (spread.low, spread.high)
    )
    beyond = MARGIN * (high - low) or abs(column.scale)
    return Axis(column, slots, np.linspace(low - beyond, high + beyond, resolution))


def spread_of(prepared: Prepared, kept: dict[Hashable, Any]) -> Spread:
    """Worked out once and kept."""
    if "spread" not in kept:
        rows = prepared.rows
        train = _some(rows.train, prepared)
        X = prepared.X[train]
        seen = X, prepared.X[_some(rows.validation, prepared)]
        with_rows = [part for part in seen if len(part)]
        low = np.min([part.min(axis=0) for part in with_rows], axis=0)
        high = np.max([part.max(axis=0) for part in with_rows], axis=0)
        kept["spread"] = Spread(X.mean(axis=0, dtype=float), low, high)
    return kept["spread"]


def held(prepared: Prepared, spread: Spread, row: int | None) -> np.ndarray:
    """The prepared values of the columns that do not vary: a row's, or the means.

    Of categories it is the most frequent one.
    """
    if row is not None and 0 <= row < prepared.facts.rows:
        return np.array(prepared.X[np.array([row])][0])
    found, place = spread.mean.astype(np.float32), 0
    for column in prepared.preprocessing.used:
        slots = slice(place, place + len(column.names_out))
        if isinstance(column, CategoryColumn):
            found[slots] = np.arange(len(column.categories)) == found[slots].argmax()
        place = slots.stop
    return found


def telling(prepared: Prepared) -> tuple[str, ...]:
    """The two columns that tell most about the target by themselves, in their order in the table.

    Of numbers it is the share of their variance that the classes explain, or their correlation
    with the (first) target; categories come after all numbers.
    """
    train = prepared.rows.train
    rows = train[:: max(1, -(-len(train) // SAMPLE))]
    X, y = np.asarray(prepared.X[rows], float), prepared.y[rows]
    place, told = 0, list[tuple[float, str]]()
    for column in prepared.preprocessing.used:
        if isinstance(column, NumberColumn):
            told.append((_explained(X[:, place], y), column.name))
        place += len(column.names_out)
    ranked = [name for _, name in sorted(told, key=lambda each: -each[0])]
    others = [name for name in names_of(prepared) if name not in ranked]
    chosen = {*(*ranked, *others)[:2]}
    return tuple(name for name in names_of(prepared) if name in chosen)


def _explained(values: np.ndarray, y: np.ndarray) -> float:
    centred = values - values.mean()
    total = float(centred @ centred)
    if not total:
        return 0.0
    if y.ndim == 1:  # classes
        counts = np.maximum(np.bincount(y), 1)
        sums = np.bincount(y, weights=centred)
        return float((sums**2 / counts).sum()) / total
    target = y[:, 0] - y[:, 0].mean(dtype=float)
    size = float(target @ target)
    return float(centred @ target) ** 2 / (total * size) if size else 0.0


def _some(rows: np.ndarray, prepared: Prepared) -> np.ndarray:
    """All rows in memory, or a sample of those that would have to be read."""
    if isinstance(prepared.X, np.ndarray):
        return rows
    return rows[:: max(1, -(-len(rows) // SAMPLE))]
