"""What the numbers of a target are like, found in one pass that makes no copy of them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

BLOCK = 1 << 18
MOST_DISTINCT = 10_000


@dataclass(frozen=True)
class Values:
    """`distinct` values in their order, None where there are more than 10,000.

    `whole` says that all are whole numbers, `binary` that all are 0 or 1; `missing` rows have NaN
    in any column, the first of them being row `first` (-1 for none).
    """

    distinct: np.ndarray | None
    whole: bool
    binary: bool
    missing: int
    first: int


def values_of(target: np.ndarray) -> Values:
    """Looks at numbers `(rows,)` or `(rows, targets)`."""
    distinct: np.ndarray | None = np.empty(0, target.dtype)
    whole = binary = True
    missing, first = 0, -1
    for start, block in blocks(target):
        present = block
        if target.dtype.kind == "f":
            empty = np.isnan(block.reshape(len(block), -1)).any(axis=1)
            if empty.any():
                missing += int(empty.sum())
                first = first if first >= 0 else start + int(np.argmax(empty))
                present = block[~empty]
            whole = whole and bool((present == np.round(present)).all())
        binary = binary and bool(((present == 0) | (present == 1)).all())
        if distinct is not None:
            distinct = np.union1d(distinct, present)
            distinct = distinct if len(distinct) <= MOST_DISTINCT else None
    return Values(distinct, whole, binary, missing, first)


def counts_of(codes: np.ndarray, classes: int) -> np.ndarray:
    """How many rows each class has."""
    found = np.zeros(classes, np.int64)
    for _, block in blocks(codes):
        found += np.bincount(block, minlength=classes)
    return found


def blocks(values: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """(first row, some rows), one after the other."""
    for start in range(0, len(values), BLOCK):
        yield start, values[start : start + BLOCK]
