"""A layer on its way from the palette to the canvas, as the mime data of a drag."""

import json
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QPointF

from engine.layers import Layer

MIME_TYPE = "application/x-glasswork-layer+json"


@dataclass(frozen=True)
class Dragged:
    """A layer, and the point of its card (in card units) by which it was grabbed."""

    layer: Layer
    grab: QPointF


def pack(layer: Layer, grab: QPointF) -> QMimeData:
    """Mime data that `unpack` reads again."""
    text = json.dumps({"layer": layer.dump(), "grab": [grab.x(), grab.y()]})
    data = QMimeData()
    data.setData(MIME_TYPE, text.encode())
    return data


def unpack(data: QMimeData) -> Dragged | None:
    """What is dragged, or None where it is no layer."""
    if not data.hasFormat(MIME_TYPE):
        return None
    try:
        plain = json.loads(data.data(MIME_TYPE).toStdString())
        x, y = plain["grab"]
        return Dragged(Layer.parse(plain["layer"]), QPointF(x, y))
    except (ValueError, KeyError, TypeError):
        return None
