"""Rows as a caller gives them, made ready for the engine: weights, parts, prepared columns."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.data.columns import columns_of
from engine.data.dataset import DataFacts, Dataset, Prepared, Rows, Table
from engine.data.fitted import NumberColumn, Target
from engine.data.fitting import fit, require_usable
from engine.data.preprocessing import Preprocessing
from engine.data.recipe import DataRecipe
from engine.errors import DataError
from engine.estimator.goal import Goal
from engine.estimator.settings import Settings

NOWHERE = np.arange(0)


@dataclass(frozen=True)
class Given:
    """Rows that count, with what is true of them.

    `X` is an array, or a table where its columns are yet to be prepared. `truth` is `(rows,)`
    class indices, or `(rows, outputs)`. `weights` is None for all alike.
    """

    X: np.ndarray | Table
    truth: np.ndarray
    weights: np.ndarray | None
    train: np.ndarray
    validation: np.ndarray

    @property
    def mean_weight(self) -> float:
        """Of the rows trained on."""
        return 1.0 if self.weights is None else float(self.weights[self.train].mean())


def weights_of(values: Any, rows: int) -> np.ndarray | None:
    """Sample weights as float64 `(rows,)`. Raises DataError where they cannot be such."""
    if values is None:
        return None
    weights = np.asarray(values, np.float64)
    if not weights.ndim:
        weights = np.full(rows, weights)
    if weights.shape != (rows,):
        raise DataError(f"sample_weight has the shape {weights.shape}, but X has {rows:,} rows")
    if not np.isfinite(weights).all() or (weights < 0).any():
        raise DataError("sample_weight may not hold negative, infinite or missing values")
    if not weights.any():
        raise DataError("sample_weight is zero for every row: no weight is left to learn from")
    return weights


def given_of(
    X: np.ndarray | Table,
    truth: np.ndarray,
    weights: np.ndarray | None,
    goal: Goal,
    settings: Settings,
    random: np.random.RandomState,
) -> Given:
    """The rows that count, parted for early stopping: a weight of 0 is the same as no row."""
    if weights is not None and not weights.all():
        chosen = np.flatnonzero(weights)
        given = _taken(X, chosen), truth[chosen], weights[chosen]
        return given_of(*given, goal, settings, random)
    rows = np.arange(len(truth))
    if not settings.early_stopping or settings.solver == "lbfgs":
        return Given(X, truth, weights, rows, NOWHERE)
    from sklearn.model_selection import train_test_split

    train, validation = train_test_split(
        rows,
        test_size=settings.validation_fraction,
        random_state=random,
        stratify=truth if goal.task == "classification" else None,
    )
    return Given(X, truth, weights, np.sort(train), np.sort(validation))


def _taken(X: np.ndarray | Table, rows: np.ndarray) -> np.ndarray | Table:
    if isinstance(X, Table):
        return Table(X.names, tuple(column[rows] for column in X.columns))
    return X[rows]


def prepared_of(given: Given, goal: Goal, fitted: Preprocessing, dtype: str) -> Prepared:
    """The rows as a trainer takes them. Weights are scaled to a mean of `goal.scale`."""
    target = fitted.target
    X = fitted.transform(given.X, dtype)[0] if isinstance(given.X, Table) else given.X
    y = given.truth
    if goal.task == "regression":
        y = (y - np.array(target.mean)) / np.array(target.scale)
    rows = Rows(given.train, given.validation, NOWHERE)
    facts = facts_of(fitted, rows, given.truth)
    dataset = Dataset("rows", Table((), ()), None, target.name)
    return Prepared(X, y, rows, facts, fitted, dataset, scaled_weights(given, goal.scale))


def scaled_weights(given: Given, scale: float) -> np.ndarray | None:
    """What each row's loss is multiplied by, `scale` in the mean; None where it is always 1.

    The engine divides by the rows of a batch: with these, all rows in one batch are divided by
    the sum of their weights, so that a weight of 2 is the same as the row twice.
    """
    if given.weights is None:
        return None if scale == 1 else np.full(len(given.truth), scale)
    return given.weights * (scale / given.mean_weight)


def as_they_are(names: tuple[str, ...], target: Target) -> Preprocessing:
    """Preparation that changes nothing."""
    return Preprocessing(tuple(NumberColumn(name) for name in names), target)


def learned(given: Given, goal: Goal, recipe: DataRecipe) -> Preprocessing:
    """Preparation as the recipe says, fitted on the rows trained on."""
    assert isinstance(given.X, Table)
    dataset = Dataset("rows", given.X, given.truth, goal.target.name)
    columns, _ = columns_of(dataset, recipe)
    require_usable(dataset, columns)
    fitted = fit(dataset, columns, goal.task, goal.target.classes, given.train)
    return fitted if goal.task == "regression" else replace(fitted, target=goal.target)


def facts_of(fitted: Preprocessing, rows: Rows, truth: np.ndarray) -> DataFacts:
    """What the design, the problems and the panels need to know of the rows."""
    target = fitted.target
    classes = target.classes or target.labels
    counts = np.bincount(truth, minlength=len(classes)) if target.classes else NOWHERE
    if target.labels:
        counts = np.count_nonzero(truth, axis=0)
    return DataFacts(
        name="rows",
        rows=len(truth),
        width=fitted.width,
        task=target.task,
        classes=classes,
        targets=1 if target.classes else truth.shape[1],
        target_name=target.name,
        feature_names=fitted.feature_names_out,
        split=(len(rows.train), len(rows.validation), 0),
        class_counts=tuple(counts.tolist()),
    )
