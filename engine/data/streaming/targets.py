"""The targets of a streamed file: held in memory as they were read, at most 8 bytes a number.

Everything here goes through them in blocks, so that no second copy of that size is ever made.
"""

import numpy as np

from engine.data.fitted import Target
from engine.data.labels import in_order, labels
from engine.data.streaming.moments import Moments
from engine.data.values import MOST_DISTINCT, Values, blocks
from engine.errors import DataError

MOST_COLUMNS = 64


def require_whole(target: np.ndarray, values: Values, name: str) -> None:
    """Raises DataError where a row has no target, or an infinite one."""
    if values.missing:
        raise DataError(
            f"the target {name} has no value in {values.missing:,} of {len(target):,} rows (first "
            f"row {values.first + 1:,}); fill it in or remove these rows"
        )
    for start, block in blocks(target):
        infinite = target.dtype.kind == "f" and np.isinf(block.reshape(len(block), -1)).any(axis=1)
        if np.any(infinite):
            raise DataError(
                f"row {start + int(np.argmax(infinite)) + 1:,}, column {name}: the value is not "
                "finite; correct it or leave the row out"
            )


def classes_of(values: Values, target: np.ndarray, name: str) -> tuple[str, ...]:
    """The classes as text, in order. Raises DataError where there are too few or too many."""
    if target.ndim == 2:
        raise DataError(f"the target {name} has several columns, so no classes")
    if values.distinct is None:
        raise DataError(
            f"the target {name} has more than {MOST_DISTINCT:,} different values, too many for "
            "classes; predict it as a number"
        )
    found = in_order(labels(values.distinct))
    if len(found) < 2:
        raise DataError(
            f"the target {name} has one class only, {', '.join(found)}; a classifier needs at "
            "least two"
        )
    return found


def moments_of(target: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation of each target over the rows with these numbers."""
    found = Moments(target.shape[1] if target.ndim == 2 else 1)
    for _, numbers in blocks(rows):
        found.add(target[numbers].reshape(len(numbers), -1), numbers)
    return found.mean, np.sqrt(found.squares / np.maximum(found.count, 1))


def encoded(raw: np.ndarray, values: Values, target: Target) -> np.ndarray:
    """Targets as the loss takes them: int32 class indices, else float32 `(rows, targets)`.

    Raises DataError for a class that training never saw, and for other columns.
    """
    if target.classes:
        return _codes(raw, values, target)
    columns = raw.shape[1] if raw.ndim == 2 else 1
    if len(target.labels or target.mean) != columns:
        raise DataError(
            f"the target {target.name} has {columns:,} columns, and "
            f"{len(target.labels or target.mean):,} were trained on"
        )
    if target.labels and not values.binary:
        raise DataError("the columns of labels may hold 0 and 1 only")
    found = np.empty((len(raw), columns), np.float32)
    for start, block in blocks(raw):
        numbers = block.reshape(len(block), -1).astype(np.float64)
        if not target.labels:
            numbers = (numbers - np.array(target.mean)) / np.array(target.scale)
        found[start : start + len(block)] = numbers
    return found


def _codes(raw: np.ndarray, values: Values, target: Target) -> np.ndarray:
    if values.distinct is None or raw.ndim == 2:
        raise DataError(f"the target {target.name} holds no classes like those trained on")
    known = {name: place for place, name in enumerate(target.classes)}
    places = np.array([known.get(text, -1) for text in labels(values.distinct)], np.int32)
    found = np.empty(len(raw), np.int32)
    for start, block in blocks(raw):
        codes = places[np.searchsorted(values.distinct, block)]
        if (codes < 0).any():
            row = int(np.argmax(codes < 0))
            raise DataError(
                f"row {start + row + 1:,}, column {target.name}: "
                f"{labels(block[row : row + 1])[0]!r} is not one of the {len(target.classes)} "
                "classes that were trained on"
            )
        found[start : start + len(block)] = codes
    return found
