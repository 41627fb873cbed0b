"""What a person may change while training runs: read by the trainer between batches."""

from collections.abc import Hashable
from dataclasses import dataclass
from time import perf_counter
from typing import Literal

# A measurement that took a second is not taken again for so many seconds.
REST = 40.0


@dataclass(frozen=True)
class Wanted:
    """A measurement by the name of its probe, and the layer's id where it concerns one.

    `setting` is what else the probe wants to know, a value of its own; `apart` are the seconds
    that lie at least between two measurements.
    """

    probe: str
    layer: str = ""
    setting: Hashable = None
    apart: float = 0.0


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
        self._rests_until: dict[Wanted, float] = {}

    def ask(self) -> None:
        """Asks for one measurement of everything wanted, but for what has to rest."""
        until, now = self._rests_until, perf_counter()
        if not until:
            self._asked = self.wanted
        else:
            self._asked = frozenset(each for each in self.wanted if until.get(each, 0.0) <= now)

    def took(self, wanted: Wanted, seconds: float) -> None:
        """Lets a measurement rest after it was taken: the longer it takes, the more seldom."""
        kept = {each: end for each, end in self._rests_until.items() if each in self.wanted}
        kept[wanted] = perf_counter() + max(wanted.apart, REST * seconds)
        self._rests_until = kept

    def wants(self, probe: str) -> bool:
        """Whether any measurement of this probe is wanted, now or later."""
        return any(each.probe == probe for each in self.wanted)

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
