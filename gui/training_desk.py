"""What the Train menu does: begins and ends runs, and brings what they made into the document."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from engine import runs
from engine.events import Event, Paused, TrainingFinished, TrainingStarted
from engine.project import Project, Trained
from engine.runs import Begun, Ending, Runs
from gui.document import Document
from gui.runner import Amount, Runner
from gui.words import told, tr


class TrainingDesk(QObject):
    """Between the document and the runner; the design stays locked while a run is under way."""

    began = Signal(bool)  # whether it begins from initial weights
    started_over = Signal()  # the weights of the last run have been given up
    rows_missed = Signal()  # a run was asked for before its rows were loaded
    changed = Signal()

    def __init__(self, document: Document, runner: Runner) -> None:
        super().__init__(document)
        self._document, self._runner = document, runner
        self._stays_paused = False
        self._begun: Begun | None = None
        self._when_settled: list[Callable[[], object]] = []
        self._when_stopped: list[Callable[[], object]] = []
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
            self._stays_paused = True
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
        if self.state == "idle":
            then()
        else:
            self._when_stopped.append(then)
            self.stop()

    def reset(self) -> None:
        """Back to the same initial weights, as one step that can be undone."""
        self._start_over(tr("Reset weights"), self._document.project)

    def new_seed(self) -> None:
        """Back to other initial weights."""
        project = self._document.project
        seed = (project.training.seed + 1) % 2**32
        training = project.training.edited(seed=seed)
        self._start_over(
            tr("New seed {seed}", seed=seed), project.model_copy(update={"training": training})
        )

    def restore(self, identifier: str) -> None:
        """Back to the project and, where they were kept, the weights of a run; can be undone."""
        document = self._document
        run = next((each for each in document.state.runs if each.id == identifier), None)
        if run is None:
            return
        if self.state != "idle":
            document.noted.emit(tr("Stop the training before you restore a run."))
            return
        project = runs.restored(document.project, run)
        document.edit(tr("Restore {name}", name=run.name), project=project, trained=run.trained)
        if run.trained is None:
            document.noted.emit(tr("The weights of {name} are no longer kept.", name=run.name))

    def set_learning_rate(self, rate: float) -> None:
        """Changes the rate of the run under way."""
        self._runner.set_learning_rate(rate)

    def settle(self, then: Callable[[], object]) -> None:
        """Calls `then` once the document holds the newest weights, and trains on afterwards.

        A run that is about to pause, as a step does, is waited for and stays paused.
        """
        if self.state != "running":
            then()
            return
        self._when_settled.append(then)
        if not self._stays_paused:
            self._runner.pause()

    def take_in(self, events: Sequence[Event]) -> None:
        """What the trainer said, after the panels have been shown it."""
        for event in events:
            if isinstance(event, TrainingStarted):
                for note in event.notes:
                    self._document.noted.emit(note[0].upper() + note[1:] + ".")
            elif isinstance(event, Paused):
                self._absorb(event.trained, "paused")

    def runs_at(self, trained: Trained) -> Runs:
        """The document's runs with the one under way, which has made `trained` so far."""
        return self._runs_with(trained, "paused")

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _begin(self, paused_after: Amount | None) -> None:
        document = self._document
        errors = [problem for problem in document.problems if problem.severity == "error"]
        if errors:
            document.noted.emit(
                tr(
                    "Cannot train: {message}. {fix}",
                    message=told(errors[0].message),
                    fix=told(errors[0].fix),
                )
            )
            return
        if document.prepared is None:
            document.noted.emit(tr("The data is not loaded yet; train again when it is there."))
            self.rows_missed.emit()
            return
        self._begun = runs.begin(document.state.runs, document.project, document.trained)
        self.began.emit(document.trained is None)
        document.set_locked(True)
        self._stays_paused = paused_after is not None
        self._runner.train(
            document.project, document.prepared, document.trained, paused_after=paused_after
        )

    def _absorb(self, trained: Trained, reason: Ending) -> None:
        self._document.absorb(trained, self._runs_with(trained, reason))

    def _runs_with(self, trained: Trained, reason: Ending) -> Runs:
        known = self._document.state.runs
        return self._begun.recorded(known, trained, reason) if self._begun else known

    def _step(self, amount: Amount) -> None:
        if self.state == "idle":
            self._begin(amount)
        elif self.state == "paused":
            self._stays_paused = True
            self._runner.step(amount)

    def _start_over(self, text: str, project: Project) -> None:
        self._runner.abandon()
        self._document.set_locked(False)
        self._document.edit(text, project=project, trained=None)
        self.started_over.emit()
        self._conclude()

    def _on_state(self, state: str) -> None:
        if state == "paused":
            goes_on = bool(self._when_settled) and not self._stays_paused
            self._stays_paused = False
            _call(self._when_settled)
            if goes_on:
                self._runner.resume()
        self.changed.emit()

    def _on_finished(self, event: TrainingFinished | None) -> None:
        self._document.set_locked(False)
        if event is not None:
            self._absorb(event.trained, event.reason)
            self._document.noted.emit(event.message)
        self._conclude()

    def _conclude(self) -> None:
        """The run is over: nobody need wait for its rest any longer."""
        self._stays_paused = False
        self.changed.emit()
        _call(self._when_settled)
        _call(self._when_stopped)


def _call(waiting: list[Callable[[], object]]) -> None:
    """Calls each of them once."""
    calls, waiting[:] = tuple(waiting), ()
    for call in calls:
        call()
