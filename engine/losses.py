"""What training makes small: the value of each loss and its gradient, bound to buffers.

Definitions follow Keras 3 (`keras.losses`): the mean over the rows of a batch, and over the
outputs for the losses of regression and for binary cross-entropy; weights of rows multiply
before the mean over the rows, which divides by their count. Half the squared error is
scikit-learn's. Outputs and targets are kept `(outputs, rows)`.
"""

from abc import abstractmethod
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import lru_cache, partial
from typing import ClassVar

import numpy as np

from engine.data.dataset import Task
from engine.kinds import Kind, field
from engine.ops.activations import Sigmoid, Softmax, softmax_kernels
from engine.ops.base import Constants, Kernel, Op, Scratches

# Probabilities are kept this far from 0 and 1 before a logarithm, as Keras does.
LEAST_PROBABILITY = 1e-7


@dataclass(frozen=True)
class LossSite:
    """The buffers of a loss: `outputs`, `targets` and the gradient, each `(outputs, rows)`.

    `outputs` are logits where the loss is fused with the last op. `targets` come as
    `Loss.target_terms` says. `weights` is `(rows,)` or None. `scratches` are the buffers between
    its kernels, the same for every slot of a plan.
    """

    outputs: np.ndarray
    targets: np.ndarray
    gradient: np.ndarray
    weights: np.ndarray | None
    scratches: Scratches = dataclass_field(default_factory=Scratches)
    constants: Constants = dataclass_field(default_factory=Constants)

    @property
    def share(self) -> float:
        """What one row counts in the mean over the batch."""
        return 1 / self.outputs.shape[1]

    def scratch(self, *shape: int) -> np.ndarray:
        """A buffer of the loss's own; without a shape, one like the outputs."""
        return self.scratches.take(shape or self.outputs.shape, self.outputs.dtype)

    def scalar(self, value: float) -> np.ndarray:
        """A 0-d array of the outputs' own type."""
        return np.array(value, self.outputs.dtype)

    def full(self, value: float) -> np.ndarray:
        """A read-only array like the outputs, for `maximum` and `minimum`."""
        return self.constants.full(self.outputs.shape, value, self.outputs.dtype)


class Loss(Kind):
    """A loss; `fuses` names the last op with which it is computed from logits."""

    fuses: ClassVar[type[Op] | None] = None
    tasks: ClassVar[tuple[Task, ...]] = ("regression",)
    formula: ClassVar[str] = ""

    def targets(self, one_hot: np.ndarray) -> np.ndarray:
        """Class targets as the loss takes them (label smoothing); by default as they are."""
        return one_hot

    def target_terms(self, outputs: int, rows: int, *, fused: bool) -> tuple[float, float]:
        """(scale, offset): `kernels` want the targets of a batch as `scale · t + offset`.

        What does not change with the weights is thus worked out once a chunk, not in each step.
        """
        return 1.0, 0.0

    @abstractmethod
    def rows(
        self, outputs: np.ndarray, targets: np.ndarray, *, fused: bool, overwrite: bool = False
    ) -> np.ndarray:
        """The loss of each row, unweighted: `(…, outputs, rows)` to `(…, rows)`.

        `overwrite` gives it both arrays to work in: nothing may be expected in them afterwards.
        """

    def class_rows(
        self,
        outputs: np.ndarray,
        truth: np.ndarray,
        codes: np.ndarray,
        *,
        fused: bool,
        overwrite: bool = False,
    ) -> np.ndarray:
        """`rows` where each row has one class: `outputs (outputs, rows)`, `truth (rows,)`.

        `codes (classes, outputs)` holds the targets of each class.
        """
        targets = codes.take(truth, 0).T
        return self.rows(outputs, targets, fused=fused, overwrite=overwrite)

    @abstractmethod
    def kernels(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        """Kernels that fill the gradient of the mean loss of the batch, all rows weighing 1."""

    def bind(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        """Kernels that fill `site.gradient` with the gradient of the mean loss of the batch."""
        kernels = self.kernels(site, fused=fused)
        if site.weights is None:
            return kernels
        return (*kernels, partial(np.multiply, site.gradient, site.weights, site.gradient))

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

    def rows(
        self, outputs: np.ndarray, targets: np.ndarray, *, fused: bool, overwrite: bool = False
    ) -> np.ndarray:
        raise TypeError("resolve the automatic loss first")

    def kernels(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        raise TypeError("resolve the automatic loss first")


class MeanSquaredError(Loss):
    """`L = mean_j (a_j - t_j)²`."""

    tip = "The mean of the squared errors; large errors count most."
    tasks = ("regression", "classification", "multilabel")
    formula = r"L = \frac{1}{m}\sum_j (a_j-t_j)^2"

    def rows(
        self, outputs: np.ndarray, targets: np.ndarray, *, fused: bool, overwrite: bool = False
    ) -> np.ndarray:
        error = np.subtract(outputs, targets, out=targets if overwrite else None)
        return np.square(error, out=error).mean(axis=-2)

    def kernels(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        factor = site.scalar(2 / site.outputs.shape[0] * site.share)
        return (
            partial(np.subtract, site.outputs, site.targets, site.gradient),
            partial(np.multiply, site.gradient, factor, site.gradient),
        )


class HalfSquaredError(Loss):
    """`L = ½ Σ_j (a_j - t_j)²`, summed over the outputs; the gradient is `a - t`."""

    tip = "Half the squared error, as in scikit-learn and in textbooks: its gradient is the error."
    formula = r"L = \frac{1}{2}\sum_j (a_j-t_j)^2"

    def rows(
        self, outputs: np.ndarray, targets: np.ndarray, *, fused: bool, overwrite: bool = False
    ) -> np.ndarray:
        error = np.subtract(outputs, targets, out=targets if overwrite else None)
        return np.square(error, out=error).sum(axis=-2) / 2

    def kernels(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        return (
            partial(np.subtract, site.outputs, site.targets, site.gradient),
            partial(np.multiply, site.gradient, site.scalar(site.share), site.gradient),
        )


class MeanAbsoluteError(Loss):
    """`L = mean_j |a_j - t_j|`; the gradient is the sign."""

    tip = "The mean of the absolute errors; outliers count no more than they are."
    formula = r"L = \frac{1}{m}\sum_j |a_j-t_j|"

    def rows(
        self, outputs: np.ndarray, targets: np.ndarray, *, fused: bool, overwrite: bool = False
    ) -> np.ndarray:
        error = np.subtract(outputs, targets, out=targets if overwrite else None)
        return np.abs(error, out=error).mean(axis=-2)

    def kernels(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        factor = site.scalar(site.share / site.outputs.shape[0])
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

    def rows(
        self, outputs: np.ndarray, targets: np.ndarray, *, fused: bool, overwrite: bool = False
    ) -> np.ndarray:
        error = np.abs(outputs - targets)
        small = np.minimum(error, self.delta)
        return (small * (error - 0.5 * small)).mean(axis=-2)

    def kernels(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        factor = site.scalar(site.share / site.outputs.shape[0])
        low, high = site.full(-self.delta), site.full(self.delta)
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

    def rows(
        self, outputs: np.ndarray, targets: np.ndarray, *, fused: bool, overwrite: bool = False
    ) -> np.ndarray:
        if not fused:
            share = outputs / outputs.sum(axis=-2, keepdims=True)
            logarithm = np.log(np.clip(share, LEAST_PROBABILITY, 1 - LEAST_PROBABILITY))
            return -(targets * logarithm).sum(axis=-2)
        lent = (outputs, targets) if overwrite else (None, None)
        shifted = np.subtract(outputs, outputs.max(axis=-2, keepdims=True), out=lent[0])
        share = targets.sum(axis=-2)
        pulled = np.multiply(targets, shifted, out=lent[1])
        pull = pulled.sum(axis=-2)
        return share * np.log(np.exp(shifted, out=pulled).sum(axis=-2)) - pull

    def class_rows(
        self,
        outputs: np.ndarray,
        truth: np.ndarray,
        codes: np.ndarray,
        *,
        fused: bool,
        overwrite: bool = False,
    ) -> np.ndarray:
        if not fused:
            return super().class_rows(outputs, truth, codes, fused=fused, overwrite=overwrite)
        # L = ln Σ e^z - Σ t z, where all but one of the t are alike.
        shifted = np.subtract(outputs, outputs.max(axis=0), out=outputs if overwrite else None)
        pull = shifted.ravel().take(row_places(truth))
        if self.label_smoothing:
            pull *= 1 - self.label_smoothing
            pull += self.label_smoothing * shifted.mean(axis=0)
        losses = np.log(np.exp(shifted, out=shifted).sum(axis=0))
        losses -= pull
        return losses

    def target_terms(self, outputs: int, rows: int, *, fused: bool) -> tuple[float, float]:
        return 1 / rows, -0.5 / rows if fused and outputs == 2 else 0.0

    def kernels(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        if not fused:
            return self._from_probabilities(site)
        if len(site.outputs) == 2:
            return self._of_two(site)
        # Both terms come divided by the rows of the batch, so nothing is left to divide.
        return (
            *softmax_kernels(site.outputs, site.gradient, site.scratch, share=site.share),
            partial(np.subtract, site.gradient, site.targets, site.gradient),
        )

    def _of_two(self, site: LossSite) -> tuple[Kernel, ...]:
        # a_i - t_i = tanh((z_i - z_j) / 2) / 2 - (t_i - 1/2); the product halves the difference.
        half, gradient = np.array([[0.5, -0.5], [-0.5, 0.5]], site.outputs.dtype), site.gradient
        return (
            partial(half.dot, site.outputs, gradient),
            partial(np.tanh, gradient, gradient),
            partial(np.multiply, gradient, site.scalar(site.share / 2), gradient),
            partial(np.subtract, gradient, site.targets, gradient),
        )

    def _from_probabilities(self, site: LossSite) -> tuple[Kernel, ...]:
        # With s = a / Σa: dL/da_i = (Σ_j t_j - t_i / s_i) / Σa, where s is not cut.
        outputs, gradient = site.outputs, site.gradient
        total, pulls = site.scratch(site.outputs.shape[1]), site.scratch(site.outputs.shape[1])
        share, pull = site.scratch(), site.scratch()
        ones = np.ones(len(outputs), outputs.dtype)
        return (
            partial(ones.dot, outputs, total),
            partial(np.divide, outputs, total, share),
            *_within(site, share, gradient),
            partial(np.divide, site.targets, gradient, pull),
            *_where_uncut(site, share, gradient, pull),
            partial(np.multiply, pull, share, gradient),
            partial(ones.dot, gradient, pulls),
            partial(np.subtract, pulls, pull, gradient),
            partial(np.divide, gradient, total, gradient),
        )


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

    def rows(
        self, outputs: np.ndarray, targets: np.ndarray, *, fused: bool, overwrite: bool = False
    ) -> np.ndarray:
        if fused:
            tail = np.log1p(np.exp(-np.abs(outputs)))
            return (np.maximum(outputs, 0) - targets * outputs + tail).mean(axis=-2)
        a = np.clip(outputs, LEAST_PROBABILITY, 1 - LEAST_PROBABILITY)
        return -(targets * np.log(a) + (1 - targets) * np.log(1 - a)).mean(axis=-2)

    def target_terms(self, outputs: int, rows: int, *, fused: bool) -> tuple[float, float]:
        factor = 1 / (outputs * rows)
        return (factor, -factor / 2) if fused else (1.0, 0.0)

    def kernels(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        if not fused:
            return self._from_probabilities(site)
        # With the factor f of the mean, f (σ(z) - t) = f/2 tanh(z/2) - f (t - 1/2).
        half, factor = site.scalar(0.5), site.share / len(site.outputs)
        gradient = site.gradient
        return (
            partial(np.multiply, site.outputs, half, gradient),
            partial(np.tanh, gradient, gradient),
            partial(np.multiply, gradient, site.scalar(factor / 2), gradient),
            partial(np.subtract, gradient, site.targets, gradient),
        )

    def _from_probabilities(self, site: LossSite) -> tuple[Kernel, ...]:
        # dL/da = (a - t) / (a (1 - a)) where a is not cut.
        cut, slope, gradient = site.scratch(), site.scratch(), site.gradient
        return (
            *_within(site, site.outputs, cut),
            partial(np.subtract, site.outputs, site.targets, slope),
            partial(np.divide, slope, cut, slope),
            partial(np.subtract, site.scalar(1), cut, gradient),
            partial(np.divide, slope, gradient, slope),
            *_where_uncut(site, site.outputs, cut, slope),
            partial(np.multiply, slope, site.scalar(site.share / len(slope)), gradient),
        )


def _within(site: LossSite, a: np.ndarray, out: np.ndarray) -> tuple[Kernel, ...]:
    """Probabilities kept away from 0 and 1."""
    return (
        partial(np.maximum, a, site.full(LEAST_PROBABILITY), out=out),
        partial(np.minimum, out, site.full(1 - LEAST_PROBABILITY), out=out),
    )


def _where_uncut(
    site: LossSite, a: np.ndarray, cut: np.ndarray, gradient: np.ndarray
) -> tuple[Kernel, ...]:
    """Sets the gradient to 0 where a probability was cut, for there the loss is flat."""
    same = site.scratches.take(a.shape, bool)
    return (
        partial(np.equal, a, cut, same),
        partial(np.multiply, gradient, same, gradient),
    )


def row_places(truth: np.ndarray) -> np.ndarray:
    """Where the outputs of each row's own class lie in `outputs (classes, rows)`, read flat."""
    places = truth * len(truth)
    places += _counted(len(truth))
    return places


@lru_cache(maxsize=4)
def _counted(rows: int) -> np.ndarray:
    """0, 1, 2 and so on, kept for the next chunk."""
    found = np.arange(rows)
    found.setflags(write=False)
    return found


def resolve(loss: Loss, task: str, last: Op | None) -> Loss:
    """The loss itself, or for `Auto` the usual one for the task and the last op."""
    if not isinstance(loss, Auto):
        return loss
    if task == "regression":
        return MeanSquaredError()
    if task == "multilabel" or isinstance(last, Sigmoid):
        return BinaryCrossentropy()
    return CategoricalCrossentropy()
