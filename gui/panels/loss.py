"""The curves of a run: the loss, and beside it the metric that people care about."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.control import Wanted
from engine.data.dataset import DataFacts
from engine.events import BatchesDone, EpochDone, Event, Measured, TrainingStarted
from engine.project import Trained
from engine.runs import Run, steps_per_epoch
from gui.figure_table import FigureTable
from gui.figures import OWN_UNITS, beside_accuracy, metric_name
from gui.panels.base import Area, Panel
from gui.plots.curve_lines import OTHERS, CurveLines, Other
from gui.plots.curve_options import CurveOptions
from gui.plots.curve_plot import CurvePlot
from gui.plots.curve_tables import tables_of
from gui.plots.empty import EmptyOr
from gui.plots.finding_line import FindingLine
from gui.plots.series import EXTRAS, Curves
from gui.words import mark, tr

if TYPE_CHECKING:
    from gui.document import Focus, State

ROOM_FOR_TWO = 620  # pixels; below that one plot stands alone
MEASURED = frozenset({*EXTRAS, "afresh"}) - {"learning_rate"}


class LossPanel(Panel):
    """Training and validation curves, live; the second plot shows while there is room for it."""

    title: ClassVar[str] = mark("Curves")
    name: ClassVar[str] = "loss"
    area: ClassVar[Area] = "bottom"
    order: ClassVar[int] = 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: DataFacts | None = None
        self._trained: Trained | None = None
        self._runs: tuple[Run, ...] = ()
        self._chosen: tuple[str, ...] = ()
        self._lines = CurveLines()
        self._epochs = 1
        self._steps = 1  # in an epoch
        self._stale = self._locked = False
        self._metrics: tuple[str, ...] = ()
        self.plots = (CurvePlot("loss", self._label), CurvePlot("accuracy", self._label))
        self.options = CurveOptions()
        self.options.changed.connect(self._take_options)
        self.finding = FindingLine()
        self.body = EmptyOr(self._side_by_side())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self._refresh()

    # ── what it is shown ────────────────────────────────────────────────────────────────────

    def measurements(self) -> frozenset[Wanted]:
        drawn = {plot.drawn for plot in self.plots if not plot.isHidden()}
        wanted = {Wanted(each) for each in ("gradient_norm", "penalty") if each in drawn}
        if self.options.afresh:
            wanted.add(Wanted("afresh", setting="training"))
        return frozenset(wanted)

    def show_state(self, state: "State", facts: DataFacts | None) -> None:
        before = (self._facts, self._trained, self._epochs, self._runs)
        if not len(self._lines.curves.series("loss", "batches")):
            self._epochs = state.project.training.epochs
        self._stale |= facts is not self._facts
        self._facts = facts
        if facts is not None:
            self._count(steps_per_epoch(state.project, facts.split[0]))
        if state.trained is not self._trained:
            self._trained = state.trained
            self._take_trained(state.trained)
        if state.runs is not self._runs:
            self._runs = state.runs
            self._compare()
        now = (self._facts, self._trained, self._epochs, self._runs)
        if any(old is not new for old, new in zip(before, now, strict=True)):  # not by a drag
            self._refresh()

    def show_focus(self, focus: "Focus") -> None:
        if focus.runs != self._chosen:
            self._chosen = focus.runs
            self._compare()
            self._refresh()

    def show_locked(self, locked: bool) -> None:
        self._locked = locked
        self._compare()
        self._refresh()

    def show_events(self, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, TrainingStarted):
                self._epochs = event.epochs
                self._count(event.batches)
                self._stale = True
        curves = self._lines.curves
        curves.add_batches([each for each in events if isinstance(each, BatchesDone)])
        curves.add_epochs([each.record for each in events if isinstance(each, EpochDone)])
        measured = [each for each in events if isinstance(each, Measured)]
        curves.add_measured([each for each in measured if each.name in MEASURED])
        self._refresh()

    def clear(self) -> None:
        self._trained = None
        self._take_trained(None)
        self._refresh()

    def apply_theme(self) -> None:
        for part in (*self.plots, self.options, self.finding):
            part.apply_theme()

    def tables(self) -> Sequence[FigureTable]:
        return tables_of(self._lines)

    # ── building ────────────────────────────────────────────────────────────────────────────

    def _side_by_side(self) -> QWidget:
        content = QWidget()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for plot in self.plots:
            row.addWidget(plot, 1)
            plot.chosen.connect(self.wanted_changed)
        # The second one yields before anything else has to, and is hidden then.
        self.plots[1].setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.plots[0].add_to_header(self.options)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row, 1)
        layout.addWidget(self.finding)
        return content

    def _label(self, metric: str) -> str:
        """A metric's name; where its unit is the target's own, with the target's name.

        Accuracy has beside it what it must be held against where classes are uneven.
        """
        target = self._facts.target_name if self._facts and metric in OWN_UNITS else ""
        name = tr(metric_name(metric))
        if metric == "accuracy" and (beside := beside_accuracy(self._facts)):
            name = f"{name} · {beside}"
        return tr("{metric} of {target}", metric=name, target=target) if target else name

    # ── curves ──────────────────────────────────────────────────────────────────────────────

    def _take_trained(self, trained: Trained | None) -> None:
        """Starts from what a run left; curves that already end there keep their batches."""
        history = trained.history if trained else ()
        if trained and self._lines.curves.last == (history[-1] if history else None):
            return
        self._lines.curves = Curves()
        self._lines.curves.add_epochs(history)
        self._stale = True

    def _compare(self) -> None:
        """Draws the chosen runs; the one at hand only where it is chosen, too, or under way."""
        chosen = {run.id: run for run in self._runs if run.id in self._chosen}
        last = self._lines.curves.last
        own = {run.id for run in chosen.values() if last and run.history[-1:] == (last,)}
        others = [chosen[each] for each in self._chosen if each in chosen and each not in own]
        known = {other.run: other.curves for other in self._lines.others}
        self._lines.others = tuple(
            self._other(run, OTHERS[place % len(OTHERS)], known) for place, run in enumerate(others)
        )
        self._lines.shows_own = bool(own or self._locked or not others)
        self._stale = True

    def _other(self, run: Run, token: str, known: dict[str, Curves]) -> Other:
        last = run.history[-1] if run.history else None
        curves = known.get(run.id)
        if curves is None or curves.last is not last:
            curves = Curves()
            curves.add_epochs(run.history)
        rows = run.history[0].rows if run.history else 1
        steps = steps_per_epoch(run.project, rows)
        stretch = steps / self._steps if self.options.by_steps else 1.0
        return Other(run.id, run.name, curves, token, stretch)

    def _count(self, steps: int) -> None:
        if steps != self._steps:
            self._steps = steps
            self._take_axis()

    def _take_axis(self) -> None:
        for plot in self.plots:
            plot.count_steps(self._steps if self.options.by_steps else 0)
        self._compare()

    def _take_options(self) -> None:
        if self._lines.smoothing != self.options.smoothing:
            self._lines.smooth(self.options.smoothing)
        self._take_axis()
        self.wanted_changed.emit()
        self._refresh()

    # ── drawing ─────────────────────────────────────────────────────────────────────────────

    @property
    def _available(self) -> tuple[str, ...]:
        """The metrics of the run at hand; of those that are compared where there is none."""
        every = (self._lines.curves, *(other.curves for other in self._lines.others))
        return next((curves.metrics for curves in every if curves.metrics), ())

    def _refresh(self) -> None:
        """Draws, if anybody can see it; a hidden plot is drawn when it is shown."""
        metrics = self._available
        if not metrics:
            self.body.show_sentence(self._empty())
            return
        self.body.show_content()
        if not self.isVisible():
            self._stale = True
            return
        if self._stale or metrics != self._metrics:
            self._start_anew(metrics)
        for plot in self.plots:
            if plot.isVisible():
                plot.refresh()
        self.finding.show_curves(self._lines.looked_at)

    def _empty(self) -> str:
        """What to do, and how much work it will be."""
        if self._facts is None:
            return tr("Press Ctrl+Enter to train")
        epochs = tr("{count:,} epochs", self._epochs, count=self._epochs)
        words = tr("Press Ctrl+Enter to train: {epochs} of {rows:,} rows")
        return words.format(epochs=epochs, rows=self._facts.split[0])

    def _start_anew(self, metrics: tuple[str, ...]) -> None:
        self._stale = False
        self._metrics = metrics
        rows = self._facts.split[1] if self._facts else 0
        ends = [round(each.curves.epoch * each.stretch) for each in self._lines.others]
        if self._lines.shows_own:
            ends += [self._epochs, self._lines.curves.epoch]
        for plot, preferred in zip(self.plots, self._preferred(), strict=True):
            plot.show_curves(self._lines, max(ends), rows)
            plot.offer((*metrics, *EXTRAS), preferred)

    def _preferred(self) -> tuple[str, str]:
        """What each plot drew, where that is still measured; else the loss, and the first other."""
        others = [metric for metric in self._metrics if metric != "loss"]
        second = next((m for m in ("accuracy", "rmse") if m in others), (others or ["loss"])[0])
        offered = {*self._metrics, *EXTRAS}
        kept = [plot.drawn if plot.drawn in offered else "" for plot in self.plots]
        return kept[0] or "loss", kept[1] or second

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= ROOM_FOR_TWO
        if roomy == self.plots[1].isHidden():
            self.plots[1].setVisible(roomy)
            self.wanted_changed.emit()
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()
