"""A matrix of signed values as coloured cells: zero neutral, limits that hold still."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPen

from gui import theme
from gui.plots.cell_axis import CellAxis
from gui.plots.plain_plot import PlainPlot
from gui.plots.signed_image import averaged, signed_image

SAMPLES = 16_384  # of a large matrix, this many cells decide the limits
CELL_TO_MARK = 5  # pixels; in smaller cells a mark cannot be seen
MARK = 4  # pixels


class Heatmap(PlainPlot):
    """Rows run down, columns to the right; `cell` is the one that is pointed at."""

    axis_type = CellAxis
    downwards = True

    cell_changed = Signal(object)  # (row, column) or None
    limit_changed = Signal(float)

    def __init__(self) -> None:
        self._image: QImage | None = None
        self._block = (1, 1)  # rows and columns of cells in one pixel of the image
        super().__init__("left", "top")
        self.limit = 0.0
        self.values = np.zeros((1, 1), dtype=np.float32)
        self.cell: tuple[int, int] | None = None
        self.pointed_at.connect(self._on_pointed)
        self.walked.connect(self._on_walked)

    def show_values(self, values: np.ndarray, *, square: bool = False) -> None:
        """Draws a matrix; `square` keeps its cells as high as they are wide."""
        if values.shape != self.values.shape or square != self.is_square:
            self.keep_square(square)
            rows, columns = values.shape
            self.show_range((0, columns), (0, rows))
        self.values = values
        self._grow()
        self._image = None
        self.update(self.mapping.area.toAlignedRect())

    def forget_limit(self) -> None:
        """Lets the next values set the limit anew: another layer, array or run."""
        self.limit = 0.0

    @property
    def clipped(self) -> int:
        """How many cells lie beyond the limit."""
        return int(np.count_nonzero(np.abs(self.values) > self.limit))

    def marks(self) -> tuple[np.ndarray, np.ndarray]:
        """(columns, rows) of clipped cells, where cells are large enough to show a mark."""
        if min(self.mapping.cell) < CELL_TO_MARK:
            return np.empty(0), np.empty(0)
        rows, columns = np.nonzero(np.abs(self.values) > self.limit)
        return columns + 0.5, rows + 0.5

    def redraw(self) -> None:
        """Everything has changed, and the picture may have to be finer."""
        self._image = None
        super().redraw()

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def paint_content(self, painter: QPainter, due: QRectF) -> None:
        """The cells, and a dot in each clipped one."""
        mapping = self.mapping
        if self._image is None:
            self._image = self._cells()
        # The last blocks of cells may reach beyond the matrix; what does is clipped.
        down, across = self._block
        end = mapping.point(across * self._image.width(), down * self._image.height())
        painter.drawImage(QRectF(mapping.point(0, 0), end), self._image)
        x, y = self.marks()
        if len(x):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            round_cap = Qt.PenCapStyle.RoundCap
            painter.setPen(QPen(theme.color("surface"), MARK, Qt.PenStyle.SolidLine, round_cap))
            places = zip(mapping.across(x).tolist(), mapping.down(y).tolist(), strict=True)
            painter.drawPoints([QPointF(*place) for place in places])

    def _cells(self) -> QImage:
        """As fine as the screen while all is seen; zooming in finds the cells themselves."""
        finest = (self.devicePixelRatioF() * share for share in reversed(self.mapping.cell))
        down, across = (max(1, int(1 / pixels)) for pixels in finest)
        self._block = down, across
        means = averaged(self.values, down, across)
        return signed_image(means, self.limit or 1.0, theme.signed_colors())

    def _grow(self) -> None:
        """The 99th percentile of the absolute value, if that is more than it was."""
        flat = np.abs(self.values.ravel()[:: max(1, self.values.size // SAMPLES)])
        limit = float(np.nanpercentile(flat, 99)) if np.isfinite(flat).any() else 0.0
        if limit > self.limit or not self.limit:
            self.limit = limit or 1e-12
            self.limit_changed.emit(self.limit)

    def _on_pointed(self, place: QPointF | None) -> None:
        self._point_at((int(place.y() // 1), int(place.x() // 1)) if place else None)

    def _on_walked(self, right: int, down: int) -> None:
        if self.cell is None:
            return self._point_at((0, 0))
        last_row, last_column = (size - 1 for size in self.values.shape)
        row, column = self.cell[0] + down, self.cell[1] + right
        return self._point_at((min(max(0, row), last_row), min(max(0, column), last_column)))

    def _point_at(self, cell: tuple[int, int] | None) -> None:
        rows, columns = self.values.shape
        inside = cell is not None and 0 <= cell[0] < rows and 0 <= cell[1] < columns
        self.cell = cell if inside else None
        self.cell_changed.emit(self.cell)
