"""Losses that measure how far numbers are from their targets."""

from functools import partial

import numpy as np

from engine.kinds import field
from engine.losses.base import Loss, LossSite
from engine.ops.base import Kernel


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
