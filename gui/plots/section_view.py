"""What a network says over two columns as a surface, or over one as a curve, with rows as dots."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPen

from gui import theme
from gui.plots.axes import Limits
from gui.plots.named_axis import NamedAxis
from gui.plots.plain_plot import PlainPlot
from gui.plots.section_image import class_image, scale_colors, scale_image
from gui.plots.segments import solid

DOT, HALO, RING = 5.0, 7.0, 2.6  # pixels: a training row, around it, the hole of a validation row
REACH = 12.0  # pixels from a dot that still mean it
SHADES = 12  # of dots that stand for quantities


@dataclass(frozen=True, eq=False)
class Scale:
    """What colours mean: one for each of so many classes, or one hue from `low` to `high`."""

    classes: int = 0
    low: float = 0.0
    high: float = 1.0


class SectionView(PlainPlot):
    """Draws the arrays of the probe of the boundary; the axes hold still."""

    axis_type = NamedAxis

    row_chosen = Signal(int)

    def __init__(self) -> None:
        self._image: QImage | None = None
        super().__init__("left", "bottom")
        self.arrays: Mapping[str, np.ndarray] = {}
        self.scale = Scale()
        self.row: int | None = None
        self._height = Limits(logarithmic=False)
        self._down: QPointF | None = None
        self.walked.connect(self._walk)
        self._at: QPointF | None = None
        self.pointed_at.connect(self._remember)

    @property
    def is_curve(self) -> bool:
        """Whether there is one column only."""
        return "y" not in self.arrays

    def show_section(self, arrays: Mapping[str, np.ndarray], scale: Scale, up: str) -> None:
        """Draws these; `up` names the vertical axis of a curve."""
        self.arrays, self.scale = arrays, scale
        names = [str(each) for each in arrays["features"]]
        self._name_axis("bottom", names[0], arrays["x_categories"])
        if self.is_curve:
            self._name_axis("left", up, np.empty(0))
            shown = np.concatenate((arrays["values"].ravel(), arrays["points"][:, 1]))
            self.show_range(_ends(arrays, "x"), self._height.widen(shown))
        else:
            self._name_axis("left", names[1], arrays["y_categories"])
            self.show_range(_ends(arrays, "x"), _ends(arrays, "y"))
        self._image = None
        self.update()

    def forget_limits(self) -> None:
        """Lets the next curve set its axis anew: another column, another run."""
        self._height = Limits(logarithmic=False)

    def show_row(self, row: int | None) -> None:
        """Marks the dot of that row."""
        if row != self.row:
            self.row = row
            self.update()

    def place(self, at: QPointF) -> tuple[int, int]:
        """The cell (of `y`, of `x`) that is nearest to a place in the plot's units."""
        across = int(np.abs(self.arrays["x"] - at.x()).argmin())
        if self.is_curve:
            return 0, across
        return int(np.abs(self.arrays["y"] - at.y()).argmin()), across

    def redraw(self) -> None:
        self._image = None
        super().redraw()

    # ── painting ────────────────────────────────────────────────────────────────────────────

    def paint_content(self, painter: QPainter, due: QRectF) -> None:
        """The surface or the curve, and the dots over it."""
        if not self.arrays:
            return
        if not self.is_curve:
            self._paint_surface(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_points(painter)
        if self.is_curve:
            self._paint_curve(painter)
        self._paint_row(painter)

    def _paint_surface(self, painter: QPainter) -> None:
        if self._image is None:
            self._image = self._made()
        left, right = _cells(self.arrays["x"])
        bottom, top = _cells(self.arrays["y"])
        area = QRectF(self.mapping.point(left, top), self.mapping.point(right, bottom))
        named = len(self.arrays["x_categories"]) or len(self.arrays["y_categories"])
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not named)
        painter.drawImage(area, self._image)

    def _made(self) -> QImage:
        values = self.arrays["values"]
        if self.scale.classes:
            return class_image(self.arrays["winner"], values, self.scale.classes)
        return scale_image(values, self.scale.low, self.scale.high)

    def _paint_curve(self, painter: QPainter) -> None:
        x = self.mapping.across(self.arrays["x"])
        y = self.mapping.down(self.arrays["values"][0].astype(float))
        painter.setPen(QPen(theme.color("accent"), theme.stroke(3.0)))
        painter.drawLines([QLineF(*each) for each in solid(x.tolist(), y.tolist())])

    def _paint_points(self, painter: QPainter) -> None:
        validation = self.arrays["validation"]
        for held_back in (False, True):
            chosen = np.flatnonzero(validation == held_back)
            groups = [(color, self._spots(chosen[mine])) for color, mine in self._groups(chosen)]
            # What is filled with a shade of the surface itself is told from it by its outline.
            ground = theme.color("surface" if self.scale.classes or self.is_curve else "text")
            for size, fill in ((HALO, ground), (DOT + 1.0 if held_back else DOT, None)):
                for color, spots in groups:
                    _stamp(painter, spots, size, fill or color)
            if held_back:
                for _, spots in groups:
                    _stamp(painter, spots, RING, theme.color("surface"))

    def _groups(self, chosen: np.ndarray) -> list[tuple[QColor, np.ndarray]]:
        """Dots of one colour each."""
        truth = self.arrays["truth"][chosen]
        if self.is_curve:
            return [(theme.color("border"), np.ones(len(chosen), bool))]
        if self.scale.classes:
            return [
                (theme.class_color(int(each)), truth == each) for each in np.unique(truth).tolist()
            ]
        span = (self.scale.high - self.scale.low) or 1.0
        shares = np.clip((truth - self.scale.low) / span, 0.0, 1.0)
        shades, table = np.rint(shares * (SHADES - 1)), scale_colors()
        return [
            (QColor(*table[round(each * 255 / (SHADES - 1))].astype(int).tolist()), shades == each)
            for each in np.unique(shades[np.isfinite(shades)]).tolist()
        ]

    def _spots(self, chosen: np.ndarray) -> list[QPointF]:
        points = self.arrays["points"][chosen].astype(float)
        points = points[np.isfinite(points).all(axis=1)]
        x, y = self.mapping.across(points[:, 0]), self.mapping.down(points[:, 1])
        return [QPointF(*each) for each in zip(x.tolist(), y.tolist(), strict=True)]

    def _paint_row(self, painter: QPainter) -> None:
        for spot in self._spots(np.flatnonzero(self.arrays["row"] == self.row)):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for color, radius in (("surface", 8.5), ("text", 7.0)):
                painter.setPen(QPen(theme.color(color), 2.0))
                painter.drawEllipse(spot, radius, radius)

    # ── pointing ────────────────────────────────────────────────────────────────────────────

    def _name_axis(self, side: str, label: str, names: np.ndarray) -> None:
        axis, named = self.axes[side], tuple(names.tolist())
        assert isinstance(axis, NamedAxis)
        if (axis.label, axis.names) != (label, named):
            axis.label, axis.names = label, named
            self._numbers = 0.0
            self.redraw()

    def _remember(self, at: QPointF | None) -> None:
        self._at = at

    def _walk(self, right: int, down: int) -> None:
        """Arrow keys move by a fiftieth of what is seen."""
        x, y = self.mapping.x, self.mapping.y
        at = self._at or QPointF((x.low + x.high) / 2, (y.low + y.high) / 2)
        moved = at + QPointF(right * x.size / 50, -down * y.size / 50)
        across = min(max(moved.x(), x.low), x.high)
        self.pointed_at.emit(QPointF(across, min(max(moved.y(), y.low), y.high)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._down = event.position() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press that went nowhere chooses the dot there."""
        super().mouseReleaseEvent(event)
        down, self._down = self._down, None
        if down is None or not self.arrays or not len(self.arrays["row"]):
            return
        if (event.position() - down).manhattanLength() < 3:
            points = self.arrays["points"].astype(float)
            across = self.mapping.across(points[:, 0]) - down.x()
            away = np.nan_to_num(
                np.hypot(across, self.mapping.down(points[:, 1]) - down.y()), nan=1e9
            )
            if away.min() <= REACH:
                self.row_chosen.emit(int(self.arrays["row"][away.argmin()]))


def _stamp(painter: QPainter, spots: list[QPointF], size: float, color: QColor) -> None:
    painter.setPen(QPen(color, size, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPoints(spots)


def _cells(places: np.ndarray) -> tuple[float, float]:
    """The outer edges of cells around these places."""
    half = float(places[1] - places[0]) / 2 if len(places) > 1 else 0.5
    return float(places[0]) - half, float(places[-1]) + half


def _ends(arrays: Mapping[str, np.ndarray], name: str) -> tuple[float, float]:
    """What to show of an axis: all cells of categories, else from the first value to the last."""
    places = arrays[name]
    if len(arrays[f"{name}_categories"]):
        return _cells(places)
    return float(places[0]), float(places[-1])
