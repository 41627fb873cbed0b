"""What a person may change while training runs: read by the trainer between batches."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Wanted:
    """A measurement by the name of its probe, and the layer's id where it concerns one."""

    probe: str
    layer: str = ""


class Control:
    """Plain attributes, each written by one side; nothing here knows of threads.

    `wanted` names what to measure: once after each `ask()`, or at every chance where
    `every_time` is set. `learning_rate` replaces the base rate from the next batch on.
    `checkpoint` asks once for what training has made so far.
    """

    def __init__(
        self, wanted: frozenset[Wanted] = frozenset(), *, every_time: bool = False
    ) -> None:
        self.wanted = wanted
        self.every_time = every_time
        self.stop = False
        self.paused = False
        self.checkpoint = False
        self.learning_rate: float | None = None
        self._steps: dict[str, int] = {"batch": 0, "epoch": 0}
        self._asked: frozenset[Wanted] = frozenset()

    def ask(self) -> None:
        """Asks for one measurement of everything wanted."""
        self._asked = self.wanted

    def take(self, probe: str) -> frozenset[Wanted]:
        """The measurements of one probe that are due now; each is handed out once an `ask`."""
        if self.every_time:
            return frozenset(each for each in self.wanted if each.probe == probe)
        due = frozenset(each for each in self._asked if each.probe == probe)
        self._asked = self._asked - due
        return due

    def take_checkpoint(self) -> bool:
        """Whether a checkpoint was asked for since the last time."""
        asked, self.checkpoint = self.checkpoint, False
        return asked

    def step(self, what: Literal["batch", "epoch"]) -> None:
        """Runs one batch, or to the end of the epoch, then pauses."""
        self._steps[what] += 1
        self.paused = False

    @property
    def stepping_batch(self) -> bool:
        """Whether the next chunk must be a single batch."""
        return self._steps["batch"] > 0

    def batch_ended(self) -> None:
        """Ends a step of one batch."""
        if self._steps["batch"]:
            self._steps["batch"] -= 1
            self.paused = not self._steps["batch"]

    def epoch_ended(self) -> None:
        """Ends a step of one epoch."""
        if self._steps["epoch"]:
            self._steps["epoch"] -= 1
            self.paused = not self._steps["epoch"]
