"""How far training is: "epoch 34 of 100", a bar, the time left, and rows a second."""

import math
from collections import deque
from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from engine.events import BatchesDone, EpochDone, Event, TrainingFinished, TrainingStarted
from gui import theme
from gui.figures import duration, short_count
from gui.steady_label import SteadyLabel
from gui.words import tr

STEPS = 1_000  # of the bar
RECENT = 2.0  # seconds of training that the speed is taken from


class TrainingProgress(QWidget):
    """Stands in the tool bar; invisible words until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words, self.rest = SteadyLabel(), SteadyLabel()
        self.rest.setProperty("role", "muted")
        self.words.reserve(tr("epoch <b>100</b> of 100"))
        self.rest.reserve(tr("0:00 left · 000k rows/s"))
        self.bar = QProgressBar(maximum=STEPS, textVisible=False)
        self.bar.setFixedSize(120, 8)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.bar.setAccessibleName(tr("Progress of training"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_L, 0, theme.SPACE_S, 0)
        layout.setSpacing(theme.SPACE_S)
        for widget in (self.words, self.bar, self.rest):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.clear()

    def clear(self) -> None:
        """Nothing trains, and nothing has been trained."""
        self._epochs = self._start = 0
        self._x = 0.0
        self._ended = False
        self._recent: deque[tuple[float, int, float]] = deque()  # share of an epoch, rows, seconds
        self.words.forget()
        self.rest.forget()
        self.bar.setValue(0)
        self.bar.hide()

    def show_events(self, events: Sequence[Event]) -> None:
        """Takes in what the trainer said since the last call."""
        for event in events:
            if isinstance(event, TrainingStarted):
                self.clear()
                self._epochs, self._x = event.epochs, float(event.epoch)
                self.words.reserve(tr("epoch <b>{epochs:,}</b> of {epochs:,}", epochs=event.epochs))
        self._add([event for event in events if isinstance(event, BatchesDone)])
        for event in events[-1:]:
            if isinstance(event, EpochDone):
                self._x = float(event.record.epoch)
            self._ended |= isinstance(event, TrainingFinished)
        if self._epochs:
            self._refresh()

    def _add(self, events: Sequence[BatchesDone]) -> None:
        """Takes in batches, and forgets those that are no longer recent."""
        if not events:
            return
        shares = events[-1].x - self._x
        self._x = events[-1].x
        rows, seconds = sum(each.rows for each in events), sum(each.seconds for each in events)
        self._recent.append((shares, rows, seconds))
        while len(self._recent) > 1 and sum(each[2] for each in self._recent) > RECENT:
            self._recent.popleft()

    def _refresh(self) -> None:
        epoch = min(max(1, math.ceil(self._x - 1e-9)), self._epochs)
        self.words.say(tr("epoch <b>{epoch:,}</b> of {epochs:,}", epoch=epoch, epochs=self._epochs))
        if self.bar.isHidden():
            self.bar.show()
        self.bar.setValue(round(STEPS * min(1.0, self._x / self._epochs)))
        self.rest.say(self._outlook())
        self.setAccessibleName(
            tr(
                "Epoch {epoch} of {epochs}, {text}",
                epoch=epoch,
                epochs=self._epochs,
                text=self.rest.text(),
            )
        )

    def _outlook(self) -> str:
        """The time left and the speed, as the last seconds went."""
        shares, rows, seconds = (sum(each[part] for each in self._recent) for part in range(3))
        if shares <= 0 or seconds <= 0:
            return ""
        speed = tr("{count} rows/s", count=short_count(rows / seconds))
        left = (self._epochs - self._x) * seconds / shares
        if left <= 0 or self._ended:
            return speed
        return tr("{duration} left · {speed}", duration=duration(left), speed=speed)
