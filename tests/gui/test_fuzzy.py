"""Fuzzy search: what is found by a few letters, and what comes first."""

import pytest

from gui.fuzzy import ranked, score

NAMES = ["Train", "Step one batch", "Step one epoch", "Reset", "Reset panels", "Batch norm", "Redo"]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("tr", "Train"),
        ("epo", "Step one epoch"),
        ("epoch step", "Step one epoch"),
        ("BN", "Batch norm"),
        ("reset", "Reset"),
        ("pan", "Reset panels"),
        ("sob", "Step one batch"),
        ("rdo", "Redo"),
    ],
)
def test_the_best_fit_comes_first(query: str, first: str) -> None:
    assert ranked(query, NAMES, str)[0] == first


def test_what_does_not_fit_is_left_out() -> None:
    assert ranked("step xyz", NAMES, str) == []
    assert ranked("zz", NAMES, str) == []


def test_nothing_typed_leaves_all_in_their_order() -> None:
    assert ranked("  ", NAMES, str) == NAMES


def test_letters_far_apart_count_less() -> None:
    near, far = score("rst", "Re set"), score("rst", "Rather slow but tidy")
    assert near is not None
    assert far is not None
    assert score("sp", "steps") < score("te", "steps")
