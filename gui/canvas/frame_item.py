"""An open group on the canvas: a titled frame behind its cards, by whose title they are moved."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui import theme
from gui.canvas import glyphs
from gui.canvas.card import NAME_ONLY
from gui.words import tr

_SIDE, _ABOVE, _BELOW = 16.0, 34.0, 16.0
_TITLE = 26.0
_SIGN = 22.0  # the square of the sign that folds
_RADIUS = 10.0


class FrameItem(QGraphicsItem):
    """Draws what the scene tells it; only its title takes the pointer, so that bands go through."""

    def __init__(self, identifier: str) -> None:
        super().__init__()
        self.identifier = identifier
        self.name = ""
        self.box = QRectF()
        self._is_chosen = False
        self.setZValue(-2)
        self.setCursor(Qt.CursorShape.SizeAllCursor)

    def show_group(self, name: str, cards: QRectF) -> None:
        """Be a frame of this name around these cards."""
        box = cards.adjusted(-_SIDE, -_ABOVE, _SIDE, _BELOW)
        if (name, box) != (self.name, self.box):
            self.prepareGeometryChange()
            self.name, self.box = name, box
            self.setToolTip(tr("{name}: drag its title to move it, F2 renames it", name=name))
            self.update()

    def show_chosen(self, chosen: bool) -> None:
        """Whether all its layers are selected."""
        if chosen != self._is_chosen:
            self._is_chosen = chosen
            if scene := self.scene():
                scene.update(self.sceneBoundingRect())

    @property
    def title(self) -> QRectF:
        """The strip along the upper edge, in scene coordinates."""
        return QRectF(self.box.x(), self.box.y(), self.box.width(), _TITLE)

    def sign_at(self, point: QPointF) -> bool:
        """Whether the sign that folds the group lies under the point."""
        return QRectF(self.box.x(), self.box.y(), _SIGN + 6, _TITLE).contains(point)

    def boundingRect(self) -> QRectF:
        return self.box.adjusted(-2, -2, 2, 2)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(self.title)
        return path

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
        """The frame, in scene coordinates."""
        edge = theme.color("accent" if self._is_chosen else "border")
        painter.setPen(QPen(edge, max(1.0, 0.6 / zoom)))
        painter.setBrush(theme.color("muted", 0.06))
        painter.drawRoundedRect(self.box, _RADIUS, _RADIUS)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if zoom < NAME_ONLY:
            return
        token = "accent" if self._is_chosen else "muted"
        sign = QRectF(self.box.x() + 8, self.box.y() + 6, 14, 14)
        glyphs.draw_icon(painter, "caret-down", sign, theme.color(token))
        font = theme.scene_font("strong")
        painter.setFont(font)
        painter.setPen(theme.color(token))
        words = self.title.adjusted(_SIGN + 6, 0, -8, 0)
        metrics = QFontMetricsF(font)
        text = metrics.elidedText(self.name, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
