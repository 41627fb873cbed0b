"""How good the network is: all rows together, every class or target, and their averages."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.control import Wanted
from engine.data.dataset import DataFacts, Prepared
from engine.edits import begun_anew
from engine.events import Event
from engine.judgement.classes import ClassFigures
from engine.judgement.numbers import NumberFigures, by_target, target_names, together
from engine.judgement.summary import Summary, summary
from gui import theme
from gui.elided import ElidedLabel
from gui.figure_table import FigureTable
from gui.figures import figure, metric_name, number
from gui.intervals import Intervals, Subject
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
    """Figures of all rows in a few lines, of each class or target in a table beneath.

    How far the former would vary on other rows is worked out while nothing trains.
    """

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

    # ── what it is shown ────────────────────────────────────────────────────────────────────

    def show_state(self, state: Any, facts: DataFacts | None) -> None:
        other = facts is not self.facts
        super().show_state(state, facts)
        if other:
            self.wanted_changed.emit()
        self._work_out()

    def show_rows(self, prepared: Prepared | None) -> None:
        super().show_rows(prepared)
        self._work_out()

    def show_locked(self, locked: bool) -> None:
        """What is worked out in the background gives way to the training."""
        super().show_locked(locked)
        self._work_out()

    def show_events(self, events: Sequence[Event]) -> None:
        super().show_events(events)
        self._work_out()

    def clear(self) -> None:
        super().clear()
        self._work_out()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._work_out()

    # ── intervals ───────────────────────────────────────────────────────────────────────────

    def _work_out(self) -> None:
        """Intervals of what is shown now, as long as somebody looks."""
        self.intervals.show_subject(self._subject())
        if self._trained is None or not self.isVisible():
            return
        if not begun_anew(self._trained, self.project):
            self.intervals.work_out(self.project)

    def _subject(self) -> Subject | None:
        trained, prepared = self._trained, self.prepared
        if self.locked or not self.is_drawn or trained is None or prepared is None:
            return None
        return Subject(trained, prepared, self.measured_part, self.judgement)

    def _show_intervals(self) -> None:
        if self.is_drawn:
            self._draw_if_seen()
            self._work_out()

    # ── building ────────────────────────────────────────────────────────────────────────────

    def content(self) -> QWidget:
        self.reading, self.looks = ElidedLabel(), ElidedLabel()
        self.looks.setProperty("role", "muted")
        self.intervals = Intervals(self)
        self.intervals.requested.connect(self.requested)
        self.intervals.changed.connect(self._show_intervals)
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
        numbers = self._is_of_numbers
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
            self.classes.show_rows([_class_row(row) for row in (*found.rows, *found.averages)])
            seen = found.seen
        self.whole.setText(self._in_words(self._figures()))
        self.whole.setToolTip(self.intervals.tip)
        self.reading.setText(self.rows_words(seen) + (self._unit() or self._threshold()))

    @property
    def _is_of_numbers(self) -> bool:
        return self.facts is not None and self.facts.task == "regression"

    def _figures(self) -> Mapping[str, float]:
        """Those of all rows together, by name."""
        if self._is_of_numbers:
            judged = self.judged
            return together(judged.truth, judged.outputs) if judged else {}
        found = self._summary()
        if found is None:
            return {}
        area = found.averages[0].area
        return {**found.figures, "auc": area} if math.isfinite(area) else found.figures

    def _in_words(self, figures: Mapping[str, float]) -> str:
        """One after the other; no line ends between a name and its value, nor in an interval."""
        said = []
        for name, value in figures.items():
            pair = f"{metric_name(name)} <b>{figure(name, value)}</b>", self.intervals.words(name)
            said.append(" ".join(_in_one_piece(part) for part in pair if part))
        return " · ".join(said)

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
        if not self._is_of_numbers or self.facts is None:
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
        columns, rows = CLASS_COLUMNS, []
        if self._is_of_numbers:
            columns, rows = TARGET_COLUMNS, [_target_row(row) for row in self._targets()]
        elif found := self._summary():
            rows = [_class_row(row) for row in (*found.rows, *found.averages)]
        header = (tr("Figure"), tr("Value"), tr("95 % low"), tr("95 % high"))
        return (
            FigureTable(title, header, [self._line(*pair) for pair in self._figures().items()]),
            FigureTable(title, tuple(tr(words) for words, _ in columns), rows),
        )

    def _line(self, name: str, value: float) -> tuple[Any, ...]:
        span = self.intervals.of(name)
        return (name, value, span and span.low, span and span.high)


def _in_one_piece(words: str) -> str:
    """No line ends at a space, nor after the dash between two figures."""
    return words.replace("–", "–\u2060").replace(" ", "&nbsp;")


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
