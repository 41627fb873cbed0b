"""The dots behind the cards."""

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QPainter, QPixmap

from gui import theme
from gui.canvas.geometry import GRID

_CLOSEST = 14


def paint(painter: QPainter, area: QRect, origin: QPoint, zoom: float) -> None:
    """Fill `area` (in device pixels) with dots that move with the scene, never too close."""
    step = GRID * zoom
    while step < _CLOSEST:
        step *= 2
    ratio = painter.device().devicePixelRatioF()
    painter.save()
    painter.resetTransform()
    painter.setBrushOrigin(origin)
    area = area.adjusted(-1, -1, 1, 1)
    painter.fillRect(area, theme.color("canvas"))
    painter.fillRect(area, QBrush(_tile(round(step), theme.current().hairline, ratio)))
    painter.restore()


@lru_cache(maxsize=64)
def _tile(size: int, color: str, ratio: float) -> QPixmap:
    tile = QPixmap(round(size * ratio), round(size * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(color))
    painter.drawEllipse(0, 0, 2, 2)
    painter.end()
    return tile
