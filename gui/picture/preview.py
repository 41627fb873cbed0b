"""Shows a picture as large as there is room, on squares where it is transparent."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.picture import output
from gui.picture.choices import Choices
from gui.picture.drawing import Drawing
from gui.words import tr

_SQUARE = 8
_SQUARES = {"light": ("#FFFFFF", "#E3E6EA"), "dark": ("#2A2F36", "#1E2227")}


class Preview(QWidget):
    """Painted anew only when the picture or the room for it is another."""

    def __init__(self) -> None:
        super().__init__()
        self._drawing: Drawing | None = None
        self._choices = Choices()
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(280, 200)
        self.setAccessibleName(tr("Preview"))

    def show_drawing(self, drawing: Drawing | None, choices: Choices) -> None:
        """Shows this from now on; nothing, where there is none."""
        self._drawing, self._choices, self._image = drawing, choices, None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, 440)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._image = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("window"))
        if self._drawing is None:
            return
        if self._image is None:
            self._image = self._made(self._drawing)
        ratio = self.devicePixelRatioF()
        target = QRectF(QPointF(), self._image.size().toSizeF() / ratio)
        target.moveCenter(QRectF(self.rect()).center())
        target.moveTopLeft(QPointF(target.topLeft().toPoint()))
        if self._choices.background == "transparent":
            painter.fillRect(target, _squares(*_SQUARES[self._choices.colours]))
        painter.drawImage(target, self._image)
        painter.setPen(theme.color("hairline"))
        painter.drawRect(target.adjusted(-0.5, -0.5, 0, 0))

    def _made(self, drawing: Drawing) -> QImage:
        room, size = self.size() - QSize(2, 2), drawing.area.size()
        scale = min(room.width() / size.width(), room.height() / size.height(), 1.5)
        scale *= self.devicePixelRatioF()
        return output.image(drawing, self._choices, (size * scale).toSize(), scale)


def _squares(light: str, dark: str) -> QBrush:
    tile = QPixmap(2 * _SQUARE, 2 * _SQUARE)
    tile.fill(QColor(light))
    painter = QPainter(tile)
    for corner in (0, _SQUARE):
        painter.fillRect(corner, corner, _SQUARE, _SQUARE, QColor(dark))
    painter.end()
    return QBrush(tile)
