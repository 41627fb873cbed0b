"""Which classes are taken for which: the confusion matrix, and the rows behind each cell."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from engine.data.dataset import DataFacts
from engine.data.pictures import pictures_of
from gui import theme
from gui.document import Focus
from gui.figure_table import FigureTable
from gui.panels.base import Area
from gui.panels.judging import JudgingPanel
from gui.plots.matrix import MatrixView, Shares
from gui.plots.reading import ReadingLabel
from gui.requests import ChangeFocus
from gui.row_list import MOST, RowList
from gui.slim_box import slim_box
from gui.words import mark, tr

SHARES: tuple[tuple[Shares, str], ...] = (
    ("row", mark("by row")),
    ("column", mark("by column")),
    ("all", mark("counts")),
)
ROOM_FOR_BOTH = 520  # pixels; below that the list of rows takes the place of the matrix
ROOM_BESIDE_CHOICES = 400  # pixels from which what the axes are stands beside the choices


class ConfusionPanel(JudgingPanel):
    """Counts of actual against predicted classes; a click on a cell lists its rows."""

    title: ClassVar[str] = mark("Confusion")
    name: ClassVar[str] = "confusion"
    area: ClassVar[Area] = "bottom-right"
    order: ClassVar[int] = 0

    @classmethod
    def relevant(cls, facts: DataFacts | None) -> bool:
        return facts is None or facts.task == "classification"

    # ── building ────────────────────────────────────────────────────────────────────────────

    def content(self) -> QWidget:
        self._cell: tuple[int, int] | None = None
        self.reading, self.matrix, self.rows = ReadingLabel(), MatrixView(), RowList()
        self.reading.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.shares = slim_box(tr("What the colours and per cents are of"))
        for value, words in SHARES:
            self.shares.addItem(tr(words), value)
        self.shares.currentIndexChanged.connect(lambda _: self._choose_shares())
        self.matrix.pointed_at.connect(self._read)
        self.matrix.chosen.connect(self._open)
        self.rows.row_chosen.connect(self._focus_row)
        self.rows.closed.connect(self._close)
        self.rows.hide()
        return self._arranged()

    def _arranged(self) -> QWidget:
        content, choices, columns = QWidget(), QHBoxLayout(), QHBoxLayout()
        choices.addWidget(self.shares)
        choices.addStretch(1)
        choices.addWidget(self.part_button)
        self._header = QBoxLayout(QBoxLayout.Direction.RightToLeft)
        self._header.setSpacing(theme.SPACE_XS)
        self._header.addLayout(choices)
        self._header.addWidget(self.reading, 1)
        columns.setSpacing(theme.SPACE_M)
        columns.addWidget(self.matrix, 3)
        columns.addWidget(self.rows, 2)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_M, theme.SPACE_S)
        layout.setSpacing(theme.SPACE_XS)
        layout.addLayout(self._header)
        layout.addLayout(columns, 1)
        return content

    # ── drawing ─────────────────────────────────────────────────────────────────────────────

    def draw(self) -> None:
        if self.judged is None:
            return
        counts = self.judged.matrix_at(self.judgement)
        positive = self.judgement.positive_of(self.judged.classes)
        self.matrix.show_matrix(counts, self.judged.classes, positive)
        self._read(None)
        if self._cell and max(self._cell) < len(counts):
            self._list(*self._cell)

    def clear(self) -> None:
        super().clear()
        self._close()

    def apply_theme(self) -> None:
        self.matrix.apply_theme()
        self.rows.apply_theme()

    def tables(self) -> Sequence[FigureTable]:
        if self.judged is None:
            return ()
        names, counts = self.judged.classes, self.judged.matrix_at(self.judgement)
        header = (tr("actual \\ predicted"), *names)
        rows = [(name, *row.tolist()) for name, row in zip(names, counts, strict=True)]
        return (
            FigureTable(f"{tr('Confusion')}, {self.rows_words(int(counts.sum()))}", header, rows),
        )

    # ── the rows of a cell ──────────────────────────────────────────────────────────────────

    def _open(self, cell: tuple[int, int]) -> None:
        self._cell = cell
        self._list(*cell)
        self.rows.show()
        self._make_room()
        self.rows.list.setFocus()

    def _close(self) -> None:
        had = self._cell is not None
        self._cell = None
        self.rows.hide()
        self._make_room()
        if had and self.isVisible():
            self.matrix.setFocus()

    def _list(self, actual: int, predicted: int) -> None:
        assert self.judged is not None
        rows, sure = self.judged.cell(actual, predicted, self.judgement)
        images = pictures_of(self.prepared, rows[:MOST]) if self.prepared else None
        self.rows.show_rows(self.matrix.sentence(actual, predicted), rows, sure, images)

    def _focus_row(self, row: int) -> None:
        self.requested.emit(ChangeFocus(Focus(layers=self.focused_layers, rows=(row,))))

    def _make_room(self) -> None:
        alone = self._cell is not None and self.width() < ROOM_FOR_BOTH
        self.matrix.setVisible(not alone)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
        beside = self.width() >= ROOM_BESIDE_CHOICES
        way = QBoxLayout.Direction
        self._header.setDirection(way.RightToLeft if beside else way.TopToBottom)

    # ── reading ─────────────────────────────────────────────────────────────────────────────

    def _choose_shares(self) -> None:
        self.matrix.show_shares(self.shares.currentData())

    def _read(self, cell: tuple[int, int] | None) -> None:
        """Says all about the cell under the pointer; without one, what rows and columns are."""
        axes = tr("Actual ↓ Predicted →")
        if cell is None and self.judgement.decides(self.judged.classes if self.judged else ()):
            axes = f"{axes} · {tr('threshold {value}', value=f'{self.judgement.threshold:g}')}"
        self.reading.say(self.matrix.sentence(*cell) if cell else axes)
