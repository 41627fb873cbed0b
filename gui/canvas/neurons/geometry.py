"""Where the neurons of an unfolded layer lie, and which link or neuron is under the pointer."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QSizeF

from gui.canvas.neurons.rows import Rows, most_in, rows
from gui.canvas.neurons.unfolded import Place, Unfolded

RADIUS = 9.0
REACH = 5.0  # pixels from a link or the rim of a neuron
WIDEST = 620.0
NAMES = 150.0  # left and right, for names and biases
MOST = 12  # neurons of a larger layer: each link takes Qt 50 microseconds to paint
LOOSEST = 1.5
TOP, BOTTOM = 52.0, 22.0


@dataclass(frozen=True)
class Geometry:
    """Two columns of neurons: those before on the left, those of the layer on the right."""

    before: Rows
    units: Rows
    left: float
    right: float
    middle: float
    hits_bias: bool

    def source(self, number: int) -> QPointF:
        """The centre of a neuron before."""
        return QPointF(self.left, self.middle + self.before.heights[number])

    def unit(self, number: int) -> QPointF:
        """The centre of a neuron of the layer."""
        return QPointF(self.right, self.middle + self.units.heights[number])

    def shows(self, place: Place) -> bool:
        """Whether that link or neuron is among those shown."""
        kind, before, unit = place
        return unit in self.units.heights and (kind == "bias" or before in self.before.heights)

    def at(self, point: QPointF) -> Place | None:
        """What lies under the pointer: a neuron of the layer first, else the nearest link."""
        for unit in self.units.heights if self.hits_bias else ():
            away = point - self.unit(unit)
            if abs(away.x()) <= RADIUS + REACH and abs(away.y()) <= RADIUS + REACH / 2:
                return "bias", 0, unit
        return self._link_at(point)

    def _link_at(self, point: QPointF) -> Place | None:
        share = (point.x() - self.left) / (self.right - self.left)
        if not RADIUS / (self.right - self.left) < share < 1:
            return None
        starts = np.array(list(self.before.heights.values())) + self.middle
        ends = np.array(list(self.units.heights.values())) + self.middle
        slopes = (ends[None, :] - starts[:, None]) / (self.right - self.left)
        over = np.abs(starts[:, None] + slopes * (point.x() - self.left) - point.y())
        away = over / np.sqrt(1 + slopes**2)
        first, second = np.unravel_index(int(away.argmin()), away.shape)
        if away[first, second] > REACH:
            return None
        return "kernel", list(self.before.heights)[first], list(self.units.heights)[second]


def geometry_of(unfolded: Unfolded, size: QSizeF) -> Geometry:
    """As many neurons as find room, with names beside them."""
    room = size.height() - TOP - BOTTOM - 2 * RADIUS
    most = min(most_in(room), MOST)
    inputs, units = unfolded.kernel.shape
    wide = max(120.0, min(size.width() - 2 * NAMES, WIDEST))
    left = (size.width() - wide) / 2
    middle = TOP + (size.height() - TOP - BOTTOM) / 2
    before, behind = rows(inputs, most), rows(units, most)
    by = max(1.0, min(room / max(1.0, 2 * before.half, 2 * behind.half), LOOSEST))
    before, behind = before.spread(by), behind.spread(by)
    return Geometry(before, behind, left, left + wide, middle, unfolded.bias is not None)
