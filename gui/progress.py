"""How far training is: "epoch 34 of 100", a bar, the time left, and rows a second."""

import math
from collections import deque
from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from engine.events import BatchesDone, EpochDone, Event, TrainingFinished, TrainingStarted
from gui import theme
from gui.figures import duration, short_count
from gui.steady_label import SteadyLabel

STEPS = 1_000  # of the bar
RECENT = 2.0  # seconds of training that the speed is taken from


class TrainingProgress(QWidget):
    """Stands in the tool bar; invisible words until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words, self.rest = SteadyLabel(), SteadyLabel()
        self.rest.setProperty("role", "muted")
        self.words.reserve("epoch <b>1,000</b> of 1,000")
        self.rest.reserve("0:00 left · 000k rows/s")
        self.bar = QProgressBar(maximum=STEPS, textVisible=False)
        self.bar.setFixedSize(120, 8)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.bar.setAccessibleName("Progress of training")
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
        self._sums = (0.0, 0, 0.0)  # of the recent ones
        self.words.forget()
        self.rest.forget()
        self.bar.setValue(0)
        self.bar.hide()

    def show_events(self, events: Sequence[Event]) -> None:
        """Takes in what the trainer said since the last call."""
        for event in events:
            match event:
                case TrainingStarted():
                    self.clear()
                    self._epochs, self._x = event.epochs, float(event.epoch)
                case BatchesDone():
                    self._add(event)
                case EpochDone():
                    self._x = float(event.record.epoch)
                case TrainingFinished():
                    self._ended = True
                case _:
                    pass
        if self._epochs:
            self._refresh()

    def _add(self, event: BatchesDone) -> None:
        self._count(event.x - self._x, event.rows, event.seconds)
        self._recent.append((event.x - self._x, event.rows, event.seconds))
        self._x = event.x
        while len(self._recent) > 1 and self._sums[2] > RECENT:
            share, rows, seconds = self._recent.popleft()
            self._count(-share, -rows, -seconds)

    def _count(self, share: float, rows: int, seconds: float) -> None:
        before = self._sums
        self._sums = (before[0] + share, before[1] + rows, before[2] + seconds)

    def _refresh(self) -> None:
        epoch = min(max(1, math.ceil(self._x - 1e-9)), self._epochs)
        self.words.say(f"epoch <b>{epoch:,}</b> of {self._epochs:,}")
        if self.bar.isHidden():
            self.bar.show()
        self.bar.setValue(round(STEPS * min(1.0, self._x / self._epochs)))
        self.rest.say(self._outlook())
        self.setAccessibleName(f"Epoch {epoch} of {self._epochs}, {self.rest.text()}")

    def _outlook(self) -> str:
        """The time left and the speed, as the last seconds went."""
        shares, rows, seconds = self._sums
        if shares <= 0 or seconds <= 0:
            return ""
        speed = f"{short_count(rows / seconds)} rows/s"
        left = (self._epochs - self._x) * seconds / shares
        return f"{duration(left)} left · {speed}" if left > 0 and not self._ended else speed
