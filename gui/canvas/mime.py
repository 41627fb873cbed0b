"""A layer or block on its way from the palette to the canvas, as the mime data of a drag."""

import json
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QPointF

from engine.errors import DesignError
from engine.fragment_text import from_text, to_text
from engine.layers import Layer
from gui.canvas.placing import Piece

MIME_TYPE = "application/x-glasswork-layer+json"


@dataclass(frozen=True)
class Dragged:
    """What is dragged, and the point of its first card (in card units) by which it was grabbed."""

    piece: Piece
    grab: QPointF


def pack(piece: Piece, grab: QPointF) -> QMimeData:
    """Mime data that `unpack` reads again."""
    what = {"layer": piece.dump()} if isinstance(piece, Layer) else {"block": to_text(piece)}
    data = QMimeData()
    data.setData(MIME_TYPE, json.dumps(what | {"grab": [grab.x(), grab.y()]}).encode())
    return data


def unpack(data: QMimeData) -> Dragged | None:
    """What is dragged, or None where it is no layer and no block."""
    if not data.hasFormat(MIME_TYPE):
        return None
    try:
        plain = json.loads(data.data(MIME_TYPE).toStdString())
        x, y = plain["grab"]
        piece = from_text(plain["block"]) if "block" in plain else Layer.parse(plain["layer"])
        return Dragged(piece, QPointF(x, y))
    except (ValueError, KeyError, TypeError, DesignError):
        return None
