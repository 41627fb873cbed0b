"""Simple models beside the network on the same rows, and whether it earns its keep."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.data.dataset import DataFacts, Prepared
from engine.edits import begun_anew
from gui import theme
from gui.figure_table import FigureTable
from gui.figures import duration, figure, metric_name
from gui.panels.base import Area, Panel
from gui.plots.empty import EmptyOr
from gui.runner import Report
from gui.value_table import Column, ValueTable
from gui.verdict_words import interval_words, model_name, verdict_words
from gui.words import mark, tr
from gui.work import Background
from gui.work_bar import WorkBar

if TYPE_CHECKING:
    from engine.baselines import Baselines
    from engine.earning import Comparison, Row
    from gui.document import State

FIGURES = {
    "classification": ("accuracy", "balanced_accuracy", "f1_macro", "auc", "loss"),
    "multilabel": ("label_accuracy", "accuracy", "f1_macro", "loss"),
    "regression": ("rmse", "mae", "r2", "loss"),
}
UNTRAINED = mark("Train the network, then compare it here with simple models")
UNVALIDATED = mark("Baselines are judged on validation rows: hold some back in the Data panel")
UNLOADED = mark("Appears once the rows are loaded")
TIP = mark("95 % of bootstrap samples of the validation rows lie between the two figures")


class BaselinesPanel(Panel):
    """A row for each model. Starts by itself where that takes seconds, else by a button."""

    title: ClassVar[str] = mark("Baselines")
    name: ClassVar[str] = "baselines"
    area: ClassVar[Area] = "bottom"
    order: ClassVar[int] = 8
    opens: ClassVar[bool] = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: State | None = None
        self._prepared: Prepared | None = None
        self._models: Baselines | None = None
        self._compared: tuple[object, ...] = ()
        self.comparison: Comparison | None = None
        self._is_locked = self._was_ended = False
        self.work = Background(self)
        self.work.requested.connect(self.requested)
        self.bar = WorkBar(
            self.work, tr("Train baselines"), tr("Trains simple models in the background")
        )
        self.bar.start.connect(self.start)
        self.bar.cancel_button.clicked.connect(self._note_end)
        self.verdict, self.reading = QLabel(wordWrap=True), QLabel(wordWrap=True)
        theme.set_font(self.verdict, "strong")
        self.reading.setProperty("role", "muted")
        self.tables_of = {task: ValueTable(tr("Models"), _columns(task)) for task in FIGURES}
        self.body = EmptyOr(self._content())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self.body.show_sentence(tr(UNTRAINED))

    # ── what it is shown ────────────────────────────────────────────────────────────────────

    def show_state(self, state: "State", facts: DataFacts | None) -> None:
        before, self._state = self._state, state
        if before and before.project.data is not state.project.data:
            self._forget(None)
        self._refresh()

    def show_rows(self, prepared: Prepared | None) -> None:
        if prepared is not self._prepared:
            self._forget(prepared)
        self._refresh()

    def show_locked(self, locked: bool) -> None:
        """What trains in the background gives way to the network, and begins again after it."""
        self._is_locked = locked
        if locked:
            self.work.cancel()
        self.bar.start_button.setEnabled(not locked)
        self._refresh()

    def tables(self) -> Sequence[FigureTable]:
        found = self.comparison
        if found is None or self.body.sentence:
            return ()
        names = [name for name in found.rows[0].figures if name in found.rows[0].intervals]
        header = [part for name in names for part in (name, f"{name} low", f"{name} high")]
        return (
            FigureTable(tr("Models"), ("model", *header), [_plain(r, names) for r in found.rows]),
        )

    # ── working ─────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Trains the baselines, as a button or the panel itself asks."""
        prepared, state = self._prepared, self._state
        if prepared is None or state is None or self._is_locked:
            return
        seed = state.project.training.seed
        self._was_ended = False

        def work(report: Report) -> "Baselines":
            from engine.baselines import train

            return train(prepared, seed, report)

        self.work.begin(work, self._take_models)

    def _take_models(self, models: "Baselines") -> None:
        self._models = models
        self._refresh()

    def _compare(self, models: "Baselines", prepared: Prepared, state: "State") -> None:
        project, trained = state.project, state.trained
        assert trained is not None

        def work(_report: Report) -> "Comparison":
            from engine.earning import compare

            return compare(project, trained, prepared, models)

        self.work.begin(work, self._show)

    def _note_end(self) -> None:
        """What a person ended does not begin again by itself."""
        self._was_ended = True

    def _forget(self, prepared: Prepared | None) -> None:
        self.work.cancel()
        self._prepared, self._models, self.comparison = prepared, None, None
        self._compared, self._was_ended = (), False

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def _refresh(self) -> None:
        """Does the next thing that is due, as long as somebody looks."""
        state, prepared = self._state, self._prepared
        if not self.isVisible():
            return
        sentence = self._missing()
        if sentence or state is None or prepared is None:
            self.body.show_sentence(tr(sentence))
            return
        self.body.show_content()
        for task, table in self.tables_of.items():
            table.setVisible(self.comparison is not None and task == prepared.facts.task)
        if self.work.is_busy or self._is_locked:
            return
        if self._models is None:
            self._begin_by_itself(prepared)
            return
        now = (state.trained, state.project.design, state.project.judgement)
        if len(self._compared) != len(now) or any(
            one is not other for one, other in zip(now, self._compared, strict=True)
        ):
            self._compared = now
            self._compare(self._models, prepared, state)

    def _begin_by_itself(self, prepared: Prepared) -> None:
        from engine.baselines import is_light

        if self._was_ended or self.work.failure:
            return
        if is_light(prepared):
            self.start()
        else:
            self.reading.setText(tr("With so many rows and columns this takes minutes."))

    def _missing(self) -> str:
        state, prepared = self._state, self._prepared
        if state is None or state.trained is None or begun_anew(state.trained, state.project):
            return UNTRAINED
        if prepared is None:
            return UNLOADED
        return "" if len(prepared.rows.validation) else UNVALIDATED

    def _show(self, found: "Comparison") -> None:
        self.comparison = found
        facts = self._prepared.facts if self._prepared else None
        task = facts.task if facts else "classification"
        self.tables_of[task].show_rows([_shown(row, task) for row in found.rows])
        self.verdict.setText(verdict_words(found.verdict))
        said = tr(
            "{rows} validation rows; trained on {some} of {all} training rows",
            rows=f"{found.rows_judged:,}",
            some=f"{found.trained_on:,}",
            all=f"{found.training_rows:,}",
        )
        unit = tr("RMSE and MAE in units of {target}", target=facts.target_name) if facts else ""
        self.reading.setText(f"{said}; {unit}" if task == "regression" else said)
        self._refresh()

    def _content(self) -> QWidget:
        content, header = QWidget(), QHBoxLayout()
        header.setSpacing(theme.SPACE_L)
        header.addWidget(self.bar, 1)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_M, theme.SPACE_S)
        layout.setSpacing(theme.SPACE_S)
        layout.addLayout(header)
        layout.addWidget(self.verdict)
        layout.addWidget(self.reading)
        for table in self.tables_of.values():
            layout.addWidget(table, 1)
        layout.addStretch()
        return content

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()


def _columns(task: str) -> list[Column]:
    columns = [Column(tr("Model"))]
    for name in FIGURES[task]:
        columns.append(Column(metric_name(name), partial(figure, name)))
        columns.append(Column("95 %", tip=tr(TIP)))
    return [*columns, Column(tr("Time"), duration, tr("How long training took"))]


def _shown(row: "Row", task: str) -> list[Any]:
    """A line of the table: each figure, and its interval beside it."""
    cells: list[Any] = []
    for name in FIGURES[task]:
        span = row.intervals.get(name)
        cells += [row.figures.get(name), span and interval_words(name, span)]
    return [model_name(row.name), *cells, row.seconds]


def _plain(row: "Row", names: Sequence[str]) -> list[Any]:
    """The same in full precision, to be copied."""
    cells: list[Any] = [row.name]
    for name in names:
        span = row.intervals.get(name)
        cells += [row.figures.get(name), span and span.low, span and span.high]
    return cells
