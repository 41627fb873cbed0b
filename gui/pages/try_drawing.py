"""The pad on which a person draws a picture, and beside it what the network gets to see."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.data.dataset import Dataset
from engine.drawing import Style, picture, reduced, style_of
from engine.trying import Cell
from gui import theme
from gui.drawing_pad import DrawingPad, Picture
from gui.words import tr


class TryDrawing(QWidget):
    """A drawing begun on an empty pad is scaled as pictures are; one over a row keeps its place."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._style: Style | None = None
        self._cells: tuple[Cell, ...] = ()
        self._over_row = False
        self.pad = DrawingPad(tr("Drawing pad"))
        self.pad.drawn.connect(self._draw)
        self.seen = Picture(tr("What the network sees"))
        words = QLabel(tr("The network sees"))
        words.setProperty("role", "muted")
        theme.set_font(words, "small")
        beside = QVBoxLayout()
        beside.setSpacing(theme.SPACE_XS)
        beside.addWidget(words)
        beside.addWidget(self.seen, 0, Qt.AlignmentFlag.AlignLeft)
        beside.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_M)
        row.addWidget(self.pad, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(beside, 1)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The values of the picture, one a column."""
        return self._cells

    def learn(self, dataset: Dataset, shape: tuple[int, int]) -> None:
        """From now on draws pictures as those of `dataset` are."""
        self._style = style_of(dataset, shape)

    def show_cells(self, cells: Sequence[Cell]) -> None:
        """Shows the picture of a row, to be drawn on."""
        assert self._style is not None
        known = [self._style.paper if cell is None else float(cell) for cell in cells]
        self._over_row, self._cells = True, tuple(cells)
        ink = self._style.ink_of(np.array(known))
        self.pad.show_ink(ink)
        self.seen.show_ink(ink)
        self.updateGeometry()

    def clear(self) -> None:
        """An empty sheet."""
        assert self._style is not None
        self._over_row = False
        empty = np.zeros(self._style.shape)
        self.pad.show_ink(empty)
        self._take(empty)

    def _draw(self) -> None:
        if self._style is None:
            return
        drawn = self.pad.ink
        if self._over_row:
            self._take(reduced(drawn, self._style.shape))
        else:
            self._take(picture(drawn, self._style))
        self.edited.emit()

    def _take(self, ink: np.ndarray) -> None:
        assert self._style is not None
        self._cells = tuple(self._style.values(ink).tolist())
        self.seen.show_ink(ink)
