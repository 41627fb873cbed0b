"""One entry of the palette: it is dragged as the card that it will become."""

from html import escape

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QDrag,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from gui import theme
from gui.canvas import card as cards
from gui.canvas import geometry, mime, placing
from gui.canvas.catalogue import Entry
from gui.canvas.formula_text import as_text
from gui.canvas.placing import Piece
from gui.words import tr

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_SMALLEST, _LARGEST = 0.4, 1.5
_STAR = 16
_ONE_LINE = 156  # pixels of text, beyond which it is written in two lines


class Chip(QWidget):
    """Drag it to the canvas; a double click or Enter adds it behind the selection.

    The star at its right end, seen under the pointer, makes it a favourite.
    """

    chosen = Signal(object)
    stepped = Signal(object, int, int)
    starred = Signal(object, bool)
    menu_requested = Signal(object, QPoint)

    def __init__(self, entry: Entry, favourite: bool = False) -> None:
        super().__init__()
        self.entry = entry
        self.label = entry.label
        self.zoom = 1.0
        self.is_favourite = favourite
        self._words = entry.words.lower()
        self._pressed: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMouseTracking(True)
        self.setAccessibleName(entry.label)
        said = tr("Press Enter to add it.")
        self.setAccessibleDescription(f"{entry.tip} {said}")
        formula = f"<br><br><i>{as_text(entry.formula)}</i>" if entry.formula else ""
        self.setToolTip(f"<b>{escape(entry.label)}</b><br>{escape(entry.tip)}{formula}")

    @property
    def piece(self) -> Piece:
        """What it places."""
        return self.entry.piece

    def matches(self, wanted: str) -> bool:
        """Whether the words (in lower case) are part of the layer's name, kind or category."""
        return all(word in self._words for word in wanted.split())

    def sizeHint(self) -> QSize:
        return QSize(80, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self.label) > theme.scaled(_ONE_LINE)
        return QSize(48, 26 + (self.fontMetrics().lineSpacing() if wide else 0))

    # ── dragging ────────────────────────────────────────────────────────────────────────────

    def grab_point(self, at: QPoint) -> QPointF:
        """The point of the card, in card units, that answers to this point of the chip."""
        x = max(0.0, min(1.0, at.x() / max(1, self.width())))
        y = max(0.0, min(1.0, at.y() / max(1, self.height())))
        return QPointF(x * geometry.CARD_WIDTH, y * geometry.CARD_HEIGHT)

    def mime_data(self, at: QPoint) -> QMimeData:
        """What a drag from this point of the chip carries."""
        return mime.pack(self.piece, self.grab_point(at))

    def _drag(self, at: QPoint) -> None:
        drag = QDrag(self)
        drag.setMimeData(self.mime_data(at))
        scale = max(_SMALLEST, min(_LARGEST, self.zoom))
        drag.setPixmap(self._picture(scale))
        drag.setHotSpot((self.grab_point(at) * scale).toPoint())
        drag.exec(Qt.DropAction.CopyAction)

    def _picture(self, scale: float) -> QPixmap:
        ratio = self.devicePixelRatioF()
        size = geometry.CARD.size() * scale
        pixmap = QPixmap(round((size.width() + 2) * ratio), round((size.height() + 2) * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.8)
        painter.scale(scale, scale)
        first = placing.fragment_of(self.piece).design.nodes[0].layer
        cards.paint(painter, cards.Card.of(first, self.label), max(scale, 0.5))
        painter.end()
        return pixmap

    # ── events ──────────────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._star().contains(event.position()):
            self.starred.emit(self.entry, not self.is_favourite)
        else:
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            self.update(self._star().toAlignedRect())
            return
        away = (event.position().toPoint() - self._pressed).manhattanLength()
        if away >= QApplication.startDragDistance():
            start, self._pressed = self._pressed, None
            self._drag(start)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        left = event.button() == Qt.MouseButton.LeftButton
        if left and not self._star().contains(event.position()):
            self.chosen.emit(self.piece)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_requested.emit(self.entry, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.piece)
        elif step := _STEPS.get(Qt.Key(event.key())):
            self.stepped.emit(self, *step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(box, 5, 5)
        painter.fillPath(shape, theme.color("surface"))
        painter.save()
        painter.setClipPath(shape)
        bar = theme.current().category(self.entry.category)
        painter.fillRect(QRectF(0, 0, geometry.BAR + 0.5, self.height()), theme.color(bar))
        painter.restore()
        lit = self.underMouse() or self.hasFocus()
        painter.setPen(QPen(theme.color("accent" if lit else "hairline"), 2 if lit else 1))
        painter.drawPath(shape)
        painter.setPen(theme.color("text"))
        starred = self.underMouse()
        room = self.rect().adjusted(11, 0, -_STAR - 2 if starred else -4, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        two = self.minimumSizeHint().height() > 26
        wide = room.width() * (2 if two else 1)
        text = self.fontMetrics().elidedText(self.label, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(room, flags | Qt.TextFlag.TextWordWrap if two else flags, text)
        if starred:
            name = "star-fill" if self.is_favourite else "star"
            over = self._star().contains(self.mapFromGlobal(QCursor.pos()).toPointF())
            picture = theme.icon(name, "accent" if self.is_favourite or over else "muted")
            picture.paint(painter, self._star().toAlignedRect())

    def _star(self) -> QRectF:
        """Where a click makes it a favourite, or not one any more."""
        return QRectF(self.width() - _STAR - 2, (self.height() - _STAR) // 2, _STAR, _STAR)
