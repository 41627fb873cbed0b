"""Bands under the links: the wider and stronger, the more gradient comes back through them."""

from collections.abc import Mapping
from math import isfinite, log10

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.design import Link
from gui import theme
from gui.canvas.link_item import LinkItem

LOW, HIGH = -8.0, 1.0  # powers of ten: the ends of the scale
THIN, WIDE = 4.0, 14.0
FAINT, FULL = 0.12, 0.75
FAR = 2_000.0  # how far beyond all links something may be dragged


class FlowItem(QGraphicsItem):
    """Lies below the links of a scene; `sizes` are lengths of gradients."""

    def __init__(self, links: Mapping[Link, LinkItem]) -> None:
        super().__init__()
        self._links = links
        self._sizes: Mapping[Link, float] = {}
        self._area = QRectF()
        self.setZValue(-1.5)

    def show_sizes(self, sizes: Mapping[Link, float]) -> None:
        """Draws bands for these, and for no others."""
        self._sizes = sizes
        area = QRectF()
        for link in sizes:
            if link in self._links:
                area = area.united(self._links[link].course.controlPointRect())
        area = area.adjusted(-FAR, -FAR, FAR, FAR)
        if area != self._area:
            self.prepareGeometryChange()
            self._area = area
        self.update()

    def boundingRect(self) -> QRectF:
        return self._area

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for link, size in self._sizes.items():
            item = self._links.get(link)
            if item is None or not item.isVisible():
                continue
            if isfinite(size):
                share = strength(size)
                painter.setPen(_pen(band_color(share), THIN + (WIDE - THIN) * share))
                painter.drawPath(item.course)


def strength(size: float) -> float:
    """Where a length stands on the scale, from 0 to 1."""
    power = log10(size) if size > 0 else LOW
    return min(max((power - LOW) / (HIGH - LOW), 0.0), 1.0)


def band_color(share: float) -> QColor:
    """The colour of a place on the scale."""
    return theme.color("validation", round(FAINT + (FULL - FAINT) * share, 2))


def _pen(color: QColor, width: float) -> QPen:
    return QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
