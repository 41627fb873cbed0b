"""The curves of a run: the loss, and beside it the metric that people care about."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.data.dataset import DataFacts
from engine.events import BatchesDone, EpochDone, Event, TrainingStarted
from engine.project import Trained
from gui.figures import OWN_UNITS, beside_accuracy, metric_name
from gui.panels.base import Area, Panel
from gui.plots.curve_plot import CurvePlot
from gui.plots.empty import EmptyOr
from gui.plots.series import Curves
from gui.words import mark, tr

if TYPE_CHECKING:
    from gui.document import State

ROOM_FOR_TWO = 620  # pixels; below that one plot stands alone


class LossPanel(Panel):
    """Training and validation curves, live; the second plot shows while there is room for it."""

    title: ClassVar[str] = mark("Loss")
    name: ClassVar[str] = "loss"
    area: ClassVar[Area] = "bottom"
    order: ClassVar[int] = 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: DataFacts | None = None
        self._trained: Trained | None = None
        self._curves = Curves()
        self._epochs = 1
        self._stale = False
        self._metrics: tuple[str, ...] = ()
        self.plots = (CurvePlot("loss", self._label), CurvePlot("accuracy", self._label))
        self.body = EmptyOr(self._side_by_side())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self._refresh()

    # ── what it is shown ────────────────────────────────────────────────────────────────────

    def show_state(self, state: "State", facts: DataFacts | None) -> None:
        before = (self._facts, self._trained, self._epochs)
        if not len(self._curves.series("loss", "batches")):
            self._epochs = state.project.training.epochs
        self._stale |= facts is not self._facts
        self._facts = facts
        if state.trained is not self._trained:
            self._trained = state.trained
            self._take_trained(state.trained)
        now = (self._facts, self._trained, self._epochs)
        if any(old is not new for old, new in zip(before, now, strict=True)):  # not by a drag
            self._refresh()

    def show_events(self, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, TrainingStarted):
                self._epochs = event.epochs
                self._stale = True
        self._curves.add_batches([each for each in events if isinstance(each, BatchesDone)])
        self._curves.add_epochs([each.record for each in events if isinstance(each, EpochDone)])
        self._refresh()

    def clear(self) -> None:
        self._trained = None
        self._take_trained(None)
        self._refresh()

    def apply_theme(self) -> None:
        for plot in self.plots:
            plot.apply_theme()

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _side_by_side(self) -> QWidget:
        content = QWidget()
        layout = QHBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for plot in self.plots:
            layout.addWidget(plot, 1)
        return content

    def _label(self, metric: str) -> str:
        """A metric's name; where its unit is the target's own, with the target's name.

        Accuracy has beside it what it must be held against where classes are uneven.
        """
        target = self._facts.target_name if self._facts and metric in OWN_UNITS else ""
        name = metric_name(metric)
        if metric == "accuracy" and (beside := beside_accuracy(self._facts)):
            name = f"{name} · {beside}"
        return tr("{metric} of {target}", metric=name, target=target) if target else name

    def _take_trained(self, trained: Trained | None) -> None:
        """Starts from what a run left; curves that already end there keep their batches."""
        history = trained.history if trained else ()
        if trained and self._curves.last == (history[-1] if history else None):
            return
        self._curves = Curves()
        self._curves.add_epochs(history)
        self._stale = True

    def _refresh(self) -> None:
        """Draws, if anybody can see it; a hidden plot is drawn when it is shown."""
        if not self._curves.metrics:
            self.body.show_sentence(self._empty())
            return
        self.body.show_content()
        if not self.isVisible():
            self._stale = True
            return
        if self._stale or self._curves.metrics != self._metrics:
            self._start_anew()
        for plot in self.plots:
            if plot.isVisible():
                plot.refresh()

    def _empty(self) -> str:
        """What to do, and how much work it will be."""
        if self._facts is None:
            return tr("Press Ctrl+Enter to train")
        epochs = tr("{count:,} epochs", self._epochs, count=self._epochs)
        words = tr("Press Ctrl+Enter to train: {epochs} of {rows:,} rows")
        return words.format(epochs=epochs, rows=self._facts.split[0])

    def _start_anew(self) -> None:
        self._stale = False
        self._metrics = self._curves.metrics
        rows = self._facts.split[1] if self._facts else 0
        epochs = max(self._epochs, self._curves.epoch)
        for plot, preferred in zip(self.plots, self._preferred(), strict=True):
            plot.show_curves(self._curves, epochs, rows)
            plot.offer(self._metrics, preferred)

    def _preferred(self) -> tuple[str, str]:
        """What each plot drew, where that is still measured; else the loss, and the first other."""
        others = [metric for metric in self._metrics if metric != "loss"]
        second = next((m for m in ("accuracy", "rmse") if m in others), (others or ["loss"])[0])
        kept = [plot.drawn if plot.drawn in self._metrics else "" for plot in self.plots]
        return kept[0] or "loss", kept[1] or second

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= ROOM_FOR_TWO
        if roomy == self.plots[1].isHidden():
            self.plots[1].setVisible(roomy)
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()
