"""What is to be predicted, as the engine has to know it before training."""

from dataclasses import dataclass

from engine.activations import Activation, Linear, Sigmoid, Softmax
from engine.data.dataset import Task
from engine.data.fitted import Target
from engine.losses import Auto, HalfSquaredError, Loss


@dataclass(frozen=True)
class Goal:
    """A target, the last layer that fits it, and how the loss is to be scaled.

    scikit-learn sums binary cross-entropy over the labels, where the engine takes the mean: it is
    multiplied by `scale`. The squared error it sums for the gradient, but reports the mean over
    the targets: what is reported is divided by `shares`.
    """

    target: Target
    outputs: int
    activation: Activation
    loss: Loss
    scale: float = 1.0
    shares: int = 1

    @property
    def task(self) -> Task:
        """What kind of prediction it is."""
        return self.target.task


def of_classes(names: tuple[str, ...], loss: Loss | None = None) -> Goal:
    """One class of several: a sigmoid for two, else softmax."""
    target = Target("target", classes=names)
    if len(names) == 2:
        return Goal(target, 1, Sigmoid(), loss or Auto())
    return Goal(target, len(names), Softmax(), loss or Auto())


def of_labels(names: tuple[str, ...], loss: Loss | None = None) -> Goal:
    """Any of several labels: a sigmoid for each."""
    target = Target("target", labels=names)
    return Goal(target, len(names), Sigmoid(), loss or Auto(), scale=len(names))


def of_numbers(count: int, loss: Loss) -> Goal:
    """One or several numbers, as they are."""
    target = Target("target", mean=(0.0,) * count, scale=(1.0,) * count)
    shares = count if isinstance(loss, HalfSquaredError) else 1
    return Goal(target, count, Linear(), loss, shares=shares)
