"""The first images of a data set, in greys from its darkest to its brightest pixel."""

import numpy as np

from engine.data import from_arrays
from engine.data.pictures import pictures


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
