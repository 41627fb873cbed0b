"""A link on the canvas: a curve from port to port, with the width that it carries."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsSceneHoverEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from engine.design import Link
from gui import theme
from gui.canvas import geometry
from gui.canvas.card import NO_NUMBERS

_PILL_HEIGHT = 18.0
_WIDEST_LABEL = 64.0
_LEAST_ON_SCREEN = 1.2


class LinkItem(QGraphicsPathItem):
    """Draws what the scene tells it; `link` is the design's own value."""

    def __init__(self, link: Link) -> None:
        super().__init__()
        self.link = link
        self._label = ""
        self._wrong = False
        self._hovered = False
        self._target = False
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        self.setAcceptHoverEvents(True)
        self.setZValue(-1)

    def show_link(self, label: str, wrong: bool, tip: str) -> None:
        """The width to show, and whether what it feeds cannot take it."""
        if (label, wrong) != (self._label, self._wrong):
            self._label, self._wrong = label, wrong
            self.update()
        self.setToolTip(tip)

    def show_target(self, target: bool) -> None:
        """Whether dropping now would change this link."""
        if target != self._target:
            self._target = target
            self.setZValue(4 if target else -1)
            self.update()

    def lead(self, start: QPointF, end: QPointF) -> None:
        """Run from `start` to `end`, both in scene coordinates."""
        self.setPath(geometry.link_path(start, end))

    @property
    def center(self) -> QPointF:
        """The middle of the curve, where the label is, in scene coordinates."""
        return self.path().pointAtPercent(0.5)

    def nearer_target(self, point: QPointF) -> bool:
        """Whether the point is nearer to where the link ends than to where it begins."""
        path = self.path()
        to_end = (point - path.pointAtPercent(1)).manhattanLength()
        return to_end <= (point - path.pointAtPercent(0)).manhattanLength()

    def shape(self) -> QPainterPath:
        """The 12 px around the curve, and the label."""
        stroker = QPainterPathStroker()
        stroker.setWidth(geometry.LINK_TARGET)
        target = stroker.createStroke(self.path())
        room = QRectF(0, 0, _WIDEST_LABEL, _PILL_HEIGHT + 2)
        room.moveCenter(self.center)
        target.addRect(room)
        target.setFillRule(Qt.FillRule.WindingFill)
        return target

    def hoverEnterEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._hovered = True
        self.update()

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._hovered = False
        self.update()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        zoom = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        least = _LEAST_ON_SCREEN / zoom
        pen = QPen(theme.color(self._token()), max(least, 3.5 if self._target else 2.0))
        if self._wrong:
            pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self.path())
        if self._label and zoom >= NO_NUMBERS:
            self._paint_pill(painter)

    def _token(self) -> str:
        if self._target or self.isSelected() or self._hovered:
            return "accent"
        return "error" if self._wrong else "border"

    def _pill(self) -> QRectF:
        width = QFontMetricsF(theme.font("small")).horizontalAdvance(self._label) + 14
        box = QRectF(0, 0, max(width, 24.0), _PILL_HEIGHT)
        box.moveCenter(self.center)
        return box

    def _paint_pill(self, painter: QPainter) -> None:
        box = self._pill()
        outline = self._token() if self._token() != "border" else "hairline"
        painter.setPen(QPen(theme.color(outline), 1))
        painter.setBrush(theme.color("canvas"))
        painter.drawRoundedRect(box, _PILL_HEIGHT / 2, _PILL_HEIGHT / 2)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("error" if self._wrong else "muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._label)
