"""How near predictions come: predicted against actual values, in the target's own units."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.control import Wanted
from engine.data.dataset import DataFacts
from engine.events import EpochDone, Event, Measured
from engine.project import EpochRecord, Trained
from gui import theme
from gui.elided import ElidedLabel
from gui.figures import metric_name, number
from gui.panels.base import Area, Panel
from gui.plots.axes import Limits
from gui.plots.empty import EmptyOr
from gui.plots.scatter import Scatter
from gui.steady_label import SteadyLabel

if TYPE_CHECKING:
    from gui.document import State

PROBE = "predictions"
DRAWN = 5_000  # points; of more rows, every second, third, … is drawn
FIGURES = ("r2", "rmse", "mae")


class PredictedPanel(Panel):
    """A dot for each row held back for validation; on the diagonal, prediction is right."""

    title: ClassVar[str] = "Predicted"
    name: ClassVar[str] = "predicted"
    area: ClassVar[Area] = "bottom-right"
    order: ClassVar[int] = 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: DataFacts | None = None
        self._trained: Trained | None = None
        self._part = ""
        self._limits = Limits(logarithmic=False)
        self.figures, self.reading = SteadyLabel(), ElidedLabel()
        self.reading.setProperty("role", "muted")
        theme.set_font(self.reading, "small")
        self.view = Scatter()
        self.view.setAccessibleName("Predicted against actual values")
        self.body = EmptyOr(self._content())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self.clear()
        self.apply_theme()

    @classmethod
    def relevant(cls, facts: DataFacts | None) -> bool:
        return facts is not None and facts.task == "regression"

    def measurements(self) -> frozenset[Wanted]:
        return frozenset({Wanted(PROBE)})

    def show_state(self, state: "State", facts: DataFacts | None) -> None:
        gone = state.trained is None and self._trained is not None
        other = self._facts is not None and facts is not self._facts
        self._facts, self._trained = facts, state.trained
        target = facts.target_name if facts else ""
        self.view.show_labels(f"predicted {target}".strip(), f"actual {target}".strip())
        if gone or other:
            self.clear()
        elif not self._part:
            self.body.show_sentence(self._empty())
        if state.trained and state.trained.history:
            self._show_record(state.trained.history[-1])

    def show_events(self, events: Sequence[Event]) -> None:
        # Of many epochs and measurements, only the last can be seen.
        records = [event.record for event in events if isinstance(event, EpochDone)]
        if records:
            self._show_record(records[-1])
        measured = [e for e in events if isinstance(e, Measured) and e.name == PROBE]
        if measured and measured[-1].arrays:
            arrays = measured[-1].arrays
            self._show(arrays["actual"], arrays["predicted"], measured[-1].part)

    def clear(self) -> None:
        self._part = ""
        self._limits = Limits(logarithmic=False)
        self.figures.forget()
        self.body.show_sentence(self._empty())

    def apply_theme(self) -> None:
        self.view.apply_theme()

    # ── building ────────────────────────────────────────────────────────────────────────────

    def _content(self) -> QWidget:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_M, 0)
        layout.setSpacing(0)
        layout.addWidget(self.figures)
        layout.addWidget(self.reading)
        layout.addSpacing(theme.SPACE_XS)
        layout.addWidget(self.view, 1)
        return content

    # ── drawing ─────────────────────────────────────────────────────────────────────────────

    def _empty(self) -> str:
        held_back = self._facts is None or self._facts.split[1] > 0
        return f"Appears after epoch 1, on {'validation' if held_back else 'training'} rows"

    def _show(self, actual: np.ndarray, predicted: np.ndarray, part: str) -> None:
        self._part = part
        every = max(1, -(-actual.size // DRAWN))
        x, y = actual.ravel()[::every], predicted.ravel()[::every]
        before, after = self._limits.range, self._limits.widen(np.concatenate((x, y)))
        if after and after != before:
            self.view.show_range(after, after)
        self.view.show_points(x, y)
        all_of_them = f"{actual.size:,} {part} values"
        drawn = f"{x.size:,} of {all_of_them}" if every > 1 else all_of_them
        self.reading.setText(f"{drawn}, {self._unit()}")
        self.body.show_content()

    def _show_record(self, record: EpochRecord) -> None:
        values = record.validation or record.training
        said = [f"{metric_name(name)} {number(values[name])}" for name in FIGURES if name in values]
        if not said:
            return
        self.figures.say(" · ".join(said))
        self.figures.setToolTip(f"After epoch {record.epoch:,}; RMSE and MAE {self._unit()}")

    def _unit(self) -> str:
        return f"in units of {self._facts.target_name if self._facts else 'the target'}"
