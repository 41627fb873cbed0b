"""Raw rows of a file to the rows that the network takes, a few at a time, while they are in cache.

The figures are those of `Preprocessing`; so are the results, but for the last bits.
"""

import numpy as np

from engine.data.fitted import CategoryColumn, IgnoredColumn
from engine.data.preprocessing import Preprocessing
from engine.errors import DataError

TILE_BYTES = 1 << 18
EXACT_SHIFT = 4096  # a larger shift, in units of the scale, would cost float32 too many digits
EXACT_KINDS = ("b", "u1", "i1", "u2", "i2", "f2", "f4")


class Scaler:
    """`(x - shift) / scale` of the used columns, with a missing `x` taken as its column's fill."""

    def __init__(self, preprocessing: Preprocessing, raw: np.dtype) -> None:
        require_numbers(preprocessing)
        fitted = [c for c in preprocessing.columns if not isinstance(c, IgnoredColumn)]
        used = [not isinstance(column, IgnoredColumn) for column in preprocessing.columns]
        self.names = tuple(column.name for column in fitted)
        self.width = len(fitted)
        self.columns = _selection(np.flatnonzero(used))
        fill, shift, scale = (
            np.array([getattr(column, figure) for column in fitted], np.float64)
            for figure in ("fill", "shift", "scale")
        )
        far = bool((np.abs(shift) > EXACT_SHIFT * scale).any())
        exact = raw.str[1:] in EXACT_KINDS or raw.kind == "b"
        self._dtype = np.dtype(np.float32 if exact and not far else np.float64)
        self._checked = raw.kind == "f"
        rows = max(1, TILE_BYTES // (self._dtype.itemsize * max(1, self.width)))
        self._tile = np.empty((rows, self.width), self._dtype)
        self._shift = _tiled(shift, self._tile) if shift.any() else None
        self._factor = _tiled(1 / scale, self._tile) if (scale != 1).any() else None
        self._fill = ((fill - shift) / scale).astype(self._dtype)

    def put(self, raw: np.ndarray, out: np.ndarray, rows: np.ndarray) -> None:
        """Puts raw rows `(n, columns of the file)` into `out`, `(n, width)`.

        `rows` are their numbers in the file. Raises DataError for a value that is infinite.
        """
        size = len(self._tile)
        for start in range(0, len(raw), size):
            part = raw[start : start + size, self.columns]
            tile = self._tile[: len(part)]
            np.copyto(tile, part, casting="unsafe")
            if self._shift is not None:
                np.subtract(tile, self._shift[: len(part)], tile)
            if self._factor is not None:
                np.multiply(tile, self._factor[: len(part)], tile)
            if self._checked:
                self._mend(tile, rows[start : start + size])
            out[start : start + size] = tile

    def _mend(self, tile: np.ndarray, rows: np.ndarray) -> None:
        """Fills in what is missing. Raises DataError where a value is infinite."""
        flat = tile.reshape(-1)
        if np.isfinite(np.dot(flat, flat)):
            return
        empty = np.isnan(tile)
        np.copyto(tile, self._fill, where=empty)
        infinite = np.isinf(tile)
        if infinite.any():
            row, column = np.argwhere(infinite)[0]
            raise DataError(
                f"row {rows[row] + 1:,}, column {self.names[column]}: the value is not finite; "
                "correct it or leave the row out"
            )


def require_numbers(preprocessing: Preprocessing) -> None:
    """Raises DataError where a column is used as a category."""
    for column in preprocessing.columns:
        if isinstance(column, CategoryColumn):
            raise no_categories(column.name)


def no_categories(name: str) -> DataError:
    """The error for a column that a streamed file cannot be used as."""
    return DataError(
        f"column {name}: columns of a file that is streamed are numbers, not categories; use it "
        "as a number or not at all"
    )


def _selection(used: np.ndarray) -> slice | np.ndarray:
    """The used columns as a slice where they lie side by side, which need not be copied."""
    if len(used) and len(used) == used[-1] - used[0] + 1:
        return slice(int(used[0]), int(used[-1]) + 1)
    return used


def _tiled(figures: np.ndarray, tile: np.ndarray) -> np.ndarray:
    """A row of figures for every row of the tile: twice as fast as broadcasting it."""
    return np.tile(figures.astype(tile.dtype), (len(tile), 1))
