"""How near predictions come: predicted against actual values, in the target's own units."""

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine import metrics
from engine.data.dataset import DataFacts
from engine.judgement.numbers import target_names
from gui import theme
from gui.elided import ElidedLabel
from gui.figure_table import FigureTable
from gui.figures import number
from gui.panels.base import Area
from gui.panels.judging import JudgingPanel
from gui.plots.axes import Limits
from gui.plots.scatter import Scatter
from gui.steady_label import SteadyLabel
from gui.words import mark, tr

DRAWN = 5_000  # points; of more rows, every second, third, … is drawn


class PredictedPanel(JudgingPanel):
    """A dot for each row held back for validation; on the diagonal, prediction is right."""

    title: ClassVar[str] = mark("Predicted")
    name: ClassVar[str] = "predicted"
    area: ClassVar[Area] = "bottom-right"
    order: ClassVar[int] = 0

    @classmethod
    def relevant(cls, facts: DataFacts | None) -> bool:
        return facts is not None and facts.task == "regression"

    # ── building ────────────────────────────────────────────────────────────────────────────

    def content(self) -> QWidget:
        self._limits = Limits(logarithmic=False)
        self.figures, self.reading = SteadyLabel(), ElidedLabel()
        self.reading.setProperty("role", "muted")
        theme.set_font(self.reading, "small")
        self.view = Scatter()
        self.view.setAccessibleName(tr("Predicted against actual values"))
        content, header, words = QWidget(), QHBoxLayout(), QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.figures)
        words.addWidget(self.reading)
        header.addLayout(words, 1)
        header.addWidget(self.part_button)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_M, 0)
        layout.setSpacing(theme.SPACE_XS)
        layout.addLayout(header)
        layout.addWidget(self.view, 1)
        return content

    # ── drawing ─────────────────────────────────────────────────────────────────────────────

    def draw(self) -> None:
        if self.judged is None:
            return
        target = self.facts.target_name if self.facts else ""
        self.view.show_labels(
            f"{tr('predicted')} {target}".strip(), f"{tr('actual')} {target}".strip()
        )
        actual, predicted = self.judged.truth, self.judged.outputs
        every = max(1, -(-actual.size // DRAWN))
        x, y = actual.ravel()[::every], predicted.ravel()[::every]
        before, after = self._limits.range, self._limits.widen(np.concatenate((x, y)))
        if after and after != before:
            self.view.show_range(after, after)
        self.view.show_points(x, y)
        self.reading.setText(f"{self.rows_words(len(x) // actual.shape[1])}, {self._unit()}")
        self._say(actual, predicted)

    def _say(self, actual: np.ndarray, predicted: np.ndarray) -> None:
        rmse, mae = metrics.rmse(actual, predicted), metrics.mae(actual, predicted)
        said = f"RMSE {number(rmse)} · MAE {number(mae)}"
        r2 = metrics.r2(actual, predicted)
        if np.isfinite(r2):
            said = f"R² {number(r2)} · {said}"
        self.figures.say(said)
        self.figures.setToolTip(tr("RMSE and MAE {unit}", unit=self._unit()))

    def _unit(self) -> str:
        name = self.facts.target_name if self.facts else tr("the target")
        return tr("in units of {name}", name=name)

    def clear(self) -> None:
        super().clear()
        self._limits = Limits(logarithmic=False)
        self.figures.forget()

    def apply_theme(self) -> None:
        self.view.apply_theme()

    def tables(self) -> Sequence[FigureTable]:
        if self.judged is None:
            return ()
        targets = self.judged.truth.shape[1]
        names = target_names(self.facts.target_name if self.facts else "y", targets)
        header = (tr("row"), *(f"{kind} {n}" for kind in ("actual", "predicted") for n in names))
        columns = (self.judged.rows + 1, *self.judged.truth.T, *self.judged.outputs.T)
        rows = list(zip(*(column.tolist() for column in columns), strict=True))
        return (FigureTable(tr("Predicted"), header, rows),)
