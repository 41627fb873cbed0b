"""The only file with threads: trains and works in the background, and brings back what came of it.

A timer in the GUI's thread fetches everything about 15 times a second; nothing else crosses
between threads. Each run and each job has a mailbox of its own, so what an abandoned one
still says is never read.
"""

import atexit
import gc
import logging
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeVar

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from engine.control import Control, Wanted
from engine.errors import GlassworkError
from engine.events import Paused, TrainingFinished
from gui.mailbox import Mailbox
from gui.words import tr

if TYPE_CHECKING:  # the window is shown before these are imported, by a job of this very runner
    from engine.data.dataset import Prepared
    from engine.project import Project, Trained
    from engine.trainer import Trainer

INTERVAL_MS = 66
SWITCH_INTERVAL = 0.0005  # seconds; keeps the window's timers within 1 ms beside a busy thread
PATIENCE = 2.0  # seconds that closing the window waits for work to end

Amount = Literal["batch", "epoch"]
Report = Callable[[float, str], None]
T = TypeVar("T")

log = logging.getLogger(__name__)


class Runner(QObject):
    """Trains in a thread of its own and does other slow work in the background."""

    events_arrived = Signal(list)  # of all that has been said since the last time
    running_changed = Signal(str)  # "idle" | "running" | "paused"
    failed = Signal(str)
    finished = Signal(object)  # TrainingFinished, or None after `failed`

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = "idle"
        self._to_announce: deque[str] = deque()
        self._training: _Training | None = None
        self._abandoned: list[_Training] = []
        self._jobs: list[Job] = []
        self._wanted: frozenset[Wanted] = frozenset()
        self._usual_switch_interval = sys.getswitchinterval()
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self._fetch)

    # ── training ────────────────────────────────────────────────────────────────────────────

    @property
    def state(self) -> str:
        """What `running_changed` announced last: "idle", "running" or "paused"."""
        return self._state

    def train(
        self,
        project: "Project",
        prepared: "Prepared",
        trained: "Trained | None",
        *,
        paused_after: Amount | None = None,
    ) -> None:
        """Begins a run, in place of one that may be under way; goes on from `trained`.

        With `paused_after` it pauses by itself after one batch or one epoch.
        """
        self.abandon()
        control = Control()
        control.wanted = self._wanted
        if paused_after:
            control.step(paused_after)
        previous = self._abandoned[-1] if self._abandoned else None
        self._training = _Training(project, prepared, trained, control, previous)
        sys.setswitchinterval(SWITCH_INTERVAL)
        # What is there already stays: looking for rubbish in all of it would hold up both threads
        # for a tenth of a second whenever the history of a long run has grown.
        gc.freeze()
        self._training.start()
        self._timer.start()
        self._announce("running")

    def pause(self) -> None:
        """Pauses before the next batch; `running_changed` says when it has."""
        if self._training:
            self._training.control.paused = True

    def resume(self) -> None:
        """Goes on after a pause."""
        self._let_go(lambda control: setattr(control, "paused", False))

    def step(self, amount: Amount) -> None:
        """Trains one batch, or to the end of one epoch, and pauses again."""
        self._let_go(lambda control: control.step(amount))

    def stop(self) -> None:
        """Ends the run before the next batch; `finished` brings what it made."""
        self._let_go(lambda control: setattr(control, "stop", True))

    def abandon(self) -> None:
        """Ends the run under way, if there is one, and lets nothing more be heard of it."""
        if self._training is None:
            return
        self.stop()
        self._abandoned.append(self._training)
        self._end()

    def set_learning_rate(self, rate: float) -> None:
        """Trains on with this base rate from the next batch."""
        if self._training:
            self._training.control.learning_rate = rate

    def ask_for_checkpoint(self) -> None:
        """Has the run under way say once, in a `Checkpoint`, what it has made so far."""
        if self._training:
            self._training.control.checkpoint = True

    def want(self, wanted: frozenset[Wanted]) -> None:
        """From now on these are measured, about 15 times a second at most."""
        self._wanted = wanted
        if self._training:
            self._training.control.wanted = wanted

    # ── other work ──────────────────────────────────────────────────────────────────────────

    def job(
        self,
        function: Callable[[Report], T],
        on_done: Callable[[T], object],
        on_failed: Callable[[str], object],
        on_progress: Report | None = None,
    ) -> "Job":
        """Calls `function(progress)` in the background, and one of the others here afterwards.

        `function` calls `progress(share, text)` now and then. An exception becomes one sentence
        for `on_failed`. After `Job.cancel()` nothing is called.
        """
        job = Job(function, on_done, on_failed, on_progress)
        self._jobs.append(job)
        self._timer.start()
        return job

    def shutdown(self) -> None:
        """Ends all work; returns when it has ended, or after two seconds.

        Jobs that are left die with the program; a batch that is still being computed is
        waited for at exit, when the window has long gone.
        """
        self.abandon()
        for job in self._jobs:
            job.cancel()
        deadline = time.monotonic() + PATIENCE
        for training in self._abandoned:
            if not training.wait(max(0, round(1000 * (deadline - time.monotonic())))):
                atexit.register(training.wait)
        for job in self._jobs:
            job.wait(deadline - time.monotonic())
        self._jobs.clear()
        self._timer.stop()

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _let_go(self, change: Callable[[Control], object]) -> None:
        """Changes the control and wakes the thread where it waits in a pause."""
        if self._training is None:
            return
        self._training.change(change)
        if self._state == "paused":
            self._announce("running")

    def _announce(self, state: str) -> None:
        """Tells everybody one state after the other, even if a listener causes the next."""
        if state == self._state:
            return
        self._state = state
        self._to_announce.append(state)
        if len(self._to_announce) > 1:
            return
        while self._to_announce:
            self.running_changed.emit(self._to_announce[0])
            self._to_announce.popleft()

    def _fetch(self) -> None:
        """What the timer does: hands over all that has arrived since the last time."""
        self._abandoned = [each for each in self._abandoned if each.isRunning()]
        if self._training:
            self._fetch_events(self._training)
        for job in tuple(self._jobs):
            if job.is_over:
                self._jobs.remove(job)
                job.conclude()
            else:
                job.tell()
        if not (self._training or self._jobs or self._abandoned):
            self._timer.stop()

    def _fetch_events(self, training: "_Training") -> None:
        # Asked first, so that all it said before is in the mailbox by the time it is emptied.
        ended, held = training.isFinished(), training.is_held
        events = training.mailbox.take()
        if events:
            self.events_arrived.emit(events)
        if training is not self._training:
            return  # a listener has begun another run
        if ended:
            self._conclude(training)
        elif held:
            self._announce("paused")
        elif self._wanted:
            training.control.ask()

    def _conclude(self, training: "_Training") -> None:
        self._end()
        if training.failure:
            self.failed.emit(training.failure)
        self.finished.emit(training.ending)

    def _end(self) -> None:
        self._training = None
        sys.setswitchinterval(self._usual_switch_interval)
        gc.unfreeze()
        self._announce("idle")


class Job:
    """Work in the background, begun by `Runner.job`."""

    def __init__(
        self,
        function: Callable[[Report], object],
        on_done: Callable[..., object],
        on_failed: Callable[[str], object],
        on_progress: Report | None,
    ) -> None:
        self._function = function
        self._on_progress = on_progress
        self._endings: dict[str, Callable[..., object]] = {"done": on_done, "failed": on_failed}
        self._progress: tuple[float, str] | None = None
        self._outcome: tuple[str, object] | None = None
        self._cancelled = threading.Event()
        # A daemon: a reader that hangs must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name="glasswork-job", daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Ends the work at its next report of progress; none of the callbacks is called."""
        self._cancelled.set()

    def wait(self, seconds: float) -> None:
        """Returns when the work has ended, or after so many seconds."""
        self._thread.join(max(0.0, seconds))

    @property
    def is_over(self) -> bool:
        """Whether it has come to an end, good, bad or cancelled."""
        return self._outcome is not None or not self._thread.is_alive()

    def tell(self) -> None:
        """Calls back with the latest progress, in the caller's thread."""
        progress, self._progress = self._progress, None
        if progress and self._on_progress and not self._cancelled.is_set():
            self._on_progress(*progress)

    def conclude(self) -> None:
        """Calls back with what came of it, in the caller's thread."""
        if self._outcome and not self._cancelled.is_set():
            ending, value = self._outcome
            self._endings[ending](value)

    def _run(self) -> None:
        try:
            self._outcome = ("done", self._function(self._report))
        except _Cancelled:
            pass
        except Exception as error:  # noqa: BLE001 - told to the person, and logged
            self._outcome = ("failed", _sentence(error))

    def _report(self, share: float, text: str) -> None:
        if self._cancelled.is_set():
            raise _Cancelled
        self._progress = (share, text)


class _Cancelled(Exception):
    """Nobody waits for this job any more."""


class _Training(QThread):
    """One run: the engine's generator, turned by a thread that sleeps while paused."""

    def __init__(
        self,
        project: "Project",
        prepared: "Prepared",
        trained: "Trained | None",
        control: Control,
        previous: "_Training | None",
    ) -> None:
        super().__init__()
        self.control = control
        self.mailbox = Mailbox()
        self.failure = ""
        self.ending: TrainingFinished | None = None
        self._sleeps = False
        self._begin = lambda: _trainer(project, prepared, trained, control)
        self._previous = previous
        self._gate = threading.Condition()

    @property
    def is_held(self) -> bool:
        """Whether it waits in a pause, for somebody to resume, step or stop."""
        return self._sleeps and self.control.paused and not self.control.stop

    def change(self, change: Callable[[Control], object]) -> None:
        """Changes the control while the thread cannot be just about to sleep."""
        with self._gate:
            change(self.control)
            self._gate.notify_all()

    def run(self) -> None:
        """Called by Qt in the new thread."""
        if self._previous:  # two runs at once would take turns in setting the BLAS threads
            self._previous.wait()
        try:
            for event in self._begin().run():
                self.mailbox.put(event)
                if isinstance(event, Paused):
                    self._hold()
                elif isinstance(event, TrainingFinished):
                    self.ending = event
        except Exception as error:  # noqa: BLE001 - told to the person, and logged
            self.failure = _sentence(error)

    def _hold(self) -> None:
        with self._gate:
            self._sleeps = True
            self._gate.wait_for(lambda: not self.is_held)
            self._sleeps = False


def _trainer(
    project: "Project", prepared: "Prepared", trained: "Trained | None", control: Control
) -> "Trainer":
    from engine.trainer import Trainer

    return Trainer(project, prepared=prepared, trained=trained, control=control)


def _sentence(error: Exception) -> str:
    """What to tell a person; the whole of an unforeseen error goes to the log."""
    if isinstance(error, GlassworkError):
        return str(error)
    if isinstance(error, MemoryError):
        return tr("there is not enough memory; take smaller batches, layers or data")
    log.error("work in the background failed", exc_info=error)
    return tr(
        "something went wrong that was not foreseen ({error}); the log has the details", error=error
    )
