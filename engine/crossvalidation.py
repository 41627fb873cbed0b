"""Trains the whole recipe anew for every fold, on all processors, and judges what was held out.

Preprocessing is fitted within the fold. Each process is a fresh interpreter that is told the
project and the rows once, then one fold after the other; it uses one BLAS thread, so the figures
are those of a `Trainer` with one thread, whatever runs beside it.
"""

import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from engine import threads
from engine.data.dataset import Dataset, Prepared, row_place
from engine.data.loading import recipe_of
from engine.data.preparing import prepare_dealt
from engine.data.recipe import DataRecipe
from engine.data.streaming.store import Progress, untold
from engine.errors import GlassworkError, TrainingError
from engine.evaluation import evaluate_rows
from engine.events import EpochDone, TrainingFinished
from engine.folds import Fold, Folds, deal
from engine.network import Network
from engine.project import EpochRecord, Project
from engine.trainer import Trainer

HEARTBEAT = 0.1  # seconds between two looks at whether anybody still waits
QUIET = 0.05  # seconds between two reports of one process


@dataclass(frozen=True)
class FoldResult:
    """What one fold came to: `figures` on its held-out rows, and the curves on the way."""

    repeat: int
    number: int
    trained_on: int
    judged: int
    figures: Mapping[str, float]
    history: tuple[EpochRecord, ...]
    reason: str
    seconds: float


@dataclass(frozen=True)
class CrossValidated:
    """All folds in their order; `means` and `spreads` (sample standard deviation) over them."""

    how: Folds
    folds: tuple[FoldResult, ...]
    seconds: float

    @property
    def means(self) -> dict[str, float]:
        return {name: float(np.mean(values)) for name, values in self._values().items()}

    @property
    def spreads(self) -> dict[str, float]:
        return {name: float(np.std(values, ddof=1)) for name, values in self._values().items()}

    def _values(self) -> dict[str, list[float]]:
        """Figures that every fold has: an AUC lacks where a class does."""
        names = [n for n in self.folds[0].figures if all(n in f.figures for f in self.folds)]
        return {name: [fold.figures[name] for fold in self.folds] for name in names}


def cross_validate(
    project: Project, prepared: Prepared, how: Folds | None = None, progress: Progress = untold
) -> CrossValidated:
    """Trains and judges every fold. `progress` may raise, which ends all processes.

    A script that calls this does so under `if __name__ == "__main__"`, as every fresh interpreter
    imports it. Raises DataError where rows cannot be dealt so, TrainingError where a fold fails.
    """
    how, began = how or Folds(), time.perf_counter()
    recipe = project.data or recipe_of(project)
    folds = deal(prepared, project.training, recipe.split, how)
    progress(0.0, "Starting")
    with _processes(project, recipe, prepared, min(threads.cores(), len(folds))) as workers:
        found = dict(_results(workers, folds, project.training.epochs, progress))
    ordered = tuple(found[place] for place in range(len(folds)))
    return CrossValidated(how, ordered, time.perf_counter() - began)


def run_fold(
    project: Project, recipe: DataRecipe, dataset: Dataset, fold: Fold, told: Any = None
) -> FoldResult:
    """Prepares, trains and judges one fold; `told(epoch)` hears of every epoch."""
    began = time.perf_counter()
    prepared = prepare_dealt(dataset, recipe, fold.rows)
    single = project.edited(training=project.training.edited(threads=1))
    ending: TrainingFinished | None = None
    for event in Trainer(single, prepared=prepared).run():
        if isinstance(event, EpochDone) and told:
            told(event.record.epoch)
        elif isinstance(event, TrainingFinished):
            ending = event
    assert ending is not None, "a trainer's last event is TrainingFinished"
    network = Network(
        project.design,
        prepared.facts.width,
        dtype=project.training.precision,
        weights=ending.trained.weights,
    )
    with threads.limit(1):
        figures = evaluate_rows(network, prepared, fold.judged, project.judgement)
    return FoldResult(
        fold.repeat,
        fold.number,
        len(fold.rows.train),
        len(fold.judged),
        figures,
        ending.trained.history,
        ending.reason,
        time.perf_counter() - began,
    )


# ── processes ───────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _processes(
    project: Project, recipe: DataRecipe, prepared: Prepared, count: int
) -> Generator[list[Connection]]:
    """So many of them, each at the other end of a pipe; all end with the block."""
    context = get_context("spawn")
    started, pipes = [], []
    try:
        for _ in range(count):
            here, there = context.Pipe()
            process = context.Process(target=_serve, args=(there,), daemon=True)
            process.start()
            there.close()
            started.append(process)
            pipes.append(here)
            here.send((project, recipe, _sendable(prepared.dataset)))
        yield pipes
    finally:
        for pipe in pipes:
            pipe.close()
        for process in started:
            process.terminate()
            process.join()


def _sendable(dataset: Dataset) -> Dataset:
    """The rows without what says where in a file each was, which may be any function."""
    return replace(dataset, features=replace(dataset.features, place=row_place))


def _serve(pipe: Connection) -> None:
    """The whole life of a process: the project and its rows, then folds until the pipe closes."""
    with suppress(EOFError, OSError, KeyboardInterrupt):
        project, recipe, dataset = pipe.recv()
        while True:
            fold: Fold = pipe.recv()
            try:
                pipe.send(run_fold(project, recipe, dataset, fold, _reporter(pipe)))
            except GlassworkError as error:
                pipe.send(f"fold {fold.number}: {error}")


def _reporter(pipe: Connection) -> Any:
    last = [0.0]

    def told(epoch: int) -> None:
        if (now := time.perf_counter()) - last[0] > QUIET:
            last[0] = now
            pipe.send(epoch)

    return told


def _results(
    workers: list[Connection], folds: list[Fold], epochs: int, progress: Progress
) -> Iterator[tuple[int, FoldResult]]:
    """Keeps every process busy, and gives (place of the fold, what it came to) as they end."""
    waiting, busy = list(range(len(folds))), dict[Connection, int]()
    shares = np.zeros(len(folds))

    def give(worker: Connection) -> None:
        if waiting:
            busy[worker] = waiting.pop(0)
            worker.send(folds[busy[worker]])

    for worker in workers:
        give(worker)
    while busy:
        for worker in connection.wait(list(busy), HEARTBEAT):
            assert isinstance(worker, Connection)
            message = _received(worker, folds[busy[worker]])
            if isinstance(message, int):
                shares[busy[worker]] = min(1.0, message / epochs)
                continue
            place = busy.pop(worker)
            shares[place] = 1.0
            give(worker)
            yield place, message
        done = int((shares == 1.0).sum()) if waiting or busy else len(folds)
        progress(float(shares.mean()), f"{done} of {len(folds)} folds")


def _received(worker: Connection, fold: Fold) -> Any:
    """What a process says; a failure becomes an error here."""
    try:
        message = worker.recv()
    except (EOFError, OSError):
        raise TrainingError(
            f"fold {fold.number} ended without a result: its process died, perhaps for want of "
            "memory; take fewer rows or a smaller network"
        ) from None
    if isinstance(message, str):
        raise TrainingError(message)
    return message
