"""How the learning rate moves. `factor(progress)` multiplies the base rate; warm-up comes before.

`epoch` is a float: 2.5 is half-way through the third epoch. Definitions as in Keras
(`keras.optimizers.schedules`, `ReduceLROnPlateau`) and, for one-cycle, Smith and Topin 2017.
"""

import math
from abc import abstractmethod
from typing import ClassVar

from engine.kinds import Kind, field


class Schedule(Kind):
    """A factor on the learning rate, by the time that has passed; always 1 where `steady`."""

    steady: ClassVar[bool] = False

    @abstractmethod
    def factor(self, epoch: float, epochs: float) -> float:
        """The factor at `epoch` of `epochs`."""


class Constant(Schedule):
    tip = "The learning rate stays as it is."
    steady: ClassVar[bool] = True

    def factor(self, epoch: float, epochs: float) -> float:
        return 1.0


class Step(Schedule):
    tip = "Multiplies the rate by a factor every few epochs."
    every: int = field(30, "Every", "Epochs between two drops.", unit="epochs", ge=1, le=1_000_000)
    by: float = field(0.5, "Factor", "What the rate is multiplied by at each drop.", gt=0, le=1)

    def factor(self, epoch: float, epochs: float) -> float:
        return self.by ** (int(epoch) // self.every)


class Exponential(Schedule):
    tip = "Multiplies the rate by the same factor every epoch, smoothly."
    by: float = field(0.98, "Factor", "What the rate is multiplied by in one epoch.", gt=0, le=1)

    def factor(self, epoch: float, epochs: float) -> float:
        return self.by**epoch


class Cosine(Schedule):
    tip = "Follows half a cosine down to a small rate at the last epoch."
    floor: float = field(0.0, "Floor", "The factor reached at the end.", ge=0, le=1)

    def factor(self, epoch: float, epochs: float) -> float:
        share = min(1.0, epoch / max(1, epochs))
        return self.floor + (1 - self.floor) * 0.5 * (1 + math.cos(math.pi * share))


class OneCycle(Schedule):
    tip = "Rises to the full rate, then falls far below where it began."
    rise: float = field(0.3, "Rise", "The share of the epochs spent rising.", gt=0, lt=1)
    start: float = field(
        25.0, "Start divisor", "The first rate is the full one divided by this.", ge=1, le=1e4
    )
    end: float = field(
        1e4, "End divisor", "The last rate is the first divided by this.", ge=1, le=1e8
    )

    def factor(self, epoch: float, epochs: float) -> float:
        share = min(1.0, epoch / max(1, epochs))
        low, last = 1 / self.start, 1 / self.start / self.end
        if share < self.rise:
            return _between(low, 1.0, share / self.rise)
        return _between(1.0, last, (share - self.rise) / (1 - self.rise))


class ReduceOnPlateau(Schedule):
    steady: ClassVar[bool] = True
    tip = "Multiplies the rate by a factor when the watched loss has not fallen for a while."
    by: float = field(0.2, "Factor", "What the rate is multiplied by.", gt=0, lt=1)
    patience: int = field(
        10, "Patience", "Epochs without progress before a drop.", unit="epochs", ge=1, le=100_000
    )
    min_delta: float = field(
        1e-4, "Least progress", "A smaller fall of the loss does not count.", ge=0, le=1e6
    )
    least: float = field(1e-4, "Least", "The factor never falls below this.", ge=0, le=1)

    def factor(self, epoch: float, epochs: float) -> float:
        return 1.0


def _between(start: float, end: float, share: float) -> float:
    """From `start` to `end` along half a cosine."""
    return end + (start - end) * 0.5 * (1 + math.cos(math.pi * share))
