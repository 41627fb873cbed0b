"""Normalisation over the rows of a batch, or over the units of a row."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import numpy as np

from engine.initializers import Constant, Zeros
from engine.ops.base import Kernel, Kernels, Op, Parameter, Site, sums


@dataclass(frozen=True)
class Normalization(Op):
    """Shared by both: `A = γ X̂ + β`, `X̂ = (X - μ) / √(σ² + ε)`, figures over one axis.

    With n the numbers along the axis, `dγ = Σ dA X̂`, `dβ = Σ dA` (over rows) and
    `dX = (G - mean(G) - X̂ mean(G X̂)) / √(σ² + ε)`, `G = γ dA` (Ioffe and Szegedy 2015).
    """

    width: int

    needs_input: ClassVar[bool] = False
    axis: ClassVar[int] = 1

    @property
    def output_width(self) -> int:
        return self.width

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        shape = (self.width,)
        return (Parameter("gamma", shape, Constant(value=1.0)), Parameter("beta", shape, Zeros()))

    def standardise(self, site: Site, epsilon: float, figures: "Figures") -> tuple[Kernel, ...]:
        """Kernels that fill `figures` from the input: mean, variance, 1/√(σ²+ε) and X̂."""
        X, axis, share = site.x[0][: self.width], self.axis, site.scalar(1 / figures.count)
        mean, variance = figures.mean, figures.variance
        unit, inverse = figures.unit, figures.inverse
        return (
            sums(X, mean, axis),
            partial(np.multiply, mean, share, mean),
            partial(np.subtract, X, mean, unit),
            partial(np.multiply, unit, unit, figures.scratch),
            sums(figures.scratch, variance, axis),
            partial(np.multiply, variance, share, variance),
            partial(np.add, variance, site.scalar(epsilon), inverse),
            partial(np.sqrt, inverse, inverse),
            partial(np.divide, site.scalar(1), inverse, inverse),
            partial(np.multiply, unit, inverse, unit),
        )

    def scale_and_shift(self, site: Site, unit: np.ndarray) -> tuple[Kernel, ...]:
        """`A = γ X̂ + β`."""
        A = site.y[: self.width]
        gamma, beta = (part.reshape(-1, 1) for part in np.split(site.parameters, 2))
        return (partial(np.multiply, unit, gamma, A), partial(np.add, A, beta, A))

    def gradients(self, site: Site, figures: "Figures") -> tuple[Kernel, ...]:
        """Backward kernels; `figures` as `standardise` left them."""
        dA, axis, share = site.dy[: self.width], self.axis, site.scalar(1 / figures.count)
        gamma, _ = (part.reshape(-1, 1) for part in np.split(site.parameters, 2))
        dgamma, dbeta = np.split(site.gradients, 2)
        unit, scratch = figures.unit, figures.scratch
        of_parameters = (
            partial(np.multiply, dA, unit, scratch),
            sums(scratch, dgamma, 1),
            sums(dA, dbeta, 1),
        )
        if site.dx[0] is None:
            return of_parameters
        dX, mean = site.dx[0][: self.width], figures.mean
        return (
            *of_parameters,
            partial(np.multiply, dA, gamma, dX),
            partial(np.multiply, dX, unit, scratch),
            sums(scratch, mean, axis),
            partial(np.multiply, mean, share, mean),
            partial(np.multiply, unit, mean, unit),
            sums(dX, mean, axis),
            partial(np.multiply, mean, share, mean),
            partial(np.subtract, dX, mean, dX),
            partial(np.subtract, dX, unit, dX),
            partial(np.multiply, dX, figures.inverse, dX),
        )


class Figures:
    """The buffers that normalisation needs between forward and backward."""

    def __init__(self, site: Site, width: int, axis: int) -> None:
        small = (width, 1) if axis == 1 else (1, site.rows)
        self.count = site.rows if axis == 1 else width
        self.mean, self.variance, self.inverse = (site.scratch(*small) for _ in range(3))
        self.unit, self.scratch = site.scratch(), site.scratch()


@dataclass(frozen=True)
class BatchNormalization(Normalization):
    """Over the rows; moving figures `m ← momentum m + (1 - momentum) batch` serve afterwards.

    The variance is that of the batch itself (divided by n), as in Keras.
    """

    momentum: float
    epsilon: float

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        shape = (self.width,)
        return (
            *super().parameters,
            Parameter("moving_mean", shape, Zeros(), trained=False),
            Parameter("moving_variance", shape, Constant(value=1.0), trained=False),
        )

    def bind(self, site: Site) -> Kernels:
        moving_mean, moving_variance = (part.reshape(-1, 1) for part in np.split(site.state, 2))
        figures = Figures(site, self.width, self.axis)
        if not site.training:
            return Kernels(self._with_moving(site, figures, moving_mean, moving_variance))
        forward = (
            *self.standardise(site, self.epsilon, figures),
            *self._follow(site, moving_mean, figures.mean),
            *self._follow(site, moving_variance, figures.variance),
            *self.scale_and_shift(site, figures.unit),
        )
        return Kernels(forward, self.gradients(site, figures))

    def _follow(self, site: Site, moving: np.ndarray, batch: np.ndarray) -> tuple[Kernel, ...]:
        part = site.scratch(*batch.shape)
        return (
            partial(np.multiply, moving, site.scalar(self.momentum), moving),
            partial(np.multiply, batch, site.scalar(1 - self.momentum), part),
            partial(np.add, moving, part, moving),
        )

    def _with_moving(
        self, site: Site, figures: Figures, mean: np.ndarray, variance: np.ndarray
    ) -> tuple[Kernel, ...]:
        inverse, unit = figures.inverse, figures.unit
        return (
            partial(np.add, variance, site.scalar(self.epsilon), inverse),
            partial(np.sqrt, inverse, inverse),
            partial(np.subtract, site.x[0][: self.width], mean, unit),
            partial(np.divide, unit, inverse, unit),
            *self.scale_and_shift(site, unit),
        )


@dataclass(frozen=True)
class LayerNormalization(Normalization):
    """Over the units of each row, alike in training and afterwards (Ba et al. 2016)."""

    epsilon: float

    axis: ClassVar[int] = 0

    def bind(self, site: Site) -> Kernels:
        figures = Figures(site, self.width, self.axis)
        forward = (
            *self.standardise(site, self.epsilon, figures),
            *self.scale_and_shift(site, figures.unit),
        )
        return Kernels(forward, self.gradients(site, figures))
