"""Dots of two values each, and the line on which there is no error: the diagonal, or zero."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from gui import theme
from gui.plots.plain_plot import PlainPlot

SIZE = 5  # pixels


class Scatter(PlainPlot):
    """Either both axes are in the same units, or what is up should be `around_zero`."""

    def __init__(self, *, around_zero: bool = False) -> None:
        super().__init__("left", "bottom", grid=("left", "bottom"))
        self._around_zero = around_zero
        self.points = np.empty((2, 0))

    def show_points(self, x: np.ndarray, y: np.ndarray) -> None:
        """Draws a dot for each pair."""
        self.points = np.stack((x, y)).astype(float)
        self.update(self.mapping.area.toAlignedRect())

    def show_labels(self, left: str, bottom: str) -> None:
        """What the axes count."""
        if (left, bottom) != (self.axes["left"].label, self.axes["bottom"].label):
            self.axes["left"].label, self.axes["bottom"].label = left, bottom
            self.redraw()

    def paint_content(self, painter: QPainter, due: QRectF) -> None:
        """The line without error, and the dots over it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mapping = self.mapping
        ends = (min(mapping.x.low, mapping.y.low), max(mapping.x.high, mapping.y.high))
        painter.setPen(QPen(theme.color("border"), 1))
        painter.drawLine(*(mapping.point(end, 0.0 if self._around_zero else end) for end in ends))
        finite = self.points[:, np.isfinite(self.points).all(axis=0)]
        x, y = mapping.across(finite[0]), mapping.down(finite[1])
        cap = Qt.PenCapStyle.RoundCap
        painter.setPen(QPen(theme.color("accent", 0.55), SIZE, Qt.PenStyle.SolidLine, cap))
        places = zip(x.tolist(), y.tolist(), strict=True)
        painter.drawPoints([QPointF(*place) for place in places])
