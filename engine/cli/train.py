"""`train`: trains without a window, and writes the model."""

import argparse
import signal
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from engine.cli import evaluate, settings
from engine.cli.command import Answer, Command
from engine.cli.opening import open_whole, prepared_rows, recipe_for, warn_of
from engine.cli.output import figures, warn
from engine.cli.paths import add_out, writable
from engine.cli.progress import ProgressBar
from engine.data import DataRecipe, Prepared
from engine.errors import TrainingError
from engine.events import TrainingFinished, TrainingStarted
from engine.judgement.kept import looked
from engine.project import Project, Trained
from engine.runs import Runs, begin

INTERRUPTED = 130
LOST = {"not finite": "{} holds the last good weights.", "rows lost": "It is in {}."}


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("project", type=Path, metavar="PROJECT.h5", help="a project or a model")
    parser.add_argument("--data", type=Path, metavar="FILE", help="train on the rows of this file")
    parser.add_argument("--epochs", type=int, metavar="N", help="passes over the training rows")
    parser.add_argument("--seed", type=int, metavar="N", help="begin anew with this seed")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PATH=VALUE",
        help="any setting, such as training.batch_size=64 or design.dense_1.units=32",
    )
    add_out(parser, "the trained model")


def _run(options: argparse.Namespace) -> Answer:
    path = writable(options)
    opened = open_whole(options.project)
    project, trained, reshaped = _start(options, opened.project, opened.trained)
    recipe = recipe_for(project, options.project, None)
    prepared = prepared_rows(recipe, options.project, None if reshaped else trained)
    if trained is not None and reshaped:
        trained = _kept(trained, project, prepared.facts.width)
    began = time.perf_counter()
    begun = begin(opened.runs, project, trained)
    end = _train(project, trained, prepared)
    seconds = time.perf_counter() - began
    lost = LOST.get(end.reason)
    parts = [] if lost else ["test", "validation"]
    found = evaluate.scores(project, end.trained, prepared, parts)
    runs = begun.recorded(opened.runs, end.trained, end.reason, found.get("test", {}))
    _save(path, looked(project) if "test" in found else project, end, runs)
    if lost:
        raise TrainingError(f"{end.message} {lost.format(path)}")
    value = {
        "test": found.get("test"),
        "validation": found.get("validation"),
        "epochs": end.trained.progress.epoch,
        "seconds": round(seconds, 3),
        "seed": end.trained.seed,
        "out": str(path),
    }
    text = "\n".join(part for part in (end.message, figures(found), f"Saved as {path}.") if part)
    return Answer(value, text, code=INTERRUPTED if end.reason == "stopped" else 0)


def _start(
    options: argparse.Namespace, before: Project, trained: Trained | None
) -> tuple[Project, Trained | None, bool]:
    """The project with what the options change, and what is kept of earlier training.

    Also whether rows have to be prepared otherwise than they were for that training.
    """
    from engine.edits import MIXED, deals_anew

    project = before
    if options.data is not None:
        project = project.edited(data=recipe_for(project, options.project, options.data.absolute()))
    chosen = [
        f"training.{name}={getattr(options, name)}"
        for name in ("epochs", "seed")
        if getattr(options, name) is not None
    ]
    project = settings.changed(project, [*options.set, *chosen])
    if trained is None or options.seed is not None:
        return project, None, False
    if project.design is not before.design:
        trained = _kept(trained, project, None)
    if options.data is None and deals_anew(before.data, project.data):
        warn([MIXED])
    return project, trained, _prepares_otherwise(before.data, project.data)


def _kept(trained: Trained, project: Project, width: int | None) -> Trained | None:
    """What of earlier training fits the project and rows of this width; says what that is."""
    from engine.edits import carry_over

    kept, note = carry_over(trained, project, width)
    warn([note])
    return kept


def _prepares_otherwise(before: DataRecipe | None, after: DataRecipe | None) -> bool:
    """Whether columns are used otherwise; another file alone is prepared as the first one was."""
    if before is None or after is None:
        return False
    uses = before.columns, before.scaling, before.target, before.task
    return uses != (after.columns, after.scaling, after.target, after.task)


def _train(project: Project, trained: Trained | None, prepared: Prepared) -> TrainingFinished:
    """Trains to the end. Ctrl+C ends it early, with what has been trained so far."""
    from engine.trainer import Trainer

    trainer = Trainer(project, prepared=prepared, trained=trained)
    warn_of(prepared)

    def stop() -> None:
        trainer.control.stop = True

    with _on_interrupt(stop), ProgressBar(prepared.facts) as bar:
        for event in trainer.run():
            bar.show(event)
            if isinstance(event, TrainingStarted):
                warn(event.notes)
            elif isinstance(event, TrainingFinished):
                return event
    raise AssertionError("a trainer's last event is TrainingFinished")


@contextmanager
def _on_interrupt(act: Callable[[], None]) -> Generator[None]:
    """Calls `act` at the first Ctrl+C; the second interrupts at once, as it always does."""

    def handle(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, before)
        act()

    before = signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _save(path: Path, project: Project, end: TrainingFinished, runs: Runs) -> None:
    from engine import files

    files.save(path, project, end.trained, runs=runs)


COMMAND = Command("train", "train a project without a window", _arguments, _run)
