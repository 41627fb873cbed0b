"""What a person is shown of each column before choosing its use: missing values and the spread."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from engine.data.columns import missing_in
from engine.data.dataset import Dataset, Table
from engine.data.labels import in_order, labels
from engine.data.numbers import is_number
from engine.data.recipe import Column

BINS = 12


@dataclass(frozen=True)
class ColumnFacts:
    """One column: how it is used, and how its values lie.

    `spread` has a label and a count for each bin of a number, or for each of the most frequent
    categories; `distinct` is how many different values there are.
    """

    column: Column
    missing: int
    distinct: int
    spread: tuple[tuple[str, int], ...]


def inspect(table: Table, columns: Iterable[Column]) -> tuple[ColumnFacts, ...]:
    """Facts about those columns of the table, in their order."""
    return tuple(_facts(column, table.column(column.name)) for column in columns)


def inspect_target(dataset: Dataset, task: str) -> ColumnFacts:
    """Facts about the target: its classes, or the spread of its values (all targets together)."""
    kind = "category" if task == "classification" else "number"
    column = Column(name=dataset.target_name, kind=kind)
    if dataset.target is None:
        return ColumnFacts(column, dataset.features.rows, 0, ())
    return _facts(column, dataset.target.ravel())


def with_target(dataset: Dataset, name: str) -> Dataset:
    """The same rows with another column as the target, and the old one among the features.

    The old target comes last. Raises KeyError where there is no such column.
    """
    if name == dataset.target_name or dataset.target is None:
        return dataset
    table = dataset.features
    names, columns = [*table.names, dataset.target_name], [*table.columns, dataset.target]
    target = columns.pop(names.index(name)) if name in names else table.column(name)
    names.remove(name)
    features = Table(tuple(names), tuple(columns), table.place)
    return Dataset(dataset.name, features, target, name, None, dataset.notes)


def _facts(column: Column, values: np.ndarray) -> ColumnFacts:
    missing = int(missing_in(values).sum())
    if column.kind == "number":
        numbers = _numbers(values)
        return ColumnFacts(column, missing, len(np.unique(numbers)), _bins(numbers))
    counts = Counter(text for text in labels(values) if text is not None)
    return ColumnFacts(column, missing, len(counts), _categories(counts))


def _numbers(values: np.ndarray) -> np.ndarray:
    """The finite numbers of a column; what is no number is left to be refused later."""
    if values.dtype == object:
        read = [float(value) for value in values if value is not None and is_number(value)]
        values = np.array(read, np.float64)
    return values[np.isfinite(values)]


def _bins(numbers: np.ndarray) -> tuple[tuple[str, int], ...]:
    if not len(numbers):
        return ()
    low, high = float(numbers.min()), float(numbers.max())
    if low == high or not np.isfinite(high - low):
        return ((f"{low:g}", len(numbers)),)
    counts, edges = np.histogram(numbers, BINS, (low, high))
    pairs = zip(edges, edges[1:], counts, strict=False)
    return tuple((f"{start:.4g} to {end:.4g}", int(count)) for start, end, count in pairs)


def _categories(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """The most frequent ones in their own order, and the others as one."""
    chosen = [text for text, _ in counts.most_common(BINS)]
    shown = [(text, counts[text]) for text in in_order(chosen)]
    others = counts.total() - sum(count for _, count in shown)
    return (*shown, *([("others", others)] if others else []))
