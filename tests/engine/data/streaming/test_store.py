"""Raw rows from a file: in blocks, in any order, across files, and what damage says."""

import os
from pathlib import Path

import numpy as np
import pytest

from engine.data.streaming.npy import npy_rows
from engine.data.streaming.store import RowStore, bytes_of
from engine.data.streaming.watched import SAMPLE_BYTES, WatchedFile, fingerprint
from engine.errors import DataError


def store_of(folder: Path, *arrays: np.ndarray) -> RowStore:
    parts = []
    for place, array in enumerate(arrays):
        np.save(folder / f"{place}.npy", array)
        parts.append(npy_rows(folder / f"{place}.npy"))
    return RowStore(*parts)


@pytest.mark.parametrize("dtype", ["u1", "<f4", ">f4", "<i8", "?"])
def test_blocks_give_all_rows_in_order(tmp_path: Path, dtype: str) -> None:
    array = np.random.default_rng(0).integers(0, 2, (103, 7)).astype(dtype)
    store = store_of(tmp_path, array)
    assert (store.rows, store.width, store.image_shape) == (103, 7, None)
    found = [(start, block.copy()) for start, block in store.blocks(size=10)]
    assert [start for start, _ in found] == list(range(0, 103, 10))
    np.testing.assert_array_equal(np.concatenate([block for _, block in found]), array)
    columns = np.concatenate([block for _, block in store.blocks(slice(2, 4))])
    np.testing.assert_array_equal(columns, array[:, 2:4])


@pytest.mark.parametrize(
    "rows", [[], [5], [0, 1, 2], [3, 90, 91, 102], [50, 3, 3, 102, 0], list(range(103))]
)
@pytest.mark.parametrize("width", [3, 4000])
def test_rows_come_in_the_order_that_is_asked_for(
    tmp_path: Path, rows: list[int], width: int
) -> None:
    array = np.random.default_rng(0).random((103, width), np.float32)
    found = store_of(tmp_path, array).take(np.array(rows, np.int32))
    np.testing.assert_array_equal(found, array[rows])


def test_files_follow_each_other(tmp_path: Path) -> None:
    first, second = np.arange(12.0).reshape(4, 3), np.arange(12.0, 21.0).reshape(3, 3)
    store = store_of(tmp_path, first, second)
    both = np.concatenate((first, second))
    np.testing.assert_array_equal(store.take(np.arange(7)), both)
    np.testing.assert_array_equal(store.take(np.array([6, 3, 4])), both[[6, 3, 4]])
    part = np.empty((4, 3))
    with store.reading() as read:
        read(2, bytes_of(part))
    np.testing.assert_array_equal(part, both[2:6])


def test_files_that_are_not_alike_do_not_go_together(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"1\.npy holds rows of 2 float64.*must be alike"):
        store_of(tmp_path, np.ones((4, 3)), np.ones((4, 2)))


@pytest.mark.parametrize(
    ("shape", "image"),
    [((9, 5, 4), (5, 4)), ((9, 5, 4, 1), (5, 4)), ((9, 5, 4, 3), None), ((9, 20), None)],
)
def test_pictures_are_known_by_their_shape(
    tmp_path: Path, shape: tuple[int, ...], image: tuple[int, int] | None
) -> None:
    assert store_of(tmp_path, np.zeros(shape)).image_shape == image


def test_a_file_that_has_changed_is_noticed(tmp_path: Path) -> None:
    store = store_of(tmp_path, np.ones((40, 3)))
    np.save(tmp_path / "0.npy", np.zeros((40, 3)))
    with pytest.raises(DataError, match=r"0\.npy: it has changed since it was chosen"):
        store.take(np.array([0]))


def test_a_file_that_was_only_touched_is_the_same(tmp_path: Path) -> None:
    store = store_of(tmp_path, np.ones((40, 3)))
    os.utime(tmp_path / "0.npy", (1, 1))
    assert store.take(np.array([7])).tolist() == [[1, 1, 1]]


def test_a_file_that_has_gone_or_shrunk_is_said(tmp_path: Path) -> None:
    store = store_of(tmp_path, np.ones((40, 3)))
    file = store.parts[0].file
    with file.open() as opened, pytest.raises(DataError, match="it is incomplete"):
        file.fill(opened, file.size - 4, memoryview(bytearray(8)))
    (tmp_path / "0.npy").unlink()
    with pytest.raises(DataError, match="there is no file"):
        store.take(np.array([0]))


def test_a_fingerprint_knows_size_and_samples(tmp_path: Path) -> None:
    path = tmp_path / "rows"
    content = bytearray(np.random.default_rng(0).bytes(40 * SAMPLE_BYTES))
    path.write_bytes(content)
    before = fingerprint(path)
    assert fingerprint(path) == before
    content[-1] ^= 1
    path.write_bytes(content)
    assert fingerprint(path) != before
    path.write_bytes(content + b"1")
    assert fingerprint(path) != before
    assert WatchedFile.of(path).name == "rows"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="not a regular file"):
        fingerprint(tmp_path)
