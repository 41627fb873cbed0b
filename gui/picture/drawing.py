"""What can be painted as a picture: a box with something in it, and a title above where wished."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from gui import theme
from gui.words import tr

EDGE = 24.0
_TITLE = 64.0


@dataclass(frozen=True)
class Drawing:
    """`paint` draws into `area`, in pixels at 100 %, with the colours of the theme in force."""

    area: QRectF
    paint: Callable[[QPainter], None]
    title: str = ""


def framed(content: QRectF, paint: Callable[[QPainter], None], title: str) -> Drawing:
    """With a margin around the content."""
    return Drawing(
        content.adjusted(-EDGE, -EDGE, EDGE, EDGE).toAlignedRect().toRectF(), paint, title
    )


def titled(drawing: Drawing, total: int | None) -> Drawing:
    """With the name of the design above, and how many numbers it trains."""
    figure = "–" if total is None else f"{total:,}"
    unit = tr("parameter") if total == 1 else tr("parameters")
    corner = drawing.area.topLeft() + QPointF(EDGE, EDGE - _TITLE)

    def paint(painter: QPainter) -> None:
        drawing.paint(painter)
        _line(painter, corner + QPointF(0, 12), drawing.title, "body", "muted")
        after = _line(painter, corner + QPointF(0, 38), figure, "figure", "text")
        _line(painter, after + QPointF(8, 0), unit, "body", "muted")

    name = QFontMetricsF(theme.scene_font("body")).horizontalAdvance(drawing.title)
    figures = QFontMetricsF(theme.scene_font("figure")).horizontalAdvance(f"{figure}{unit}")
    area = drawing.area.adjusted(0, -_TITLE, 0, 0)
    area.setWidth(max(area.width(), max(name, figures) + 2 * EDGE))
    return Drawing(area, paint, drawing.title)


def _line(painter: QPainter, at: QPointF, text: str, font: theme.FontRole, token: str) -> QPointF:
    """A line of text on a baseline; returns where it ends."""
    painter.setFont(theme.scene_font(font))
    painter.setPen(theme.color(token))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawText(at, text)
    return at + QPointF(QFontMetricsF(theme.scene_font(font)).horizontalAdvance(text), 0)
