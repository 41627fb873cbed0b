"""Means, spreads and ranges of columns, added up block by block without losing digits."""

import numpy as np

from engine.errors import DataError

TILE_BYTES = 1 << 20


class Moments:
    """Figures of each column over all rows added, missing values (NaN) left out.

    Blocks are merged as in Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm
    for computing sample variances" (1979).
    """

    def __init__(self, width: int) -> None:
        self.count = np.zeros(width)
        self.missing = np.zeros(width, np.int64)
        self.mean, self.squares = np.zeros(width), np.zeros(width)
        self.low, self.high = np.full(width, np.inf), np.full(width, -np.inf)

    def add(self, block: np.ndarray, rows: np.ndarray) -> None:
        """Adds raw rows, of which `rows` are the numbers. Raises DataError for infinite values."""
        size = max(1, TILE_BYTES // (8 * max(1, block.shape[1])))
        for start in range(0, len(block), size):
            part = block[start : start + size].astype(np.float64)
            sums = part.sum(axis=0)
            if np.isfinite(sums).all():
                self._merge(np.full(len(sums), float(len(part))), sums, part)
            else:
                self._add_gaps(part, rows[start : start + size])

    def filled(self, column: int, fill: float) -> tuple[float, float, float, float]:
        """Mean, standard deviation, lowest and highest value with `fill` for what is missing."""
        count, gaps, mean = self.count[column], self.missing[column], self.mean[column]
        low, high, squares = self.low[column], self.high[column], self.squares[column]
        if gaps:
            apart = fill - mean if count else 0.0
            total = count + gaps
            squares = squares + apart**2 * count * gaps / total
            mean = mean + apart * gaps / total if count else fill
            low, high, count = min(low, fill), max(high, fill), total
        return float(mean), float(np.sqrt(squares / max(count, 1))), float(low), float(high)

    def _add_gaps(self, part: np.ndarray, rows: np.ndarray) -> None:
        infinite = np.isinf(part)
        if infinite.any():
            row, column = np.argwhere(infinite)[0]
            raise DataError(
                f"row {rows[row] + 1:,}, column {column + 1:,}: the value is not finite; correct "
                "it or leave the row out"
            )
        empty = np.isnan(part)
        self.missing += empty.sum(axis=0)
        count = (~empty).sum(axis=0).astype(float)
        sums = np.where(empty, 0, part).sum(axis=0)
        means = np.divide(sums, count, where=count > 0, out=np.zeros_like(sums))
        self._merge(count, sums, np.where(empty, means, part), empty)

    def _merge(
        self, count: np.ndarray, sums: np.ndarray, part: np.ndarray, empty: np.ndarray | None = None
    ) -> None:
        """Adds `part`, which is overwritten and where `empty` holds its columns' means."""
        low, high = part, part
        if empty is not None:
            low, high = np.where(empty, np.inf, part), np.where(empty, -np.inf, part)
        np.minimum(self.low, low.min(axis=0), out=self.low)
        np.maximum(self.high, high.max(axis=0), out=self.high)
        total = np.maximum(self.count + count, 1)
        mean = sums / np.maximum(count, 1)
        apart = mean - self.mean
        part -= mean
        squares = np.einsum("ij,ij->j", part, part)
        self.squares += squares + apart**2 * self.count * count / total
        self.mean += np.where(count > 0, apart * count / total, 0)
        self.count += count
