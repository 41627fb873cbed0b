"""Progress bars for training and reading, on standard error and only where a person watches."""

import sys
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from engine.data.dataset import DataFacts
from engine.events import BatchesDone, EpochDone, Event, TrainingStarted


class _Bar:
    """A bar while the context lasts; none where standard error is not a terminal."""

    def __init__(self, *fields: str, transient: bool = False) -> None:
        self._fields, self._transient = fields, transient
        self._progress: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich import progress
            from rich.console import Console

            self._progress = progress.Progress(
                "{task.description}",
                progress.BarColumn(),
                progress.TimeRemainingColumn(),
                *self._fields,
                console=Console(stderr=True),
                transient=self._transient,
            )
            self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._progress is not None:
            self._progress.stop()


class ProgressBar(_Bar):
    """Fed with a trainer's events on data of which `facts` tell."""

    def __init__(self, facts: DataFacts) -> None:
        super().__init__("{task.fields[figures]}")
        self._facts = facts

    def show(self, event: Event) -> None:
        """Moves the bar to where `event` says that training stands."""
        if self._progress is None:
            return
        if isinstance(event, TrainingStarted):
            self._task = self._progress.add_task(
                "epoch", total=event.epochs, completed=event.epoch, figures=""
            )
        elif isinstance(event, BatchesDone):
            self._progress.update(self._task, completed=event.x)
        elif isinstance(event, EpochDone):
            record = event.record
            self._progress.update(
                self._task,
                completed=record.epoch,
                description=f"epoch {record.epoch}",
                figures=self._figures(record.validation or record.training),
            )

    def _figures(self, values: Mapping[str, float]) -> str:
        """Accuracy has beside it what it must be held against where classes are uneven."""
        from engine.judgement.classes import share_to_beat

        share = share_to_beat(self._facts) if "accuracy" in values else None
        shown = values if share is None else {**values, "majority": share}
        return "  ".join(f"{name} {value:.4f}" for name, value in shown.items())


class Steps(_Bar):
    """Told of shares and of what is being done; gone when that is over."""

    def __init__(self) -> None:
        super().__init__(transient=True)

    def __enter__(self) -> Self:
        super().__enter__()
        if self._progress is not None:
            self._task = self._progress.add_task("", total=1.0)
        return self

    def tell(self, share: float, text: str) -> None:
        """Work has come so far, a share of 1 being the end of this step."""
        if self._progress is not None:
            self._progress.update(self._task, completed=share, description=text)
