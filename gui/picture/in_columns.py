"""Paints a design as columns of circles with links between, as papers print networks."""

from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from engine.design import Design
from engine.shapes import Walk
from gui import theme
from gui.picture.choices import Choices
from gui.picture.columns import BELOW, LINE, RADIUS, STEP, Bundle, Column, Columns, columns
from gui.picture.drawing import Drawing, framed
from gui.words import tr

_CENTER = Qt.AlignmentFlag.AlignCenter
_HEAD = 7.0


def in_columns(design: Design, walk: Walk, choices: Choices, title: str) -> Drawing:
    """The picture of a design; `walk` has the widths of its layers."""
    found = columns(design, walk, choices)

    def paint(painter: QPainter) -> None:
        for bundle in found.bundles:
            _paint_bundle(painter, bundle)
        for column in found.columns:
            _paint_column(painter, column)

    return framed(_area(found), paint, title)


def _area(found: Columns) -> QRectF:
    area = QRectF()
    for column in found.columns:
        width = max((_advance(*each) for each in column.words), default=0.0)
        more = _advance(_more(column), False) if column.rows.left_out else 0.0
        half = max(width / 2, more / 2, RADIUS)
        top = QPointF(column.x - half, column.y - column.half)
        area = area.united(QRectF(top.x(), top.y(), 2 * half, column.height))
    area.setTop(min(area.top(), found.top))
    return area


def _paint_bundle(painter: QPainter, bundle: Bundle) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if bundle.lane is not None:
        _paint_arc(painter, bundle)
        return
    source, target = bundle.source, bundle.target
    path = QPainterPath()
    for first, second in bundle.pairs:
        path.moveTo(source.x, source.at(first))
        path.lineTo(target.x, target.at(second))
    crowd = len(bundle.pairs) > len(source.rows.heights)
    painter.setPen(QPen(theme.color("border", 0.55 if crowd else 0.9), 0.8 if crowd else 1.2))
    painter.drawPath(path)


def _paint_arc(painter: QPainter, bundle: Bundle) -> None:
    """From above one column to above the other, with an arrow head."""
    source, target, lane = bundle.source, bundle.target, bundle.lane or 0.0
    start = QPointF(source.x, source.y - source.half - 3)
    end = QPointF(target.x, target.y - target.half - 4)
    if not source.is_top:
        start = QPointF(source.x + RADIUS + 4, source.y)
    if not target.is_top:
        end = QPointF(target.x - RADIUS - 5, target.y)
    away = (target.x - source.x) * 0.2
    height = (start.y() + end.y()) / 2 - lane
    peak = (start.y() + end.y()) / 2 - height * 4 / 3  # a curve reaches 3/4 of its handles
    path = QPainterPath(start)
    path.cubicTo(QPointF(start.x() + away, peak), QPointF(end.x() - away, peak), end)
    painter.setPen(QPen(theme.color("merge"), 1.6))
    painter.drawPath(path)
    painter.save()
    painter.translate(end)
    painter.rotate(-path.angleAtPercent(1.0))
    head = QPainterPath(QPointF(0, 0))
    head.lineTo(-_HEAD, -_HEAD / 2)
    head.lineTo(-_HEAD, _HEAD / 2)
    painter.fillPath(head, theme.color("merge"))
    painter.restore()


def _paint_column(painter: QPainter, column: Column) -> None:
    color = theme.color(theme.current().category(column.category))
    for offset in column.rows.heights.values():
        center = QPointF(column.x, column.y + offset)
        painter.setPen(QPen(color, 1.6))
        painter.setBrush(theme.color("surface"))
        painter.drawEllipse(center, RADIUS, RADIUS)
        if column.sign:
            painter.setFont(theme.scene_font("small"))
            box = QRectF(center.x() - RADIUS, center.y() - RADIUS, 2 * RADIUS, 2 * RADIUS)
            painter.drawText(box, _CENTER, column.sign)
    if column.rows.left_out:
        _paint_more(painter, column)
    y = column.y + column.half + BELOW
    for strong, lines in groupby(column.words, key=lambda each: each[1]):
        painter.setFont(theme.scene_font("strong" if strong else "small"))
        painter.setPen(theme.color("text" if strong else "muted"))
        for text, _ in lines:
            painter.drawText(QRectF(column.x - STEP, y, 2 * STEP, LINE), _CENTER, text)
            y += LINE


def _paint_more(painter: QPainter, column: Column) -> None:
    """How many neurons are left out, on a ground of its own, since links cross it."""
    text = _more(column)
    box = QRectF(0, 0, _advance(text, False) + 10, LINE)
    box.moveCenter(QPointF(column.x, column.y + column.rows.gap))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("canvas"))
    painter.drawRoundedRect(box, LINE / 2, LINE / 2)
    painter.setFont(theme.scene_font("small"))
    painter.setPen(theme.color("muted"))
    painter.drawText(box, _CENTER, text)


def _more(column: Column) -> str:
    return tr("… {n} more …", n=f"{column.rows.left_out:,}")


def _advance(text: str, strong: bool) -> float:
    return QFontMetricsF(theme.scene_font("strong" if strong else "small")).horizontalAdvance(text)
