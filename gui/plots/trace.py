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
    """Points are (2, n): columns from the left end of the span, and values on the axis.

    Those that are `settled` stay as they are; `open` ones lie in the last column so far.
    """

    def __init__(self) -> None:
        self._follows: tuple[object, ...] = ()
        self.generation = 0  # how often it has begun anew
        self._forget()

    def follow(self, series: Series, span: Span, pixels: float, logarithmic: bool) -> None:
        """Takes in what is new; another series, span, width or scale begins anew."""
        follows = (series, span, pixels, logarithmic)
        if follows != self._follows:
            self._follows = follows
            self._forget()
        elif len(series) == self.seen:
            return
        self.seen = len(series)
        x = (series.x[self._done :] - span.low) * (pixels / span.size)
        self._take(x, on_axis(series.y[self._done :], logarithmic))

    @property
    def points(self) -> np.ndarray:
        """All of the line; NaN stands for a gap."""
        return np.concatenate((self.settled.points, self.open), axis=1)

    @property
    def settled_end(self) -> float:
        """The column up to which the line stays as it is, whatever comes."""
        return self.settled.last if len(self.settled) else 0.0

    def _forget(self) -> None:
        self.generation += 1
        self.settled, self.open = Series(), np.empty((2, 0))
        self._done = self.seen = 0  # points of the series that are settled, and all taken in

    def _take(self, x: np.ndarray, y: np.ndarray) -> None:
        """The last column stays open, since more points may fall into it."""
        if not len(x):
            return
        open_from = int(x.searchsorted(math.floor(x[-1])))
        if open_from:
            self.settled.extend(*thinned(x[:open_from], y[:open_from]))
        self.open = np.array(thinned(x[open_from:], y[open_from:]))
        self._done += open_from


def thinned(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where points are dense, only the lowest and highest of each column of pixels.

    Rising columns have the lowest first, falling ones last, so that lines go on as they came.
    """
    if len(x) <= 2:
        return x, y
    columns = np.floor(x)
    starts = np.concatenate(([0], np.flatnonzero(columns[1:] != columns[:-1]) + 1))
    if len(x) <= 2 * len(starts):
        return x, y
    lasts = np.append(starts[1:], len(x)) - 1
    low, high = np.fmin.reduceat(y, starts), np.fmax.reduceat(y, starts)
    rising = y[starts] < y[lasts]
    ends = np.where(rising, (low, high), (high, low))
    return np.stack((x[starts], x[lasts]), axis=1).ravel(), ends.T.ravel()
