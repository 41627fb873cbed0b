"""A place to draw on with the pointer; what is drawn is ink from nothing to full, as an array."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.words import tr

FINE = 160  # dots along the longer side, at least
PEN_SHARE = 0.11  # of the longer side
SIDE = 176  # pixels of the screen
NUDGE = 1 / 40  # of the longer side, by an arrow key
ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class DrawingPad(QWidget):
    """The left button draws, the right one rubs out; with the keyboard, Space lowers the pen.

    `begun` is said before the first stroke after `show_ink` or `clear`.
    """

    drawn = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._shape = (1, 1)
        self._image = _blank(1, 1)
        self._last: QPointF | None = None
        self._pen_at: QPointF | None = None  # of the keyboard
        self._is_down = False
        self.setAccessibleName(name)
        self.setToolTip(
            tr("Left button draws, right one rubs out; or arrow keys, with Space to draw")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    @property
    def ink(self) -> np.ndarray:
        """What is drawn, `(height, width)` from 0 to 1, finer than the picture it stands for."""
        height, width, stride = (
            self._image.height(),
            self._image.width(),
            self._image.bytesPerLine(),
        )
        flat = np.frombuffer(self._image.constBits(), np.uint8).reshape(height, stride)
        return flat[:, :width] / 255.0

    def show_ink(self, ink: np.ndarray) -> None:
        """Shows a picture `(height, width)` from 0 to 1, to be drawn on."""
        fine = max(1, -(-FINE // max(ink.shape)))
        self._shape = (ink.shape[0], ink.shape[1])
        dots = np.repeat(np.repeat(ink, fine, axis=0), fine, axis=1)
        grey = np.ascontiguousarray((dots * 255).round().astype(np.uint8))
        height, width = grey.shape
        made = QImage(grey.tobytes(), width, height, width, QImage.Format.Format_Grayscale8)
        self._image = made.copy()
        self.update()

    def clear(self) -> None:
        """Rubs everything out."""
        self._image.fill(0)
        self.update()

    # ── drawing ─────────────────────────────────────────────────────────────────────────────

    def _stroke(self, start: QPointF, end: QPointF, *, rubs: bool = False) -> None:
        painter = QPainter(self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = PEN_SHARE * max(self._image.width(), self._image.height())
        color = QColor(0, 0, 0) if rubs else QColor(255, 255, 255)
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(color, size * (2 if rubs else 1), Qt.PenStyle.SolidLine, cap, join))
        painter.drawLine(start, end) if start != end else painter.drawPoint(start)
        painter.end()
        self.update()
        self.drawn.emit()

    def _area(self) -> QRectF:
        """Where the picture lies within the widget: as large as fits, at the top left."""
        scale = min(self.width() / self._image.width(), self.height() / self._image.height())
        return QRectF(0, 0, self._image.width() * scale, self._image.height() * scale)

    def _on_image(self, place: QPointF) -> QPointF:
        area = self._area()
        scale = self._image.width() / area.width()
        return (place - area.topLeft()) * scale

    # ── for Qt ──────────────────────────────────────────────────────────────────────────────

    def sizeHint(self) -> QSize:
        side = theme.scaled(SIDE)
        longer = max(self._shape)
        return QSize(round(side * self._shape[1] / longer), round(side * self._shape[0] / longer))

    def minimumSizeHint(self) -> QSize:
        return QSize(64, 64)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._last = self._on_image(event.position())
        self._stroke(self._last, self._last, rubs=event.button() == Qt.MouseButton.RightButton)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._last is None:
            return
        place = self._on_image(event.position())
        self._stroke(self._last, place, rubs=bool(event.buttons() & Qt.MouseButton.RightButton))
        self._last = place

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._last = None
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the pen, Space puts it down and takes it up; all else is the window's."""
        here = self._pen_at or QPointF(self._image.width() / 2, self._image.height() / 2)
        if event.key() == Qt.Key.Key_Space:
            self._is_down = not self._is_down
            self._pen_at = here
            if self._is_down:
                self._stroke(here, here)
        elif event.key() in ARROWS:
            step = ARROWS[Qt.Key(event.key())] * NUDGE
            self._pen_at = here + step * max(self._image.width(), self._image.height())
            if self._is_down:
                self._stroke(here, self._pen_at)
        else:
            event.ignore()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._area()
        painter.drawImage(area, tinted(self._image))
        painter.setPen(QPen(theme.color("accent" if self.hasFocus() else "border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
        if self.hasFocus() and self._pen_at is not None:
            scale = area.width() / self._image.width()
            radius = PEN_SHARE * max(area.width(), area.height()) / 2
            painter.drawEllipse(area.topLeft() + self._pen_at * scale, radius, radius)


class Picture(QWidget):
    """The picture as the network sees it, pixel by pixel."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._image = _blank(1, 1)
        self.setAccessibleName(name)

    def show_ink(self, ink: np.ndarray) -> None:
        """Shows ink from 0 to 1 `(height, width)`."""
        grey = np.ascontiguousarray((np.clip(ink, 0, 1) * 255).round().astype(np.uint8))
        height, width = grey.shape
        made = QImage(grey.tobytes(), width, height, width, QImage.Format.Format_Grayscale8)
        self._image = made.copy()
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.scaled(72)
        longer = max(self._image.width(), self._image.height())
        return QSize(
            round(side * self._image.width() / longer), round(side * self._image.height() / longer)
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        area = QRectF(0, 0, size.width(), size.height())
        painter.drawImage(area, tinted(self._image))
        painter.setPen(QPen(theme.color("border"), 1))
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))


def tinted(grey: QImage) -> QImage:
    """Ink in the colour of text on the paper of a surface."""
    paper, ink = theme.color("surface"), theme.color("text")
    shades = [
        QColor(
            round(paper.red() + (ink.red() - paper.red()) * level / 255),
            round(paper.green() + (ink.green() - paper.green()) * level / 255),
            round(paper.blue() + (ink.blue() - paper.blue()) * level / 255),
        ).rgb()
        for level in range(256)
    ]
    shown = grey.copy()
    shown.reinterpretAsFormat(QImage.Format.Format_Indexed8)
    shown.setColorTable(shades)
    return shown


def _blank(width: int, height: int) -> QImage:
    made = QImage(width, height, QImage.Format.Format_Grayscale8)
    made.fill(0)
    return made
