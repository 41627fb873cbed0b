"""Every training that was done, kept with the project as values: what was tried, and what it gave.

A run is begun before training and recorded afterwards. Training on from where a run ended makes
that run longer, as long as nothing but the number of epochs was changed; else another run follows.
"""

import secrets
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

import numpy as np

from engine.events import Reason
from engine.project import EpochRecord, Project, Sendable, Trained

MOST_RUNS = 500
"""Beyond that the oldest are given up."""

WEIGHT_BYTES = 64 * 2**20
"""What the weights of all runs but the newest may take together; the oldest lose theirs first."""

Ending = Reason | Literal["paused"]
NONE: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True)
class Run(Sendable):
    """One training: the project as it was, every epoch's figures, and how it ended.

    `started` counts seconds since 1970. `follows` is the id of the run whose weights it began
    with, "" for initial ones. `epoch` is the one whose weights were kept; `test` holds figures
    only where they were asked for. With `trained`, the run can be restored wholly.
    """

    id: str
    name: str
    started: float
    project: Project
    seed: int
    history: tuple[EpochRecord, ...] = ()
    reason: Ending = "completed"
    epoch: int = 0
    seconds: float = 0.0
    threads: int = 1
    note: str = ""
    follows: str = ""
    test: Mapping[str, float] = field(default_factory=lambda: NONE)
    trained: Trained | None = None

    @property
    def result(self) -> EpochRecord | None:
        """The figures of the weights that were kept; None before the end of an epoch."""
        kept = (record for record in reversed(self.history) if record.epoch <= self.epoch)
        return next(kept, self.history[-1] if self.history else None)

    @property
    def figures(self) -> Mapping[str, float]:
        """The result on validation; on the training rows where none were held back."""
        record = self.result
        return NONE if record is None else record.validation or record.training

    @property
    def metric(self) -> str:
        """What people care about in its result: accuracy, else the RMSE, else the loss."""
        return next((name for name in ("accuracy", "rmse") if name in self.figures), "loss")


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Begun:
    """A training under way: what it began with, and the run that it makes or makes longer."""

    run: Run
    steps: int  # of the optimizer, before it began
    before: Run | None = None  # the run that becomes longer

    def recorded(
        self, runs: Runs, trained: Trained, reason: Ending, test: Mapping[str, float] = NONE
    ) -> Runs:
        """`runs` with this one as it stands; unchanged where it was stopped before a step."""
        if reason in ("stopped", "paused") and trained.progress.step == self.steps:
            return runs
        known = next((run for run in runs if run.id == self.run.id), self.run)
        history = self._history(trained)
        made = replace(
            self.run,
            name=known.name,
            note=known.note,
            history=history,
            reason=reason,
            epoch=_kept_epoch(trained, reason),
            seconds=sum(record.seconds for record in history),
            threads=trained.progress.threads,
            test=test,
            trained=trained,
        )
        others = tuple(run for run in runs if run.id != made.id)
        return within_budget((*others, made))[-MOST_RUNS:]

    def _history(self, trained: Trained) -> tuple[EpochRecord, ...]:
        """A run that follows another has epochs of its own only."""
        held = self.before.history if self.before else ()
        start = held[-1].epoch if held else self.run.epoch
        return (*held, *(record for record in trained.history if record.epoch > start))


def begin(runs: Runs, project: Project, trained: Trained | None) -> Begun:
    """To be called before `project` is trained, on from `trained` or from initial weights."""
    steps = trained.progress.step if trained else 0
    last = _ended_with(runs, trained)
    if last and trained and _same_but_for_length(last.project, project):
        return Begun(replace(last, project=project), steps, last)
    numbers = [int(run.name[4:]) for run in runs if run.name[:4] == "Run " and _is_number(run.name)]
    run = Run(
        id=secrets.token_hex(6),
        name=f"Run {max(numbers, default=len(runs)) + 1}",
        started=time.time(),
        project=project,
        seed=trained.seed if trained else project.training.seed,
        epoch=trained.progress.epoch if trained else 0,
        follows=_came_from(runs, trained),
    )
    return Begun(run, steps)


def restored(project: Project, run: Run) -> Project:
    """The project as it was for that run, under the name that it has now.

    What is equal stays the very same value, so that rows that are loaded need not be read again.
    """
    was = run.project
    same: dict[str, object] = {"name": project.name}
    same |= {
        part: getattr(project, part)
        for part in ("design", "data", "layout")
        if getattr(was, part) == getattr(project, part)
    }
    return was.model_copy(update=same)


def steps_per_epoch(project: Project, rows: int) -> int:
    """How many batches `rows` training rows make."""
    asked = project.training.batch_size
    return 1 if asked == "all" else max(1, -(-rows // asked))


def within_budget(runs: Runs, most: int = WEIGHT_BYTES) -> Runs:
    """Runs of which the oldest have let go of their weights; the newest always keeps its own."""
    kept: list[Run] = []
    for run in reversed(runs):
        if kept and run.trained is not None:
            most -= sum(array.nbytes for array in arrays_of(run.trained))
        kept.append(run if most >= 0 or not kept else replace(run, trained=None))
    return tuple(reversed(kept))


def arrays_of(trained: Trained) -> Iterator[np.ndarray]:
    """Everything in it that takes room."""
    for group in (trained.weights, trained.best, *trained.slots.values()):
        yield from group.values()


def renamed(runs: Runs, identifier: str, **changes: str) -> Runs:
    """With another `name` or `note` of one run."""
    return tuple(replace(run, **changes) if run.id == identifier else run for run in runs)


def without(runs: Runs, identifiers: Iterable[str]) -> Runs:
    """All but these."""
    gone = frozenset(identifiers)
    return tuple(run for run in runs if run.id not in gone)


def moved(now: Runs, left: Runs, target: Runs) -> Runs:
    """`now` after what leads from `left` to `target`: names, notes and deletions, no training.

    So an edit can be undone although runs were added, or became longer, since.
    """
    before, after = ({run.id: run for run in runs} for runs in (left, target))
    stay = [run for run in now if run.id not in before or run.id in after]
    found = [_relabelled(run, before.get(run.id), after.get(run.id)) for run in stay]
    here = {run.id for run in found}
    for run in target:
        if run.id not in before and run.id not in here:
            later = (place for place, each in enumerate(found) if each.started > run.started)
            found.insert(next(later, len(found)), run)
    return tuple(found)


def _relabelled(run: Run, before: Run | None, after: Run | None) -> Run:
    if before is None or after is None or (before.name, before.note) == (after.name, after.note):
        return run
    return replace(run, name=after.name, note=after.note)


def _is_number(name: str) -> bool:
    return name[4:].isascii() and name[4:].isdigit() and len(name) < 12


def _kept_epoch(trained: Trained, reason: Ending) -> int:
    """The epoch whose weights `trained` holds: the best one, where training returned to it."""
    progress = trained.progress
    returned = bool(trained.best) and reason in ("completed", "early")
    return progress.best_epoch if returned else progress.epoch


def _ended_with(runs: Runs, trained: Trained | None) -> Run | None:
    """The run that left these very weights."""
    if trained is None:
        return None
    last = trained.history[-1] if trained.history else None
    for run in reversed(runs):
        ended_so = last is not None and run.history[-1:] == (last,)
        if run.trained is trained or ended_so:
            return run
    return None


def _came_from(runs: Runs, trained: Trained | None) -> str:
    """The id of the run during which these weights were made, "" where there is none."""
    ended = _ended_with(runs, trained)
    if ended or trained is None or not trained.history:
        return ended.id if ended else ""
    last = trained.history[-1]
    return next((run.id for run in reversed(runs) if last in run.history), "")


def _same_but_for_length(before: Project, after: Project) -> bool:
    """Whether nothing that decides a training differs, besides the number of epochs."""
    recipe = after.training.model_copy(update={"epochs": before.training.epochs})
    same_design = before.design is after.design or before.design == after.design
    same_data = before.data is after.data or before.data == after.data
    return same_design and same_data and before.training == recipe
