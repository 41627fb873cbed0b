"""A summary of every column for a person to look at before anything is trained."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.data.columns import columns_of, guessed, missing_in, task_of
from engine.data.dataset import Dataset
from engine.data.labels import in_order, labels
from engine.data.recipe import DataRecipe

BINS = 24
TOP = 8

Kind = Literal["number", "category", "ignore"]


@dataclass(frozen=True)
class ColumnSummary:
    """One column as it was read. Numbers have `low`, `high`, `mean` and `edges` of a histogram.

    `counts` belong to the bins between `edges`, or for text to the categories in `top`, the most
    frequent first. `guess` is what the values suggest, `kind` what the recipe settles on. The
    target's `kind` is "category" for classification.
    """

    name: str
    is_target: bool
    guess: Kind
    kind: Kind
    missing: int
    distinct: int
    low: float | None = None
    high: float | None = None
    mean: float | None = None
    edges: tuple[float, ...] = ()
    counts: tuple[int, ...] = ()
    top: tuple[str, ...] = ()
    note: str = ""


def inspect(dataset: Dataset, recipe: DataRecipe) -> tuple[ColumnSummary, ...]:
    """Every feature column in its order, then the target where there is one.

    Works on data that cannot be prepared yet, so that a person sees what to mend.
    """
    used, _ = columns_of(dataset, recipe)
    table = dataset.features
    found: list[ColumnSummary] = []
    for column, values in zip(used, table.columns, strict=True):
        guess, note = guessed(column.name, values, recipe)
        found.append(_summary(column.name, values, guess.kind, column.kind, note))
    return (*found, *_targets(dataset, recipe))


def _targets(dataset: Dataset, recipe: DataRecipe) -> tuple[ColumnSummary, ...]:
    target = dataset.target
    if target is None:
        return ()
    guess = _kind_of_task(dataset, recipe.edited(task="auto"))
    kind = _kind_of_task(dataset, recipe)
    if target.ndim == 1:
        return (_summary(dataset.target_name, target, guess, kind, "", is_target=True),)
    return tuple(
        _summary(f"{dataset.target_name} {place}", values, guess, kind, "", is_target=True)
        for place, values in enumerate(target.T, 1)
    )


def _kind_of_task(dataset: Dataset, recipe: DataRecipe) -> Kind:
    return "category" if task_of(dataset, recipe) == "classification" else "number"


def _summary(
    name: str, values: np.ndarray, guess: Kind, kind: Kind, note: str, *, is_target: bool = False
) -> ColumnSummary:
    empty = missing_in(values)
    present = values[~empty]
    if not len(present):
        note = "it is empty"
    if values.dtype == object or kind == "category":
        return _of_text(name, present, guess, kind, int(empty.sum()), note, is_target)
    return _of_numbers(name, present, guess, kind, int(empty.sum()), note, is_target)


def _of_numbers(
    name: str,
    present: np.ndarray,
    guess: Kind,
    kind: Kind,
    missing: int,
    note: str,
    is_target: bool,
) -> ColumnSummary:
    if not len(present):
        return ColumnSummary(name, is_target, guess, kind, missing, 0, note=note)
    distinct = len(np.unique(present))
    counts, edges = np.histogram(present, bins=min(BINS, max(1, distinct)))
    return ColumnSummary(
        name,
        is_target,
        guess,
        kind,
        missing,
        distinct,
        low=float(present.min()),
        high=float(present.max()),
        mean=float(present.mean()),
        edges=tuple(edges.tolist()),
        counts=tuple(counts.tolist()),
        note=note or ("it is constant" if distinct == 1 else ""),
    )


def _of_text(
    name: str,
    present: np.ndarray,
    guess: Kind,
    kind: Kind,
    missing: int,
    note: str,
    is_target: bool,
) -> ColumnSummary:
    counts = _counted(present)
    order = {text: place for place, text in enumerate(in_order(counts))}
    top = sorted(counts, key=lambda text: (-counts[text], order[text]))[:TOP]
    return ColumnSummary(
        name,
        is_target,
        guess,
        kind,
        missing,
        len(counts),
        counts=tuple(counts[text] for text in top),
        top=tuple(top),
        note=note or ("it is constant" if len(counts) == 1 else ""),
    )


def _counted(present: np.ndarray) -> Counter[str]:
    """How often each text occurs; numbers are counted before they become text."""
    if present.dtype == object:
        return Counter(labels(present))
    distinct, counts = np.unique(present, return_counts=True)
    return Counter(dict(zip(labels(distinct), counts.tolist(), strict=True)))
