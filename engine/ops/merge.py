"""Ops that bring several tensors together."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import numpy as np

from engine.ops.base import Kernel, Kernels, Op, Site


@dataclass(frozen=True)
class Merge(Op):
    """An op over `count` tensors of one width."""

    width: int
    count: int

    @property
    def output_width(self) -> int:
        return self.width

    def inputs(self, site: Site) -> tuple[np.ndarray, ...]:
        """The input tensors without their row of ones."""
        return tuple(x[: self.width] for x in site.x)

    def asked(self, site: Site) -> list[tuple[int, np.ndarray]]:
        """(index, gradient buffer) of each input whose gradient is asked for."""
        return [(i, dx[: self.width]) for i, dx in enumerate(site.dx) if dx is not None]


def _fold(ufunc: np.ufunc, xs: tuple[np.ndarray, ...], out: np.ndarray) -> list[Kernel]:
    """`out = xs[0] ∘ xs[1] ∘ …`; with one input, a copy of it."""
    if len(xs) == 1:
        return [partial(np.copyto, out, xs[0])]
    return [
        partial(ufunc, xs[0], xs[1], out),
        *(partial(ufunc, out, x, out) for x in xs[2:]),
    ]


@dataclass(frozen=True)
class Add(Merge):
    """`A = Σ_k X_k`; `dX_k = dA`."""

    def bind(self, site: Site) -> Kernels:
        A, dA = site.y[: self.width], site.dy[: self.width]
        forward = _fold(np.add, self.inputs(site), A)
        backward = [partial(np.copyto, dX, dA) for _, dX in self.asked(site)]
        return Kernels(tuple(forward), tuple(backward))


@dataclass(frozen=True)
class Mean(Merge):
    """`A = (1/K) Σ_k X_k`; `dX_k = dA / K`."""

    def bind(self, site: Site) -> Kernels:
        A, dA = site.y[: self.width], site.dy[: self.width]
        share = site.scalar(1 / self.count)
        forward = [*_fold(np.add, self.inputs(site), A), partial(np.multiply, A, share, A)]
        backward = [partial(np.multiply, dA, share, dX) for _, dX in self.asked(site)]
        return Kernels(tuple(forward), tuple(backward))


@dataclass(frozen=True)
class Mul(Merge):
    """`A = Π_k X_k`; `dX_k = dA Π_{j≠k} X_j`, formed without dividing."""

    needs_input: ClassVar[bool] = True

    def bind(self, site: Site) -> Kernels:
        A, dA = site.y[: self.width], site.dy[: self.width]
        xs = self.inputs(site)
        backward: list[Kernel] = []
        for index, dX in self.asked(site):
            others = xs[:index] + xs[index + 1 :]
            backward += _fold(np.multiply, (dA, *others), dX)
        return Kernels(tuple(_fold(np.multiply, xs, A)), tuple(backward))


@dataclass(frozen=True)
class Concat(Op):
    """`A = [X_1, X_2, …]`; each input's gradient is its part of `dA`."""

    widths: tuple[int, ...]

    @property
    def output_width(self) -> int:
        return sum(self.widths)

    def bind(self, site: Site) -> Kernels:
        forward: list[Kernel] = []
        backward: list[Kernel] = []
        start = 0
        for x, dx, width in zip(site.x, site.dx, self.widths, strict=True):
            part = slice(start, start + width)
            forward.append(partial(np.copyto, site.y[part], x[:width]))
            if dx is not None:
                backward.append(partial(np.copyto, dx[:width], site.dy[part]))
            start += width
        return Kernels(tuple(forward), tuple(backward))
