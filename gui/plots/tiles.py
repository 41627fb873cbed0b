"""A layer's kernel as a grid of small images, one a unit, and back from the grid to the unit."""

from dataclasses import dataclass

import numpy as np

GAP = 1  # cells between two images


@dataclass(frozen=True)
class Tiling:
    """How images of `shape` (height, width) are laid out: so many, in so many columns."""

    shape: tuple[int, int]
    count: int
    columns: int

    @classmethod
    def fitting(cls, shape: tuple[int, int], count: int, aspect: float) -> "Tiling":
        """The grid that fills a place `aspect` times as wide as high best."""
        height, width = shape[0] + GAP, shape[1] + GAP
        columns = round((count * aspect * height / width) ** 0.5)
        return cls(shape, count, min(max(1, columns), count))

    def assemble(self, kernel: np.ndarray) -> np.ndarray:
        """The grid of a kernel (pixels, units); NaN, which has no colour, between the images."""
        height, width = self.shape
        rows = -(-self.count // self.columns)
        size = (rows * (height + GAP) - GAP, self.columns * (width + GAP) - GAP)
        grid = np.full(size, np.nan, dtype=np.float32)
        for unit in range(self.count):
            top, left = self._corner(unit)
            image = kernel[:, unit].reshape(self.shape)
            grid[top : top + height, left : left + width] = image
        return grid

    def source(self, row: int, column: int) -> tuple[int, int] | None:
        """(pixel, unit) at a place of the grid; None between the images."""
        height, width = self.shape
        tile_row, y = divmod(row, height + GAP)
        tile_column, x = divmod(column, width + GAP)
        unit = tile_row * self.columns + tile_column
        if y >= height or x >= width or tile_column >= self.columns or unit >= self.count:
            return None
        return y * width + x, unit

    def _corner(self, unit: int) -> tuple[int, int]:
        row, column = divmod(unit, self.columns)
        return row * (self.shape[0] + GAP), column * (self.shape[1] + GAP)
