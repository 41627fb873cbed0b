"""Deals the rows into training, validation and test, the same way every time for one seed."""

import math

import numpy as np

from engine.data.dataset import Rows
from engine.data.recipe import SplitRecipe
from engine.errors import DataError


def split(rows: int, recipe: SplitRecipe, codes: np.ndarray | None, names: tuple[str, ...]) -> Rows:
    """Indices of each part, sorted. `codes` are class indices into `names`, None for regression.

    Raises DataError for a class too rare to stratify, and where no row is left to train on.
    """
    test, validation = share_of(recipe.test, rows), share_of(recipe.validation, rows)
    if test + validation >= rows:
        raise DataError(
            f"the training part is empty: of {rows:,} rows, {validation:,} are for validation and "
            f"{test:,} for the test; lower the shares or bring more rows"
        )
    generator = np.random.default_rng(recipe.seed)
    if codes is None or not recipe.stratify or not test + validation:
        order = generator.permutation(rows)
        return _parts(order[:test], order[test : test + validation], order[test + validation :])
    return _stratified(codes, names, test, validation, generator)


def share_of(share: float, rows: int) -> int:
    """The rows of a part, rounded up, so that a share above 0 is never nothing."""
    return math.ceil(share * rows - 1e-9)


def _stratified(
    codes: np.ndarray,
    names: tuple[str, ...],
    test: int,
    validation: int,
    generator: np.random.Generator,
) -> Rows:
    counts = np.bincount(codes, minlength=len(names))
    _require_no_rare_class(counts, names)
    for_test = _dealt(test, counts, counts - 1)
    for_validation = _dealt(validation, counts, counts - 1 - for_test)
    parts: tuple[list[np.ndarray], ...] = ([], [], [])
    for code, (first, second) in enumerate(zip(for_test, for_validation, strict=True)):
        order = generator.permutation(np.flatnonzero(codes == code))
        for part, dealt in zip(parts, np.split(order, [first, first + second]), strict=True):
            part.append(dealt)
    return _parts(*(np.concatenate(part) for part in parts))


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


def _parts(test: np.ndarray, validation: np.ndarray, train: np.ndarray) -> Rows:
    return Rows(np.sort(train), np.sort(validation), np.sort(test))
