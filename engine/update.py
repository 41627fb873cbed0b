"""What follows the gradient in a step: penalties, clipping, the optimizer, limits on norms."""

from collections.abc import Iterator, Mapping
from functools import partial

import numpy as np

from engine.network import Network
from engine.ops.base import Kernel
from engine.optimizers import Optimizer, Slice
from engine.project import TrainingRecipe

# Memory-bound passes run in blocks of this many numbers, which stay in cache.
BLOCK = 131_072
# Keeps a weight vector of length 0 from being divided by it, as in Keras's `MaxNorm`.
LEAST_NORM = 1e-7


class Update:
    """Bound once to a network's vectors; `kernels` gives the calls of one step, in order."""

    def __init__(
        self,
        network: Network,
        gradients: np.ndarray,
        slots: Mapping[str, np.ndarray],
        recipe: TrainingRecipe,
    ) -> None:
        self._optimizer = Stepper(recipe.optimizer, network.parameters, gradients, slots)
        self._norm = np.zeros(1) if recipe.clip_norm else None
        self._before = (
            *penalties(network, gradients),
            *clipping(gradients, recipe, self._norm),
        )
        self._after = norm_limits(network)

    def kernels(self, numbers: Mapping[str, np.ndarray]) -> tuple[Kernel, ...]:
        """The calls of a step whose `Optimizer.numbers` will stand in these 0-d arrays."""
        return (*self._before, *self._optimizer.kernels(numbers), *self._after)

    @property
    def norm_before_clipping(self) -> float | None:
        """The length of the last batch's gradient, where a limit on it may have shortened it."""
        return None if self._norm is None else float(self._norm[0])


class Stepper:
    """An optimizer on flat vectors of weights, gradients and slots, a block at a time."""

    def __init__(
        self,
        optimizer: Optimizer,
        w: np.ndarray,
        g: np.ndarray,
        slots: Mapping[str, np.ndarray],
    ) -> None:
        self._optimizer, self._w, self._g = optimizer, w, g
        self._slots = {name: slots[name] for name in optimizer.slots}
        size = min(BLOCK, w.size)
        self._a, self._b = np.empty(size, w.dtype), np.empty(size, w.dtype)

    def kernels(self, numbers: Mapping[str, np.ndarray]) -> tuple[Kernel, ...]:
        """The calls of one step, which read the step's numbers from 0-d arrays."""
        found: list[Kernel] = []
        for block in blocks(self._w.size):
            w, g = self._w[block], self._g[block]
            held = {name: vector[block] for name, vector in self._slots.items()}
            a, b = self._a[: w.size], self._b[: w.size]
            found += self._optimizer.kernels(Slice(w, g, held, a, b, numbers))
        return tuple(found)


def blocks(size: int) -> Iterator[slice]:
    """A flat vector's blocks in order."""
    return (slice(start, min(start + BLOCK, size)) for start in range(0, size, BLOCK))


def penalties(network: Network, gradients: np.ndarray) -> tuple[Kernel, ...]:
    """Add `2 l2 W` and `l1 sign(W)` to the gradients of kernels that have a penalty."""
    w, kernels = network.parameters, list[Kernel]()
    scratch = np.empty(min(BLOCK, w.size), w.dtype)
    factors = {name: _penalty_factors(network, name) for name in ("l2", "l1")}
    for block in blocks(w.size):
        part, g = w[block], gradients[block]
        a, l2, l1 = scratch[: part.size], factors["l2"][block], factors["l1"][block]
        if l2.any():
            kernels += (partial(np.multiply, part, 2 * l2, a), partial(np.add, g, a, g))
        if l1.any():
            kernels += (partial(np.sign, part, a), partial(np.multiply, a, l1, a))
            kernels.append(partial(np.add, g, a, g))
    return tuple(kernels)


def _penalty_factors(network: Network, name: str) -> np.ndarray:
    """A vector laid out like the weights that says how much each of them is punished."""
    factors = np.zeros_like(network.parameters)
    for key, view in network.trained_views(factors).items():
        view[...] = getattr(network.parameter(key), name)
    return factors


def clipping(
    gradients: np.ndarray, recipe: TrainingRecipe, seen: np.ndarray | None = None
) -> tuple[Kernel, ...]:
    """Cuts each gradient to ±clip value, then all together to a length of at most clip norm.

    `seen` takes the length before.
    """
    kernels: list[Kernel] = []
    if recipe.clip_value:
        # Arrays of one shape, block by block: NumPy is slow at this with a scalar.
        high = np.full(min(BLOCK, gradients.size), recipe.clip_value, gradients.dtype)
        low = -high
        for part in (gradients[block] for block in blocks(gradients.size)):
            kernels.append(partial(np.minimum, part, high[: part.size], out=part))
            kernels.append(partial(np.maximum, part, low[: part.size], out=part))
    if recipe.clip_norm:
        factor, seen = np.empty_like(gradients[:1]), np.zeros(1) if seen is None else seen
        kernels.append(partial(_clip_norm, gradients, recipe.clip_norm, factor, seen))
    return tuple(kernels)


def _clip_norm(gradients: np.ndarray, limit: float, factor: np.ndarray, seen: np.ndarray) -> None:
    norm = float(gradients.dot(gradients)) ** 0.5
    if norm == float("inf"):  # the squares were too large for float32, the gradients may not be
        norm = float(np.linalg.norm(gradients.astype(np.float64)))
    seen[0] = norm
    if norm > limit:
        factor[0] = limit / norm
        np.multiply(gradients, factor, gradients)


def norm_limits(network: Network) -> tuple[Kernel, ...]:
    """Shortens the weight vectors of units that have outgrown their layer's limit."""
    kernels: list[Kernel] = []
    for key, view in network.views.items():
        limit = network.parameter(key).max_norm
        if limit:
            square = np.empty(view.T.shape, view.dtype)
            norms = np.empty((2, len(square), 1), view.dtype)
            kernels.append(partial(_limit_norms, view.T, limit, square, *norms))
    return tuple(kernels)


def _limit_norms(
    by_unit: np.ndarray, limit: float, square: np.ndarray, norms: np.ndarray, factors: np.ndarray
) -> None:
    np.multiply(by_unit, by_unit, square)
    np.add.reduce(square, axis=1, out=norms, keepdims=True)
    np.sqrt(norms, norms)
    if norms.max() > limit:
        np.minimum(norms, limit, out=factors)
        np.add(norms, LEAST_NORM, norms)
        np.divide(factors, norms, factors)
        np.copyto(square, factors)  # repeated here, as NumPy would make buffers to repeat it
        np.multiply(by_unit, square, by_unit)
