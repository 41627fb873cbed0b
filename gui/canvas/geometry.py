"""Sizes of the canvas in scene units (pixels at zoom 1), and the course of a link."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

CARD_WIDTH, CARD_HEIGHT = 184.0, 72.0
CARD_RADIUS = 8.0
BAR = 4.0
PORT = 10.0
PORT_TARGET = 24.0
LINK_TARGET = 12.0
GAP_X, GAP_Y = 64.0, 40.0
GRID = 24
STEP = GRID / 3  # what moved cards snap to
_DEEPEST = 112.0

CARD = QRectF(0, 0, CARD_WIDTH, CARD_HEIGHT)
IN_PORT = QPointF(0, CARD_HEIGHT / 2)
OUT_PORT = QPointF(CARD_WIDTH, CARD_HEIGHT / 2)


def link_path(start: QPointF, end: QPointF) -> QPainterPath:
    """The curve from an output port to an input port; one that goes back sags below the cards."""
    across, down = end.x() - start.x(), end.y() - start.y()
    sag = 0.0
    if across < 0:
        reach = min(96.0, 28.0 - across * 0.5)
        sag = max(0.0, 1.0 - abs(down) / (2 * CARD_HEIGHT)) * _DEEPEST
    else:
        reach = max(28.0, across * 0.5) if across < 240 else 72.0 + across * 0.2
    path = QPainterPath(start)
    path.cubicTo(
        QPointF(start.x() + reach, start.y() + sag), QPointF(end.x() - reach, end.y() + sag), end
    )
    return path
