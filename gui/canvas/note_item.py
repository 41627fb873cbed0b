"""A note on the canvas: text of a person's own on a sheet that can be moved and resized."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTextOption
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsSceneHoverEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from engine.groups import Note
from gui import theme
from gui.canvas.card import NO_TEXT

LEAST_WIDTH, LEAST_HEIGHT = 96.0, 40.0
PADDING = 10.0
_CORNER = 16.0
_RADIUS = 4.0


class NoteItem(QGraphicsItem):
    """Draws what the scene tells it; `identifier` is the note's id."""

    def __init__(self, identifier: str) -> None:
        super().__init__()
        self.identifier = identifier
        self.text = ""
        self._size = (LEAST_WIDTH, LEAST_HEIGHT)
        self.setZValue(1)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        self.setAcceptHoverEvents(True)

    def show_note(self, note: Note) -> None:
        """Draw this, where it lies."""
        self.text = note.text
        self.setPos(note.x, note.y)
        self.show_size(note.width, note.height)
        self.update()

    def show_size(self, width: float, height: float) -> None:
        """Be seen in this size, if only for the time of a drag."""
        if (width, height) != self._size:
            self.prepareGeometryChange()
            self._size = width, height

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in scene units, as shown."""
        return self._size

    @property
    def sheet(self) -> QRectF:
        """Where it lies, in scene coordinates."""
        return QRectF(self.pos().x(), self.pos().y(), *self._size)

    def corner_at(self, scene_pos: QPointF) -> bool:
        """Whether the corner that resizes the note lies under the point."""
        sheet = self.sheet
        corner = QRectF(sheet.right() - _CORNER, sheet.bottom() - _CORNER, _CORNER, _CORNER)
        return corner.contains(scene_pos)

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, *self._size).adjusted(-3, -3, 3, 3)

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        resizes = self.corner_at(event.scenePos())
        shape = Qt.CursorShape.SizeFDiagCursor if resizes else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        zoom = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        box = QRectF(0, 0, *self._size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        painter.setBrush(theme.color("warning", 0.16))
        edge = "accent" if self.isSelected() else "warning"
        painter.setPen(QPen(theme.color(edge), 2.0 if self.isSelected() else 1.0))
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        if zoom >= NO_TEXT:
            self._paint_text(painter, box)
            _paint_corner(painter, box)

    def _paint_text(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(theme.scene_font())
        painter.setPen(theme.color("text"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        inside = box.adjusted(PADDING, PADDING, -PADDING, -PADDING)
        painter.save()
        painter.setClipRect(inside.adjusted(-2, -2, 2, 2), Qt.ClipOperation.IntersectClip)
        painter.drawText(inside, self.text, option)
        painter.restore()


def _paint_corner(painter: QPainter, box: QRectF) -> None:
    """Two strokes that say that it can be resized."""
    painter.setPen(QPen(theme.color("warning"), 1))
    for size in (5.0, 9.0):
        painter.drawLine(
            QPointF(box.right() - size - 2, box.bottom() - 3),
            QPointF(box.right() - 3, box.bottom() - size - 2),
        )
