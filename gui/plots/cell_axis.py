"""An axis of cells: whole numbers from 0, each at the middle of the cell that it names."""

import math

from gui.plots.axes import PIXELS_A_NUMBER, Axis, Tick


class CellAxis(Axis):
    """Numbers the rows or columns of a matrix, in steps of 1, 2, 5, 10, … that leave room."""

    def ticks(self, low: float, high: float, pixels: float) -> list[Tick]:
        """Every cell's, or every second's, fifth's, …"""
        first, last = math.ceil(low - 0.5), math.floor(high - 0.5)
        step = _step((high - low) * PIXELS_A_NUMBER[self.side] / max(pixels, 1.0))
        start = -(-max(first, 0) // step) * step
        return [(index + 0.5, f"{index:,}") for index in range(start, last + 1, step)]


def _step(least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, … that is not below `least`."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if factor * power >= least:
                return factor * power
        power *= 10
