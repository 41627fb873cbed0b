"""Which classes are taken for which: the confusion matrix of the validation rows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.control import Wanted
from engine.data.dataset import DataFacts
from engine.events import Event, Measured
from engine.project import Trained
from gui import theme
from gui.panels.base import Area, Panel
from gui.plots.empty import EmptyOr
from gui.plots.matrix import MatrixView
from gui.plots.reading import ReadingLabel

if TYPE_CHECKING:
    from gui.document import State

PROBE = "confusion"


class ConfusionPanel(Panel):
    """Counts of actual against predicted classes, as measured last."""

    title: ClassVar[str] = "Confusion"
    name: ClassVar[str] = "confusion"
    area: ClassVar[Area] = "bottom-right"
    order: ClassVar[int] = 0
    least_ms: ClassVar[int] = 300

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: DataFacts | None = None
        self._trained: Trained | None = None
        self._part = ""
        self.axes = QLabel("Actual ↓ Predicted →")
        self.reading = ReadingLabel()
        self.axes.setProperty("role", "muted")
        self.matrix = MatrixView()
        self.matrix.pointed_at.connect(self._read)
        self.body = EmptyOr(self._content())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self.clear()

    @classmethod
    def relevant(cls, facts: DataFacts | None) -> bool:
        return facts is None or facts.task == "classification"

    def measurements(self) -> frozenset[Wanted]:
        return frozenset({Wanted(PROBE)})

    def show_state(self, state: "State", facts: DataFacts | None) -> None:
        gone = state.trained is None and self._trained is not None
        other = self._facts is not None and facts is not self._facts
        self._facts, self._trained = facts, state.trained
        if gone or other:
            self.clear()
        elif not self._part:
            self.body.show_sentence(self._empty())

    def show_events(self, events: Sequence[Event]) -> None:
        measured = [e for e in events if isinstance(e, Measured) and e.name == PROBE]
        if measured and measured[-1].arrays:
            self._show(measured[-1].arrays["matrix"], measured[-1].part)

    def clear(self) -> None:
        self._part = ""
        self.body.show_sentence(self._empty())

    def apply_theme(self) -> None:
        self.matrix.apply_theme()

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _content(self) -> QWidget:
        content = QWidget()
        header = QHBoxLayout()
        header.setSpacing(theme.SPACE_S)
        header.addWidget(self.axes)
        header.addWidget(self.reading, 1)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_M, theme.SPACE_S)
        layout.setSpacing(theme.SPACE_XS)
        layout.addLayout(header)
        layout.addWidget(self.matrix, 1)
        return content

    def _empty(self) -> str:
        held_back = self._facts is None or self._facts.split[1] > 0
        return f"Appears after epoch 1, on {'validation' if held_back else 'training'} rows"

    def _show(self, matrix: np.ndarray, part: str) -> None:
        self._part = part
        known = self._facts.classes if self._facts else ()
        numbered = tuple(str(each) for each in range(len(matrix)))
        self.matrix.show_matrix(matrix, known if len(known) == len(matrix) else numbered)
        self.body.show_content()
        self._read(None)

    def _read(self, cell: tuple[int, int] | None) -> None:
        """Says all about the cell under the pointer; without one, which rows these are."""
        self.reading.say(self.matrix.sentence(*cell) if cell else f"{self._part} · row %")
