"""A confusion matrix painted cell by cell: colour is the row's per cent, text counts and shares."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from gui import theme
from gui.figures import percent

FAINT = 0.28  # how much colour a cell of one row has at least, so that no mistake is overlooked
LEGIBLE = 7.0  # pixels; smaller cells carry no text
LABEL_SHARE = 0.2  # of the width at most is for the names of classes
PAIR = (("TN", "FP"), ("FN", "TP"))
ELIDE = Qt.TextElideMode.ElideRight
CENTER, RIGHT = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Geometry:
    """Where the cells lie: `left`, `top` of the first one, and the size of each."""

    left: float
    top: float
    width: float
    height: float
    count: int

    def cell(self, row: int, column: int) -> QRectF:
        """The area of a cell, with the gap to its neighbours taken off."""
        gap = 2.0 if min(self.width, self.height) > 8 else 0.5 * (self.width > 3)
        area = QRectF(
            self.left + column * self.width, self.top + row * self.height, self.width, self.height
        )
        return area.adjusted(0, 0, -gap, -gap)

    @property
    def area(self) -> QRectF:
        """Where all the cells lie together."""
        return QRectF(self.left, self.top, self.count * self.width, self.count * self.height)

    def at(self, place: QPointF) -> tuple[int, int] | None:
        """The cell at a point, as (row, column)."""
        column = int((place.x() - self.left) // self.width)
        row = int((place.y() - self.top) // self.height)
        inside = 0 <= row < self.count and 0 <= column < self.count
        return (row, column) if inside else None


class MatrixView(QWidget):
    """Rows are the actual classes, columns the predicted ones."""

    pointed_at = Signal(object)  # (row, column) or None

    def __init__(self) -> None:
        super().__init__()
        self._matrix = np.zeros((1, 1), dtype=np.int64)
        self._names: tuple[str, ...] = ("",)
        self._cell: tuple[int, int] | None = None
        self.setMinimumSize(80, 60)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Confusion matrix")

    def show_matrix(self, matrix: np.ndarray, names: tuple[str, ...]) -> None:
        """Draws counts (classes, classes) with the names of the classes.

        While training most cells stay as they are, and only those that change are painted.
        """
        before, self._matrix = self._matrix, matrix
        if names != self._names or before.shape != matrix.shape:
            self._names = names
            self._point_at(self._cell)
            self.update()
            return
        totals = matrix.sum(axis=1) != before.sum(axis=1)
        geometry = self.geometry_of_cells()
        for row, column in np.argwhere((matrix != before) | totals[:, None]):
            self.update(geometry.cell(int(row), int(column)).toAlignedRect())
        if self._cell:
            self._point_at(self._cell)

    def sentence(self, row: int, column: int) -> str:
        """All that a cell says: "Actual 8, predicted 1: 1 of 18 (5.6 %)"."""
        count, total = int(self._matrix[row, column]), int(self._matrix[row].sum())
        share = f" ({percent(count / total)})" if total else ""
        names = f"Actual {self._names[row]}, predicted {self._names[column]}"
        return f"{names}: {count:,} of {total:,}{share}"

    def cell_text(self, row: int, column: int) -> tuple[str, ...]:
        """What stands in a cell where there is room, the most important first."""
        count, total = int(self._matrix[row, column]), int(self._matrix[row].sum())
        name = (PAIR[row][column],) if len(self._matrix) == 2 else ()
        if not count and not name:
            return ()
        share = (percent(count / total),) if total else ()
        return (f"{count:,}", *share, *name)

    # ── painting ────────────────────────────────────────────────────────────────────────────

    def sizeHint(self) -> QSize:
        return QSize(360, 220)

    def geometry_of_cells(self) -> Geometry:
        """Where the cells lie at the present size."""
        metrics = QFontMetricsF(theme.font("small"), self)
        count = len(self._matrix)
        widest = max(metrics.horizontalAdvance(name) for name in self._names)
        left = min(widest + 10, max(24.0, LABEL_SHARE * self.width()))
        top = metrics.height() + 4
        width, height = (self.width() - left) / count, (self.height() - top) / count
        return Geometry(left, top, max(width, 0.5), max(height, 0.5), count)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        geometry = self.geometry_of_cells()
        if not geometry.area.contains(QRectF(event.rect())):
            self._paint_names(painter, geometry)
        totals = np.maximum(self._matrix.sum(axis=1, keepdims=True), 1)
        shares = self._matrix / totals
        due = event.region()
        for row in range(geometry.count):
            for column in range(geometry.count):
                if due.intersects(geometry.cell(row, column).toAlignedRect()):
                    self._paint_cell(painter, geometry, row, column, float(shares[row, column]))
        if self._cell:
            painter.setPen(QPen(theme.color("text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(geometry.cell(*self._cell).adjusted(1, 1, -1, -1), 3, 3)

    def _paint_cell(
        self, painter: QPainter, geometry: Geometry, row: int, column: int, share: float
    ) -> None:
        area = geometry.cell(row, column)
        fill = _fill(share, diagonal=row == column)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        radius = 3 if min(area.width(), area.height()) > 10 else 0
        painter.drawRoundedRect(area, radius, radius)
        lines = self.cell_text(row, column)
        if not lines:
            return
        text = _fitting(QFontMetricsF(painter.font(), self), area, lines)
        if text:
            painter.setPen(_readable_on(fill))
            painter.drawText(area, CENTER, text)

    def _paint_names(self, painter: QPainter, geometry: Geometry) -> None:
        """Names of classes, as many as fit without touching each other."""
        painter.setPen(theme.color("muted"))
        metrics = QFontMetricsF(painter.font(), self)
        every_row = max(1, int(-(-(metrics.height() - 2) // geometry.height)))
        widest = min(max(metrics.horizontalAdvance(name) for name in self._names) + 6, 64)
        every_column = max(1, int(-(-widest // geometry.width)))
        for place, name in enumerate(self._names):
            across, down = geometry.cell(0, place), geometry.cell(place, 0)
            if place % every_column == 0:
                room = geometry.width * every_column - 2
                area = QRectF(across.center().x() - room / 2, 0, room, geometry.top - 2)
                painter.drawText(area, CENTER, metrics.elidedText(name, ELIDE, room))
            if place % every_row == 0:
                area = QRectF(0, down.center().y() - 8, geometry.left - 6, 16)
                text = metrics.elidedText(name, ELIDE, area.width())
                painter.drawText(area, RIGHT | Qt.AlignmentFlag.AlignVCenter, text)

    # ── the cell looked at ──────────────────────────────────────────────────────────────────

    def _point_at(self, cell: tuple[int, int] | None) -> None:
        count = len(self._matrix)
        self._cell = cell if cell and max(cell) < count else None
        self.setAccessibleDescription(self.sentence(*self._cell) if self._cell else "")
        self.pointed_at.emit(self._cell)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.geometry_of_cells().at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(None)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cell = self.geometry_of_cells().at(QPointF(event.pos()))
            text = self.sentence(*cell) if cell else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move from cell to cell, Escape leaves them."""
        move: Any = _MOVES.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self._point_at(None)
        elif move is None:
            super().keyPressEvent(event)
        elif self._cell is None:
            self._point_at((0, 0))
        else:
            last = len(self._matrix) - 1
            row, column = self._cell[0] + move[0], self._cell[1] + move[1]
            self._point_at((min(max(0, row), last), min(max(0, column), last)))


_MOVES = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


def _fill(share: float, *, diagonal: bool) -> QColor:
    """Nothing for an empty cell; else blue or orange, the stronger the larger the share."""
    strength = FAINT + (1 - FAINT) * share if share else 0.0
    low, high = theme.color("window"), theme.color("training" if diagonal else "validation")
    pairs = ((low.red(), high.red()), (low.green(), high.green()), (low.blue(), high.blue()))
    return QColor(*(round(one + strength * (other - one)) for one, other in pairs))


def _readable_on(fill: QColor) -> QColor:
    """The text colour, of the theme's two, that stands out more from `fill`."""
    candidates = (theme.color("text"), theme.color("on_accent"))
    return max(candidates, key=lambda each: _contrast(each, fill))


def _contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: QColor) -> float:
    channels = (color.redF(), color.greenF(), color.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _fitting(metrics: QFontMetricsF, area: QRectF, lines: tuple[str, ...]) -> str:
    """As much of the lines as fits, in one row or in several; "" where not even the first does."""
    if area.height() < LEGIBLE:
        return ""
    for much in range(len(lines), 0, -1):
        for text in (" · ".join(lines[:much]), "\n".join(lines[:much])):
            size = metrics.size(0, text)
            spare = 2 if "\n" not in text else -2
            if size.width() <= area.width() - 4 and size.height() <= area.height() + spare:
                return text
    return ""
