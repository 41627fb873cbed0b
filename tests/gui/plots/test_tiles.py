"""Kernels as grids of images."""

import numpy as np
import pytest

from gui.plots.tiles import Tiling


@pytest.mark.parametrize("count", [1, 5, 64])
@pytest.mark.parametrize("aspect", [0.2, 1.0, 6.0])
def test_every_weight_stands_at_its_place(count: int, aspect: float) -> None:
    shape = (3, 2)
    tiling = Tiling.fitting(shape, count, aspect)
    kernel = np.arange(6 * count, dtype=np.float32).reshape(6, count)
    grid = tiling.assemble(kernel)
    seen = set()
    for row in range(grid.shape[0]):
        for column in range(grid.shape[1]):
            source = tiling.source(row, column)
            if source is None:
                assert np.isnan(grid[row, column])
            else:
                assert grid[row, column] == kernel[source]
                seen.add(source)
    assert len(seen) == kernel.size


def test_the_grid_takes_the_shape_of_its_place() -> None:
    for aspect in (0.5, 1.0, 3.0):
        grid = Tiling.fitting((8, 8), 64, aspect).assemble(np.zeros((64, 64)))
        assert grid.shape[1] / grid.shape[0] == pytest.approx(aspect, rel=0.35)
