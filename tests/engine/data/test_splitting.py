"""Splits: every row once, shares kept in every class, the same again for the same seed."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data import DataRecipe, SplitRecipe, load_dataset, prepare
from engine.data.splitting import share_of, split
from engine.errors import DataError


@given(
    counts=st.lists(st.integers(2, 60), min_size=2, max_size=6),
    validation=st.sampled_from((0.0, 0.1, 0.15, 0.3)),
    test=st.sampled_from((0.0, 0.05, 0.2, 0.25)),
    seed=st.integers(0, 9),
)
def test_every_row_is_dealt_once_and_in_proportion(
    counts: list[int], validation: float, test: float, seed: int
) -> None:
    codes = np.repeat(np.arange(len(counts)), counts)
    names = tuple(map(str, range(len(counts))))
    recipe = SplitRecipe(validation=validation, test=test, seed=seed)
    rows = split(len(codes), recipe, codes, names)
    parts = (rows.train, rows.validation, rows.test)
    assert sorted(np.concatenate(parts).tolist()) == list(range(len(codes)))
    assert all((np.diff(part) > 0).all() for part in parts)
    assert len(rows.test) == share_of(test, len(codes))
    assert len(rows.validation) == share_of(validation, len(codes))
    if min(counts) >= 10:
        held = np.bincount(codes[rows.test], minlength=len(counts))
        assert (np.abs(held - np.array(counts) * len(rows.test) / len(codes)) <= 1).all()
    again = split(len(codes), recipe, codes, names)
    assert again.test.tolist() == rows.test.tolist()


def test_another_seed_deals_anew() -> None:
    first, second = (split(100, SplitRecipe(seed=seed), None, ()) for seed in (0, 1))
    assert first.test.tolist() != second.test.tolist()


def test_digits_are_split_as_documented() -> None:
    recipe = DataRecipe.model_validate({"source": "digits"})
    prepared = prepare(load_dataset(recipe), recipe)
    assert prepared.facts.split == (1257, 180, 360)
    assert prepared.facts.image_shape == (8, 8)


@pytest.mark.parametrize(("rows", "validation", "test"), [(2, 0.1, 0.2), (10, 0.5, 0.5)])
def test_nothing_left_to_train_on_is_refused(rows: int, validation: float, test: float) -> None:
    with pytest.raises(DataError, match="training part is empty"):
        split(rows, SplitRecipe(validation=validation, test=test), None, ())


def test_a_class_keeps_a_row_to_train_on() -> None:
    codes = np.array([0] * 40 + [1, 1])
    rows = split(42, SplitRecipe(validation=0.4, test=0.4), codes, ("a", "b"))
    assert (codes[rows.train] == 1).any()


@pytest.mark.parametrize("stratify", [True, False])
def test_splitting_holds_little_beside_the_parts(stratify: bool) -> None:
    rows = 1_000_000
    codes = (np.arange(rows) % 3).astype(np.int32)
    recipe = SplitRecipe(stratify=stratify)
    tracemalloc.start()
    parts = split(rows, recipe, codes, ("a", "b", "c"), np.int32)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(part.nbytes for part in (parts.train, parts.validation, parts.test)) == 4 * rows
    assert peak < 9 * rows, "the parts, or a permutation, and few bytes a row beside"


def test_a_class_that_does_not_occur_gives_nothing_away() -> None:
    codes = np.arange(90) % 2 * 2
    parts = split(90, SplitRecipe(), codes, ("a", "b", "c"))
    assert [len(part) for part in (parts.train, parts.validation, parts.test)] == [63, 9, 18]
