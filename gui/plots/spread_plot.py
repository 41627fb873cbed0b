"""Histograms at many times as one picture: how numbers spread while a network learns."""

import numpy as np

from engine.spread_history import SpreadHistory
from gui.plots.section_view import Scale, SectionView
from gui.words import tr

COLUMNS, ROWS = 160, 60  # of the picture
FULL = 0.98  # of all cells are paler than the full colour: numbers at 0 would pale all others
NO_ROWS: dict[str, np.ndarray] = {
    "x_categories": np.empty(0, str),
    "y_categories": np.empty(0, str),
    "points": np.empty((0, 2)),
    "truth": np.empty(0),
    "validation": np.empty(0, bool),
    "row": np.empty(0, int),
}


class SpreadPlot(SectionView):
    """Epochs across, what is counted upwards; the more numbers, the stronger the colour."""

    def __init__(self, up: str) -> None:
        super().__init__()
        self._up = up
        self.setAccessibleName(tr("Histogram over time"))

    def show_history(self, history: SpreadHistory) -> None:
        """Draws all that it holds, which is something."""
        times, values, shares = history.picture(COLUMNS, ROWS)
        features = np.array([tr("epoch"), self._up])
        arrays = NO_ROWS | {"features": features, "x": times, "y": values, "values": shares}
        most = float(np.quantile(shares, FULL)) or float(shares.max())
        self.show_section(arrays, Scale(0, 0.0, most), "")
