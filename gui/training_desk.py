"""What the Train menu does: begins and ends runs, and brings what they made into the document."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from engine.events import Event, Paused, TrainingFinished, TrainingStarted
from engine.project import Project
from gui.document import Document
from gui.runner import Amount, Runner


class TrainingDesk(QObject):
    """Between the document and the runner; the design stays locked while a run is under way."""

    began = Signal(bool)  # whether it begins from initial weights
    changed = Signal()

    def __init__(self, document: Document, runner: Runner) -> None:
        super().__init__(document)
        self._document, self._runner = document, runner
        self._when_paused: Callable[[], object] | None = None
        self._when_stopped: Callable[[], object] | None = None
        runner.running_changed.connect(self._on_state)
        runner.finished.connect(self._on_finished)
        runner.failed.connect(document.noted)

    @property
    def state(self) -> str:
        """One of "idle", "running" and "paused"."""
        return self._runner.state

    # ── requests ────────────────────────────────────────────────────────────────────────────

    def train(self) -> None:
        """Begins, or goes on after a pause."""
        if self.state == "paused":
            self._runner.resume()
        else:
            self._begin(None)

    def toggle_pause(self) -> None:
        """Pauses, or goes on."""
        if self.state == "running":
            self._runner.pause()
        elif self.state == "paused":
            self._runner.resume()

    def step_batch(self) -> None:
        """Trains one batch, then pauses."""
        self._step("batch")

    def step_epoch(self) -> None:
        """Trains to the end of an epoch, then pauses."""
        self._step("epoch")

    def stop(self) -> None:
        """Ends the run and keeps what it made."""
        self._runner.stop()

    def stop_then(self, then: Callable[[], object]) -> None:
        """Ends the run, and calls `then` once the document holds what it made."""
        self._when_stopped = then
        self.stop()
        if self.state == "idle":
            self._call_when_stopped()

    def reset(self) -> None:
        """Back to the same initial weights, as one step that can be undone."""
        self._start_over("Reset weights", self._document.project)

    def new_seed(self) -> None:
        """Back to other initial weights."""
        project = self._document.project
        seed = (project.training.seed + 1) % 2**32
        training = project.training.edited(seed=seed)
        self._start_over(f"New seed {seed}", project.model_copy(update={"training": training}))

    def set_learning_rate(self, rate: float) -> None:
        """Changes the rate of the run under way."""
        self._runner.set_learning_rate(rate)

    def settle(self, then: Callable[[], object]) -> None:
        """Calls `then` once the document holds the newest weights, and trains on afterwards."""
        if self.state == "running":
            self._when_paused = then
            self._runner.pause()
        else:
            then()

    def take_in(self, events: Sequence[Event]) -> None:
        """What the trainer said, after the panels have been shown it."""
        for event in events:
            if isinstance(event, TrainingStarted):
                for note in event.notes:
                    self._document.noted.emit(note[0].upper() + note[1:] + ".")
            elif isinstance(event, Paused):
                self._document.absorb(event.trained)

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _begin(self, paused_after: Amount | None) -> None:
        document = self._document
        if document.prepared is None:
            document.noted.emit("The data is not loaded yet; training begins when it is there.")
            return
        errors = [problem for problem in document.problems if problem.severity == "error"]
        if errors:
            document.noted.emit(f"Cannot train: {errors[0].message}. {errors[0].fix}")
            return
        self.began.emit(document.trained is None)
        document.set_locked(True)
        self._runner.train(
            document.project, document.prepared, document.trained, paused_after=paused_after
        )

    def _step(self, amount: Amount) -> None:
        if self.state == "idle":
            self._begin(amount)
        else:
            self._runner.step(amount)

    def _start_over(self, text: str, project: Project) -> None:
        self._runner.abandon()
        self._document.set_locked(False)
        self._document.edit(text, project=project, trained=None)
        self.changed.emit()

    def _on_state(self, state: str) -> None:
        if state == "paused" and self._when_paused:
            then, self._when_paused = self._when_paused, None
            then()
            self._runner.resume()
        self.changed.emit()

    def _on_finished(self, event: TrainingFinished | None) -> None:
        self._document.set_locked(False)
        if event is not None:
            self._document.absorb(event.trained)
            self._document.noted.emit(event.message)
        if self._when_paused:
            then, self._when_paused = self._when_paused, None
            then()
        self.changed.emit()
        self._call_when_stopped()

    def _call_when_stopped(self) -> None:
        then, self._when_stopped = self._when_stopped, None
        if then:
            then()
