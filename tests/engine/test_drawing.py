"""Drawings brought into the form of a data set's pictures."""

import numpy as np
import pytest

from engine import data
from engine.data.dataset import Dataset, Table
from engine.data.recipe import DataRecipe
from engine.data.sources.digits import Digits
from engine.drawing import Style, picture, reduced, style_of

PLAIN = Style((8, 8), paper=0.0, ink=16.0, top=1.0, left=2.0, height=6.0, width=4.0)


def pictures(values: np.ndarray) -> Dataset:
    """A data set of these pictures `(rows, height, width)`."""
    flat = values.reshape(len(values), -1)
    names = tuple(f"p{place}" for place in range(flat.shape[1]))
    shape = (values.shape[1], values.shape[2])
    return Dataset("drawn", Table(names, tuple(flat.T)), None, "", image_shape=shape)


def test_digits_are_bright_on_dark_and_fill_the_height() -> None:
    style = style_of(data.load_dataset(DataRecipe(source=Digits())), (8, 8))
    assert (style.paper, style.ink) == (0.0, 16.0)
    assert style.height == 8
    assert 4 <= style.width <= 7


def test_dark_ink_on_bright_paper_is_recognised() -> None:
    bright = np.full((3, 8, 8), 255.0)
    bright[:, 2:6, 3:5] = 10.0
    style = style_of(pictures(bright), (8, 8))
    assert (style.paper, style.ink) == (255.0, 10.0)
    assert (style.top, style.left, style.height, style.width) == (2, 3, 4, 2)
    back = style.ink_of(bright[0].ravel())
    assert set(np.unique(back)) == {0.0, 1.0}
    np.testing.assert_allclose(style.values(back), bright[0].ravel())


def test_pictures_without_anything_in_them_leave_the_whole_sheet() -> None:
    style = style_of(pictures(np.zeros((2, 4, 6))), (4, 6))
    assert (style.top, style.left, style.height, style.width) == (0, 0, 4, 6)


def test_a_row_drawn_large_comes_back_as_it_was() -> None:
    draw = np.random.default_rng(0)
    ink = draw.random((8, 8))
    large = np.repeat(np.repeat(ink, 20, axis=0), 20, axis=1)
    np.testing.assert_allclose(reduced(large, (8, 8)), ink, rtol=1e-12)


def test_reducing_takes_the_mean_of_each_block() -> None:
    drawn = np.random.default_rng(1).random((32, 48))
    means = drawn.reshape(8, 4, 12, 4).mean(axis=(1, 3))
    np.testing.assert_allclose(reduced(drawn, (8, 12)), means, rtol=1e-12)


@pytest.mark.parametrize("corner", [(0, 0), (50, 90), (100, 20)])
@pytest.mark.parametrize("size", [(30, 20), (60, 40)])
def test_a_drawing_lands_where_figures_lie_whatever_its_place_and_size(
    corner: tuple[int, int], size: tuple[int, int]
) -> None:
    drawn = np.zeros((160, 160))
    drawn[corner[0] : corner[0] + size[0], corner[1] : corner[1] + size[1]] = 1.0
    found = picture(drawn, PLAIN)
    assert found.shape == (8, 8)
    assert found.max() == pytest.approx(1.0)
    np.testing.assert_allclose(found[2:6, 3:5], 1.0)
    assert found.sum() == pytest.approx(6 * 4, rel=0.15)
    middle = (np.indices((8, 8)) * found).sum(axis=(1, 2)) / found.sum() + 0.5
    np.testing.assert_allclose(middle, (4.0, 4.0), atol=0.05)


def test_it_keeps_its_proportions() -> None:
    drawn = np.zeros((160, 160))
    drawn[20:140, 70:90] = 1.0  # six times as high as wide
    found = picture(drawn, PLAIN)
    assert found[1:7].sum() / found.sum() > 0.9
    assert np.count_nonzero(found.sum(axis=0) > 0.5 * found.sum(axis=0).max()) <= 2


def test_an_empty_sheet_is_an_empty_picture() -> None:
    assert not picture(np.zeros((160, 160)), PLAIN).any()
