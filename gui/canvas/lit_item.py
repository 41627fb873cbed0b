"""What one row makes of each layer, on the cards: a strip of its units, and what stands out."""

from collections.abc import Callable, Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui import theme
from gui.canvas import geometry
from gui.canvas.card import NAME_ONLY, NO_NUMBERS
from gui.canvas.layer_item import LayerItem
from gui.plots.signed_image import signed_image

LEFT, RIGHT = 14.0, geometry.CARD_WIDTH - 8  # of a strip with the words beside it
TOP, HEIGHT = 49.0, 14.0
GAP, MOST_WORDS = 6.0, 112.0
CELLS = 48  # in a strip; of more units the strongest of each few is shown
FAR = 2_000.0
GROUND = QRectF(8, 45, geometry.CARD_WIDTH - 12, 22)
CENTER = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class LitItem(QGraphicsItem):
    """Lies over the cards of a scene; only layers that have been reached are lit."""

    def __init__(self, cards: Callable[[], Mapping[str, LayerItem]]) -> None:
        super().__init__()
        self._cards = cards
        self._strips: dict[str, tuple[QImage, str]] = {}
        self.reached: frozenset[str] | None = None  # all of them
        self._area = QRectF()
        self.setZValue(1.5)

    def show_values(self, values: Mapping[str, np.ndarray], words: Mapping[str, str]) -> None:
        """Draws the outputs of these layers; `words` stand beside a strip."""
        self._strips = {layer: (_strip(each), words[layer]) for layer, each in values.items()}
        area = QRectF()
        for item in self._cards().values():
            area = area.united(item.sceneBoundingRect())
        self.prepareGeometryChange()
        self._area = area.adjusted(-FAR, -FAR, FAR, FAR)
        self.update()

    def reach(self, layers: frozenset[str] | None) -> None:
        """Lights these only; None is all."""
        if layers != self.reached:
            self.reached = layers
            self.update()

    def boundingRect(self) -> QRectF:
        return self._area

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        zoom = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        if zoom < NAME_ONLY:
            return
        painter.setFont(theme.scene_font("small"))
        for layer, item in self._cards().items():
            if layer in self._strips and (self.reached is None or layer in self.reached):
                self._paint_card(painter, item.pos(), zoom, *self._strips[layer])

    def _paint_card(
        self, painter: QPainter, corner: QPointF, zoom: float, strip: QImage, words: str
    ) -> None:
        painter.fillRect(GROUND.translated(corner), theme.color("surface"))
        metrics = QFontMetricsF(painter.font())
        room = min(metrics.horizontalAdvance(words), MOST_WORDS) if zoom >= NO_NUMBERS else 0.0
        area = QRectF(LEFT, TOP, RIGHT - room - GAP - LEFT, HEIGHT).translated(corner)
        painter.drawImage(area, strip)
        painter.setPen(theme.color("border"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)
        if room:
            said = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room + 1)
            painter.setPen(theme.color("text"))
            beside = QRectF(area.right() + GAP, area.top() - 3, room + 2, area.height() + 6)
            painter.drawText(beside, CENTER, said)


def _strip(values: np.ndarray) -> QImage:
    """One row of cells, each the unit that stands out most of those that it stands for."""
    every = max(1, -(-len(values) // CELLS))
    padded = np.zeros(-(-len(values) // every) * every, np.float32)
    padded[: len(values)] = values
    groups = padded.reshape(-1, every)
    strongest = np.abs(groups).argmax(axis=1)
    shown = groups[np.arange(len(groups)), strongest]
    limit = float(np.nanmax(np.abs(shown))) if np.isfinite(shown).any() else 1.0
    return signed_image(shown[None], limit or 1.0, theme.signed_colors())
