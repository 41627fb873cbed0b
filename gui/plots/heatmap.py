"""A matrix of signed values as coloured cells: zero neutral, limits that hold still."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Signal

from gui import theme
from gui.plots.cell_axis import CellAxis
from gui.plots.plain_plot import PlainPlot

SAMPLES = 65_536  # of a large matrix, this many cells decide the limits
CELL_TO_MARK = 5  # pixels; in smaller cells a mark cannot be seen


class Heatmap(PlainPlot):
    """Rows run down, columns to the right; `cell` is the one that is pointed at."""

    axis_type = CellAxis

    cell_changed = Signal(object)  # (row, column) or None
    limit_changed = Signal(float)

    def __init__(self) -> None:
        super().__init__("left", "top")
        self.limit = 0.0
        self._square = False
        self._values = np.zeros((1, 1), dtype=np.float32)
        self.cell: tuple[int, int] | None = None
        self._build()
        self.apply_theme()

    def show_values(self, values: np.ndarray, *, square: bool = False) -> None:
        """Draws a matrix; `square` keeps its cells as high as they are wide."""
        if values.shape != self._values.shape or square != self._square:
            self._fit(values.shape, square)
        self._values = values
        self._grow()
        levels = (-self.limit, self.limit)
        self._image.setImage(values, levels=levels, autoLevels=False)
        self._mark()

    def forget_limit(self) -> None:
        """Lets the next values set the limit anew: another layer, array or run."""
        self.limit = 0.0

    @property
    def clipped(self) -> int:
        """How many cells lie beyond the limit."""
        return int(np.count_nonzero(np.abs(self._values) > self.limit))

    def apply_theme(self) -> None:
        """Takes the colours of the theme in force."""
        super().apply_theme()
        self._image.setLookupTable(theme.signed_colors())
        self._marks.setBrush(theme.color("surface"))

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        self._image = self.add(pg.ImageItem(axisOrder="row-major", autoDownsample=True))
        self._marks = self.add(pg.ScatterPlotItem(size=4, pen=None))
        self.box.invertY()
        self.box.sigResized.connect(self._mark)
        self.pointed_at.connect(self._on_pointed)
        self.walked.connect(self._on_walked)

    def _fit(self, shape: tuple[int, ...], square: bool) -> None:
        self._square = square
        rows, columns = shape
        self.box.setAspectLocked(square)
        for axis in self.axes.values():
            axis.setVisible(not square)
        self.show_range((0, columns), (0, rows))

    def _grow(self) -> None:
        """The 99th percentile of the absolute value, if that is more than it was."""
        flat = np.abs(self._values.ravel()[:: max(1, self._values.size // SAMPLES)])
        limit = float(np.nanpercentile(flat, 99)) if np.isfinite(flat).any() else 0.0
        if limit > self.limit or not self.limit:
            self.limit = limit or 1e-12
            self.limit_changed.emit(self.limit)

    def _mark(self) -> None:
        """A dot in each clipped cell, where cells are large enough to show it."""
        width, height = self.box.viewPixelSize()
        if max(width, height) * CELL_TO_MARK > 1:
            self._marks.clear()
            return
        rows, columns = np.nonzero(np.abs(self._values) > self.limit)
        self._marks.setData(columns + 0.5, rows + 0.5)

    def _on_pointed(self, place: QPointF | None) -> None:
        self._point_at((int(place.y() // 1), int(place.x() // 1)) if place else None)

    def _on_walked(self, right: int, down: int) -> None:
        if self.cell is None:
            return self._point_at((0, 0))
        last_row, last_column = (size - 1 for size in self._values.shape)
        row, column = self.cell[0] + down, self.cell[1] + right
        return self._point_at((min(max(0, row), last_row), min(max(0, column), last_column)))

    def _point_at(self, cell: tuple[int, int] | None) -> None:
        rows, columns = self._values.shape
        inside = cell is not None and 0 <= cell[0] < rows and 0 <= cell[1] < columns
        self.cell = cell if inside else None
        self.cell_changed.emit(self.cell)
