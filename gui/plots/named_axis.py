"""An axis of numbers, or of names that stand at 0, 1, 2, …"""

import math

from PySide6.QtGui import QFontMetricsF

from gui import theme
from gui.plots.axes import PIXELS_A_NUMBER, Axis, Tick

GAP = 12.0
MOST = 14  # letters of a name


class NamedAxis(Axis):
    """Numbers as long as `names` is empty; of many names every second, third, … is written."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self.names: tuple[str, ...] = ()

    def ticks(self, low: float, high: float, pixels: float) -> list[Tick]:
        if not self.names:
            return super().ticks(low, high, pixels)
        first, last = max(0, math.ceil(low)), min(len(self.names) - 1, math.floor(high))
        places = range(first, last + 1, self._step(high - low, pixels))
        return [(float(place), _short(self.names[place])) for place in places]

    def _step(self, span: float, pixels: float) -> int:
        room = PIXELS_A_NUMBER[self.side]
        if self.side != "left":
            metrics = QFontMetricsF(theme.font("small"))
            room = max(metrics.horizontalAdvance(_short(name)) for name in self.names) + GAP
        return max(1, math.ceil(span * room / max(pixels, 1.0)))


def _short(name: str) -> str:
    return name if len(name) <= MOST else f"{name[: MOST - 1]}…"
