"""A plot without ornaments: quiet axes, zooming and moving, and one way to point at something.

It paints itself with as few calls as it can: while training runs, every call keeps the thread
that trains from the interpreter. Axes are painted once, and of the rest only what has changed.
"""

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPaintEngine,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.plots.axes import Axis
from gui.plots.backdrop import Backdrop, number_width, ticks
from gui.plots.mapping import Mapping, Span
from gui.words import tr

ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
ZOOM_A_STEP = 1.3  # of the wheel
ZOOM_A_PIXEL = 1.01  # of dragging with the right button


class PlainPlot(QWidget):
    """Subclasses paint the content; `axes` stand by its sides."""

    axis_type: ClassVar[type[Axis]] = Axis
    downwards: ClassVar[bool] = False  # whether values grow downwards

    pointed_at = Signal(object)  # QPointF in the plot's own units, None where the pointer left
    walked = Signal(int, int)  # by the arrow keys, to the right and down

    def __init__(self, *sides: str, grid: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.axes = {side: self.axis_type(side) for side in sides}
        self._grid = grid
        self._whole = self._shown = (Span(0.0, 1.0), Span(0.0, 1.0))
        self._square = False
        self._numbers = 0.0  # the width of those at the left; it only grows, to hold still
        self._mapping: Mapping | None = None
        self._picture: QPixmap | None = None
        self._pressed: QPointF | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(80, 60)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(tr("Wheel zooms, dragging moves, a double click shows everything again"))

    # ── what is shown ───────────────────────────────────────────────────────────────────────

    @property
    def ranges(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """What is shown of the horizontal and of the vertical axis."""
        x, y = self.mapping.x, self.mapping.y
        return (x.low, x.high), (y.low, y.high)

    def show_range(
        self, x: tuple[float, float] | None = None, y: tuple[float, float] | None = None
    ) -> None:
        """Shows exactly this part, and returns to it on a double click."""
        across, down = self._whole
        across, down = Span(*x) if x else across, Span(*y) if y else down
        shown = (across if x else self._shown[0], down if y else self._shown[1])
        if (across, down) != self._whole or shown != self._shown:
            self._whole, self._shown = (across, down), shown
            self.redraw()

    def keep_square(self, square: bool) -> None:
        """Whether to make a unit as long on both axes, which then stand without numbers."""
        self._square = square
        self._numbers = 0.0
        self.redraw()

    @property
    def is_square(self) -> bool:
        """Whether a unit is as long on both axes."""
        return self._square

    @property
    def mapping(self) -> Mapping:
        """Where values lie now."""
        if self._mapping is None:
            self._mapping = self._map()
        return self._mapping

    def redraw(self) -> None:
        """Everything has changed, axes and all."""
        self._mapping = self._picture = None
        self.update()

    def apply_theme(self) -> None:
        """Takes the colours of the theme in force."""
        self.redraw()

    def paint_content(self, painter: QPainter, due: QRectF) -> None:
        """Paints what the plot shows, as far as it lies in `due`."""

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _backdrop(self) -> Backdrop:
        return Backdrop(() if self._square else self.axes.values(), self._grid)

    def _map(self) -> Mapping:
        backdrop, (x, y) = self._backdrop(), self._shown
        found = Mapping(backdrop.area(self.size(), self._numbers), x, y, self.downwards)
        if self._square:
            return found.squared()
        if "left" in self.axes:
            widest = number_width(text for _, text in ticks(self.axes["left"], found))
            self._numbers = max(self._numbers, widest)
            found = replace(found, area=backdrop.area(self.size(), self._numbers))
        return found

    def _show(self, mapping: Mapping) -> None:
        self._shown = mapping.x, mapping.y
        self.redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        due = QRectF(event.rect())
        painter = QPainter(self)
        self._paint_backdrop(painter, due)
        inside = due.intersected(self.mapping.area.adjusted(-1, -1, 1, 1))
        if not inside.isEmpty():
            painter.setClipRect(inside)
            self.paint_content(painter, inside)

    def _paint_backdrop(self, painter: QPainter, due: QRectF) -> None:
        """From the picture of it; into a file of lines and letters, as what it is."""
        if painter.paintEngine().type() == QPaintEngine.Type.SVG:
            painter.fillRect(due, theme.color("surface"))
            self._backdrop().draw(painter, self.mapping)
            return
        ratio = self.devicePixelRatioF()
        if self._picture is None:
            self._picture = self._backdrop().paint(self.size(), ratio, self.mapping)
        source = QRectF(due.topLeft() * ratio, due.size() * ratio)
        painter.drawPixmap(due, self._picture, source)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.redraw()

    # ── zooming and pointing ────────────────────────────────────────────────────────────────

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms about the pointer; over an axis, along that axis only."""
        factor = ZOOM_A_STEP ** (-event.angleDelta().y() / 120)
        place, area = event.position(), self.mapping.area
        across = 1.0 if place.x() < area.left() else factor
        down = 1.0 if not area.top() <= place.y() <= area.bottom() else factor
        self._show(self.mapping.zoomed(across, down, place))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = event.position()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._pressed is not None and event.buttons():
            self._drag(self._pressed, place, bool(event.buttons() & Qt.MouseButton.RightButton))
            self._pressed = place
        inside = self.mapping.area.contains(place)
        self.pointed_at.emit(self.mapping.values(place) if inside else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        event.accept()

    def _drag(self, start: QPointF, end: QPointF, zooms: bool) -> None:
        """Moves the view, or with the right button zooms it: to the right and up, into it."""
        by = end - start
        if zooms:
            factors = ZOOM_A_PIXEL ** -by.x(), ZOOM_A_PIXEL ** by.y()
            self._show(self.mapping.zoomed(*factors, self.mapping.area.center()))
        else:
            self._show(self.mapping.dragged(start, end))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed_at.emit(None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._shown = self._whole
        self.redraw()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Escape leaves; all other keys are the window's."""
        if event.key() == Qt.Key.Key_Escape:
            self.pointed_at.emit(None)
        elif event.key() in ARROWS:
            self.walked.emit(*ARROWS[Qt.Key(event.key())])
        else:
            event.ignore()
