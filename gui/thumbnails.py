"""The small drawings on the welcome page: each data set sketched from a few numbers."""

import itertools
import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gui import theme

Point = tuple[float, float]
Thumbnail = Callable[[QPainter, QRectF], None]

DIGITS = (
    "00359100 02fdcf40 06f30ad0 08b006f2 08a005f4 05e00ad1 02fc9f70 00369500",
    "0008b100 003ff200 02cff200 04a8f200 000cf100 000df100 001fe200 0018a300",
    "002af910 00ca9f50 00204f70 000bfd10 00039f80 001002f8 02b22af4 003cfc50",
)
"""Three handwritten digits, 8 x 8 pixels each from 0 to f."""


def paint(name: str, painter: QPainter, area: QRectF) -> None:
    """Draw the thumbnail of the template `name` into `area`; an unknown name draws a network."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    THUMBNAILS.get(name, _network)(painter, area)
    painter.restore()


def _class_color(index: int, alpha: float = 0.9) -> QColor:
    return theme.color(("training", "validation", "norm")[index % 3], alpha)


def _dots(painter: QPainter, area: QRectF, groups: Sequence[Sequence[Point]], size: float) -> None:
    """Points of several classes; coordinates run from 0 to 1, upwards."""
    size *= max(1.0, area.height() / 60)
    painter.setPen(Qt.PenStyle.NoPen)
    for index, group in enumerate(groups):
        painter.setBrush(_class_color(index))
        for x, y in group:
            painter.drawEllipse(_at(area, x, y), size, size)


def _at(area: QRectF, x: float, y: float) -> QPointF:
    return QPointF(area.left() + x * area.width(), area.bottom() - y * area.height())


def _middle(area: QRectF, aspect: float) -> QRectF:
    """The largest part of `area` around its middle that is `aspect` times as wide as high."""
    width = min(area.width(), area.height() * aspect)
    height = width / aspect
    return QRectF(area.center().x() - width / 2, area.center().y() - height / 2, width, height)


def _scatter(number: int, seed: int = 0) -> list[Point]:
    """`number` offsets around 0, dense in the middle, always the same (a sunflower's spiral)."""
    turns = ((index + seed) * 2.399963 for index in range(number))
    return [
        (
            math.cos(turn) * math.sqrt((index + 0.5) / number),
            math.sin(turn) * math.sqrt((index + 0.5) / number),
        )
        for index, turn in enumerate(turns)
    ]


def _cloud(x: float, y: float, wide: float, high: float, number: int, seed: int = 0) -> list[Point]:
    return [(x + dx * wide, y + dy * high) for dx, dy in _scatter(number, seed)]


def _xor(painter: QPainter, area: QRectF) -> None:
    square = _middle(area, 1.3)
    corners = (((0.15, 0.15), (0.85, 0.85)), ((0.15, 0.85), (0.85, 0.15)))
    painter.setPen(QPen(theme.color("hairline"), 1))
    painter.drawLine(_at(square, 0.5, 0), _at(square, 0.5, 1))
    painter.drawLine(_at(square, 0, 0.5), _at(square, 1, 0.5))
    _dots(painter, square, corners, 6)


def _moons(painter: QPainter, area: QRectF) -> None:
    angles = [math.pi * (index + 0.5) / 22 for index in range(22)]
    wobble = [(dx * 0.09, dy * 0.12) for dx, dy in _scatter(22, 5)]
    pairs = list(zip(angles, wobble, strict=True))
    upper = [(math.cos(a) + dx, math.sin(a) + dy) for a, (dx, dy) in pairs]
    lower = [(1 - math.cos(a) - dx, 0.5 - math.sin(a) + dy) for a, (dx, dy) in pairs]
    groups = [[((x + 1.1) / 3.2, (y + 0.65) / 1.8) for x, y in moon] for moon in (upper, lower)]
    _dots(painter, _middle(area, 1.9), groups, 2.4)


def _spiral(painter: QPainter, area: QRectF) -> None:
    arms = []
    for start in (0.0, math.pi):
        steps = [0.12 + 0.88 * index / 33 for index in range(34)]
        arms.append(
            [
                (
                    0.5 + 0.5 * r * math.cos(start + 7.5 * r),
                    0.5 + 0.5 * r * math.sin(start + 7.5 * r),
                )
                for r in steps
            ]
        )
    _dots(painter, _middle(area, 1.25), arms, 2.2)


def _digits(painter: QPainter, area: QRectF) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    pixel = math.floor(min(area.height() / 8, area.width() / 28))
    left = round(area.center().x() - 14 * pixel)
    top = round(area.center().y() - 4 * pixel)
    for index, digit in enumerate(DIGITS):
        for row, values in enumerate(digit.split()):
            for column, value in enumerate(values):
                color = theme.color("text", int(value, 16) / 15)
                x = left + (index * 10 + column) * pixel
                painter.fillRect(x, top + row * pixel, pixel, pixel, color)


def _iris(painter: QPainter, area: QRectF) -> None:
    groups = (
        _cloud(0.14, 0.2, 0.09, 0.16, 16),
        _cloud(0.5, 0.52, 0.16, 0.2, 18, 3),
        _cloud(0.8, 0.76, 0.17, 0.21, 18, 7),
    )
    _dots(painter, _middle(area, 1.9), groups, 2.6)


def _wine(painter: QPainter, area: QRectF) -> None:
    """Parallel coordinates: five figures of a few wines of three kinds."""
    frame = _middle(area, 1.9)
    kinds = ((0.8, 0.3, 0.75, 0.85, 0.9), (0.35, 0.2, 0.5, 0.55, 0.3), (0.55, 0.75, 0.2, 0.12, 0.5))
    painter.setPen(QPen(theme.color("hairline"), 1))
    for axis in range(5):
        painter.drawLine(_at(frame, axis / 4, 0), _at(frame, axis / 4, 1))
    for index, kind in enumerate(kinds):
        painter.setPen(QPen(_class_color(index, 0.75), 1.4))
        for wobble in (-0.08, 0.0, 0.07):
            heights = [y + wobble * math.cos(3 * axis + index) for axis, y in enumerate(kind)]
            line = [_at(frame, axis / 4, y) for axis, y in enumerate(heights)]
            painter.drawPolyline(QPolygonF(line))


def _cancer(painter: QPainter, area: QRectF) -> None:
    """Two overlapping distributions, benign and malignant."""
    frame = _middle(area, 1.9)
    for index, (mean, spread, peak) in enumerate(((0.33, 0.12, 0.95), (0.64, 0.15, 0.6))):
        steps = [step / 48 for step in range(49)]
        curve = [_at(frame, x, peak * math.exp(-(((x - mean) / spread) ** 2) / 2)) for x in steps]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_class_color(index, 0.25))
        painter.drawPolygon(QPolygonF([_at(frame, 0, 0), *curve, _at(frame, 1, 0)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(_class_color(index), 1.6))
        painter.drawPolyline(QPolygonF(curve))


def _diabetes(painter: QPainter, area: QRectF) -> None:
    """A noisy trend, and the line through it."""
    frame = _middle(area, 1.9)
    offsets = _scatter(30, 2)
    points = [
        (0.04 + 0.92 * index / 29, 0.2 + 0.55 * index / 29 + 0.28 * dy)
        for index, (_, dy) in enumerate(offsets)
    ]
    _dots(painter, frame, [points], 2.4)
    painter.setPen(QPen(_class_color(1), 2))
    painter.drawLine(_at(frame, 0.02, 0.18), _at(frame, 0.98, 0.76))


def _table(painter: QPainter, area: QRectF) -> None:
    frame = _middle(area, 1.9)
    wide, high = frame.width() / 4, frame.height() / 5
    painter.setPen(Qt.PenStyle.NoPen)
    for row in range(5):
        for column in range(4):
            token = "accent" if row == 0 else "validation" if column == 3 else "muted"
            painter.setBrush(theme.color(token, 0.9 if row == 0 else 0.3))
            share = 0.8 if row == 0 else 0.45 + 0.4 * ((row * 7 + column * 5) % 6) / 6
            box = QRectF(frame.left() + column * wide, frame.top() + row * high, wide, high)
            cell = box.adjusted(3, 3, -3 - (1 - share) * (wide - 6), -3)
            painter.drawRoundedRect(cell, 2, 2)


def _network(painter: QPainter, area: QRectF) -> None:
    frame = _middle(area, 1.6)
    layers = [
        [(x, (index + 0.5) / number) for index in range(number)]
        for x, number in ((0.1, 3), (0.5, 4), (0.9, 2))
    ]
    painter.setPen(QPen(theme.color("border", 0.6), 1))
    for left, right in itertools.pairwise(layers):
        for start in left:
            for end in right:
                painter.drawLine(_at(frame, *start), _at(frame, *end))
    _dots(painter, frame, layers, 4.5)


THUMBNAILS: dict[str, Thumbnail] = {
    "xor": _xor,
    "moons": _moons,
    "spiral": _spiral,
    "digits": _digits,
    "iris": _iris,
    "wine": _wine,
    "breast_cancer": _cancer,
    "diabetes": _diabetes,
    "table": _table,
}
