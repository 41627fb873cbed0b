"""Learns from the training rows of a streamed file what scaling needs, in one pass over them."""

from collections.abc import Iterator

import numpy as np

from engine.data.fitted import FittedColumn, IgnoredColumn, NumberColumn
from engine.data.fitting import is_picture, with_range
from engine.data.recipe import Column
from engine.data.streaming.dataset import StreamedDataset
from engine.data.streaming.moments import Moments
from engine.data.streaming.scaling import no_categories
from engine.data.streaming.store import Progress
from engine.errors import DataError


def fit_columns(
    dataset: StreamedDataset, columns: tuple[Column, ...], train: np.ndarray, progress: Progress
) -> tuple[tuple[FittedColumn, ...], tuple[str, ...]]:
    """The columns as fitted on the rows `train` (sorted), and notes.

    Raises DataError for infinite values, and for what a streamed file cannot be used for.
    """
    for column in columns:
        if column.kind == "category":
            raise no_categories(column.name)
    if all(column.kind == "ignore" for column in columns):
        raise DataError("no column is left to learn from; use at least one")
    whole = dataset.store.dtype.kind != "f"
    if whole and all(column.kind == "ignore" or column.scaling == "none" for column in columns):
        return tuple(_unscaled(column) for column in columns), ()
    found = Moments(len(columns))
    for numbers, block in _training_blocks(dataset, len(columns), train, progress):
        found.add(block, numbers)
    fitted = tuple(_fitted(column, found, place) for place, column in enumerate(columns))
    if is_picture(columns, dataset.image_shape):
        used = [column.kind != "ignore" for column in columns]
        low, high = float(found.low[used].min()), float(found.high[used].max())
        fitted = tuple(with_range(column, low, high) for column in fitted)
        return fitted, ()
    return fitted, tuple(_notes(columns, found))


def _training_blocks(
    dataset: StreamedDataset, width: int, train: np.ndarray, progress: Progress
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """(numbers, raw rows) of the training rows, a block of the file after the other."""
    total = dataset.store.rows
    for start, block in dataset.store.blocks(slice(0, width)):
        first, last = np.searchsorted(train, (start, start + len(block)))
        numbers = train[first:last]
        if len(numbers):
            yield numbers, block if len(numbers) == len(block) else block[numbers - start]
        done = start + len(block)
        progress(done / total, f"Looking through {dataset.name}, {done:,} of {total:,} rows")


def _unscaled(column: Column) -> FittedColumn:
    return IgnoredColumn(column.name) if column.kind == "ignore" else NumberColumn(column.name)


def _fitted(column: Column, found: Moments, place: int) -> FittedColumn:
    if column.kind == "ignore":
        return IgnoredColumn(column.name)
    gaps = found.missing[place]
    if gaps and column.missing in ("median", "most_frequent"):
        raise DataError(
            f"column {column.name}: {gaps:,} values are missing, and in a file that is streamed "
            "they are filled with the mean or with 0; choose one of these"
        )
    if not found.count[place]:
        raise DataError(f"the column {column.name} is empty; remove it, or do not use it")
    fill = 0.0 if column.missing == "zero" else float(found.mean[place])
    mean, spread, low, high = found.filled(place, fill)
    if column.scaling == "none":
        return NumberColumn(column.name, fill)
    if column.scaling == "minmax":
        return NumberColumn(column.name, fill, low, high - low or 1.0)
    return NumberColumn(column.name, fill, mean, spread if high > low else 1.0)


def _notes(columns: tuple[Column, ...], found: Moments) -> Iterator[str]:
    used = np.array([column.kind != "ignore" for column in columns])
    still = int((used & (found.low == found.high) & (found.missing == 0)).sum())
    if still:
        yield f"{still:,} of {used.sum():,} columns never change and tell the network nothing"
    gaps = np.flatnonzero(used & (found.missing > 0))
    if len(gaps):
        named = ", ".join(f"{columns[place].name} ({found.missing[place]:,})" for place in gaps[:8])
        more = f" and {len(gaps) - 8:,} more columns" if len(gaps) > 8 else ""
        yield f"values are missing in {named}{more}; they are filled in with the mean or with 0"
