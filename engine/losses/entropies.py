"""Losses that compare probabilities with classes, or with labels."""

from functools import partial

import numpy as np

from engine.kinds import field
from engine.losses.base import Loss, LossSite, row_places
from engine.ops.activations import Sigmoid, Softmax, softmax_kernels
from engine.ops.base import Kernel

# Probabilities are kept this far from 0 and 1 before a logarithm, as Keras does.
LEAST_PROBABILITY = 1e-7


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
