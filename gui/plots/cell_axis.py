"""An axis of cells: whole numbers from 0, each at the middle of the cell that it names."""

import math
from typing import Any

from gui.plots.axes import PlainAxis

PIXELS_A_NUMBER = 28


class CellAxis(PlainAxis):
    """Numbers the rows or columns of a matrix, in steps of 1, 2, 5, 10, … that leave room."""

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[Any]:
        first, last = math.ceil(minVal - 0.5), math.floor(maxVal - 0.5)
        step = _step((maxVal - minVal) * PIXELS_A_NUMBER / max(size, 1.0))
        start = -(-max(first, 0) // step) * step
        return [(float(step), [index + 0.5 for index in range(start, last + 1, step)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [f"{value - 0.5:,.0f}" for value in values]


def _step(least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, … that is not below `least`."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if factor * power >= least:
                return factor * power
        power *= 10
