"""A growing series as a line of few points: of each column of pixels, what an eye can tell apart.

Only points that are new since the last time are looked at, so that drawing costs the same after
a hundred epochs as after a million.
"""

import math

import numpy as np

from gui.plots.axes import on_axis
from gui.plots.mapping import Span
from gui.plots.series import Series


class Trace:
    """`points` are (2, n): columns from the left end of the span, and values on the axis."""

    def __init__(self) -> None:
        self._follows: tuple[object, ...] = ()
        self._forget()

    def follow(self, series: Series, span: Span, pixels: float, logarithmic: bool) -> float | None:
        """Takes in what is new; gives the column from which points have changed, None for none.

        Another series, span, width or scale begins anew, from minus infinity.
        """
        follows = (series, span, pixels, logarithmic)
        anew = follows != self._follows
        if anew:
            self._follows = follows
            self._forget()
        elif len(series) == self._seen:
            return None
        self._seen = len(series)
        x = (series.x[self._done :] - span.low) * (pixels / span.size)
        y = on_axis(series.y[self._done :], logarithmic)
        changed = -np.inf if anew else float(self._settled.x[-1]) if len(self._settled) else -np.inf
        self._take(x, y)
        return changed

    @property
    def points(self) -> np.ndarray:
        """All of the line; NaN stands for a gap."""
        return np.concatenate((self._settled.points, self._open), axis=1)

    @property
    def end(self) -> float:
        """The column of the last point; minus infinity where there is none."""
        return float(self._open[0, -1]) if self._open.size else -np.inf

    def _forget(self) -> None:
        self._settled, self._open = Series(), np.empty((2, 0))
        self._done = self._seen = 0  # points of the series that are settled, and that are drawn

    def _take(self, x: np.ndarray, y: np.ndarray) -> None:
        """The last column stays open, since more points may fall into it."""
        if not len(x):
            return
        open_from = int(x.searchsorted(math.floor(x[-1])))
        if open_from:
            self._settled.extend(*thinned(x[:open_from], y[:open_from]))
        self._open = np.array(thinned(x[open_from:], y[open_from:]))
        self._done += open_from


def thinned(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where points are dense, the first, lowest, highest and last of each column of pixels."""
    if len(x) <= 4:
        return x, y
    columns = np.floor(x)
    starts = np.concatenate(([0], np.flatnonzero(columns[1:] != columns[:-1]) + 1))
    if len(x) <= 4 * len(starts):
        return x, y
    lasts = np.append(starts[1:], len(x)) - 1
    low, high = np.fmin.reduceat(y, starts), np.fmax.reduceat(y, starts)
    first = np.where(np.isnan(y[starts]), low, y[starts])
    last = np.where(np.isnan(y[lasts]), high, y[lasts])
    middle = (x[starts] + x[lasts]) / 2
    across = np.stack((x[starts], middle, middle, x[lasts]), axis=1)
    return across.ravel(), np.stack((first, low, high, last), axis=1).ravel()
