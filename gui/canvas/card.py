"""What a card shows, as a value, and how it is painted: on the canvas, and while it is dragged."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from engine.layers import Layer
from gui import theme
from gui.canvas import geometry, glyphs
from gui.words import told, tr

NO_TEXT, NAME_ONLY, NO_NUMBERS = 0.2, 0.25, 0.5
_FAR_TEXT = 34
_NAME = Qt.TextElideMode.ElideMiddle  # names end in the number that tells them apart
BADGE = QRectF(geometry.CARD_WIDTH - 31, 5, 22, 22)
_SKETCH = QPointF(geometry.CARD_WIDTH - 44, 29)


@dataclass(frozen=True)
class Card:
    """All that is drawn of a layer; `error` is the first problem's sentence, or empty."""

    name: str
    summary: str
    numbers: str
    category: str
    icon: str
    activation: str | None = None
    error: str = ""
    severity: str = ""
    tip: str = ""
    mends: bool = False  # whether pressing the badge mends the problem

    @classmethod
    def of(cls, layer: Layer, name: str, numbers: str = "", **more: Any) -> "Card":
        """The card of a layer under `name`."""
        return cls(
            name,
            told(layer.summary),
            numbers,
            layer.category,
            glyphs.icon_name(layer),
            layer.activation_kind,
            **more,
        )

    @property
    def has_error(self) -> bool:
        return self.severity == "error"


def numbers(width: int | None, parameters: int) -> str:
    """As in: out 64 · 4,160."""
    if width is None:
        return tr("out ?")
    words = tr("out {width:,}", width=width)
    return f"{words} · {parameters:,}" if parameters else words


def paint(
    painter: QPainter, card: Card, zoom: float, *, selected: float = 0.0, ghost: bool = False
) -> None:
    """Paint a card with its corner at the origin, in as much detail as the zoom leaves room for.

    `selected` is how much there is of the halo of a selected card, 0 where it is not selected.
    """
    _paint_body(painter, card, selected, dashed=ghost or card.has_error)
    if zoom < NO_TEXT:
        return
    if zoom < NAME_ONLY:
        _paint_far_name(painter, card)
        return
    _paint_title(painter, card)
    left, width = 14.0, geometry.CARD_WIDTH - 28
    middle = width - 38 if card.activation else width
    _text(painter, card.summary, QRectF(left, 26, middle, 20), theme.scene_font("small"), "text")
    if card.activation:
        glyphs.draw_sketch(painter, card.activation, _SKETCH, theme.color("activation"))
    if zoom >= NO_NUMBERS:
        text, token = (card.error, card.severity) if card.error else (card.numbers, "muted")
        _text(painter, text, QRectF(left, 46, width, 20), theme.scene_font("small"), token)


def _paint_body(painter: QPainter, card: Card, selected: float, dashed: bool) -> None:
    shape, bar = _card_shapes()
    if selected:
        painter.setPen(QPen(theme.color("accent", round(0.28 * selected, 2)), 8))
        painter.drawPath(shape)
    painter.fillPath(shape, theme.color("surface"))
    painter.fillPath(bar, theme.color(theme.current().category(card.category)))
    painter.setPen(_outline(card, selected > 0, dashed))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(shape)


@cache
def _card_shapes() -> tuple[QPainterPath, QPainterPath]:
    """The outline of a card, and the bar along its left edge."""
    shape, strip = QPainterPath(), QPainterPath()
    shape.addRoundedRect(geometry.CARD, geometry.CARD_RADIUS, geometry.CARD_RADIUS)
    strip.addRect(QRectF(0, 0, geometry.BAR, geometry.CARD_HEIGHT))
    return shape, shape.intersected(strip)


def _outline(card: Card, selected: bool, dashed: bool) -> QPen:
    token = "error" if card.has_error else "accent" if selected else "border"
    pen = QPen(theme.color(token), 2.0 if selected else 1.5 if card.has_error else 1.0)
    if dashed:
        pen.setDashPattern([4, 3])
    return pen


def _paint_title(painter: QPainter, card: Card) -> None:
    color = theme.color(theme.current().category(card.category))
    glyphs.draw_icon(painter, card.icon, QRectF(13, 8, 16, 16), color)
    width = geometry.CARD_WIDTH - 34 - (30 if card.severity else 12)
    _text(painter, card.name, QRectF(34, 6, width, 20), theme.scene_font("strong"), "text", _NAME)
    if card.severity:
        if card.mends:
            painter.setPen(QPen(theme.color(card.severity), 1))
            painter.drawRoundedRect(BADGE, 5, 5)
        name = "warning-circle-fill" if card.has_error else "warning-fill"
        glyphs.draw_icon(painter, name, BADGE.adjusted(3, 3, -3, -3), theme.color(card.severity))


def _paint_far_name(painter: QPainter, card: Card) -> None:
    font = theme.scene_font("strong")
    font.setPixelSize(_FAR_TEXT)
    box = geometry.CARD.adjusted(16, 0, -10, 0)
    _text(painter, card.name, box, font, "error" if card.has_error else "text", _NAME)


def _text(
    painter: QPainter,
    text: str,
    box: QRectF,
    font: QFont,
    token: str,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    painter.setFont(font)
    painter.setPen(theme.color(token))
    shown = _elided(text, font.key(), box.width(), mode)
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


@lru_cache(maxsize=8192)
def _elided(text: str, font: str, width: float, mode: Qt.TextElideMode) -> str:
    made = QFont()
    made.fromString(font)
    return QFontMetricsF(made).elidedText(text, mode, width)
