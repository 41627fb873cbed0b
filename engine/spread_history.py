"""Histograms of the same numbers at many times, as one picture of how they spread."""

import numpy as np

MOST = 400  # histograms; of more, every second is kept


class SpreadHistory:
    """Histograms may have bins of their own; they are brought onto common ones when looked at."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Nothing has been seen."""
        self._seen: list[tuple[float, np.ndarray, np.ndarray]] = []

    def __len__(self) -> int:
        return len(self._seen)

    def add(self, time: float, counts: np.ndarray, edges: np.ndarray) -> None:
        """Takes in one; another at the same time takes its place, an earlier one begins anew."""
        if self._seen and time < self._seen[-1][0]:
            self.forget()
        if self._seen and time == self._seen[-1][0]:
            self._seen.pop()
        self._seen.append((time, counts, edges))
        if len(self._seen) > MOST:
            self._seen = self._seen[::2]

    def picture(self, columns: int, rows: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Times `(columns,)`, values `(rows,)`, and which share of the numbers lies around each
        value at each time, `(rows, columns)`. A histogram stands until the next, a
        single one for an epoch; bins that are empty at every time are left out at both ends.
        """
        times = np.array([time for time, _, _ in self._seen])
        reached = [_reached(counts, edges) for _, counts, edges in self._seen]
        low, high = min(low for low, _ in reached), max(high for _, high in reached)
        grid = np.linspace(low, high, rows + 1)
        shares = np.array([_shares(counts, edges, grid) for _, counts, edges in self._seen])
        across = np.linspace(times[0], times[-1] if len(times) > 1 else times[0] + 1, columns)
        nearest = np.searchsorted(times, across, side="right") - 1
        return across, (grid[:-1] + grid[1:]) / 2, shares[nearest].T


def _reached(counts: np.ndarray, edges: np.ndarray) -> tuple[float, float]:
    """From where to where anything was counted; all bins where nothing was."""
    held = np.flatnonzero(counts)
    first, last = (int(held[0]), int(held[-1]) + 1) if held.size else (0, -1)
    return float(edges[first]), float(edges[last])


def _shares(counts: np.ndarray, edges: np.ndarray, grid: np.ndarray) -> np.ndarray:
    """The share between each two of `grid`, taken as even within a bin."""
    below = np.concatenate(([0.0], np.cumsum(counts, dtype=float)))
    return np.diff(np.interp(grid, edges, below)) / max(below[-1], 1.0)
