"""Paints many cards and links at once, for views in which painting item by item would lag.

Links are drawn as hairlines while they are thin, and a card is drawn once for each look and zoom,
and then stamped. Where a frame would take too long to draw all that is new, older stamps stand in,
and the next frames make good for it.
"""

from time import perf_counter

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem

from gui import theme
from gui.canvas import card as cards
from gui.canvas import geometry
from gui.canvas.layer_item import LayerItem
from gui.canvas.link_item import LinkItem
from gui.canvas.scene import Scene

_EDGE = 10.0  # around a card, for its halo and its ports
_STAMP = geometry.CARD.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE)
_BUDGET = 0.003  # seconds a frame for drawing what is new
_MOST_BYTES = 64_000_000


_Grade = tuple[float, float]  # the zoom, and device pixels a pixel
_Look = tuple[object, ...]


class Crowd:
    """What was drawn is kept until the theme changes or it is too much to keep."""

    def __init__(self) -> None:
        self._stamps: dict[object, tuple[_Look, _Grade, QPixmap]] = {}
        self._pills: dict[object, QPixmap] = {}
        self._bytes = 0
        self._until = 0.0
        self.is_behind = False

    def forget(self) -> None:
        """Draw everything anew from now on."""
        self._stamps.clear()
        self._pills.clear()
        self._bytes = 0

    def paint(self, painter: QPainter, scene: Scene, area: QRectF, zoom: float) -> None:
        """Paint what lies in `area`; `is_behind` says whether some of it has yet to be sharp."""
        self.is_behind = False
        chosen = set(scene.selectedItems())
        grade = zoom, painter.device().devicePixelRatioF()
        for frame in scene.groups.frames.values():
            frame.draw(painter, zoom)
        shown = _paint_links(painter, scene, area, zoom, chosen)
        to_device = painter.worldTransform()
        painter.save()
        painter.resetTransform()
        if zoom >= cards.NO_NUMBERS:
            self._paint_pills(painter, shown, to_device, grade)
        self._paint_cards(painter, scene, area, to_device, grade, chosen)
        painter.restore()

    def _paint_pills(
        self, painter: QPainter, shown: list[LinkItem], to_device: QTransform, grade: _Grade
    ) -> None:
        for item in shown:
            if item.label:
                key = item.label, item.token(), item.is_wrong, grade
                if key not in self._pills:
                    self._pills[key] = item.drawn_label(*grade)
                pill = self._pills[key]
                half = QPointF(pill.width(), pill.height()) / (2 * grade[1])
                painter.drawPixmap((to_device.map(item.middle) - half).toPoint(), pill)

    def _paint_cards(
        self,
        painter: QPainter,
        scene: Scene,
        area: QRectF,
        to_device: QTransform,
        grade: _Grade,
        chosen: set[QGraphicsItem],
    ) -> None:
        self._until = perf_counter() + _BUDGET
        zoom, far = grade[0], grade[0] < cards.NO_TEXT
        across, down = to_device.dx() - _EDGE * zoom, to_device.dy() - _EDGE * zoom
        left, top = area.left() - _STAMP.right(), area.top() - _STAMP.bottom()
        right, bottom = area.right() + _EDGE, area.bottom() + _EDGE
        stamps = self._stamps
        for identifier, item in scene.cards.items():
            x, y = item.corner
            if left < x < right and top < y < bottom:
                look = (*(item.far_look if far else item.look), item in chosen)
                key = look if far else identifier
                known = stamps.get(key)
                if known is None or known[1] != grade or known[0] != look:
                    known = self._drawn(item, key, look, grade) or known
                    _stand_in(painter, known, item, x * zoom + across, y * zoom + down, grade)
                else:
                    painter.drawPixmap(round(x * zoom + across), round(y * zoom + down), known[2])

    def _drawn(
        self, item: LayerItem, key: object, look: _Look, grade: _Grade
    ) -> tuple[_Look, _Grade, QPixmap] | None:
        """The card's picture, or none where there is no time to draw it."""
        if perf_counter() > self._until:
            self.is_behind = True
            return None
        made = self._stamps[key] = look, grade, _drawn(item, *grade)
        self._bytes += made[2].width() * made[2].height() * 4
        if self._bytes > _MOST_BYTES:
            self.forget()
        return made


def _stand_in(
    painter: QPainter,
    stamp: tuple[_Look, _Grade, QPixmap] | None,
    item: LayerItem,
    x: float,
    y: float,
    grade: _Grade,
) -> None:
    """Put down what there is of a card, with its corner at a point of the device."""
    if stamp is None:
        zoom = grade[0]
        inset = _EDGE * zoom
        box = QRectF(x + inset, y + inset, geometry.CARD_WIDTH * zoom, geometry.CARD_HEIGHT * zoom)
        painter.fillRect(box, theme.color("error" if item.card.has_error else "hairline"))
    elif stamp[1] == grade:
        painter.drawPixmap(round(x), round(y), stamp[2])
    else:
        target = QRectF(QPointF(x, y), _STAMP.size() * grade[0])
        painter.drawPixmap(target, stamp[2], QRectF(stamp[2].rect()))


def _paint_links(
    painter: QPainter, scene: Scene, area: QRectF, zoom: float, chosen: set[QGraphicsItem]
) -> list[LinkItem]:
    """Returns those of which something lies in the area."""
    left, top, right, bottom = area.left(), area.top(), area.right(), area.bottom()
    shown = [
        item
        for item in scene.links.values()
        if item.reach[2] > left
        and item.reach[0] < right
        and item.reach[3] > top
        and item.reach[1] < bottom
    ]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen("border", False, zoom))
    special = {item for item in shown if item.is_special or item in chosen}
    for item in shown:
        if item not in special:
            painter.drawPath(item.course)
    for item in special:
        painter.setOpacity(item.opacity())
        painter.setPen(_pen(item.token(), item.is_wrong, zoom))
        painter.drawPath(item.course)
    painter.setOpacity(1.0)
    return shown


def _pen(token: str, wrong: bool, zoom: float) -> QPen:
    """Thin lines are drawn as hairlines, which is several times as fast."""
    strong = 2.0 if token == "border" else 2.5
    pen = QPen(theme.color(token), strong if zoom > cards.NO_NUMBERS else 0.0)
    if wrong:
        pen.setDashPattern([3, 2.5])
    return pen


def _drawn(item: LayerItem, zoom: float, ratio: float) -> QPixmap:
    size = (QSizeF(_STAMP.size()) * zoom * ratio).toSize()
    pixmap = QPixmap(size.width() + 1, size.height() + 1)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(zoom, zoom)
    painter.translate(QPointF(_EDGE, _EDGE))
    item.draw(painter, zoom)
    painter.end()
    return pixmap
