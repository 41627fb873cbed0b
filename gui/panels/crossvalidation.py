"""Cross-validation: how good the whole recipe is on rows held out in turn, with all curves."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QSplitter, QVBoxLayout, QWidget

from engine.data.dataset import DataFacts, Prepared
from gui import theme
from gui.figure_table import FigureTable
from gui.figures import duration, figure, metric_name
from gui.form_editors import ComboBox
from gui.panels.base import Area, Panel
from gui.plots.empty import EmptyOr
from gui.plots.line_plot import LinePlot
from gui.plots.lines import Line, series_token
from gui.runner import Report
from gui.value_table import Column, ValueTable
from gui.words import mark, tr
from gui.work import Background
from gui.work_bar import WorkBar

if TYPE_CHECKING:
    from engine.crossvalidation import CrossValidated, FoldResult
    from gui.document import State

FIGURES = {
    "classification": ("accuracy", "balanced_accuracy", "f1_macro", "auc", "loss"),
    "multilabel": ("label_accuracy", "accuracy", "f1_macro", "loss"),
    "regression": ("rmse", "mae", "r2", "loss"),
}
EMPTY = mark(
    "Trains the whole recipe anew for every fold, preprocessing included, and judges it on the "
    "rows held out. Test rows are left out, and the weights of the project stay as they are."
)
UNLOADED = mark("Choose data, and rows will be dealt into folds here")
EARLY = 0.05  # the share before which nobody can say how much time is left
WIDE = 560  # pixels from which the curves stand beside the table


class CrossValidationPanel(Panel):
    """Settings above; a table of the folds beside the curves of all of them."""

    title: ClassVar[str] = mark("Cross-validation")
    name: ClassVar[str] = "crossvalidation"
    area: ClassVar[Area] = "bottom"
    order: ClassVar[int] = 9
    opens: ClassVar[bool] = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: State | None = None
        self._prepared: Prepared | None = None
        self._made_with: tuple[object, ...] = ()
        self._began = 0.0
        self.found: CrossValidated | None = None
        self.work = Background(self)
        self.work.requested.connect(self.requested)
        self.folds = _spin(tr("Folds"), 2, 100, 5, tr("Each is held out once"))
        self.repeats = _spin(tr("Repeats"), 1, 100, 1, tr("How often rows are dealt anew"))
        self.group = ComboBox()
        self.group.setAccessibleName(tr("Group"))
        self.group.setToolTip(tr("Rows with equal values of this column stay together"))
        self.bar = WorkBar(self.work, tr("Start"), tr("Trains every fold, on all processors"))
        self.bar.start.connect(self.start)
        self.work.changed.connect(self._tell_rest)
        self.summary, self.note = QLabel(wordWrap=True), QLabel(wordWrap=True)
        theme.set_font(self.summary, "strong")
        self.note.setProperty("role", "muted")
        self.tables_of = {task: ValueTable(tr("Folds"), _columns(task)) for task in FIGURES}
        self.curves = LinePlot(across=tr("epoch"), up=tr("Loss"))
        self.results = EmptyOr(self._results())
        self.body = EmptyOr(self._content())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self.results.show_sentence(tr(EMPTY))
        self.body.show_sentence(tr(UNLOADED))

    # ── what it is shown ────────────────────────────────────────────────────────────────────

    def show_state(self, state: "State", facts: DataFacts | None) -> None:
        self._state = state
        if self._made_with and self._made_with[1] is not state.project.data:
            self._forget()
        elif self.found is not None:
            self._tell_age()

    def show_rows(self, prepared: Prepared | None) -> None:
        if prepared is self._prepared:
            return
        self._prepared = prepared
        self._forget()
        self._offer_groups()
        if prepared is None:
            self.body.show_sentence(tr(UNLOADED))
        else:
            self.body.show_content()

    def show_locked(self, locked: bool) -> None:
        """Training needs the processors: folds begin before or after it."""
        self.bar.start_button.setEnabled(not locked)
        said = tr("The network is being trained; start when that has ended.") if locked else ""
        self.bar.start_button.setToolTip(said or tr("Trains every fold, on all processors"))

    def apply_theme(self) -> None:
        self.curves.apply_theme()

    def tables(self) -> Sequence[FigureTable]:
        found = self.found
        if found is None or self._prepared is None:
            return ()
        names = list(found.folds[0].figures)
        rows = [
            [fold.repeat, fold.number, fold.judged, *(fold.figures.get(name) for name in names)]
            for fold in found.folds
        ]
        curves = [
            [fold.repeat, fold.number, record.epoch, record.validation.get("loss")]
            for fold in found.folds
            for record in fold.history
        ]
        return (
            FigureTable(tr("Folds"), ("repeat", "fold", "rows", *names), rows),
            FigureTable(tr("Curves"), ("repeat", "fold", "epoch", "loss"), curves),
        )

    # ── working ─────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Trains all folds in processes of their own."""
        state, prepared = self._state, self._prepared
        if state is None or prepared is None:
            return
        project, group = state.project, self.group.currentData() or ""
        folds, repeats = self.folds.value(), self.repeats.value()

        def work(report: Report) -> "CrossValidated":
            from engine.crossvalidation import cross_validate
            from engine.folds import Folds

            how = Folds(folds=folds, repeats=repeats, group=group)
            return cross_validate(project, prepared, how, report)

        self._made_with = _recipe(state)
        self._began = time.monotonic()
        self.work.begin(work, self._show)

    def _tell_rest(self) -> None:
        """Adds the time that is left to what the bar says."""
        work = self.work
        for widget in (self.folds, self.repeats, self.group):
            widget.setEnabled(not work.is_busy)
        passed = time.monotonic() - self._began
        if work.is_busy and work.share > EARLY:
            left = duration(passed / work.share * (1 - work.share))
            self.bar.said.setText(tr("{folds}, {time} left", folds=work.text, time=left))

    def _forget(self) -> None:
        self.work.cancel()
        self.found, self._made_with = None, ()
        self.work.failure = ""
        self.bar.refresh()
        self.results.show_sentence(tr(EMPTY))

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def _show(self, found: "CrossValidated") -> None:
        assert self._prepared is not None
        self.found, task = found, self._prepared.facts.task
        names = [name for name in FIGURES[task] if name in found.means]
        for each, table in self.tables_of.items():
            table.setVisible(each == task)
        means, spreads, several = found.means, found.spreads, found.how.repeats > 1
        self.tables_of[task].show_rows(
            [
                *(_line(fold, task, several=several) for fold in found.folds),
                _closing(tr("Mean"), means, task),
                _closing(tr("± spread"), spreads, task),
            ]
        )
        first = names[0]
        self.summary.setText(
            tr(
                "{figure} {mean} ± {spread} over {count} folds",
                figure=metric_name(first),
                mean=figure(first, means[first]),
                spread=figure(first, spreads[first]),
                count=len(found.folds),
            )
        )
        self._draw(found)
        self._tell_age()
        self.results.show_content()

    def _draw(self, found: "CrossValidated") -> None:
        """Each fold's loss on the rows that training did not see, after every epoch."""
        several = found.how.repeats > 1
        lines = []
        for place, fold in enumerate(found.folds):
            known = [record for record in fold.history if "loss" in record.validation]
            name = f"{fold.repeat}.{fold.number}" if several else str(fold.number)
            epochs = np.array([record.epoch for record in known], float)
            losses = np.array([record.validation["loss"] for record in known])
            lines.append(Line(name, epochs, losses, series_token(place), width=1.5))
        self.curves.forget_limits()
        self.curves.show_lines(lines)

    def _tell_age(self) -> None:
        """Says so where design or recipe are others than those that were judged."""
        assert self.found is not None
        same = self._state is not None and all(
            one is other for one, other in zip(_recipe(self._state), self._made_with, strict=True)
        )
        seconds = duration(self.found.seconds)
        said = tr("Trained in {time}; standard deviation as the spread.", time=seconds)
        old = tr("Of an earlier design or recipe: start again for the one in force.")
        self.note.setText(said if same else old)

    def _offer_groups(self) -> None:
        self.group.clear()
        self.group.addItem(tr("No groups"), "")
        if self._prepared is not None and self._prepared.facts.image_shape is None:
            for name in self._prepared.dataset.features.names:
                self.group.addItem(name, name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.scaled(WIDE)
        self._split.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    # ── building ────────────────────────────────────────────────────────────────────────────

    def _content(self) -> QWidget:
        content, header = QWidget(), QHBoxLayout()
        header.setSpacing(theme.SPACE_S)
        header.addWidget(QLabel(tr("Folds")))
        header.addWidget(self.folds)
        header.addWidget(QLabel(tr("Repeats")))
        header.addWidget(self.repeats)
        header.addWidget(self.group, 1)
        header.addStretch(1)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_M, theme.SPACE_S)
        layout.setSpacing(theme.SPACE_S)
        layout.addLayout(header)
        layout.addWidget(self.bar)
        layout.addWidget(self.results, 1)
        return content

    def _results(self) -> QWidget:
        results, tables = QWidget(), QWidget()
        inner = QVBoxLayout(tables)
        inner.setContentsMargins(0, 0, 0, 0)
        for table in self.tables_of.values():
            inner.addWidget(table)
        split = self._split = QSplitter()
        split.setChildrenCollapsible(False)
        for part in (tables, self.curves):
            part.setMinimumSize(120, 80)
            split.addWidget(part)
        split.setSizes([400, 400])
        layout = QVBoxLayout(results)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_XS)
        layout.addWidget(self.summary)
        layout.addWidget(self.note)
        layout.addWidget(split, 1)
        return results


def _recipe(state: "State") -> tuple[object, ...]:
    """What figures of folds depend on."""
    project = state.project
    return project.design, project.data, project.training, project.judgement


def _columns(task: str) -> list[Column]:
    figures = [
        Column(metric_name(name), lambda v, name=name: figure(name, v)) for name in FIGURES[task]
    ]
    return [Column(tr("Fold")), *figures, Column(tr("Rows"), str), Column(tr("Epochs"), str)]


def _line(fold: "FoldResult", task: str, *, several: bool) -> list[Any]:
    name = f"{fold.repeat}.{fold.number}" if several else str(fold.number)
    cells = [fold.figures.get(name) for name in FIGURES[task]]
    return [name, *cells, fold.judged, len(fold.history)]


def _closing(name: str, values: dict[str, float], task: str) -> list[Any]:
    return [name, *(values.get(each) for each in FIGURES[task]), None, None]


def _spin(name: str, low: int, high: int, value: int, tip: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(low, high)
    box.setValue(value)
    box.setAccessibleName(name)
    box.setToolTip(tip)
    box.setMinimumHeight(theme.CONTROL_HEIGHT)
    box.setFixedWidth(theme.scaled(64))
    return box
