"""The first images of a data set, in greys from its darkest to its brightest pixel."""

from pathlib import Path

import numpy as np

from engine.data import DataRecipe, from_arrays, prepare
from engine.data.pictures import pictures, pictures_of
from engine.data.sources.given import Given
from tests.engine.helpers.streamed import prepared_from, write_hdf5


def test_images_are_stretched_from_black_to_white() -> None:
    images = np.linspace(2, 10, 5 * 12).reshape(5, 4, 3)
    images[0, 0, 1] = np.nan
    found, names = pictures(from_arrays(images, ["a", "b", "a", "c", "d"]), 3)
    assert found.shape == (3, 4, 3)
    assert found.dtype == np.uint8
    assert (found.min(), found.max()) == (0, 255)
    assert names == ("a", "b", "a")
    assert found[2, 3, 2] == 255, "the brightest of those shown"


def test_rows_that_are_no_images_have_no_pictures() -> None:
    found, names = pictures(from_arrays(np.ones((5, 4)), np.arange(5)), 3)
    assert (len(found), names) == (0, ())


def test_several_targets_are_no_label() -> None:
    found, names = pictures(from_arrays(np.ones((5, 4, 3)), np.random.rand(5, 2)), 9)
    assert (len(found), names) == (5, ("",) * 5)


def test_rows_are_pictured_by_their_numbers(tmp_path: Path) -> None:
    images = np.random.default_rng(0).integers(0, 255, (40, 4, 3)).astype(np.uint8)
    labelled = np.arange(40) % 2
    rows = np.array([7, 3, 30])
    chosen = images[rows].astype(float)
    expected = (chosen - chosen.min()) * (255 / np.ptp(chosen))
    memory = prepare(from_arrays(images, labelled), DataRecipe(source=Given()))
    np.testing.assert_array_equal(pictures_of(memory, rows), expected.astype(np.uint8))
    assert len(pictures_of(memory, rows[:0])) == 0
    streamed = prepared_from(write_hdf5(tmp_path / "d.h5", X=images, y=labelled))
    np.testing.assert_array_equal(pictures_of(streamed, rows), expected.astype(np.uint8))
    plain = prepare(from_arrays(np.ones((9, 2)), np.arange(9) % 2), DataRecipe(source=Given()))
    assert len(pictures_of(plain, rows)) == 0
