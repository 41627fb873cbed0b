"""A few named lines over one axis, with a legend that says the values under the pointer."""

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.figures import number
from gui.plots.axes import Limits, on_axis
from gui.plots.legend import Entry, Legend
from gui.plots.lines import Dot, Line, Mark, halo
from gui.plots.plain_plot import PlainPlot
from gui.plots.reading import ReadingLabel
from gui.plots.trace import thinned

RADIUS = 3.5
Range = tuple[float, float]


class LineView(PlainPlot):
    """The lines themselves; points are where their values stand on the axes."""

    chosen = Signal(float)  # a place on the horizontal axis, by a click

    def __init__(self) -> None:
        super().__init__("left", "bottom", grid=("left", "bottom"))
        self.lines: tuple[Line, ...] = ()
        self.dots: tuple[Dot, ...] = ()
        self.marks: tuple[Mark, ...] = ()
        self.looked_at: float | None = None
        self._down: QPointF | None = None

    def paint_content(self, painter: QPainter, due: QRectF) -> None:
        """Marks, lines, the cursor, dots: what is small lies on top."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        for mark in self.marks:
            self._paint_mark(painter, mark)
        for line in sorted(self.lines, key=lambda line: not line.quiet):
            x, y = thinned(*self._pixels(line))
            painter.setPen(line.pen())
            painter.drawLines([QLineF(*each) for each in line.strokes(x, y)])
        self._paint_cursor(painter)
        for dot in self.dots:
            self._paint_dot(painter, dot)

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _pixels(self, line: Line) -> tuple[np.ndarray, np.ndarray]:
        x = on_axis(line.x.astype(float), self.axes["bottom"].logarithmic)
        y = on_axis(line.y.astype(float), self.axes["left"].logarithmic)
        return self.mapping.across(x), self.mapping.down(y)

    def _place(self, x: float, y: float) -> QPointF:
        across = on_axis(np.array([x], float), self.axes["bottom"].logarithmic)
        down = on_axis(np.array([y], float), self.axes["left"].logarithmic)
        return self.mapping.point(float(across[0]), float(down[0]))

    def _paint_mark(self, painter: QPainter, mark: Mark) -> None:
        area = self.mapping.area
        x = self._place(mark.x, 1.0).x()
        if not area.left() - 1 <= x <= area.right() + 1:
            return
        painter.setPen(QPen(theme.color(mark.token), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        width = QFontMetricsF(painter.font()).horizontalAdvance(mark.words)
        left = x + 4 if x + width + 6 < area.right() else x - width - 4
        painter.drawText(QPointF(left, area.top() + 11), mark.words)

    def _paint_cursor(self, painter: QPainter) -> None:
        if self.looked_at is None:
            return
        area = self.mapping.area
        x = self._place(self.looked_at, 1.0).x()
        painter.setPen(QPen(theme.color("border"), 1))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        for line in self.lines:
            value = line.at(self.looked_at)
            if np.isfinite(value) and not line.quiet:
                self._paint_dot(painter, Dot(self.looked_at, value, line.token))

    def _paint_dot(self, painter: QPainter, dot: Dot) -> None:
        place = self._place(dot.x, dot.y)
        if not np.isfinite(place.y()):
            return
        painter.setPen(halo(dot.token))
        painter.setBrush(theme.color(dot.token))
        painter.drawEllipse(place, RADIUS, RADIUS)
        if dot.words:
            painter.setPen(theme.color("text"))
            painter.drawText(place + QPointF(7, -5), dot.words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._down = event.position() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press that went nowhere chooses the place."""
        super().mouseReleaseEvent(event)
        down, self._down = self._down, None
        if down is not None and (event.position() - down).manhattanLength() < 3:
            self.chosen.emit(self.value_across(self.mapping.values(down).x()))

    def value_across(self, on_the_axis: float) -> float:
        """The value that stands at this place of the horizontal axis."""
        return 10.0**on_the_axis if self.axes["bottom"].logarithmic else on_the_axis


class LinePlot(QWidget):
    """Lines, a title, and a legend with the values at the pointer.

    `chosen` says which value of the horizontal axis was clicked. Axes hold still: they only widen
    until `forget_limits`, unless ranges are given.
    """

    chosen = Signal(float)

    def __init__(
        self,
        title: str = "",
        *,
        across: str = "",
        up: str = "",
        write: Callable[[float], str] = number,
    ) -> None:
        super().__init__()
        self._write, self._across = write, across
        self._ranges: tuple[Range | None, Range | None] = (None, None)
        self.view = LineView()
        self.view.axes["bottom"].label, self.view.axes["left"].label = across, up
        self.view.setAccessibleName(title or up)
        self.title = ReadingLabel()
        self.title.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.title.say(title)
        self.title.setVisible(bool(title))
        self.legend = Legend()
        self._compose()
        self.forget_limits()
        self.view.pointed_at.connect(self._point)
        self.view.walked.connect(self._walk)
        self.view.chosen.connect(self.chosen)

    # ── what it is shown ────────────────────────────────────────────────────────────────────

    def show_lines(
        self, lines: Sequence[Line], dots: Sequence[Dot] = (), marks: Sequence[Mark] = ()
    ) -> None:
        """Draws these and no others."""
        self.view.lines, self.view.dots, self.view.marks = tuple(lines), tuple(dots), tuple(marks)
        self._fit()
        self._say()
        self.view.update()

    def set_title(self, title: str) -> None:
        """Names the plot."""
        self.title.say(title)
        self.title.setVisible(bool(title))
        self.view.setAccessibleName(title)

    def set_labels(self, across: str, up: str) -> None:
        """What the axes count."""
        bottom, left = self.view.axes["bottom"], self.view.axes["left"]
        if (across, up) != (bottom.label, left.label):
            bottom.label, left.label = across, up
            self._across = across
            self.view.redraw()

    def set_logarithmic(self, *, across: bool = False, up: bool = False) -> None:
        """Which axes count in powers of ten."""
        self.view.axes["bottom"].logarithmic, self.view.axes["left"].logarithmic = across, up
        self.forget_limits()
        self._fit()
        self.view.redraw()

    def keep_ranges(self, across: Range | None = None, up: Range | None = None) -> None:
        """Shows exactly this part of an axis, whatever the lines are (0 to 1 for a share)."""
        self._ranges = (across, up)
        self._fit()

    def forget_limits(self) -> None:
        """Lets the next lines set the axes anew: other values, another run."""
        axes = self.view.axes
        self._limits = (Limits(axes["bottom"].logarithmic), Limits(axes["left"].logarithmic))

    def apply_theme(self) -> None:
        """Takes the colours of the theme in force."""
        self.view.apply_theme()
        self.legend.update()

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _compose(self) -> None:
        header = QHBoxLayout()
        header.setSpacing(theme.SPACE_S)
        header.addWidget(self.title, 1)
        header.addWidget(self.legend, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_M, 0)
        layout.setSpacing(0)
        layout.addLayout(header)
        layout.addWidget(self.view, 1)

    def _fit(self) -> None:
        found: list[Range | None] = list(self._ranges)
        sides = (("bottom", "x"), ("left", "y"))
        for place, (side, name) in enumerate(sides):
            if found[place] is None:
                values = [getattr(line, name).astype(float) for line in self.view.lines]
                together = np.concatenate(values) if values else np.empty(0)
                shown = on_axis(together, self.view.axes[side].logarithmic)
                found[place] = self._limits[place].widen(shown)
        if self._ranges[0] is None and (tight := self._tight()):
            found[0] = tight
        self.view.show_range(*found)

    def _tight(self) -> Range | None:
        """From the first to the last point: rounding the way across would leave a gap."""
        ends = [float(e) for line in self.view.lines if len(line.x) for e in line.x[[0, -1]]]
        shown = on_axis(np.array(ends), self.view.axes["bottom"].logarithmic)
        shown = shown[np.isfinite(shown)]
        if not len(shown) or shown.min() == shown.max():
            return None
        return float(shown.min()), float(shown.max())

    def _point(self, place: QPointF | None) -> None:
        self.view.looked_at = None if place is None else self.view.value_across(place.x())
        self._say()
        self.view.update()

    def _walk(self, right: int, down: int) -> None:
        """Arrow keys move the cursor by a fiftieth of what is seen."""
        span = self.view.mapping.x
        cursor = self.view.looked_at
        here = (span.low + span.high) / 2
        if cursor is not None:
            here = float(on_axis(np.array([cursor]), self.view.axes["bottom"].logarithmic)[0])
        here = min(max(here + (right + down) * span.size / 50, span.low), span.high)
        self._point(QPointF(here, 0.0))

    def _say(self) -> None:
        cursor = self.view.looked_at
        entries = tuple(
            Entry(line.name, line.name, self._value(line, cursor), line.token, line.dashed)
            for line in self.view.lines
            if not line.quiet
        )
        where = "" if cursor is None else f"{self._across} {self._write(cursor)}".strip()
        self.legend.show_entries(entries, where)

    def _value(self, line: Line, cursor: float | None) -> str:
        if cursor is None:
            return ""
        value = line.at(cursor)
        return self._write(value) if np.isfinite(value) else "–"
