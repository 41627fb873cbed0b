"""Ops that draw random numbers while training and vanish outside it."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import numpy as np

from engine.ops.activations import Elementwise
from engine.ops.base import Kernels, Site


@dataclass(frozen=True)
class Dropout(Elementwise):
    """`A = X ⊙ M / (1 - p)`, `M` 0 with probability `p`; `dX = dA ⊙ M / (1 - p)`.

    Inverted dropout (Srivastava et al. 2014, section 10), so that nothing is scaled afterwards.
    """

    rate: float

    needs_output: ClassVar[bool] = False
    training_only: ClassVar[bool] = True
    random: ClassVar[bool] = True

    def bind(self, site: Site) -> Kernels:
        X, A, dA, dX = self.parts(site)
        drawn, kept = site.scratch(), site.scratch(dtype=bool)
        forward = (
            partial(site.generator.random, None, site.dtype, drawn),
            partial(np.greater_equal, drawn, site.scalar(self.rate), kept),
            partial(np.multiply, kept, site.scalar(1 / (1 - self.rate)), drawn),
            partial(np.multiply, X, drawn, A),
        )
        backward = () if dX is None else (partial(np.multiply, dA, drawn, dX),)
        return Kernels(forward, backward)


@dataclass(frozen=True)
class GaussianNoise(Elementwise):
    """`A = X + ε`, `ε ~ N(0, σ²)`; `dX = dA`."""

    stddev: float

    needs_output: ClassVar[bool] = False
    training_only: ClassVar[bool] = True
    random: ClassVar[bool] = True

    def bind(self, site: Site) -> Kernels:
        X, A, dA, dX = self.parts(site)
        drawn = site.scratch()
        forward = (
            partial(site.generator.standard_normal, None, site.dtype, drawn),
            partial(np.multiply, drawn, site.scalar(self.stddev), drawn),
            partial(np.add, X, drawn, A),
        )
        backward = () if dX is None else (partial(np.copyto, dX, dA),)
        return Kernels(forward, backward)
