"""A confusion matrix painted cell by cell: colour is the per cent of the row, of the column or of
all, text counts and shares.
"""

from itertools import product
from typing import Any, Literal

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from gui import theme
from gui.figures import percent
from gui.plots.matrix_cells import Geometry, colors, fitting, image_of_cells
from gui.words import tr

AT_ONCE, PAUSE_MS = 24, 10  # cells painted without letting the event loop do something else
LABEL_SHARE = 0.2  # of the width at most is for the names of classes
PAIR = (("TN", "FP"), ("FN", "TP"))
Shares = Literal["row", "column", "all"]
ELIDE = Qt.TextElideMode.ElideRight
CENTER, RIGHT = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignRight


class MatrixView(QWidget):
    """Rows are the actual classes, columns the predicted ones."""

    pointed_at = Signal(object)  # (row, column) or None
    chosen = Signal(object)  # (row, column), by a click or Enter

    def __init__(self) -> None:
        super().__init__()
        self._matrix = np.zeros((1, 1), dtype=np.int64)
        self._names: tuple[str, ...] = ("",)
        self._cell: tuple[int, int] | None = None
        self._of: Shares = "row"
        self._positive = 1
        self._geometry: Geometry | None = None
        self._areas: list[tuple[int, int, QRectF, QRect]] = []
        self._stale: dict[tuple[int, ...], None] = {}  # cells whose change is not painted yet
        self._blank: set[tuple[int, ...]] = set()  # those of them that have never been painted
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._paint_some)
        self.setMinimumSize(80, 60)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Confusion matrix"))

    def show_matrix(self, matrix: np.ndarray, names: tuple[str, ...], positive: int = 1) -> None:
        """Draws counts (classes, classes) with the names of the classes, one of two `positive`.

        While training most cells stay as they are, and only those that change are painted; always
        a few at a time.
        """
        before, self._matrix = self._matrix, matrix
        if (names, positive) != (self._names, self._positive) or before.shape != matrix.shape:
            self._names, self._positive, self._geometry = names, positive, None
            self._point_at(self._cell)
            self._paint_anew()
            return
        changed = np.argwhere((matrix != before) | (self._totals() != self._totals(before)))
        if self.geometry_of_cells().tiny:
            self.update()
        else:
            self._stale |= dict.fromkeys(map(tuple, changed.tolist()))
            if not self._timer.isActive():
                self._paint_some()
        if self._cell:
            self._point_at(self._cell)

    def _paint_anew(self) -> None:
        """All cells wait for their turn, and show nothing until then."""
        self._stale.clear()
        self._blank.clear()
        if not self.geometry_of_cells().tiny:
            self._stale = dict.fromkeys(product(range(len(self._matrix)), repeat=2))
            self._blank = set(self._stale)
            self._timer.start()
        self.update()

    def sentence(self, row: int, column: int) -> str:
        """All that a cell says: "Actual 8, predicted 1: 1 of 18 (5.6 %)"."""
        count, total = int(self._matrix[row, column]), int(self._totals()[row, column])
        share = f" ({percent(count / total)})" if total else ""
        names = tr(
            "Actual {actual}, predicted {predicted}",
            actual=self._names[row],
            predicted=self._names[column],
        )
        return tr(
            "{names}: {count:,} of {total:,}{share}",
            names=names,
            count=count,
            total=total,
            share=share,
        )

    def cell_text(self, row: int, column: int) -> tuple[str, ...]:
        """What stands in a cell where there is room, the most important first."""
        count, total = int(self._matrix[row, column]), int(self._totals()[row, column])
        name: tuple[str, ...] = ()
        if len(self._matrix) == 2:
            name = (PAIR[row == self._positive][column == self._positive],)
        if not count and not name:
            return ()
        share = (percent(count / total),) if total and self._of != "all" else ()
        return (f"{count:,}", *share, *name)

    def show_shares(self, of: Shares) -> None:
        """What the colours and the per cents are shares of."""
        self._of = of
        self._point_at(self._cell)
        self._paint_anew()

    def _totals(self, matrix: np.ndarray | None = None) -> np.ndarray:
        """What each cell is a share of, `(classes, classes)`."""
        matrix = self._matrix if matrix is None else matrix
        axis = {"row": 1, "column": 0, "all": None}[self._of]
        return np.broadcast_to(matrix.sum(axis=axis, keepdims=True), matrix.shape)

    def apply_theme(self) -> None:
        """Takes the colours and the font in force."""
        self._geometry = None
        self.update()

    # ── painting ────────────────────────────────────────────────────────────────────────────

    def sizeHint(self) -> QSize:
        return QSize(360, 220)

    def geometry_of_cells(self) -> Geometry:
        """Where the cells lie at the present size."""
        if self._geometry is None:
            self._geometry, self._areas = self._lay_out(), []
            found = self._geometry
            for row, column in () if found.tiny else product(range(found.count), repeat=2):
                area = found.cell(row, column)
                self._areas.append((row, column, area, area.toAlignedRect()))
        return self._geometry

    def _paint_some(self) -> None:
        """Has a few of the cells painted that have changed, and the others soon after."""
        geometry, due = self.geometry_of_cells(), QRegion()
        for place in list(self._stale)[:AT_ONCE]:
            del self._stale[place]
            self._blank.discard(place)
            due += geometry.cell(*place).toAlignedRect()
        self.update(due)
        if self._stale:
            self._timer.start()

    def _lay_out(self) -> Geometry:
        metrics = QFontMetricsF(theme.font("small"), self)
        count = len(self._matrix)
        widest = max(metrics.horizontalAdvance(name) for name in self._names)
        left = min(widest + 10, max(24.0, LABEL_SHARE * self.width()))
        top = metrics.height() + 4
        width, height = (self.width() - left) / count, (self.height() - top) / count
        return Geometry(left, top, max(width, 0.5), max(height, 0.5), count)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._geometry = None
        self._blank.clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        geometry = self.geometry_of_cells()
        if not geometry.area.adjusted(-1, -1, 1, 1).contains(QRectF(event.rect())):
            self._paint_names(painter, geometry)
        whole = self._matrix.max() if self._of == "all" else self._totals()
        shares = self._matrix / np.maximum(whole, 1)
        if geometry.tiny:
            painter.drawImage(geometry.area, image_of_cells(shares))
        else:
            self._paint_cells(painter, event.region(), shares.tolist())
        if self._cell:
            painter.setPen(QPen(theme.color("text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(geometry.cell(*self._cell).adjusted(1, 1, -1, -1), 3, 3)

    def _paint_cells(self, painter: QPainter, due: QRegion, shares: list[list[float]]) -> None:
        for row, column, area, pixels in self._areas:
            if due.intersects(pixels) and (row, column) not in self._blank:
                self._paint_cell(painter, area, row, column, shares[row][column])

    def _paint_cell(
        self, painter: QPainter, area: QRectF, row: int, column: int, share: float
    ) -> None:
        width, height = area.width(), area.height()
        fill, ink = colors(share, diagonal=row == column)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        radius = 3 if min(width, height) > 10 else 0
        painter.drawRoundedRect(area, radius, radius)
        lines = self.cell_text(row, column)
        text = fitting(lines, width, height) if lines else ""
        if text:
            painter.setPen(ink)
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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # so that the release is heard of, too

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        cell = self.geometry_of_cells().at(event.position())
        if cell and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(cell)

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
        """Arrows move from cell to cell, Enter chooses one, Escape leaves them."""
        key = Qt.Key(event.key())
        move: Any = _MOVES.get(key)
        if key == Qt.Key.Key_Escape:
            self._point_at(None)
        elif self._cell and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self._cell)
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
