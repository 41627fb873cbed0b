"""The activation functions, each with its derivative below it; all may work in place but two."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import pi, sqrt
from typing import ClassVar

import numpy as np

from engine.ops.base import Kernel, Kernels, Op, Site, sums

SELU_ALPHA = 1.6732632423543772
SELU_SCALE = 1.0507009873554805
# Up to how many classes softmax takes maxima in pairs.
MOST_PAIRS = 3
# Up to how many multiplications repeating a row by a product is quicker than NumPy's repeating.
MOST_SPREAD = 16_384


@dataclass(frozen=True)
class Elementwise(Op):
    """An op whose output has the shape of its one input."""

    width: int
    in_place: ClassVar[bool] = True
    needs_output: ClassVar[bool] = True

    @property
    def output_width(self) -> int:
        return self.width

    def parts(self, site: Site) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray | None]:
        """(input, output, output's gradient, input's gradient) without their row of ones."""
        n, dx = self.width, site.dx[0]
        A, dA = site.y[:n], site.dy[:n]
        # In place, both names must be one object: NumPy copies where views merely coincide.
        Z = A if site.x[0] is site.y else site.x[0][:n]
        return Z, A, dA, dA if dx is site.dy else dx if dx is None else dx[:n]


@dataclass(frozen=True)
class Relu(Elementwise):
    """`A = max(0, Z)`; `dZ = dA` where `A > 0`, else 0 (Nair and Hinton 2010)."""

    def bind(self, site: Site) -> Kernels:
        Z, A, dA, dZ = self.parts(site)
        forward = partial(np.maximum, Z, site.full(0), out=A)
        if dZ is None:
            return Kernels((forward,))
        # A is never negative: read as an integer it is 0 or at least 1, and cut to 1 it multiplies
        # the bits of dA by 0 or 1, without a boolean array or a branch.
        integer = np.dtype(f"u{A.itemsize}")
        mask = site.scratch(dtype=integer)
        into = dZ.view(integer)
        source = into if dA is dZ else dA.view(integer)
        return Kernels(
            (forward,),
            (
                partial(np.minimum, A.view(integer), site.full(1, integer), out=mask),
                partial(np.multiply, source, mask, into),
            ),
        )


@dataclass(frozen=True)
class LeakyRelu(Elementwise):
    """`A = max(αZ, Z)`, 0 ≤ α < 1; `dZ = dA` where `A > 0`, else `α dA` (Maas et al. 2013)."""

    alpha: float

    def bind(self, site: Site) -> Kernels:
        Z, A, dA, dZ = self.parts(site)
        low = site.scratch()
        forward = (
            partial(np.multiply, Z, site.scalar(self.alpha), low),
            partial(np.maximum, Z, low, out=A),
        )
        if dZ is None:
            return Kernels(forward)
        slope = _slopes(site, A, low, 1 - self.alpha)
        scale = partial(np.add, low, site.scalar(self.alpha), low)
        return Kernels(forward, (*slope, scale, partial(np.multiply, dA, low, dZ)))


@dataclass(frozen=True)
class Elu(Elementwise):
    """`A = Z` where `Z > 0`, else `α(e^Z - 1)`; `dZ = dA`, else `(A + α) dA` (Clevert 2016)."""

    alpha: float = 1.0

    def bind(self, site: Site) -> Kernels:
        return _bind_elu(self.parts(site), site, 1.0, self.alpha)


@dataclass(frozen=True)
class Selu(Elementwise):
    """`λ` times elu with the `α` and `λ` of Klambauer et al. 2017."""

    def bind(self, site: Site) -> Kernels:
        return _bind_elu(self.parts(site), site, SELU_SCALE, SELU_ALPHA)


def _bind_elu(
    parts: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray | None],
    site: Site,
    scale: float,
    alpha: float,
) -> Kernels:
    Z, A, dA, dZ = parts
    low, zero = site.scratch(), site.full(0)
    forward = (
        partial(np.minimum, Z, zero, out=low),
        partial(np.expm1, low, low),
        partial(np.multiply, low, site.scalar(scale * alpha), low),
        partial(np.maximum, Z, zero, out=A),
        partial(np.multiply, A, site.scalar(scale), A),
        partial(np.add, A, low, A),
    )
    if dZ is None:
        return Kernels(forward)
    # The derivative is λ where A > 0 and A + λα elsewhere: min(A, 0) + λα + (A > 0)(λ - λα).
    step = site.scratch()
    backward = (
        *_slopes(site, A, step, scale - scale * alpha),
        partial(np.minimum, A, zero, out=low),
        partial(np.add, low, step, low),
        partial(np.add, low, site.scalar(scale * alpha), low),
        partial(np.multiply, dA, low, dZ),
    )
    return Kernels(forward, backward)


def _slopes(site: Site, A: np.ndarray, out: np.ndarray, height: float) -> tuple[Kernel, ...]:
    """`out = height` where `A > 0`, else 0."""
    positive = site.scratch(dtype=bool)
    return (
        partial(np.greater, A, site.scalar(0), positive),
        partial(np.multiply, positive, site.scalar(height), out),
    )


@dataclass(frozen=True)
class Gelu(Elementwise):
    """`A = Z Φ(Z)`; `dZ = (Φ(Z) + Z φ(Z)) dA`, exact (Hendrycks and Gimpel 2016)."""

    in_place: ClassVar[bool] = False
    needs_input: ClassVar[bool] = True
    needs_output: ClassVar[bool] = False

    def bind(self, site: Site) -> Kernels:
        from scipy.special import erf

        Z, A, dA, dZ = self.parts(site)
        phi, density = site.scratch(), site.scratch()
        forward = (
            partial(np.multiply, Z, site.scalar(1 / sqrt(2)), phi),
            partial(erf, phi, phi),
            partial(np.add, phi, site.scalar(1), phi),
            partial(np.multiply, phi, site.scalar(0.5), phi),
            partial(np.multiply, Z, phi, A),
        )
        if dZ is None:
            return Kernels(forward)
        backward = (
            partial(np.multiply, Z, Z, density),
            partial(np.multiply, density, site.scalar(-0.5), density),
            partial(np.exp, density, density),
            partial(np.multiply, density, site.scalar(1 / sqrt(2 * pi)), density),
            partial(np.multiply, density, Z, density),
            partial(np.add, density, phi, density),
            partial(np.multiply, dA, density, dZ),
        )
        return Kernels(forward, backward)


def _sigmoid(Z: np.ndarray, A: np.ndarray, site: Site) -> tuple[Kernel, ...]:
    """`σ(Z) = (1 + tanh(Z / 2)) / 2`, which overflows nowhere."""
    half = site.scalar(0.5)
    return (
        partial(np.multiply, Z, half, A),
        partial(np.tanh, A, A),
        partial(np.multiply, A, half, A),
        partial(np.add, A, half, A),
    )


@dataclass(frozen=True)
class Silu(Elementwise):
    """`A = Z σ(Z)`; `dZ = (σ + A (1 - σ)) dA` (Elfwing et al. 2018)."""

    def bind(self, site: Site) -> Kernels:
        Z, A, dA, dZ = self.parts(site)
        s, slope = site.scratch(), site.scratch()
        forward = (*_sigmoid(Z, s, site), partial(np.multiply, Z, s, A))
        if dZ is None:
            return Kernels(forward)
        backward = (
            partial(np.subtract, site.scalar(1), s, slope),
            partial(np.multiply, slope, A, slope),
            partial(np.add, slope, s, slope),
            partial(np.multiply, dA, slope, dZ),
        )
        return Kernels(forward, backward)


@dataclass(frozen=True)
class Sigmoid(Elementwise):
    """`A = 1 / (1 + e^-Z)`; `dZ = A (1 - A) dA`."""

    def bind(self, site: Site) -> Kernels:
        Z, A, dA, dZ = self.parts(site)
        forward = _sigmoid(Z, A, site)
        if dZ is None:
            return Kernels(forward)
        slope = site.scratch()
        backward = (
            partial(np.subtract, site.scalar(1), A, slope),
            partial(np.multiply, slope, A, slope),
            partial(np.multiply, dA, slope, dZ),
        )
        return Kernels(forward, backward)


@dataclass(frozen=True)
class Tanh(Elementwise):
    """`A = tanh Z`; `dZ = (1 - A²) dA`."""

    def bind(self, site: Site) -> Kernels:
        Z, A, dA, dZ = self.parts(site)
        forward = (partial(np.tanh, Z, A),)
        if dZ is None:
            return Kernels(forward)
        slope = site.scratch()
        backward = (
            partial(np.multiply, A, A, slope),
            partial(np.subtract, site.scalar(1), slope, slope),
            partial(np.multiply, dA, slope, dZ),
        )
        return Kernels(forward, backward)


@dataclass(frozen=True)
class Softplus(Elementwise):
    """`A = ln(1 + e^Z) = max(Z, 0) + ln(1 + e^-|Z|)`; `dZ = σ(Z) dA`."""

    in_place: ClassVar[bool] = False
    needs_input: ClassVar[bool] = True
    needs_output: ClassVar[bool] = False

    def bind(self, site: Site) -> Kernels:
        Z, A, dA, dZ = self.parts(site)
        tail = site.scratch()
        forward = (
            partial(np.absolute, Z, tail),
            partial(np.negative, tail, tail),
            partial(np.exp, tail, tail),
            partial(np.log1p, tail, tail),
            partial(np.maximum, Z, site.full(0), out=A),
            partial(np.add, A, tail, A),
        )
        if dZ is None:
            return Kernels(forward)
        return Kernels(forward, (*_sigmoid(Z, tail, site), partial(np.multiply, dA, tail, dZ)))


@dataclass(frozen=True)
class Softmax(Elementwise):
    """`A_ij = e^Z_ij / Σ_k e^Z_ik`, shifted by the row's maximum; `dZ = A (dA - Σ_k dA A)`."""

    def bind(self, site: Site) -> Kernels:
        Z, A, dA, dZ = self.parts(site)
        forward = softmax_kernels(Z, A, site.scratch)
        if dZ is None:
            return Kernels(forward)
        product, total = site.scratch(), site.scratch(site.rows)
        backward = (
            partial(np.multiply, dA, A, product),
            sums(product, total, 0),
            partial(np.subtract, dA, total, dZ),
            partial(np.multiply, dZ, A, dZ),
        )
        return Kernels(forward, backward)


def softmax_kernels(
    Z: np.ndarray, A: np.ndarray, scratch: Callable[..., np.ndarray], share: float = 1.0
) -> tuple[Kernel, ...]:
    """Softmax over the first axis of `Z (classes, rows)`, times `share`, into `A` (or `Z`).

    Sums are products with ones: a third of the time that a reduction takes. Where it is small, a
    product also repeats the row of maxima or sums, since NumPy is quickest with equal shapes.
    """
    classes, rows = Z.shape
    row = scratch(1, rows)
    if classes**2 * rows > MOST_SPREAD:
        sums = np.full((1, classes), 1 / share, Z.dtype)
        repeated, shift = row, ()
    else:
        sums = np.full((classes, classes), 1 / share, Z.dtype)
        repeated = scratch(classes, rows)
        shift = (partial(np.ones((classes, 1), Z.dtype).dot, row, repeated),)
    return (
        *_largest(Z, row[0]),
        *shift,
        partial(np.subtract, Z, repeated, A),
        partial(np.exp, A, A),
        partial(sums.dot, A, repeated),
        partial(np.divide, A, repeated, A),
    )


def _largest(Z: np.ndarray, row: np.ndarray) -> tuple[Kernel, ...]:
    """The largest of each column of `Z`; a call for each pair is quicker while there are few."""
    if len(Z) > MOST_PAIRS:
        return (partial(np.maximum.reduce, Z, axis=0, out=row),)
    first = partial(np.maximum, Z[0], Z[-1], out=row)
    return (first, *(partial(np.maximum, row, z, out=row) for z in Z[1:-1]))
