"""Paints an unfolded layer: links by their weights, neurons by their biases, names beside them."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gui import theme
from gui.canvas.neurons.geometry import NAMES, RADIUS, TOP, Geometry
from gui.canvas.neurons.rows import Rows
from gui.canvas.neurons.unfolded import Place, Unfolded
from gui.figures import number
from gui.words import tr

THINNEST, THICKEST = 0.4, 4.5
_FADED = 0.16
_NOTHING = 0.02  # of the limit: the colour is that of the ground
_DOT = 2.2
_LINE = 18.0
_Flag = Qt.AlignmentFlag
_CENTER = _Flag.AlignCenter
_LEFT, _RIGHT = _Flag.AlignLeft | _Flag.AlignVCenter, _Flag.AlignRight | _Flag.AlignVCenter


def signed_color(value: float, limit: float) -> QColor:
    """The colour of a weight on the map of signed values."""
    table = theme.signed_colors()
    share = 0.0 if math.isnan(value) else max(-1.0, min(1.0, value / limit))
    return QColor(*table[round((share + 1) / 2 * (len(table) - 1))].tolist())


def paint(
    painter: QPainter, shown: Unfolded, place: Geometry, limit: float, pointed: Place | None
) -> None:
    """All of it; where something is pointed at, all that is not linked to it steps back."""
    _paint_links(painter, shown, place, limit, pointed)
    for each in place.before.heights:
        _paint_neuron(painter, place.source(each), theme.color("surface"))
    for each in place.units.heights:
        bias = 0.0 if shown.bias is None else float(shown.bias[each])
        is_pointed = pointed == ("bias", 0, each)
        _paint_neuron(painter, place.unit(each), signed_color(bias, limit), is_pointed)
    _paint_more(painter, place.before, QPointF(place.left, place.middle))
    _paint_more(painter, place.units, QPointF(place.right, place.middle))
    _paint_names(painter, shown, place)
    _paint_heads(painter, shown, place)
    if pointed is not None and place.shows(pointed):
        _paint_value(painter, shown, place, pointed)


def _paint_links(
    painter: QPainter, shown: Unfolded, place: Geometry, limit: float, pointed: Place | None
) -> None:
    pairs = [(i, j, shown.kernel[i, j]) for i in place.before.heights for j in place.units.heights]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for before, unit, weight in sorted(pairs, key=lambda each: abs(each[2])):
        start, end = place.source(before), place.unit(unit)
        share = min(1.0, abs(weight) / limit)
        if share < _NOTHING:
            continue
        color = signed_color(weight, limit)
        if pointed is not None and pointed[2] != unit:
            color.setAlphaF(_FADED)
        painter.setPen(QPen(color, theme.stroke(THINNEST + share * (THICKEST - THINNEST))))
        painter.drawLine(start, end)
        if abs(weight) > limit:
            _paint_dot(painter, (start + end) / 2)
    if pointed is not None and pointed[0] == "kernel" and place.shows(pointed):
        painter.setPen(QPen(theme.color("text"), theme.stroke(1.5), Qt.PenStyle.DashLine))
        painter.drawLine(place.source(pointed[1]), place.unit(pointed[2]))


def _paint_dot(painter: QPainter, center: QPointF) -> None:
    """Marks a link whose weight is beyond the last colour."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("text"))
    painter.drawEllipse(center, _DOT, _DOT)
    painter.restore()


def _paint_neuron(painter: QPainter, center: QPointF, fill: QColor, pointed: bool = False) -> None:
    token, width = ("text", 2.2) if pointed else ("border", 1.4)
    painter.setPen(QPen(theme.color(token), width))
    painter.setBrush(fill)
    painter.drawEllipse(center, RADIUS, RADIUS)


def _paint_more(painter: QPainter, shown: Rows, middle: QPointF) -> None:
    if shown.left_out:
        text = tr("… {n} more …", n=f"{shown.left_out:,}")
        _pill(painter, text, middle + QPointF(0, shown.gap), "muted", None)


def _paint_names(painter: QPainter, shown: Unfolded, place: Geometry) -> None:
    """Of the neurons before on the left; on the right also their biases."""
    font = theme.font("small")
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    room, away = NAMES - 2 * RADIUS, RADIUS + 8
    painter.setPen(theme.color("muted"))
    for each in place.before.heights:
        box = QRectF(place.left - away - room, place.source(each).y() - 9, room, _LINE)
        name = metrics.elidedText(shown.input_name(each), Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(box, _RIGHT, name)
    for each in place.units.heights:
        box = QRectF(place.right + away, place.unit(each).y() - 9, room, _LINE)
        bias = "" if shown.bias is None else f"b = {number(float(shown.bias[each]))}"
        wide = metrics.horizontalAdvance(bias) + 10 if bias else 0.0
        cut = metrics.elidedText(shown.unit_name(each), Qt.TextElideMode.ElideMiddle, room - wide)
        painter.setPen(theme.color("text"))
        painter.drawText(box, _LEFT, cut)
        painter.setPen(theme.color("muted"))
        after = max(36.0, metrics.horizontalAdvance(cut) + 10)
        painter.drawText(box.adjusted(after, 0, wide, 0), _LEFT, bias)


def _paint_heads(painter: QPainter, shown: Unfolded, place: Geometry) -> None:
    """Above each column what layer it is, and how wide."""
    painter.setFont(theme.font("strong"))
    painter.setPen(theme.color("text"))
    inputs, units = shown.kernel.shape
    for x, name, width in ((place.left, shown.before, inputs), (place.right, shown.name, units)):
        box = QRectF(x - NAMES, 8, 2 * NAMES, TOP - 22)
        painter.drawText(box, _CENTER, f"{name} · {width:,}")


def _paint_value(painter: QPainter, shown: Unfolded, place: Geometry, pointed: Place) -> None:
    """The figure itself, beside what is pointed at."""
    kind, before, unit = pointed
    center = place.unit(unit) - QPointF(0, 20)
    if kind == "kernel":
        center = place.source(before) * 0.35 + place.unit(unit) * 0.65
    _pill(painter, number(shown.value(pointed)), center, "text", "border")


def _pill(painter: QPainter, text: str, center: QPointF, token: str, outline: str | None) -> None:
    font = theme.font("small")
    painter.setFont(font)
    box = QRectF(0, 0, QFontMetricsF(font).horizontalAdvance(text) + 14, _LINE + 2)
    box.moveCenter(center)
    painter.setPen(QPen(theme.color(outline), 1) if outline else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("surface"))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setPen(theme.color(token))
    painter.drawText(box, _CENTER, text)
