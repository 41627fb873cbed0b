"""The order of an epoch: every row once, from all over the file, the same for the same seed."""

from pathlib import Path

import numpy as np
import pytest

from engine import seeds
from engine.data.streaming.window import Windows
from tests.engine.helpers.streamed import prepared_from, rows_of, write_npy

ROW_BYTES = 7 * 4


def windows_of(folder: Path, rows: int = 600, window: int = 100, block: int = 5) -> Windows:
    """Windows of so many rows, made of blocks of so many."""
    prepared = prepared_from(write_npy(folder, *rows_of(rows)))
    return Windows(
        prepared.X, prepared.rows.train, np.dtype("float32"), window * ROW_BYTES, block * ROW_BYTES
    )


def order(windows: Windows, rows: int, start: int = 0) -> np.ndarray:
    """The numbers of the rows, as they come."""
    found = []
    while start < rows:
        places = windows.places(start)
        found.append(windows.numbers[places].copy())
        start += len(places)
    return np.concatenate(found)


@pytest.mark.parametrize(("window", "block"), [(100, 5), (37, 9), (5, 5), (1, 1), (10_000, 5)])
def test_every_row_comes_once(tmp_path: Path, window: int, block: int) -> None:
    windows = windows_of(tmp_path, window=window, block=block)
    windows.deal((0, 3))
    np.testing.assert_array_equal(np.sort(order(windows, 420)), windows._rows)
    assert len(windows.X) <= max(window, block)


def test_without_shuffling_rows_come_as_in_the_file(tmp_path: Path) -> None:
    windows = windows_of(tmp_path)
    assert windows.count > 3
    np.testing.assert_array_equal(order(windows, 420), windows._rows)


def test_an_order_follows_from_the_seed_and_the_epoch(tmp_path: Path) -> None:
    windows = windows_of(tmp_path)
    orders = {}
    for draw in ((0, 0), (0, 1), (1, 0)):
        windows.deal(draw)
        orders[draw] = order(windows, 420)
    assert not (orders[0, 0] == orders[0, 1]).all()
    assert not (orders[0, 0] == orders[1, 0]).all()
    windows.deal((0, 0))
    np.testing.assert_array_equal(order(windows, 420), orders[0, 0])


@pytest.mark.parametrize("start", [0, 1, 77, 251, 419])
def test_an_order_can_be_entered_anywhere(tmp_path: Path, start: int) -> None:
    windows = windows_of(tmp_path)
    windows.deal((4, 2))
    whole = order(windows, 420)
    again = windows_of(tmp_path)
    again.deal((4, 2))
    np.testing.assert_array_equal(order(again, 420, start), whole[start:])


def test_a_window_holds_prepared_rows_with_ones(tmp_path: Path) -> None:
    windows = windows_of(tmp_path)
    windows.deal((0, 0))
    prepared = prepared_from(tmp_path / "X.npy")
    for start in (0, 130, 400):
        places = windows.places(start)
        rows = windows.X[places]
        np.testing.assert_array_equal(rows[:, :-1], prepared.X[windows.numbers[places]])
        assert (rows[:, -1] == 1).all()


def test_each_window_takes_from_every_stretch_of_the_file(tmp_path: Path) -> None:
    windows = windows_of(tmp_path, rows=3000, window=300, block=5)
    windows.deal((0, 0))
    rows = len(windows._rows)
    whole, start = order(windows, rows), 0
    for end in windows._ends:
        tenths = np.bincount(whole[start:end] // 300, minlength=10)
        assert tenths.min() >= 0.5 * (end - start) / 10
        start = end


def test_one_window_is_shuffled_as_rows_in_memory_are(tmp_path: Path) -> None:
    windows = windows_of(tmp_path, window=10_000)
    windows.deal((5, 7))
    expected = seeds.generator(5, "", "order 7").permutation(420)
    np.testing.assert_array_equal(order(windows, 420), windows._rows[expected])
    held = windows.X.copy()
    (tmp_path / "X.npy").unlink()
    windows.deal((5, 8))
    order(windows, 420)
    np.testing.assert_array_equal(windows.X, held), "read once, whatever the epoch"
