"""A trace in pixels, kept from one picture to the next: only its new points are worked out."""

import math
from bisect import bisect_left, bisect_right

import numpy as np

from gui.plots.mapping import Mapping
from gui.plots.trace import Trace

FAR = 1e4  # pixels outside the plot; beyond, painters may miscount


class PixelLine:
    """Its settled points, and for each how long the line is up to there."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._mapping: Mapping | None = None
        self._begin(None)

    def between(
        self, mapping: Mapping, left: float, right: float
    ) -> tuple[list[float], list[float], float]:
        """(x, y) of the points there and of one more at either end; the length up to the first."""
        if mapping is not self._mapping or self._generation != self._trace.generation:
            self._begin(mapping)
        self._catch_up(mapping)
        first = max(0, bisect_left(self._x, left) - 1)
        last = bisect_right(self._x, right) + 1
        x, y = self._x[first:last], self._y[first:last]
        if last > len(self._x):
            open_x, open_y = _pixels(mapping, self._trace.open)
            x, y = x + open_x, y + open_y
        return x, y, self._along[first] if self._along else 0.0

    def _begin(self, mapping: Mapping | None) -> None:
        self._mapping, self._generation = mapping, self._trace.generation
        self._x: list[float] = []
        self._y: list[float] = []
        self._along: list[float] = []

    def _catch_up(self, mapping: Mapping) -> None:
        """Takes in what has settled since."""
        known = len(self._x)
        if known == len(self._trace.settled):
            return
        x, y = _pixels(mapping, self._trace.settled.points[:, known:])
        along = self._along[-1] if known else 0.0
        before = (self._x[-1], self._y[-1]) if known else (x[0], y[0])
        for here in zip(x, y, strict=True):
            step = math.hypot(here[0] - before[0], here[1] - before[1])
            along += 0.0 if math.isnan(step) else step
            self._along.append(along)
            before = here
        self._x += x
        self._y += y


def _pixels(mapping: Mapping, points: np.ndarray) -> tuple[list[float], list[float]]:
    x = points[0] + mapping.area.left()
    return x.tolist(), mapping.down(points[1]).clip(-FAR, FAR).tolist()
