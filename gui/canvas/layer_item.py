"""A layer on the canvas: its card and its two ports. It holds no truth of its own."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsRectItem,
    QGraphicsSceneHoverEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from gui import theme
from gui.canvas import card as cards
from gui.canvas import geometry
from gui.canvas.card import Card

_MARGIN = geometry.PORT_TARGET / 2
_PORT_STATES = {"idle": "border", "valid": "ok", "invalid": "hairline", "active": "accent"}


class LayerItem(QGraphicsRectItem):
    """Draws what the scene tells it; `identifier` is the layer's id in the design."""

    def __init__(self, identifier: str) -> None:
        super().__init__(geometry.CARD.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN))
        self.identifier = identifier
        self.card = Card("", "", "", "core", "")
        self.has_in_port = True
        self.corner = (0.0, 0.0)
        self._place: tuple[float, float] | None = None
        self._in_state = self._out_state = "idle"
        self._glow = 1.0
        self.look: tuple[object, ...] = ()  # what all can be seen of it, its being selected aside
        self.far_look: tuple[object, ...] = ()  # the same where it is too small for text
        self.setPen(QPen(Qt.PenStyle.NoPen))
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        self.setAcceptHoverEvents(True)

    def show_card(self, card: Card, has_in_port: bool) -> None:
        """Draw this from now on."""
        if card != self.card or has_in_port != self.has_in_port:
            self.card, self.has_in_port = card, has_in_port
            self.setToolTip(card.tip)
            self._redraw()

    def put(self, place: tuple[float, float]) -> bool:
        """Lie here from now on; whether that is another place than before."""
        moved = place != self._place or self.corner != place
        self._place = place
        if moved:
            self.show_at(QPointF(*place))
        return moved

    def show_at(self, point: QPointF) -> None:
        """Be seen there, if only for the time of a drag."""
        self.corner = point.x(), point.y()
        self.setPos(point)

    def show_ports(self, in_state: str = "idle", out_state: str = "idle") -> None:
        """Draw the ports as idle, valid, invalid or active."""
        if (in_state, out_state) != (self._in_state, self._out_state):
            self._in_state, self._out_state = in_state, out_state
            self._redraw()

    def show_glow(self, share: float) -> None:
        """Draw so much of the halo that the card has while it is selected."""
        self._glow = max(0.02, share)
        self.update()

    @property
    def in_port(self) -> QPointF:
        """The centre of the input port in scene coordinates."""
        return self.pos() + geometry.IN_PORT

    @property
    def out_port(self) -> QPointF:
        """The centre of the output port in scene coordinates."""
        return self.pos() + geometry.OUT_PORT

    def port_at(self, scene_pos: QPointF) -> str | None:
        """Which port has its target under the point: "in", "out", or neither."""
        reach = geometry.PORT_TARGET / 2
        for name, center in (("out", self.out_port), ("in", self.in_port)):
            offset = scene_pos - center
            if abs(offset.x()) <= reach and abs(offset.y()) <= reach:
                return None if name == "in" and not self.has_in_port else name
        return None

    def badge_at(self, scene_pos: QPointF) -> bool:
        """Whether a badge that offers a repair lies under the point."""
        return self.card.mends and cards.BADGE.contains(self.mapFromScene(scene_pos))

    def covers(self, scene_pos: QPointF) -> bool:
        """Whether the card itself, not only a port's target, lies under the point."""
        return geometry.CARD.contains(self.mapFromScene(scene_pos))

    def shape(self) -> QPainterPath:
        """The card and the targets of its ports."""
        path = QPainterPath()
        path.addRect(geometry.CARD)
        for center in (geometry.IN_PORT, geometry.OUT_PORT):
            path.addEllipse(center, _MARGIN, _MARGIN)
        path.setFillRule(Qt.FillRule.WindingFill)
        return path

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        port = self.port_at(event.scenePos())
        self.setCursor(Qt.CursorShape.CrossCursor if port else Qt.CursorShape.ArrowCursor)
        self.show_ports(*("active" if port == each else "idle" for each in ("in", "out")))

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self.show_ports()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        self.draw(
            painter, QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        )

    def draw(self, painter: QPainter, zoom: float) -> None:
        """The card and its ports, with the card's corner at the origin."""
        cards.paint(painter, self.card, zoom, selected=self._glow if self.isSelected() else 0.0)
        if zoom >= cards.NAME_ONLY:
            if self.has_in_port:
                _paint_port(painter, geometry.IN_PORT, self._in_state)
            _paint_port(painter, geometry.OUT_PORT, self._out_state)

    def _redraw(self) -> None:
        """Also where somebody else paints it, and `update` would do nothing."""
        card = self.card
        self.look = (card, self.has_in_port, self._in_state, self._out_state)
        self.far_look = (card.category, card.has_error)
        if scene := self.scene():
            scene.update(self.sceneBoundingRect())


class GhostItem(QGraphicsItem):
    """The cards that are about to be placed, exactly where they would be, with their links."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: tuple[tuple[QPointF, Card], ...] = ()
        self._links = QPainterPath()
        self.setOpacity(0.75)
        self.setZValue(3)
        self.setVisible(False)

    def show_cards(
        self,
        cards: Sequence[tuple[QPointF, Card]],
        links: Iterable[tuple[QPointF, QPointF]] = (),
    ) -> None:
        """Show these cards by their corners in the scene, and links from port to port."""
        self.prepareGeometryChange()
        origin = cards[0][0]
        self._cards = tuple((at - origin, card) for at, card in cards)
        self._links = QPainterPath()
        for start, end in links:
            self._links.addPath(geometry.link_path(start - origin, end - origin))
        self.setPos(origin)
        self.setVisible(True)
        self.update()

    def boundingRect(self) -> QRectF:
        box = self._links.boundingRect()
        for at, _ in self._cards:
            box = box.united(geometry.CARD.translated(at))
        return box.adjusted(-2, -2, 2, 2)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        zoom = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        painter.setPen(QPen(theme.color("accent"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._links)
        for at, card in self._cards:
            painter.translate(at)
            cards.paint(painter, card, zoom, ghost=True)
            painter.translate(-at)


def _paint_port(painter: QPainter, center: QPointF, state: str) -> None:
    radius = geometry.PORT / 2 + (2 if state in ("valid", "active") else 0)
    color = theme.color(_PORT_STATES[state])
    painter.setPen(QPen(color, 1.6))
    painter.setBrush(color if state in ("valid", "active") else theme.color("surface"))
    painter.drawEllipse(center, radius - 0.8, radius - 0.8)
