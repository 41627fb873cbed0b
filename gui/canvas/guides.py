"""Where a moved card snaps to: in line with its neighbours, else onto the grid."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui import theme
from gui.canvas.geometry import CARD_HEIGHT, CARD_WIDTH, STEP

Point = tuple[float, float]
_REACH = 6.0  # pixels on the screen
_BEYOND = 12.0  # scene units by which a guide passes the cards


class Guides:
    """The corners of the cards that stay, to which one that moves may be drawn."""

    def __init__(self, corners: Iterable[Point]) -> None:
        self._corners = tuple(corners)

    def snap(self, corner: Point, zoom: float) -> tuple[Point, list[QLineF]]:
        """The corner after snapping, and the lines that show what it is in line with."""
        reach = _REACH / zoom
        x = _nearest([each[0] for each in self._corners], corner[0], reach)
        y = _nearest([each[1] for each in self._corners], corner[1], reach)
        snapped = (
            round(corner[0] / STEP) * STEP if x is None else x,
            round(corner[1] / STEP) * STEP if y is None else y,
        )
        return snapped, self._lines(snapped, x is not None, y is not None)

    def _lines(self, at: Point, upright: bool, level: bool) -> list[QLineF]:
        """Along the edges of all cards in line."""
        lines: list[QLineF] = []
        if upright:
            ys = [y for x, y in (*self._corners, at) if x == at[0]]
            x, top, bottom = at[0], min(ys), max(ys) + CARD_HEIGHT
            lines.append(QLineF(x, top - _BEYOND, x, bottom + _BEYOND))
        if level:
            xs = [x for x, y in (*self._corners, at) if y == at[1]]
            y, left, right = at[1], min(xs), max(xs) + CARD_WIDTH
            lines.append(QLineF(left - _BEYOND, y, right + _BEYOND, y))
        return lines


class GuideItem(QGraphicsItem):
    """Draws the guides while a card is moved."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[QLineF] = []
        self.setZValue(5)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setVisible(False)

    def show_lines(self, lines: Sequence[QLineF]) -> None:
        """Draw these and no others."""
        self.prepareGeometryChange()
        self._lines = list(lines)
        self.setVisible(bool(lines))
        self.update()

    def boundingRect(self) -> QRectF:
        box = QRectF()
        for line in self._lines:
            box |= QRectF(line.p1(), line.p2()).normalized().adjusted(-2, -2, 2, 2)
        return box

    def shape(self) -> QPainterPath:
        """Nothing that the pointer could touch."""
        return QPainterPath()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        pen = QPen(theme.color("accent"), 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawLines(self._lines)


def _nearest(lines: Iterable[float], value: float, reach: float) -> float | None:
    near = [each for each in lines if abs(each - value) <= reach]
    return min(near, key=lambda each: abs(each - value), default=None)
