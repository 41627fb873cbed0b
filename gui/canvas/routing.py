"""The course of a link that skips over cards: around them, in a lane that no card covers."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from gui.canvas.geometry import CARD_HEIGHT, CARD_WIDTH, link_path

Point = tuple[float, float]
Box = tuple[float, float, float, float]
_COLUMN = 256.0
_CLEAR = 16.0  # between a card and a link that passes it
_TURN = 48.0
_RADIUS = 12.0
_TRIES = 12
_SHORT = CARD_WIDTH + 120.0  # nothing fits between ends that are nearer


class Obstacles:
    """The cards by the columns in which they lie, so that few have to be looked at."""

    def __init__(self) -> None:
        self._columns: dict[int, dict[str, Point]] = {}
        self._at: dict[str, Point] = {}

    def put(self, identifier: str, corner: Point) -> None:
        """That card lies there now."""
        self.remove(identifier)
        self._at[identifier] = corner
        for column in _columns(corner[0], corner[0] + CARD_WIDTH):
            self._columns.setdefault(column, {})[identifier] = corner

    def remove(self, identifier: str) -> None:
        """That card lies nowhere."""
        corner = self._at.pop(identifier, None)
        if corner is not None:
            for column in _columns(corner[0], corner[0] + CARD_WIDTH):
                del self._columns[column][identifier]

    def box(self, identifier: str) -> Box:
        """Where a link would have to make room for that card; nothing, if it lies nowhere."""
        x, y = self._at.get(identifier, (float("inf"), float("inf")))
        return x - _CLEAR, y - _CLEAR, x + CARD_WIDTH + _CLEAR, y + CARD_HEIGHT + _CLEAR

    def between(self, left: float, right: float) -> list[Point]:
        """The corners of the cards of which something lies between these."""
        found: dict[str, Point] = {}
        for column in _columns(left, right):
            found |= self._columns.get(column, {})
        return [at for at in found.values() if at[0] < right and at[0] + CARD_WIDTH > left]

    def course(self, start: QPointF, end: QPointF) -> QPainterPath:
        """From port to port, around the cards that lie between."""
        if end.x() < start.x() and end.y() - start.y() > CARD_HEIGHT + _CLEAR:
            return self._descent(start, end)
        if end.x() - start.x() < _SHORT:
            return link_path(start, end)
        left, right = start.x() + _CLEAR, end.x() - _CLEAR
        between = self.between(left, right)
        if not any(_is_near(corner, start, end) for corner in between):
            return link_path(start, end)
        return _around(start, end, _lane((start.y() + end.y()) / 2, between))

    def _descent(self, start: QPointF, end: QPointF) -> QPainterPath:
        """Down beside the cards, and back above the one it leads to."""
        down = end.y() - CARD_HEIGHT / 2 - _CLEAR
        x = start.x() + _CLEAR
        for _ in range(_TRIES):
            right = [
                left + CARD_WIDTH
                for left, top in self.between(x - _CLEAR / 2, x + _CLEAR / 2)
                if top < down and top + CARD_HEIGHT > start.y() + CARD_HEIGHT / 2
            ]
            if not right:
                break
            x = max(right) + _CLEAR
        near = end.x() - _CLEAR
        return _rounded([(x, start.y()), (x, down), (near, down), (near, end.y())], start, end)


def _rounded(corners: Sequence[Point], start: QPointF, end: QPointF) -> QPainterPath:
    """From start to end over these corners, each cut by a quarter of a circle."""
    points = [start, *(QPointF(*each) for each in corners), end]
    path = QPainterPath(start)
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        path.lineTo(_towards(corner, before))
        path.quadTo(corner, _towards(corner, after))
    path.lineTo(end)
    return path


def _towards(corner: QPointF, other: QPointF) -> QPointF:
    """A little way from the corner to the other point, never past the middle."""
    way = other - corner
    length = abs(way.x()) + abs(way.y())
    return corner + way * min(0.5, _RADIUS / length if length else 0.0)


def _columns(left: float, right: float) -> range:
    return range(int(left // _COLUMN), int(right // _COLUMN) + 1)


def _is_near(corner: Point, start: QPointF, end: QPointF) -> bool:
    """Whether the card lies where a direct link may pass."""
    top, bottom = min(start.y(), end.y()) - _CLEAR, max(start.y(), end.y()) + _CLEAR
    return corner[1] < bottom and corner[1] + CARD_HEIGHT > top


def _lane(wish: float, corners: Iterable[Point]) -> float:
    """The height nearest to the wish at which no card lies; below, where both are as near."""
    taken = sorted((y - _CLEAR, y + CARD_HEIGHT + _CLEAR) for _, y in corners)
    free = [wish]
    end = -float("inf")
    for top, bottom in taken:
        if top > end:
            free += [end, top]
        end = max(end, bottom)
    free.append(end)
    return min(
        (y for y in free if all(not top < y < bottom for top, bottom in taken)),
        key=lambda y: (abs(y - wish), -y),
    )


def _around(start: QPointF, end: QPointF, lane: float) -> QPainterPath:
    """Down or up to the lane, along it, and back."""
    path = QPainterPath(start)
    near, far = start.x() + _TURN, end.x() - _TURN
    path.cubicTo(
        QPointF(near, start.y()), QPointF(start.x() + _CLEAR, lane), QPointF(near + _TURN, lane)
    )
    path.lineTo(far - _TURN, lane)
    path.cubicTo(QPointF(end.x() - _CLEAR, lane), QPointF(far, end.y()), end)
    return path
