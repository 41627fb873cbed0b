"""A link on the canvas: a curve from port to port, with the width that it carries."""

from math import inf

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPainterPathStroker, QPen, QPixmap
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
_NEAR = _WIDEST_LABEL / 2
_NOWHERE = (inf, inf, -inf, -inf)


class LinkItem(QGraphicsPathItem):
    """Draws what the scene tells it; `link` is the design's own value."""

    def __init__(self, link: Link) -> None:
        super().__init__()
        self.link = link
        self.course = QPainterPath()
        self.reach = (0.0, 0.0, 0.0, 0.0)
        self.middle = QPointF()
        self.is_wrong = False
        self.is_special = False  # looks other than most links do, its being selected aside
        self.label = ""
        self._hovered = False
        self._target = False
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        self.setAcceptHoverEvents(True)
        self.setZValue(-1)

    def show_link(self, label: str, wrong: bool, tip: str) -> None:
        """The width to show, and whether what it feeds cannot take it."""
        if (label, wrong) != (self.label, self.is_wrong):
            self.label, self.is_wrong = label, wrong
            self._redraw()
        self.setToolTip(tip)

    def show_target(self, target: bool) -> None:
        """Whether dropping now would change this link."""
        if target != self._target:
            self._target = target
            self.setZValue(4 if target else -1)
            self._redraw()

    def fade(self, faded: bool) -> None:
        """Step back while its end is elsewhere."""
        self.setOpacity(0.3 if faded else 1.0)
        self._redraw()

    def end_nowhere(self) -> None:
        """Be neither seen nor touched: both ends are folded into one block."""
        self.setVisible(False)
        self.course = QPainterPath()
        self.reach = _NOWHERE

    def lead(self, course: QPainterPath) -> None:
        """Run along this course, in scene coordinates."""
        self.setVisible(True)
        self.course = course
        box = self.course.controlPointRect().adjusted(-_NEAR, -_NEAR, _NEAR, _NEAR)
        self.reach = box.left(), box.top(), box.right(), box.bottom()
        self.middle = self.course.pointAtPercent(0.5)
        self.setPath(self.course)

    @property
    def center(self) -> QPointF:
        """The middle of the curve, where the label is, in scene coordinates."""
        return self.middle

    def nearer_target(self, point: QPointF) -> bool:
        """Whether the point is nearer to where the link ends than to where it begins."""
        path = self.course
        to_end = (point - path.pointAtPercent(1)).manhattanLength()
        return to_end <= (point - path.pointAtPercent(0)).manhattanLength()

    def shape(self) -> QPainterPath:
        """The 12 px around the curve, and the label."""
        stroker = QPainterPathStroker()
        stroker.setWidth(geometry.LINK_TARGET)
        target = stroker.createStroke(self.course)
        room = QRectF(0, 0, _WIDEST_LABEL, _PILL_HEIGHT + 2)
        room.moveCenter(self.center)
        target.addRect(room)
        target.setFillRule(Qt.FillRule.WindingFill)
        return target

    def hoverEnterEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._hovered = True
        self._redraw()

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._hovered = False
        self._redraw()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        zoom = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        least = _LEAST_ON_SCREEN / zoom
        pen = QPen(
            theme.color(self.token()), max(least, theme.stroke(3.5 if self._target else 2.0))
        )
        if self.is_wrong:
            pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self.course)
        if self.label and zoom >= NO_NUMBERS:
            self._paint_label(painter)

    def token(self) -> str:
        """The colour's name in the theme."""
        if self._target or self.isSelected() or self._hovered:
            return "accent"
        return "error" if self.is_wrong else "border"

    def _pill(self) -> QRectF:
        width = QFontMetricsF(theme.scene_font("small")).horizontalAdvance(self.label) + 14
        box = QRectF(0, 0, max(width, 24.0), _PILL_HEIGHT)
        box.moveCenter(self.center)
        return box

    def drawn_label(self, zoom: float, ratio: float) -> QPixmap:
        """A picture of the label."""
        box = self._pill().adjusted(-1, -1, 1, 1)
        pixmap = QPixmap((box.size() * zoom * ratio).toSize())
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(zoom, zoom)
        painter.translate(-box.topLeft())
        self._paint_label(painter)
        painter.end()
        return pixmap

    def _paint_label(self, painter: QPainter) -> None:
        box = self._pill()
        outline = self.token() if self.token() != "border" else "hairline"
        painter.setPen(QPen(theme.color(outline), 1))
        painter.setBrush(theme.color("canvas"))
        painter.drawRoundedRect(box, _PILL_HEIGHT / 2, _PILL_HEIGHT / 2)
        painter.setFont(theme.scene_font("small"))
        painter.setPen(theme.color("error" if self.is_wrong else "muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.label)

    def _redraw(self) -> None:
        """Also where somebody else paints it, and `update` would do nothing."""
        faded = self.opacity() < 1
        self.is_special = self.is_wrong or self._target or self._hovered or faded
        if scene := self.scene():
            scene.update(self.sceneBoundingRect())
