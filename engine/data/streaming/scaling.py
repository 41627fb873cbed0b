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
    """`(x - shift) / scale` of the used columns, with a missing `x` taken as its column's fill.

    With `ones` the prepared rows have a last column of ones, which stays as it is.
    """

    def __init__(
        self, preprocessing: Preprocessing, raw: np.dtype, out: np.dtype, *, ones: bool = False
    ) -> None:
        require_numbers(preprocessing)
        fitted = [c for c in preprocessing.columns if not isinstance(c, IgnoredColumn)]
        used = [not isinstance(column, IgnoredColumn) for column in preprocessing.columns]
        self._names = tuple(column.name for column in fitted)
        self._width = len(fitted)
        self._columns = _selection(np.flatnonzero(used))
        fill, shift, scale = (
            np.array([getattr(column, figure) for column in fitted], np.float64)
            for figure in ("fill", "shift", "scale")
        )
        far = bool((np.abs(shift) > EXACT_SHIFT * scale).any())
        exact = (raw.str[1:] in EXACT_KINDS or raw.kind == "b") and not far
        dtype = out if exact else np.dtype(np.float64)
        width = self._width + ones
        rows = max(1, TILE_BYTES // (dtype.itemsize * max(1, width)))
        self._tile = np.ones((rows, width), dtype)
        self._direct = dtype == out
        self._checked = raw.kind == "f"
        self._shift = _tiled(shift, 0, self._tile) if shift.any() else None
        self._factor = _tiled(1 / scale, 1, self._tile) if (scale != 1).any() else None
        self._fill = (fill - shift) / scale

    def put(self, raw: np.ndarray, out: np.ndarray, rows: np.ndarray) -> None:
        """Puts raw rows `(n, columns of the file)` into `out`, `(n, width)`, which is contiguous.

        `rows` are their numbers in the file. Raises DataError for a value that is infinite.
        """
        size = len(self._tile)
        for start in range(0, len(raw), size):
            part, place = raw[start : start + size, self._columns], out[start : start + size]
            tile = place if self._direct else self._tile[: len(part)]
            np.copyto(tile[:, : self._width], part, casting="unsafe")
            if self._shift is not None:
                np.subtract(tile, self._shift[: len(part)], tile)
            if self._factor is not None:
                np.multiply(tile, self._factor[: len(part)], tile)
            if self._checked:
                self._mend(tile, rows[start : start + size])
            if not self._direct:
                place[...] = tile

    def _mend(self, tile: np.ndarray, rows: np.ndarray) -> None:
        """Fills in what is missing. Raises DataError where a value is infinite."""
        flat = tile.reshape(-1)
        if np.isfinite(np.dot(flat, flat)):
            return
        values = tile[:, : self._width]
        np.copyto(values, self._fill, where=np.isnan(values), casting="same_kind")
        infinite = np.isinf(values)
        if infinite.any():
            row, column = np.argwhere(infinite)[0]
            raise DataError(
                f"row {rows[row] + 1:,}, column {self._names[column]}: the value is not finite; "
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


def _tiled(figures: np.ndarray, last: float, tile: np.ndarray) -> np.ndarray:
    """A row of figures, and `last` for the ones, for every row of the tile.

    Twice as fast as broadcasting one row.
    """
    row = np.full(tile.shape[1], last, tile.dtype)
    row[: len(figures)] = figures
    return np.tile(row, (len(tile), 1))
