"""The widget of an unfolded layer: points at weights, walks along them, and asks to change one."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.canvas.neurons.geometry import Geometry, geometry_of
from gui.canvas.neurons.painting import paint
from gui.canvas.neurons.unfolded import Limit, Place, Unfolded
from gui.words import tr

CLEAR = 0.618  # of the way along a link, where few others cross it
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)


class Web(QWidget):
    """Two columns of neurons with links between; `pointed` is the weight or bias looked at."""

    pointed_at = Signal(object)  # Place or None
    change_requested = Signal(object)  # Place
    limit_changed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.unfolded: Unfolded | None = None
        self.pointed: Place | None = None
        self.limit = Limit()
        self._geometry: Geometry | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 120)
        self.setAccessibleName(tr("Neurons"))
        theme.notifier.theme_changed.connect(self.update)

    def show_layer(self, unfolded: Unfolded | None) -> None:
        """Draws this; the weight pointed at stays so where it is the same layer."""
        before, self.unfolded = self.unfolded, unfolded
        if unfolded is None:
            self._point_at(None)
            return
        same = before is not None and before.name == unfolded.name
        if not same or before is None or before.kernel.shape != unfolded.kernel.shape:
            self.limit.forget()
            self._geometry = None
            self._point_at(None)
        if self.limit.grow(unfolded):
            self.limit_changed.emit(self.limit.value)
        if self.pointed is not None:
            self._point_at(self.pointed if unfolded.has(self.pointed) else None)
        self.update()

    def place_of(self, place: Place) -> QPointF:
        """Where a link or neuron can be pointed at, in this widget."""
        found = self.lay_out()
        assert found is not None
        kind, before, unit = place
        if kind == "bias":
            return found.unit(unit)
        return found.source(before) * (1 - CLEAR) + found.unit(unit) * CLEAR

    def lay_out(self) -> Geometry | None:
        """Where everything lies at the present size."""
        if self._geometry is None and self.unfolded is not None:
            self._geometry = geometry_of(self.unfolded, QSizeF(self.size()))
        return self._geometry

    # ── painting ────────────────────────────────────────────────────────────────────────────

    def sizeHint(self) -> QSize:
        return QSize(640, 360)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._geometry = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = self.lay_out()
        if self.unfolded is not None and place is not None:
            paint(painter, self.unfolded, place, self.limit.value, self.pointed)
        if self.hasFocus():
            painter.setPen(theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    # ── pointing ────────────────────────────────────────────────────────────────────────────

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.lay_out()
        self._point_at(place.at(event.position()) if place else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)
        if self.pointed is not None and event.button() == Qt.MouseButton.LeftButton:
            self.change_requested.emit(self.pointed)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk along a column, left and right from bias to weights; Enter changes."""
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._cross(to_weights=key == Qt.Key.Key_Left)
        elif key in _ENTER and self.pointed is not None:
            self.change_requested.emit(self.pointed)
        else:
            event.ignore()

    def _walk(self, by: int) -> None:
        place = self.lay_out()
        if place is None:
            return
        kind, before, unit = self.pointed or ("", 0, 0)
        if not kind:
            self._point_at(self._first())
        elif kind == "kernel":
            self._point_at((kind, _next(list(place.before.heights), before, by), unit))
        else:
            self._point_at((kind, 0, _next(list(place.units.heights), unit, by)))

    def _cross(self, *, to_weights: bool) -> None:
        """From a bias to the weights before it and back; without biases, to the next neuron."""
        place, shown = self.lay_out(), self.unfolded
        if place is None or shown is None:
            return
        kind, before, unit = self.pointed or ("", 0, 0)
        if not kind:
            self._point_at(self._first())
        elif shown.bias is None:
            step = -1 if to_weights else 1
            self._point_at(("kernel", before, _next(list(place.units.heights), unit, step)))
        else:
            self._point_at(("kernel", before, unit) if to_weights else ("bias", 0, unit))

    def _first(self) -> Place:
        has_bias = self.unfolded is not None and self.unfolded.bias is not None
        return ("bias" if has_bias else "kernel"), 0, 0

    def _point_at(self, place: Place | None) -> None:
        if place != self.pointed:
            self.update()
        self.pointed = place
        over_neuron = place is not None and place[0] == "bias"
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if over_neuron else Qt.CursorShape.ArrowCursor
        )
        self.pointed_at.emit(place)


def _next(numbers: list[int], number: int, by: int) -> int:
    """The neighbour among those shown; the same at either end."""
    at = numbers.index(number) if number in numbers else 0
    return numbers[min(max(0, at + by), len(numbers) - 1)]
