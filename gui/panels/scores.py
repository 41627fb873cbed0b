"""How good the network is: all rows together, every class or target, and their averages."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.control import Wanted
from engine.data.dataset import DataFacts
from engine.judgement.classes import ClassFigures
from engine.judgement.numbers import NumberFigures, by_target, target_names
from engine.judgement.summary import Summary, summary
from gui import theme
from gui.elided import ElidedLabel
from gui.figure_table import FigureTable
from gui.figures import figure, metric_name, number
from gui.panels.base import Area
from gui.panels.judging import JUDGED, JudgingPanel
from gui.value_table import Column, ValueTable
from gui.words import mark, tr

SCORES = "scores"
CLASS_COLUMNS = (
    (mark("Class"), ""),
    (mark("Precision"), mark("Of the rows predicted so, the share that is so")),
    (mark("Recall"), mark("Of the rows that are so, the share that was found")),
    ("F1", mark("The harmonic mean of precision and recall")),
    (mark("Rows"), mark("How many rows are so: the support")),
    ("AUC", mark("The area under the ROC curve, of this one against the rest")),
)
TARGET_COLUMNS = (
    (mark("Target"), ""),
    ("MAE", mark("The mean absolute error, in the target's own units")),
    ("RMSE", mark("The root of the mean squared error, in the target's own units")),
    ("R²", mark("The share of the variance that is explained")),
    (mark("Median error"), mark("Half of the errors are smaller, in the target's own units")),
    (mark("Bias"), mark("The mean of actual less predicted: above 0 where it predicts too low")),
    (mark("Rows"), ""),
)


class ScoresPanel(JudgingPanel):
    """Figures of all rows in a few lines, of each class or target in a table beneath."""

    title: ClassVar[str] = mark("Scores")
    name: ClassVar[str] = "scores"
    area: ClassVar[Area] = "bottom"
    order: ClassVar[int] = 6
    opens: ClassVar[bool] = False
    least_ms: ClassVar[int] = 500
    probes: ClassVar[tuple[str, ...]] = (JUDGED, SCORES)

    def measurements(self) -> frozenset[Wanted]:
        """Rows one by one only where a threshold may decide them anew, or they are numbers."""
        facts = self.facts
        needs = {JUDGED, SCORES}
        if facts is not None and facts.task == "regression":
            needs = {JUDGED}
        elif facts is not None and len(facts.classes) != 2:
            needs = {SCORES}
        return frozenset(each for each in super().measurements() if each.probe in needs)

    def show_state(self, state: Any, facts: DataFacts | None) -> None:
        other = facts is not self.facts
        super().show_state(state, facts)
        if other:
            self.wanted_changed.emit()

    # ── building ────────────────────────────────────────────────────────────────────────────

    def content(self) -> QWidget:
        self.reading, self.looks = ElidedLabel(), ElidedLabel()
        self.looks.setProperty("role", "muted")
        self.whole = QLabel(wordWrap=True)
        self.classes = ValueTable(tr("Figures of each class"), _columns(CLASS_COLUMNS))
        self.targets = ValueTable(tr("Figures of each target"), _columns(TARGET_COLUMNS))
        content, header = QWidget(), QHBoxLayout()
        header.setSpacing(theme.SPACE_L)
        header.addWidget(self.reading, 1)
        header.addWidget(self.part_button)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_M, theme.SPACE_S)
        layout.setSpacing(theme.SPACE_XS)
        layout.addLayout(header)
        layout.addWidget(self.whole)
        layout.addWidget(self.classes, 1)
        layout.addWidget(self.targets, 1)
        layout.addWidget(self.looks)
        return content

    # ── drawing ─────────────────────────────────────────────────────────────────────────────

    def draw(self) -> None:
        self.looks.setText(self.part_button.looks)
        numbers = bool(self.facts and self.facts.task == "regression")
        self.whole.setVisible(not numbers)
        self.classes.setVisible(not numbers)
        self.targets.setVisible(numbers)
        if numbers:
            rows = self._targets()
            self.targets.show_rows([_target_row(row) for row in rows])
            seen = rows[0].rows if rows else 0
        else:
            found = self._summary()
            if found is None:
                return
            self.whole.setText(_in_words(found.figures))
            self.classes.show_rows([_class_row(row) for row in (*found.rows, *found.averages)])
            seen = found.seen
        self.reading.setText(self.rows_words(seen) + (self._unit() or self._threshold()))

    def _summary(self) -> Summary | None:
        event = self.found.get(SCORES)
        names = self.facts.classes if self.facts else ()
        two = self.judged if len(names) == 2 else None
        return event and summary(event.arrays, names, two, self.judgement)

    def _targets(self) -> tuple[NumberFigures, ...]:
        if self.judged is None:
            return ()
        name = self.facts.target_name if self.facts else ""
        names = target_names(name, self.judged.truth.shape[1])
        return by_target(names, self.judged.truth, self.judged.outputs)

    def _unit(self) -> str:
        if self.facts is None or self.facts.task != "regression":
            return ""
        return f" · {tr('in units of {name}', name=self.facts.target_name)}"

    def _threshold(self) -> str:
        if not self.judgement.decides(self.facts.classes if self.facts else ()):
            return ""
        return f" · {tr('threshold {value}', value=f'{self.judgement.threshold:g}')}"

    def tables(self) -> Sequence[FigureTable]:
        if not self.is_drawn:
            return ()
        title = f"{tr('Scores')}, {self.reading.text()}"
        if self.facts and self.facts.task == "regression":
            header = tuple(tr(words) for words, _ in TARGET_COLUMNS)
            return (FigureTable(title, header, [_target_row(row) for row in self._targets()]),)
        found = self._summary()
        if found is None:
            return ()
        header = tuple(tr(words) for words, _ in CLASS_COLUMNS)
        return (
            FigureTable(title, (tr("Figure"), tr("Value")), list(found.figures.items())),
            FigureTable(title, header, [_class_row(r) for r in (*found.rows, *found.averages)]),
        )


def _in_words(figures: Mapping[str, float]) -> str:
    """One after the other, each name with its value; no line ends between the two."""
    pairs = ((metric_name(name), figure(name, value)) for name, value in figures.items())
    return " · ".join(f"{name} <b>{value}</b>".replace(" ", "&nbsp;") for name, value in pairs)


def _columns(columns: Sequence[tuple[str, str]]) -> list[Column]:
    counts = {mark("Rows")}
    return [
        Column(tr(words), _count if words in counts else number, tr(tip) if tip else "")
        for words, tip in columns
    ]


def _count(value: float) -> str:
    return f"{value:,.0f}"


def _class_row(row: ClassFigures) -> tuple[Any, ...]:
    area = row.area if math.isfinite(row.area) else None
    return (row.name, row.precision, row.recall, row.f1, row.support, area)


def _target_row(row: NumberFigures) -> tuple[Any, ...]:
    r2 = row.r2 if math.isfinite(row.r2) else None
    return (row.name, row.mae, row.rmse, r2, row.median, row.bias, row.rows)
