"""Learns from the training rows what preparing needs: fills, shifts, scales, categories."""

from collections import Counter
from dataclasses import replace

import numpy as np

from engine.data.columns import missing_in
from engine.data.dataset import Dataset, Task
from engine.data.fitted import CategoryColumn, FittedColumn, IgnoredColumn, NumberColumn, Target
from engine.data.labels import in_order, labels
from engine.data.numbers import numbers, require_finite
from engine.data.preprocessing import Preprocessing
from engine.data.recipe import Column
from engine.errors import DataError


def fit(
    dataset: Dataset,
    columns: tuple[Column, ...],
    task: Task,
    classes: tuple[str, ...],
    train: np.ndarray,
) -> Preprocessing:
    """What was learned from the rows `train`; the other rows have no part in it.

    Raises DataError where a number of the target is none or not finite.
    """
    fitted = tuple(_fit_column(column, dataset, train) for column in columns)
    if is_picture(columns, dataset.image_shape):
        low, high = _range_of(dataset, columns, train)
        fitted = tuple(with_range(column, low, high) for column in fitted)
    if task == "classification":
        return Preprocessing(fitted, Target(dataset.target_name, classes))
    if task == "multilabel":
        return Preprocessing(fitted, Target(dataset.target_name, labels=label_names(dataset)))
    return Preprocessing(fitted, _fit_target(dataset, train))


def is_picture(columns: tuple[Column, ...], image_shape: tuple[int, int] | None) -> bool:
    """Whether these are pixels which are all to lie from 0 to 1, and so share their range.

    One by one, a pixel that is hardly ever lit would be stretched as far as any other.
    """
    used = [column for column in columns if column.kind != "ignore"]
    even = all(column.kind == "number" and column.scaling == "minmax" for column in used)
    return image_shape is not None and even and bool(used)


def with_range(column: FittedColumn, low: float, high: float) -> FittedColumn:
    """A column of numbers with this range in place of its own."""
    if not isinstance(column, NumberColumn):
        return column
    return replace(column, shift=low, scale=high - low or 1.0)


def _range_of(
    dataset: Dataset, columns: tuple[Column, ...], train: np.ndarray
) -> tuple[float, float]:
    """The lowest and the highest value of all used columns."""
    table = dataset.features
    used = [table.column(column.name)[train] for column in columns if column.kind != "ignore"]
    present = [each[~np.isnan(each)] for each in used]
    return (
        min(float(each.min()) for each in present if len(each)),
        max(float(each.max()) for each in present if len(each)),
    )


def label_names(dataset: Dataset) -> tuple[str, ...]:
    """The labels of a target of several columns: its name and their number."""
    assert dataset.target is not None
    return tuple(f"{dataset.target_name}_{place + 1}" for place in range(dataset.target.shape[1]))


def require_usable(dataset: Dataset, columns: tuple[Column, ...]) -> None:
    """Raises DataError for the first column that cannot be used so, or where none is used."""
    table = dataset.features
    for column in columns:
        if column.kind == "ignore":
            continue
        values = table.column(column.name)
        if column.kind == "number":
            values = numbers(values, column.name, table)
            require_finite(values[:, None], (column.name,), table)
        if missing_in(values).all():
            raise DataError(f"the column {column.name} is empty; remove it, or do not use it")
    if all(column.kind == "ignore" for column in columns):
        raise DataError("no column is left to learn from; use at least one")


def _fit_column(column: Column, dataset: Dataset, train: np.ndarray) -> FittedColumn:
    table = dataset.features
    if column.kind == "ignore":
        return IgnoredColumn(column.name)
    values = table.column(column.name)
    if column.kind == "category":
        return _fit_category(column, labels(values[train]))
    return _fit_number(column, numbers(values, column.name, table)[train])


def _fit_category(column: Column, texts: np.ndarray) -> CategoryColumn:
    counts = Counter(text for text in texts if text is not None)
    categories = in_order(counts)
    if column.missing == "zero" or not categories:
        return CategoryColumn(column.name, categories)
    return CategoryColumn(column.name, categories, max(categories, key=lambda each: counts[each]))


def _fit_number(column: Column, values: np.ndarray) -> NumberColumn:
    present = values[~np.isnan(values)]
    fill = _fill(column, present) if len(present) else 0.0
    filled = np.where(np.isnan(values), fill, values)
    low, high = float(filled.min()), float(filled.max())
    if column.scaling == "none":
        return NumberColumn(column.name, fill)
    if column.scaling == "minmax":
        return NumberColumn(column.name, fill, low, high - low or 1.0)
    scale = float(filled.std()) if high > low else 1.0
    return NumberColumn(column.name, fill, float(filled.mean()), scale)


def _fill(column: Column, present: np.ndarray) -> float:
    match column.missing:
        case "mean":
            return float(present.mean())
        case "median":
            return float(np.median(present))
        case "most_frequent":
            distinct, counts = np.unique(present, return_counts=True)
            return float(distinct[counts.argmax()])
        case "zero":
            return 0.0


def _fit_target(dataset: Dataset, train: np.ndarray) -> Target:
    assert dataset.target is not None
    target = dataset.target
    if target.ndim == 1:
        target = numbers(target, dataset.target_name, dataset.features)[:, None]
    require_finite(target, (dataset.target_name,) * target.shape[1], dataset.features)
    scale = target[train].std(axis=0)
    mean = target[train].mean(axis=0)
    return Target(
        dataset.target_name,
        mean=tuple(mean.tolist()),
        scale=tuple(float(each) or 1.0 for each in scale),
    )
