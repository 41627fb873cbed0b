"""The whole design in a corner, with a frame around what is shown; pressing it goes there."""

from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.canvas import geometry
from gui.canvas.view import View
from gui.words import tr

SIZE = QSize(132, 76)
_INSET = 6
_FEW = 200


class Minimap(QWidget):
    """Paints the scene's cards as bars of their category's colour."""

    went_to = Signal(QPointF)

    def __init__(self, view: View, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._painted = QPixmap()
        self._seen: tuple[QTransform, str, float] | None = None
        self._content = view.board.content_rect()
        self.setFixedSize(SIZE)
        self.setAccessibleName(tr("Map of the design"))
        self.setToolTip(tr("The whole design. Press or drag to look elsewhere."))
        view.looked_elsewhere.connect(self.update)
        view.zoom_changed.connect(self.update)
        view.board.changed_content.connect(self._forget)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("hairline"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        to_map = self._transform()
        painter.drawPixmap(0, 0, self._cards(to_map))
        self._paint_frame(painter, to_map)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)

    def _go(self, event: QMouseEvent) -> None:
        inverted, sound = self._transform().inverted()
        if sound:
            self.went_to.emit(inverted.map(event.position()))

    def _cards(self, to_map: QTransform) -> QPixmap:
        """The cards as bars, painted anew only when they or their colours have changed."""
        ratio = self.devicePixelRatioF()
        seen = (to_map, theme.current().name, ratio)
        if self._seen == seen:
            return self._painted
        self._seen = seen
        self._painted = QPixmap(self.size() * ratio)
        self._painted.setDevicePixelRatio(ratio)
        self._painted.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._painted)
        for color, boxes in self._bars(to_map).items():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(color))
            painter.drawRects(boxes)
        painter.end()
        return self._painted

    def _bars(self, to_map: QTransform) -> dict[str, list[QRectF]]:
        """What stands for the cards, by their colour."""
        width = max(1.5, to_map.m11() * geometry.CARD_WIDTH)
        height = max(1.5, to_map.m11() * geometry.CARD_HEIGHT)
        found: dict[str, list[QRectF]] = {}
        scale, left, top = to_map.m11(), to_map.dx(), to_map.dy()
        color = cache(theme.current().category)
        for item in self._view.board.cards.values():
            x, y = item.corner
            box = QRectF(x * scale + left, y * scale + top, width, height)
            found.setdefault(color(item.card.category), []).append(box)
        return found

    def _forget(self) -> None:
        self._seen = None
        self._content = self._view.board.content_rect()
        self.update()

    def _paint_frame(self, painter: QPainter, to_map: QTransform) -> None:
        frame = to_map.mapRect(self._view.visible_area())
        frame = frame.intersected(QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5))
        painter.setPen(QPen(theme.color("accent"), 1))
        painter.setBrush(theme.color("accent", 0.08))
        painter.drawRect(frame)

    def _transform(self) -> QTransform:
        """From the scene to this widget: all cards and what is shown of the scene, to scale.

        Very many cards stay where they are on the map, since painting them anew takes long.
        """
        content = self._content
        shown = self._view.visible_area()
        world = content.adjusted(-40, -40, 40, 40)
        few = len(self._view.board.cards) <= _FEW
        if few and shown.width() < 3 * max(world.width(), 1.0):
            world |= shown
        room = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        scale = min(room.width() / world.width(), room.height() / world.height())
        made = QTransform.fromTranslate(room.center().x(), room.center().y())
        made.scale(scale, scale)
        return made.translate(-world.center().x(), -world.center().y())
