"""Classes and labels as a caller has them, and as the engine counts them."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.data.labels import label
from engine.errors import DataError
from engine.project import Trained


def are_labels(y: np.ndarray) -> bool:
    """Whether each column says if a row has one label. Raises DataError for columns of classes."""
    several = y.ndim == 2 and y.shape[1] > 1
    if several and not np.isin(y, (0, 1)).all():
        raise DataError("y has several columns, which may hold 0 and 1 only: one column a label")
    return several


def classes_in(y: np.ndarray, told: Any) -> np.ndarray:
    """The classes in order: those that were told, else those of `y`.

    Raises DataError where there are fewer than two.
    """
    classes = np.unique(y if told is None else np.asarray(told))
    if len(classes) < 2:
        only = names_of(classes)[0]
        raise DataError(f"y holds 1 class, {only!r}: a classifier needs at least two classes")
    return classes


def require_two(codes: np.ndarray) -> None:
    """Raises DataError where all rows that count are of one class."""
    if (codes == codes[0]).all():
        raise DataError("all rows with a weight are of one class: a classifier needs two classes")


def require_same(told: Any, classes: np.ndarray) -> None:
    """Raises DataError where other classes are told than training began with."""
    if told is not None and not np.array_equal(np.unique(np.asarray(told)), classes):
        raise DataError(f"classes={told!r} differs from the classes before, {classes.tolist()}")


def codes_of(y: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """The place of each row's class. Raises DataError for one that is not among `classes`."""
    place_of = {each: place for place, each in enumerate(classes.tolist())}
    distinct, inverse = np.unique(y, return_inverse=True)
    unknown = [each for each in distinct.tolist() if each not in place_of]
    if unknown:
        said = f"y holds {label(unknown[0])!r}, which is none of the classes"
        raise DataError(f"{said} {', '.join(names_of(classes)[:20])}")
    return np.array([place_of[each] for each in distinct.tolist()])[inverse]


def names_of(classes: np.ndarray) -> tuple[str, ...]:
    """The classes as text, as a model file keeps them."""
    return tuple(str(label(each)) for each in classes)


def label_names(count: int, known: Trained | None) -> tuple[str, ...]:
    """Names for the columns of `y`. Raises DataError where there were others before."""
    if known is None:
        return tuple(f"label_{place + 1}" for place in range(count))
    names = known.preprocessing.target.labels
    if len(names) != count:
        raise DataError(f"y has {count} columns of labels, but training began with {len(names)}")
    return names


def weighed_by_class(
    codes: np.ndarray, classes: np.ndarray, chosen: Any, weights: np.ndarray | None
) -> np.ndarray:
    """The weight of each row, times that of its class: one a class, or "balanced".

    Balanced classes have equal sums of weights, as if rows were repeated by their weights. Raises
    DataError for what is neither.
    """
    rows = np.ones(len(codes)) if weights is None else weights
    if isinstance(chosen, str) and chosen == "balanced":
        sums = np.bincount(codes, rows, minlength=len(classes))
        share = rows.sum() / np.count_nonzero(sums)
        of_class = np.divide(share, sums, out=np.zeros_like(sums), where=sums > 0)
    elif isinstance(chosen, Mapping):
        of_class = np.array([chosen.get(each, 1.0) for each in classes.tolist()], np.float64)
    else:
        raise DataError(f"class_weight should be 'balanced' or a weight a class, not {chosen!r}")
    return rows * of_class[codes]
