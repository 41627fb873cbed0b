"""Learns from the training rows what preparing needs: fills, shifts, scales, categories."""

from collections import Counter

import numpy as np

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

    Raises DataError for a column without values, and where no column is left to learn from.
    """
    fitted = tuple(_fit_column(column, dataset, train) for column in columns)
    if not any(column.names_out for column in fitted):
        raise DataError("no column is left to learn from; use at least one")
    if task == "classification":
        return Preprocessing(fitted, Target(dataset.target_name, classes))
    return Preprocessing(fitted, _fit_target(dataset, train))


def _fit_column(column: Column, dataset: Dataset, train: np.ndarray) -> FittedColumn:
    table = dataset.features
    if column.kind == "ignore":
        return IgnoredColumn(column.name)
    if column.kind == "category":
        texts = labels(table.column(column.name)[train])
        return _fit_category(column, [text for text in texts if text is not None])
    values = numbers(table.column(column.name), column.name, table)
    if np.isnan(values).all():
        raise _empty(column.name)
    require_finite(np.nan_to_num(values[:, None], nan=0.0, posinf=np.inf, neginf=-np.inf),
                   (column.name,), table, 0)  # fmt: skip
    return _fit_number(column, values[train])


def _fit_category(column: Column, present: list[str]) -> CategoryColumn:
    if not present:
        raise _empty(column.name)
    categories = in_order(present)
    counts = Counter(present)
    fill = None if column.missing == "zero" else max(categories, key=lambda each: counts[each])
    return CategoryColumn(column.name, categories, fill)


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
    require_finite(target, (dataset.target_name,) * target.shape[1], dataset.features, 0)
    scale = target[train].std(axis=0)
    mean = target[train].mean(axis=0)
    return Target(
        dataset.target_name,
        mean=tuple(mean.tolist()),
        scale=tuple(float(each) or 1.0 for each in scale),
    )


def _empty(name: str) -> DataError:
    return DataError(f"the column {name} is empty; remove it, or do not use it")
