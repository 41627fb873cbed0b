"""Where values lie in a plot: spans of an axis, and the way from values to pixels and back."""

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF


@dataclass(frozen=True)
class Span:
    """The part of an axis that is shown."""

    low: float
    high: float

    @property
    def size(self) -> float:
        return self.high - self.low

    def scaled(self, factor: float, about: float) -> "Span":
        """So many times as long, with `about` staying where it is."""
        return Span(about + (self.low - about) * factor, about + (self.high - about) * factor)

    def moved(self, by: float) -> "Span":
        """Farther along the axis."""
        return Span(self.low + by, self.high + by)


@dataclass(frozen=True)
class Mapping:
    """Two spans laid over an area of pixels; values grow upwards unless `downwards` is set."""

    area: QRectF
    x: Span
    y: Span
    downwards: bool = False

    @property
    def cell(self) -> tuple[float, float]:
        """How wide and how high one unit of each axis is, in pixels."""
        return self.area.width() / self.x.size, self.area.height() / self.y.size

    def across(self, x: np.ndarray) -> np.ndarray:
        """Pixels from the left of the widget."""
        return self.area.left() + (x - self.x.low) * self.cell[0]

    def down(self, y: np.ndarray) -> np.ndarray:
        """Pixels from the top of the widget."""
        if self.downwards:
            return self.area.top() + (y - self.y.low) * self.cell[1]
        return self.area.bottom() - (y - self.y.low) * self.cell[1]

    def point(self, x: float, y: float) -> QPointF:
        """Where a pair of values lies."""
        area, (width, height) = self.area, self.cell
        down = (y - self.y.low) * height
        place = area.top() + down if self.downwards else area.bottom() - down
        return QPointF(area.left() + (x - self.x.low) * width, place)

    def values(self, place: QPointF) -> QPointF:
        """The pair of values at a place."""
        x = self.x.low + (place.x() - self.area.left()) / self.cell[0]
        y = (place.y() - self.area.top()) / self.cell[1]
        return QPointF(x, self.y.low + y if self.downwards else self.y.high - y)

    def zoomed(self, across: float, down: float, about: QPointF) -> "Mapping":
        """Both spans so many times as long, with the values at the place `about` staying there."""
        fixed = self.values(about)
        x, y = self.x.scaled(across, fixed.x()), self.y.scaled(down, fixed.y())
        return replace(self, x=x, y=y)

    def dragged(self, start: QPointF, end: QPointF) -> "Mapping":
        """What was at `start` is at `end`."""
        by = self.values(start) - self.values(end)
        return replace(self, x=self.x.moved(by.x()), y=self.y.moved(by.y()))

    def squared(self) -> "Mapping":
        """One of the spans longer, so that units of both are as long on the screen."""
        across, down = self.cell
        if across > down:
            return replace(self, x=self.x.scaled(across / down, (self.x.low + self.x.high) / 2))
        return replace(self, y=self.y.scaled(down / across, (self.y.low + self.y.high) / 2))
