"""Bars of counts over an axis of values, one or several sets over one another."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from gui import theme
from gui.figures import data_value
from gui.plots.axes import Limits, on_axis
from gui.plots.plain_plot import PlainPlot
from gui.words import tr


@dataclass(frozen=True, eq=False)
class Bins:
    """Counts `(n,)` between edges `(n + 1,)`."""

    name: str
    edges: np.ndarray
    counts: np.ndarray
    token: str = "accent"


class Histogram(PlainPlot):
    """Bars that stand on zero; the accessible description says what is pointed at."""

    def __init__(self, across: str = "", up: str = "rows") -> None:
        super().__init__("left", "bottom", grid=("left",))
        self.bins: tuple[Bins, ...] = ()
        self._height = Limits(logarithmic=False, floor=0.0)
        self.show_labels(across, up)
        self.pointed_at.connect(self._read)

    def show_bins(self, bins: Sequence[Bins]) -> None:
        """Draws these sets and no others."""
        self.bins = tuple(each for each in bins if len(each.counts))
        if self.bins:
            edges = np.concatenate([each.edges for each in self.bins]).astype(float)
            counts = np.concatenate([each.counts for each in self.bins]).astype(float)
            tall = self._height.widen(on_axis(counts, self.axes["left"].logarithmic))
            self.show_range((float(edges.min()), float(edges.max())), tall)
        self.update()

    def forget_limits(self) -> None:
        """Lets the next counts set the axis anew."""
        self._height = Limits(self.axes["left"].logarithmic, floor=0.0)

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Whether counts are in powers of ten."""
        self.axes["left"].logarithmic = logarithmic
        self.forget_limits()
        self.show_bins(self.bins)
        self.redraw()

    def show_labels(self, across: str, up: str) -> None:
        """What the axes count."""
        if (across, up) != (self.axes["bottom"].label, self.axes["left"].label):
            self.axes["bottom"].label, self.axes["left"].label = across, up
            self.redraw()

    def sentence(self, value: float) -> str:
        """What stands at a value: "12 rows from 0.5 to 0.75"."""
        said: list[str] = []
        for each in self.bins:
            place = int(np.searchsorted(each.edges, value, side="right")) - 1
            if 0 <= place < len(each.counts):
                low, high = (data_value(float(edge)) for edge in each.edges[place : place + 2])
                words = tr(
                    "{count:,.0f} {label} from {low} to {high}",
                    count=each.counts[place],
                    label=self.axes["left"].label,
                    low=low,
                    high=high,
                )
                said.append(f"{each.name}: {words}" if len(self.bins) > 1 else words)
        return " · ".join(said)

    def paint_content(self, painter: QPainter, due: QRectF) -> None:
        """The bars; of several sets each is seen through the others."""
        painter.setPen(Qt.PenStyle.NoPen)
        bottom = self.mapping.area.bottom()
        strength = 1.0 if len(self.bins) == 1 else 0.5
        for each in self.bins:
            painter.setBrush(theme.color(each.token, strength))
            x = self.mapping.across(each.edges.astype(float)).tolist()
            counts = on_axis(each.counts.astype(float), self.axes["left"].logarithmic)
            y = self.mapping.down(counts).tolist()
            gap = 1.0 if x[1] - x[0] > 4 else 0.0
            painter.drawRects(
                [
                    QRectF(x[place], top, max(x[place + 1] - x[place] - gap, 0.5), bottom - top)
                    for place, top in enumerate(y)
                    if top < bottom
                ]
            )

    def _read(self, place: QPointF | None) -> None:
        said = self.sentence(place.x()) if place is not None else ""
        self.setAccessibleDescription(said)
        self.setToolTip(said)
