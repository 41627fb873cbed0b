"""What training makes small: the value of each loss and its gradient, bound to buffers.

Definitions follow Keras 3 (`keras.losses`): the mean over the rows of a batch, and over the
outputs for the losses of regression and for binary cross-entropy; weights of rows multiply
before the mean over the rows, which divides by their count. Outputs and targets are kept
`(outputs, rows)`.
"""

from abc import abstractmethod
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import partial
from typing import ClassVar

import numpy as np

from engine.data.dataset import Task
from engine.kinds import Kind, field
from engine.ops.activations import Sigmoid, Softmax, softmax_kernels
from engine.ops.base import Kernel, Op, Scratches

# Probabilities are kept this far from 0 and 1 before a logarithm, as Keras does.
LEAST_PROBABILITY = 1e-7


@dataclass(frozen=True)
class LossSite:
    """The buffers of a loss: `outputs`, `targets` and the gradient, each `(outputs, rows)`.

    `outputs` are logits where the loss is fused with the last op. `weights` is `(rows,)` or None.
    `scratches` are the buffers between its kernels, the same for every slot of a plan.
    """

    outputs: np.ndarray
    targets: np.ndarray
    gradient: np.ndarray
    weights: np.ndarray | None
    scratches: Scratches = dataclass_field(default_factory=Scratches)

    def scalar(self, value: float) -> np.ndarray:
        """A 0-d array of the outputs' own type."""
        return np.array(value, self.outputs.dtype)


class Loss(Kind):
    """A loss; `fuses` names the last op with which it is computed from logits."""

    fuses: ClassVar[type[Op] | None] = None
    tasks: ClassVar[tuple[Task, ...]] = ("regression",)
    formula: ClassVar[str] = ""

    def targets(self, one_hot: np.ndarray) -> np.ndarray:
        """Class targets as the loss takes them (label smoothing); by default as they are."""
        return one_hot

    @abstractmethod
    def rows(self, outputs: np.ndarray, targets: np.ndarray, *, fused: bool) -> np.ndarray:
        """The loss of each row, unweighted: `(…, outputs, rows)` to `(…, rows)`."""

    @abstractmethod
    def kernels(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        """Kernels that fill the gradient of each row's loss, not yet divided by the rows."""

    def bind(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        """Kernels that fill `site.gradient` with the gradient of the mean loss of the batch."""
        share = site.scalar(1 / site.outputs.shape[1])
        weighted: tuple[Kernel, ...] = ()
        if site.weights is not None:
            weighted = (partial(np.multiply, site.gradient, site.weights, site.gradient),)
        return (
            *self.kernels(site, fused=fused),
            *weighted,
            partial(np.multiply, site.gradient, share, site.gradient),
        )

    def value(
        self,
        outputs: np.ndarray,
        targets: np.ndarray,
        weights: np.ndarray | None = None,
        *,
        fused: bool,
    ) -> float:
        """The mean loss over all rows of `outputs` and `targets`, `(…, outputs, rows)`."""
        losses = self.rows(outputs, targets, fused=fused)
        if weights is not None:
            losses = losses * weights
        return float(losses.mean(dtype=np.float64))


class Auto(Loss):
    """Chosen by the task and the last layer; see `resolve`."""

    label = "Automatic"
    tip = "Cross-entropy for classes, mean squared error for numbers."
    tasks = ("classification", "multilabel", "regression")

    def rows(self, outputs: np.ndarray, targets: np.ndarray, *, fused: bool) -> np.ndarray:
        raise TypeError("resolve the automatic loss first")

    def kernels(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        raise TypeError("resolve the automatic loss first")


class MeanSquaredError(Loss):
    """`L = mean_j (a_j - t_j)²`."""

    tip = "The mean of the squared errors; large errors count most."
    tasks = ("regression", "classification", "multilabel")
    formula = r"L = \frac{1}{m}\sum_j (a_j-t_j)^2"

    def rows(self, outputs: np.ndarray, targets: np.ndarray, *, fused: bool) -> np.ndarray:
        return np.square(outputs - targets).mean(axis=-2)

    def kernels(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        factor = site.scalar(2 / site.outputs.shape[0])
        return (
            partial(np.subtract, site.outputs, site.targets, site.gradient),
            partial(np.multiply, site.gradient, factor, site.gradient),
        )


class MeanAbsoluteError(Loss):
    """`L = mean_j |a_j - t_j|`; the gradient is the sign."""

    tip = "The mean of the absolute errors; outliers count no more than they are."
    formula = r"L = \frac{1}{m}\sum_j |a_j-t_j|"

    def rows(self, outputs: np.ndarray, targets: np.ndarray, *, fused: bool) -> np.ndarray:
        return np.abs(outputs - targets).mean(axis=-2)

    def kernels(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        factor = site.scalar(1 / site.outputs.shape[0])
        return (
            partial(np.subtract, site.outputs, site.targets, site.gradient),
            partial(np.sign, site.gradient, site.gradient),
            partial(np.multiply, site.gradient, factor, site.gradient),
        )


class Huber(Loss):
    """`L = mean_j ½e²` where `|e| ≤ δ`, else `δ|e| - ½δ²`; the gradient is `e` cut at ±δ."""

    tip = "Squared for small errors, absolute for large ones."
    formula = r"L = \frac{1}{2}e^2 \;(|e|\leq\delta),\quad \delta|e|-\frac{1}{2}\delta^2"
    delta: float = field(1.0, "Delta", "Where squared turns into absolute.", gt=0, le=1e6)

    def rows(self, outputs: np.ndarray, targets: np.ndarray, *, fused: bool) -> np.ndarray:
        error = np.abs(outputs - targets)
        small = np.minimum(error, self.delta)
        return (small * (error - 0.5 * small)).mean(axis=-2)

    def kernels(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        factor = site.scalar(1 / site.outputs.shape[0])
        low, high = site.scalar(-self.delta), site.scalar(self.delta)
        return (
            partial(np.subtract, site.outputs, site.targets, site.gradient),
            partial(np.minimum, site.gradient, high, out=site.gradient),
            partial(np.maximum, site.gradient, low, out=site.gradient),
            partial(np.multiply, site.gradient, factor, site.gradient),
        )


class CategoricalCrossentropy(Loss):
    """`L = -Σ_j t_j ln a_j`; with softmax, from logits: `L = ln Σ e^z - Σ t z`, `dZ = a - t`.

    Unfused, `a` is first divided by its sum and kept away from 0 and 1, as in Keras.
    """

    label = "Categorical cross-entropy"
    tip = "For one class of several; needs softmax as the last activation."
    fuses = Softmax
    tasks = ("classification",)
    formula = r"L = -\sum_j t_j \ln a_j"
    label_smoothing: float = field(
        0.0, "Label smoothing", "The share of certainty spread over all classes.", ge=0, lt=1
    )

    def targets(self, one_hot: np.ndarray) -> np.ndarray:
        return one_hot * (1 - self.label_smoothing) + self.label_smoothing / one_hot.shape[-1]

    def rows(self, outputs: np.ndarray, targets: np.ndarray, *, fused: bool) -> np.ndarray:
        if not fused:
            share = outputs / outputs.sum(axis=-2, keepdims=True)
            logarithm = np.log(np.clip(share, LEAST_PROBABILITY, 1 - LEAST_PROBABILITY))
            return -(targets * logarithm).sum(axis=-2)
        shifted = outputs - outputs.max(axis=-2, keepdims=True)
        total = np.log(np.exp(shifted).sum(axis=-2))
        return targets.sum(axis=-2) * total - (targets * shifted).sum(axis=-2)

    def kernels(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        if fused:
            row = site.scratches.take(site.outputs.shape[1:], site.outputs.dtype)
            return (
                *softmax_kernels(site.outputs, site.gradient, row),
                partial(np.subtract, site.gradient, site.targets, site.gradient),
            )
        return (partial(self._from_probabilities, site),)

    def _from_probabilities(self, site: LossSite) -> None:
        # With s = a / Σa: dL/da_i = (Σ_j t_j - t_i / s_i) / Σa, where s is not cut.
        total = site.outputs.sum(axis=0)
        share = site.outputs / total
        inside = (share > LEAST_PROBABILITY) & (share < 1 - LEAST_PROBABILITY)
        pull = np.where(inside, site.targets / np.where(inside, share, 1), 0)
        site.gradient[...] = ((pull * share).sum(axis=0) - pull) / total


class BinaryCrossentropy(Loss):
    """`L = -mean_j (t ln a + (1-t) ln(1-a))`; with sigmoid, from logits: `dZ = a - t`.

    From logits `L = max(z, 0) - t z + ln(1 + e^-|z|)`, stable at any size of `z`.
    """

    label = "Binary cross-entropy"
    tip = "For two classes, or several that do not exclude one another; needs sigmoid at the end."
    fuses = Sigmoid
    tasks = ("classification", "multilabel")
    formula = r"L = -t \ln a - (1-t)\ln(1-a)"
    label_smoothing: float = field(
        0.0, "Label smoothing", "The share of certainty moved to a half.", ge=0, lt=1
    )

    def targets(self, one_hot: np.ndarray) -> np.ndarray:
        return one_hot * (1 - self.label_smoothing) + self.label_smoothing / 2

    def rows(self, outputs: np.ndarray, targets: np.ndarray, *, fused: bool) -> np.ndarray:
        if fused:
            tail = np.log1p(np.exp(-np.abs(outputs)))
            return (np.maximum(outputs, 0) - targets * outputs + tail).mean(axis=-2)
        a = np.clip(outputs, LEAST_PROBABILITY, 1 - LEAST_PROBABILITY)
        return -(targets * np.log(a) + (1 - targets) * np.log(1 - a)).mean(axis=-2)

    def kernels(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        if not fused:
            return (partial(self._from_probabilities, site),)
        half, factor = site.scalar(0.5), site.scalar(1 / site.outputs.shape[0])
        gradient = site.gradient
        return (
            partial(np.multiply, site.outputs, half, gradient),
            partial(np.tanh, gradient, gradient),
            partial(np.multiply, gradient, half, gradient),
            partial(np.add, gradient, half, gradient),
            partial(np.subtract, gradient, site.targets, gradient),
            partial(np.multiply, gradient, factor, gradient),
        )

    def _from_probabilities(self, site: LossSite) -> None:
        a, t = site.outputs, site.targets
        inside = (a > LEAST_PROBABILITY) & (a < 1 - LEAST_PROBABILITY)
        slope = np.where(inside, (a - t) / np.where(inside, a * (1 - a), 1), 0)
        site.gradient[...] = slope / a.shape[0]


def resolve(loss: Loss, task: str, last: Op | None) -> Loss:
    """The loss itself, or for `Auto` the usual one for the task and the last op."""
    if not isinstance(loss, Auto):
        return loss
    if task == "regression":
        return MeanSquaredError()
    if task == "multilabel" or isinstance(last, Sigmoid):
        return BinaryCrossentropy()
    return CategoricalCrossentropy()
