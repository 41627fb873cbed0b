"""Deals the rows into training, validation and test, the same way every time for one seed."""

import math

import numpy as np

from engine.data.dataset import Rows
from engine.data.recipe import SplitRecipe
from engine.data.values import blocks, counts_of
from engine.errors import DataError

TRAIN, VALIDATION, TEST = range(3)


def split(
    rows: int,
    recipe: SplitRecipe,
    codes: np.ndarray | None,
    names: tuple[str, ...],
    index: type[np.signedinteger] = np.int64,
) -> Rows:
    """Indices of each part, sorted. `codes` are class indices into `names`, None for regression.

    No more is held on the way than a byte a row and one part's indices, of type `index`. Raises
    DataError for a class too rare to stratify, and where no row is left to train on.
    """
    test, validation = share_of(recipe.test, rows), share_of(recipe.validation, rows)
    if test + validation >= rows:
        raise DataError(
            f"the training part is empty: of {rows:,} rows, {validation:,} are for validation and "
            f"{test:,} for the test; lower the shares or bring more rows"
        )
    generator = np.random.default_rng(recipe.seed)
    parts = np.full(rows, TRAIN, np.uint8)
    if codes is None or not recipe.stratify or not test + validation:
        _deal(parts, np.arange(rows, dtype=_smallest(rows)), test, validation, generator)
    else:
        _stratify(parts, codes, names, (test, validation), generator)
    return Rows(*(_where(parts == part, index) for part in (TRAIN, VALIDATION, TEST)))


def share_of(share: float, rows: int) -> int:
    """The rows of a part, rounded up, so that a share above 0 is never nothing."""
    return math.ceil(share * rows - 1e-9)


def _stratify(
    parts: np.ndarray,
    codes: np.ndarray,
    names: tuple[str, ...],
    totals: tuple[int, int],
    generator: np.random.Generator,
) -> None:
    """Marks rows of each class in proportion, `totals` of them for the test and validation."""
    counts = counts_of(codes, len(names))
    _require_no_rare_class(counts, names)
    for_test = _dealt(totals[0], counts, np.maximum(counts - 1, 0))
    for_validation = _dealt(totals[1], counts, np.maximum(counts - 1 - for_test, 0))
    for code, (first, second) in enumerate(zip(for_test, for_validation, strict=True)):
        rows = _where(codes == code, _smallest(len(codes)))
        _deal(parts, rows, int(first), int(second), generator)


def _deal(
    parts: np.ndarray, rows: np.ndarray, test: int, validation: int, generator: np.random.Generator
) -> None:
    """Marks so many of these rows, which are shuffled in place."""
    generator.shuffle(rows)
    parts[rows[:test]] = TEST
    parts[rows[test : test + validation]] = VALIDATION


def _dealt(total: int, counts: np.ndarray, limits: np.ndarray) -> np.ndarray:
    """How many of `total` fall to each class: in proportion, by the largest remainder.

    No class gives more than its limit, so that each keeps a row to train on as long as it can.
    """
    exact = counts * (total / counts.sum())
    dealt = np.minimum(np.floor(exact + 1e-9).astype(np.int64), limits)
    while dealt.sum() < total:
        remainder = np.where(dealt < limits, exact - dealt, -np.inf)
        dealt[np.argmax(remainder)] += 1
    return dealt


def _require_no_rare_class(counts: np.ndarray, names: tuple[str, ...]) -> None:
    for name, count in zip(names, counts, strict=True):
        if count == 1:
            raise DataError(
                f"the class {name!r} is rare: with one row it cannot be stratified; leave the row "
                "out, bring more rows of it, or turn stratifying off"
            )


def _smallest(rows: int) -> type[np.signedinteger]:
    """The type that holds the numbers of that many rows; a permutation does not depend on it."""
    return np.int32 if rows < 2**31 else np.int64


def _where(chosen: np.ndarray, index: type[np.signedinteger]) -> np.ndarray:
    """The places of what is true, found a block at a time."""
    found = np.empty(np.count_nonzero(chosen), index)
    place = 0
    for start, block in blocks(chosen):
        here = np.flatnonzero(block)
        found[place : place + len(here)] = here + start
        place += len(here)
    return found
