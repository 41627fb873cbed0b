"""What stays behind the curves: ground, grid lines and the numbers of the axes, painted once."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap

from gui import theme
from gui.plots.axes import Axis, Tick
from gui.plots.mapping import Mapping

TOP, RIGHT = 10.0, 14.0  # room for the halves of the outermost numbers
GAP = 6.0  # between a number and the plot
ALIGN = Qt.AlignmentFlag


class Backdrop:
    """A picture of everything in a plot that does not move while training runs."""

    def __init__(self, axes: Iterable[Axis], grid: Iterable[str]) -> None:
        self._axes = tuple(axes)
        self._grid = frozenset(grid)

    def area(self, size: QSize, numbers: float) -> QRectF:
        """Where the plot itself lies; `numbers` are as wide as those at the left."""
        left, top, bottom = 4.0, TOP, 4.0
        line = QFontMetricsF(theme.font("small")).height()
        for axis in self._axes:
            beside = line if axis.label else 0.0
            if axis.side == "left":
                left = numbers + GAP + 2 + beside
            elif axis.side == "top":
                top = line + GAP + beside
            else:
                bottom = line + GAP + beside
        width, height = size.width() - left - RIGHT, size.height() - top - bottom
        return QRectF(left, top, max(width, 1.0), max(height, 1.0))

    def paint(self, size: QSize, ratio: float, mapping: Mapping) -> QPixmap:
        """The picture, for a screen with so many pixels a point."""
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(theme.color("surface"))
        painter = QPainter(picture)
        self.draw(painter, mapping)
        painter.end()
        return picture

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Grid lines, numbers and labels."""
        painter.setFont(theme.font("small"))
        for axis in self._axes:
            self._paint_axis(painter, axis, mapping)

    def _paint_axis(self, painter: QPainter, axis: Axis, mapping: Mapping) -> None:
        for value, text in ticks(axis, mapping):
            if axis.side in self._grid:
                painter.setPen(theme.color("hairline"))
                _grid_line(painter, axis, mapping, value)
            painter.setPen(theme.color("muted"))
            _number(painter, axis, mapping, value, text)
        if axis.label:
            painter.setPen(theme.color("muted"))
            _label(painter, axis, mapping.area)


def ticks(axis: Axis, mapping: Mapping) -> list[Tick]:
    """The numbers of an axis as it is shown."""
    if axis.side == "left":
        return axis.ticks(mapping.y.low, mapping.y.high, mapping.area.height())
    return axis.ticks(mapping.x.low, mapping.x.high, mapping.area.width())


def number_width(texts: Iterable[str]) -> float:
    """How much room the widest of these numbers takes."""
    metrics = QFontMetricsF(theme.font("small"))
    return max((metrics.horizontalAdvance(text) for text in texts), default=0.0)


def _grid_line(painter: QPainter, axis: Axis, mapping: Mapping, value: float) -> None:
    area = mapping.area
    if axis.side == "left":
        y = round(mapping.point(mapping.x.low, value).y()) + 0.5
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
    else:
        x = round(mapping.point(value, mapping.y.low).x()) + 0.5
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))


def _number(painter: QPainter, axis: Axis, mapping: Mapping, value: float, text: str) -> None:
    area = mapping.area
    if axis.side == "left":
        y = mapping.point(mapping.x.low, value).y()
        room = QRectF(0, y - 10, area.left() - GAP, 20)
        painter.drawText(room, ALIGN.AlignRight | ALIGN.AlignVCenter, text)
        return
    # The last number moves to the left where it would be cut.
    half = QFontMetricsF(painter.font()).horizontalAdvance(text) / 2
    x = min(mapping.point(value, mapping.y.low).x(), area.right() + RIGHT - half - 1)
    if axis.side == "top":
        room = QRectF(x - 60, area.top() - GAP / 2 - 20, 120, 20)
        painter.drawText(room, ALIGN.AlignHCenter | ALIGN.AlignBottom, text)
    else:
        room = QRectF(x - 60, area.bottom() + GAP / 2, 120, 20)
        painter.drawText(room, ALIGN.AlignHCenter | ALIGN.AlignTop, text)


def _label(painter: QPainter, axis: Axis, area: QRectF) -> None:
    """What the axis counts: upright at the left, below at the bottom."""
    line = QFontMetricsF(painter.font()).height()
    if axis.side == "left":
        painter.save()
        painter.translate(line / 2 + 1, area.center().y())
        painter.rotate(-90)
        half = area.height() / 2
        painter.drawText(QRectF(-half, -line / 2, 2 * half, line), ALIGN.AlignCenter, axis.label)
        painter.restore()
    else:
        room = QRectF(area.left(), area.bottom() + GAP / 2 + line, area.width(), line + 2)
        painter.drawText(room, ALIGN.AlignCenter, axis.label)
