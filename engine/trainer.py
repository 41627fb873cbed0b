"""Training as a generator of frozen events: it knows no thread, no window and no callback."""

from collections.abc import Generator, Iterator, Mapping
from time import perf_counter
from types import MappingProxyType
from typing import Any

import numpy as np

from engine import threads
from engine.control import Control
from engine.data.dataset import Prepared
from engine.errors import DataError, TrainingError
from engine.events import (
    BatchesDone,
    Checkpoint,
    EpochDone,
    Event,
    Measured,
    Paused,
    Reason,
    TrainingFinished,
    TrainingStarted,
)
from engine.judging import Outputs
from engine.measuring import measured, measured_rows
from engine.probes import ARRAY_PROBES, ROW_PROBES, Probe
from engine.problems import problems
from engine.project import Project, Trained
from engine.session import Chunk, Session

# How many batches may pass before everything is put aside, to return to when a loss is not finite.
BACKUP_BATCHES = 1024

CAUSES = (
    "Likely causes, in this order: the data is not scaled or not finite, the learning rate is too "
    "high, the initial weights are too large. The last good weights are kept."
)

Ending = tuple[Reason, str]


class Trainer:
    """Trains `project` from its beginning, or on from `trained`, bit for bit.

    Rows come from `prepared`, from `X (rows, features)` and `y (rows,)`, or from the project's
    data recipe. Raises TrainingError or DataError in one sentence where it cannot start.
    """

    def __init__(
        self,
        project: Project,
        X: Any = None,
        y: Any = None,
        *,
        trained: Trained | None = None,
        prepared: Prepared | None = None,
        control: Control | None = None,
    ) -> None:
        self.control = control or Control()
        self.prepared = prepared or _prepare(project, X, y, trained)
        _check(project, self.prepared)
        self.project, self._trained = project, trained
        self.session = Session(project, self.prepared, trained)
        self._backup: Trained | None = None
        self._backed_up = self.session.step
        self._fastest: threads.Fastest | None = None
        if project.training.threads == "fastest":
            self._fastest = threads.Fastest(self.session.threads, threads.cores())

    def run(self) -> Iterator[Event]:
        """Events until training has finished; the last is `TrainingFinished`."""
        session = self.session
        rows = session.gathering.rows
        yield TrainingStarted(
            epoch=session.epoch,
            epochs=session.epochs,
            batches=-(-rows // session.batch),
            rows=rows,
            threads=session.threads,
            notes=self._notes(rows),
        )
        with threads.limit(session.threads) as self._set_threads:
            try:
                reason, message = yield from self._epochs()
            except DataError as error:  # from a streamed file
                said = f"{str(error)[:1].upper()}{str(error)[1:]}"
                reason, message = "rows lost", f"{said}. What had been trained is kept."
        if reason != "not finite" and not session.finite:
            reason, message = "not finite", f"The last step left weights not finite. {CAUSES}"
        trained = self._last_good() if reason == "not finite" else session.snapshot()
        yield TrainingFinished(reason, message, trained)

    def _notes(self, rows: int) -> tuple[str, ...]:
        asked, notes = self.session.recipe.batch_size, list[str]()
        if isinstance(asked, int) and asked > rows:
            said = f"the batch size {asked:,} is larger than the {rows:,} training rows"
            notes.append(f"{said}, so each step takes all {rows:,}")
        if self._fastest:
            said = "threads are chosen anew while training"
            notes.append(f"{said}, so another run may differ in the last digits")
        return tuple(notes)

    # ── the flow of events ──────────────────────────────────────────────────────────────────

    def _epochs(self) -> Generator[Event, None, Ending]:
        session = self.session
        while session.epoch < session.epochs:
            ending = yield from self._epoch()
            if ending:
                return ending
            yield from self._wait()
        if session.stopper.keeps_best:
            session.restore_best()
        return "completed", f"Trained for {session.epoch:,} epochs."

    def _epoch(self) -> Generator[Event, None, Ending | None]:
        session, control = self.session, self.control
        started = perf_counter()
        session.begin_epoch(keeps_start=control.wants("updates"))
        while not session.epoch_ended:
            if control.stop:
                return "stopped", f"Stopped in epoch {session.epoch + 1:,}."
            if control.learning_rate is not None:
                session.rate = control.learning_rate
            chunk = session.advance(1 if control.stepping_batch else None)
            if not chunk.finite:
                return self._not_finite(chunk)
            self._choose_threads(chunk)
            yield self._batches_done(chunk)
            yield from self._measure(ARRAY_PROBES, None)
            control.batch_ended()
            if not session.epoch_ended:
                yield from self._wait()
        return (yield from self._end_epoch(started))

    def _choose_threads(self, chunk: Chunk) -> None:
        """Goes on with as many threads as are found to be fastest, where that is asked for."""
        session = self.session
        if self._fastest and self._fastest.after(chunk.rows, chunk.seconds) != session.threads:
            session.threads = self._fastest.count
            self._set_threads(session.threads)

    def _end_epoch(self, started: float) -> Generator[Event, None, Ending | None]:
        session = self.session
        validation = session.measure("validation")
        if validation and not np.isfinite(validation.figures["loss"]):
            return "not finite", f"The validation loss was not finite. {CAUSES}"
        record = session.end_epoch(validation, perf_counter() - started)
        if session.step - self._backed_up >= BACKUP_BATCHES and session.finite:
            self._backup, self._backed_up = session.snapshot(), session.step
        yield EpochDone(record)
        yield from self._measure(ROW_PROBES, validation)
        self.control.epoch_ended()
        if not session.stopper.due:
            return None
        best = session.stopper.best_epoch
        session.restore_best()
        return "early", f"Stopped early after epoch {record.epoch:,}; the best was epoch {best:,}."

    def _wait(self) -> Iterator[Checkpoint | Paused]:
        """Hands out a checkpoint that was asked for, and `Paused` while control says so."""
        if self.control.take_checkpoint() and self.session.finite:
            yield Checkpoint(self.session.snapshot())
        while self.control.paused and not self.control.stop:
            yield Paused(self.session.snapshot())

    def _measure(self, probes: Mapping[str, Probe], outputs: Outputs | None) -> Iterator[Measured]:
        """What is wanted and due, of these probes."""
        due = [each for name in probes for each in self.control.take(name)]
        known = {"validation": outputs}
        due.sort(key=lambda each: (each.probe, each.layer, repr(each.setting)))
        for each in due:
            started = perf_counter()
            if probes is ROW_PROBES:
                found = list(measured_rows(self.session, each, known))
            else:
                found = list(measured(self.session, probes, [each], None))
            self.control.took(each, perf_counter() - started)
            yield from found

    def _batches_done(self, chunk: Chunk) -> BatchesDone:
        session = self.session
        figures = session.scores.figures(chunk.sums)
        return BatchesDone(
            x=session.time,
            epoch=session.epoch,
            batch=-(-session.row // session.batch),
            loss=figures["loss"],
            metrics=MappingProxyType(dict(figures)),
            learning_rate=chunk.learning_rate,
            rows=chunk.rows,
            seconds=chunk.seconds,
        )

    # ── when the loss is not finite ─────────────────────────────────────────────────────────

    def _last_good(self) -> Trained:
        """What was put aside last or, before that, what training began with, made once more."""
        return self._backup or Session(self.project, self.prepared, self._trained).snapshot()

    def _not_finite(self, chunk: Chunk) -> Ending:
        session = self.session
        bad = int(np.argmin(np.isfinite(chunk.losses)))
        batch = -(-session.row // session.batch) - len(chunk.losses) + bad + 1
        where = f"epoch {session.epoch + 1:,}, batch {batch:,}"
        return "not finite", f"The loss was not finite in {where}. {CAUSES}"


def _check(project: Project, prepared: Prepared) -> None:
    """Raises TrainingError with the first thing that keeps the project from training."""
    for problem in problems(project, prepared.facts):
        if problem.severity == "error" and problem.where != "data":
            raise TrainingError(f"{problem.message}. {problem.fix}")


def _prepare(project: Project, X: Any, y: Any, trained: Trained | None) -> Prepared:
    """The rows to train on: those given, or those that the data recipe names."""
    from engine import data

    fitted = trained.preprocessing if trained else None
    if X is not None:
        return data.prepare(data.from_arrays(X, y), data.recipe_of(project), fitted)
    if project.data is None:
        raise TrainingError("no data is chosen: choose a data set first")
    return data.prepare(data.load_dataset(project.data), project.data, fitted)
