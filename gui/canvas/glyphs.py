"""Small drawings: the icon of a layer, and the sketch of an activation's curve."""

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from engine.layers import Layer
from gui import icon_font

_BY_KIND = {
    "input": "sign-in",
    "dense": "grid-four",
    "activation": "activity",
    "dropout": "circle-dashed",
    "gaussian_noise": "waves",
    "batch_normalization": "chart-bar",
    "layer_normalization": "equals",
    "add": "plus-circle",
    "multiply": "x-circle",
    "average": "divide",
    "concatenate": "stack",
}
_BY_CATEGORY = {
    "input-output": "sign-in",
    "core": "grid-four",
    "activation": "activity",
    "regularise": "circle-dashed",
    "norm": "chart-bar",
    "merge": "git-merge",
}
# Curves in a box of 28 x 16, y downwards: "M" begins, "L" draws a line, "C" a Bézier curve.
_CURVES: dict[str, tuple[tuple[str, tuple[float, ...]], ...]] = {
    "linear": (("M", (2, 15)), ("L", (26, 1))),
    "relu": (("M", (1, 14)), ("L", (14, 14)), ("L", (27, 2))),
    "leaky_relu": (("M", (1, 15.5)), ("L", (14, 11)), ("L", (27, 1))),
    "elu": (("M", (1, 15)), ("C", (8, 15, 11, 13, 14, 10)), ("L", (27, 1))),
    "selu": (("M", (1, 15)), ("C", (8, 15, 11, 13, 14, 10)), ("L", (25, 1))),
    "gelu": (("M", (1, 13)), ("C", (8, 13, 12, 17, 16, 11)), ("L", (27, 1))),
    "silu": (("M", (1, 13)), ("C", (8, 14, 11, 16.5, 16, 11)), ("L", (27, 1))),
    "sigmoid": (("M", (1, 15)), ("C", (14, 15, 14, 1, 27, 1))),
    "tanh": (("M", (1, 15)), ("C", (16, 15, 12, 1, 27, 1))),
    "softplus": (("M", (1, 14.5)), ("C", (13, 14.5, 17, 10, 27, 1))),
    "softmax": (("M", (1, 15)), ("C", (20, 14, 16, 1, 27, 1))),
}


@cache
def sketch(activation: str) -> QPainterPath:
    """The curve of an activation in a box of 28 x 16; a rising line for one without a sketch."""
    path = QPainterPath()
    for step, numbers in _CURVES.get(activation, _CURVES["linear"]):
        points = [QPointF(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        if step == "M":
            path.moveTo(points[0])
        elif step == "L":
            path.lineTo(points[0])
        else:
            path.cubicTo(*points)
    return path


def icon_name(layer: Layer) -> str:
    """The Phosphor icon of a layer: its kind's own, or its category's."""
    return _BY_KIND.get(layer.kind, _BY_CATEGORY[layer.category])


def draw_icon(painter: QPainter, name: str, box: QRectF, color: QColor) -> None:
    """Paint a Phosphor icon as text, so that it is crisp at every zoom."""
    painter.setFont(icon_font.font(round(box.height())))
    painter.setPen(color)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, icon_font.glyph(name))


def draw_sketch(painter: QPainter, activation: str, corner: QPointF, color: QColor) -> None:
    """Paint an activation's curve with its top left corner at `corner`."""
    pen = QPen(color, 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.translate(corner)
    painter.drawPath(sketch(activation))
    painter.translate(-corner)
