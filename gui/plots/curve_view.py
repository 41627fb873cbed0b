"""The picture of a few growing curves: only the strip in which something is new is painted."""

from collections.abc import Mapping as Table
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from gui import theme
from gui.plots.pixel_line import PixelLine
from gui.plots.plain_plot import PlainPlot
from gui.plots.segments import dashed, solid
from gui.plots.series import EMPTY, Series
from gui.plots.trace import Trace

DOT = 3.5  # radius
RING = 4.5  # that of the best epoch
MARGIN = 4.0  # around what has changed, for the width of a line
CAPTION_GAP = QPointF(4, 2)


@dataclass(frozen=True)
class Stroke:
    """How a curve is drawn: the colour's token, its strength, the width, and dashes and gaps."""

    token: str
    width: float = 2.0
    alpha: float = 1.0
    dashes: tuple[float, float] | None = None

    def pen(self) -> QPen:
        """The pen in the theme in force."""
        made = QPen(theme.color(self.token, self.alpha), theme.stroke(self.width))
        cap = Qt.PenCapStyle
        made.setCapStyle(cap.FlatCap if self.dashes else cap.SquareCap)  # which closes the joints
        return made


@dataclass(frozen=True)
class Cursor:
    """A time that is looked at, and the dots on the curves there: (value, colour's token)."""

    x: float
    dots: tuple[tuple[float, str], ...] = ()


class CurveView(PlainPlot):
    """Curves by name, each in its stroke; a caption in a corner, and a cursor."""

    def __init__(self, strokes: Table[str, Stroke]) -> None:
        super().__init__("left", "bottom", grid=("left",))
        self._strokes: dict[str, Stroke] = {}
        self._traces: dict[str, Trace] = {}
        self._lines: dict[str, PixelLine] = {}
        self._pens: dict[str, QPen] = {}
        self._series: dict[str, Series] = {}
        self._cursor: Cursor | None = None
        self._best: Cursor | None = None
        self.set_strokes(strokes)
        self.caption = ""
        self._caption_low = False

    def set_strokes(self, strokes: Table[str, Stroke]) -> None:
        """How lines are drawn, by their names; those that stay go on where they were."""
        if strokes == self._strokes:
            return
        if self._strokes:
            self.update()
        self._strokes = dict(strokes)
        self._traces = {name: self._traces.get(name) or Trace() for name in strokes}
        self._lines = {
            name: self._lines.get(name) or PixelLine(trace) for name, trace in self._traces.items()
        }
        self._pens = {name: stroke.pen() for name, stroke in strokes.items()}

    def show_series(self, series: Table[str, Series]) -> None:
        """Draws these, as far as they have points that are not drawn yet."""
        anew = series.keys() != self._series.keys() or any(
            series[name] is not self._series[name] for name in series
        )
        self._series = dict(series)
        if anew:
            self.update()
        elif self.isVisible():
            self._repaint_ends()

    def show_cursor(self, cursor: Cursor | None) -> None:
        """Marks a time, or none."""
        if cursor != self._cursor:
            self._cursor = cursor
            self.update()

    def show_best(self, best: Cursor | None) -> None:
        """Puts a ring around one point, or none; only what has changed is painted."""
        if best != self._best:
            for each in (self._best, best):
                if each is not None:
                    self.update(self._ring(each).adjusted(-3, -3, 3, 3).toAlignedRect())
            self._best = best

    def show_caption(self, text: str, *, low: bool) -> None:
        """A line in the right corner that curves leave empty: `low` or at the top."""
        if (text, low) != (self.caption, self._caption_low):
            self.caption, self._caption_low = text, low
            self.update()

    def points(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """What is drawn of a curve: times, and values on the axis."""
        self._follow(name)
        x, y = self._traces[name].points
        mapping = self.mapping
        return mapping.x.low + x / mapping.cell[0], y

    def apply_theme(self) -> None:
        """Takes the colours of the theme in force."""
        super().apply_theme()
        self._pens = {name: stroke.pen() for name, stroke in self._strokes.items()}

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _follow(self, name: str) -> None:
        mapping, logarithmic = self.mapping, self.axes["left"].logarithmic
        series = self._series.get(name, EMPTY)
        self._traces[name].follow(series, mapping.x, mapping.area.width(), logarithmic)

    def _repaint_ends(self) -> None:
        """Has painted what lies to the right of the points that are painted already."""
        area = self.mapping.area
        left, right = area.right(), area.left()
        for name, series in self._series.items():
            if len(series) != self._traces[name].seen:
                left = min(left, area.left() + self._traces[name].settled_end)
                right = max(right, self.mapping.point(series.last, 0.0).x())
        left, right = max(area.left(), left - MARGIN), min(area.right(), right + MARGIN)
        if left < right:
            strip = QRectF(left, area.top() - 1, right - left, area.height() + 2)
            self.update(strip.toAlignedRect())

    def paint_content(self, painter: QPainter, due: QRectF) -> None:
        """Curves from the faintest to the last, then what is looked at."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for name in self._series:
            self._follow(name)  # may have been resized or zoomed since
            self._paint_curve(painter, name, due)
        if self._best and self._ring(self._best).intersects(due):
            self._paint_best(painter, self._best)
        if self._cursor:
            self._paint_cursor(painter, self._cursor)
        if self.caption:
            self._paint_caption(painter, due)

    def _paint_curve(self, painter: QPainter, name: str, due: QRectF) -> None:
        """The part of a line that can be seen in `due`, with a point more at either end."""
        stroke, line = self._strokes[name], self._lines[name]
        x, y, before = line.between(self.mapping, due.left() - MARGIN, due.right() + MARGIN)
        strokes = dashed(x, y, *stroke.dashes, before) if stroke.dashes else solid(x, y)
        painter.setPen(self._pens[name])
        painter.drawLines([QLineF(*each) for each in strokes])

    def _ring(self, best: Cursor) -> QRectF:
        value, _ = best.dots[0]
        place = self.mapping.point(best.x, value)
        return QRectF(place.x() - RING, place.y() - RING, 2 * RING, 2 * RING)

    def _paint_best(self, painter: QPainter, best: Cursor) -> None:
        painter.setPen(QPen(theme.color(best.dots[0][1]), theme.stroke(2)))
        painter.setBrush(theme.color("surface"))
        painter.drawEllipse(self._ring(best))

    def _paint_cursor(self, painter: QPainter, cursor: Cursor) -> None:
        mapping = self.mapping
        painter.setPen(QPen(theme.color("muted"), 1))
        x = mapping.point(cursor.x, mapping.y.low).x()
        painter.drawLine(QPointF(x, mapping.area.top()), QPointF(x, mapping.area.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        for value, token in cursor.dots:
            painter.setBrush(theme.color(token))
            painter.drawEllipse(mapping.point(cursor.x, value), DOT, DOT)

    def _paint_caption(self, painter: QPainter, due: QRectF) -> None:
        painter.setFont(theme.font("small"))
        size = _text_size(self.caption, painter.font().key())
        room = self.mapping.area
        corner = room.topRight() + QPointF(-size.width() - CAPTION_GAP.x(), -CAPTION_GAP.y())
        if self._caption_low:
            corner.setY(room.bottom() - size.height() - CAPTION_GAP.y())
        place = QRectF(corner, size)
        if place.intersects(due):
            painter.setPen(theme.color("muted"))
            painter.drawText(place, 0, self.caption)


@lru_cache(maxsize=16)
def _text_size(text: str, font: str) -> QSizeF:
    described = QFont()
    described.fromString(font)
    return QFontMetricsF(described).size(0, text)
