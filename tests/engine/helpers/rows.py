"""Prepared rows made by hand, so that tests of training stand on nothing but arrays."""

import numpy as np

from engine.data.dataset import DataFacts, Dataset, Prepared, Rows, Table
from engine.data.fitted import NumberColumn, Target
from engine.data.preprocessing import Preprocessing


def of_classes(
    X: np.ndarray, y: np.ndarray, *, validation: int = 0, test: int = 0, classes: int = 0
) -> Prepared:
    """Rows with class indices `y`; the last rows are for testing, those before for validation."""
    names = tuple(f"class {number}" for number in range(classes or int(y.max()) + 1))
    return _prepared(X, y.astype(np.int64), Target("y", names), validation, test)


def of_numbers(
    X: np.ndarray, y: np.ndarray, *, validation: int = 0, scale: float = 1.0, mean: float = 0.0
) -> Prepared:
    """Rows with standardised targets `y`, `(rows,)` or `(rows, targets)`."""
    y = y.reshape(len(y), -1).astype(np.float32)
    target = Target("y", mean=(mean,) * y.shape[1], scale=(scale,) * y.shape[1])
    return _prepared(X, y, target, validation, 0)


def blobs(
    rows: int = 120, width: int = 4, classes: int = 3, *, validation: int = 0, seed: int = 0
) -> Prepared:
    """Rows around one centre a class, apart but not without mistakes."""
    draw = np.random.default_rng(seed)
    y = draw.integers(0, classes, rows)
    centres = 2.0 * draw.standard_normal((classes, width))
    return of_classes(
        centres[y] + draw.standard_normal((rows, width)), y, validation=validation, classes=classes
    )


def noisy_plane(
    rows: int = 80, width: int = 3, *, validation: int = 0, scale: float = 1.0, mean: float = 0.0
) -> Prepared:
    """A linear target with a little noise."""
    draw = np.random.default_rng(5)
    X = draw.standard_normal((rows, width))
    y = X @ np.linspace(-1, 1, width) + 0.1 * draw.standard_normal(rows)
    return of_numbers(X, y, validation=validation, scale=scale, mean=mean)


def _prepared(X: np.ndarray, y: np.ndarray, target: Target, validation: int, test: int) -> Prepared:
    count, width = X.shape
    names = tuple(f"x{number}" for number in range(width))
    ends = count - validation - test, count - test
    rows = Rows(np.arange(ends[0]), np.arange(*ends), np.arange(ends[1], count))
    facts = DataFacts(
        "rows",
        count,
        width,
        "classification" if target.classes else "regression",
        target.classes,
        1 if target.classes else y.shape[1],
        "y",
        names,
        split=(len(rows.train), len(rows.validation), len(rows.test)),
    )
    preprocessing = Preprocessing(tuple(NumberColumn(name) for name in names), target)
    dataset = Dataset("rows", Table(names, tuple(X.T.astype(float))), None, "y")
    return Prepared(np.ascontiguousarray(X, np.float32), y, rows, facts, preprocessing, dataset)
