"""What follows the gradient in a step: penalties, clipping, the optimizer, limits on norms."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from engine.network import Network
from engine.ops.base import Kernel
from engine.project import TrainingRecipe

# Keeps a weight vector of length 0 from being divided by it, as in Keras's `MaxNorm`.
LEAST_NORM = 1e-7


def bind_update(
    network: Network,
    gradients: np.ndarray,
    slots: Mapping[str, np.ndarray],
    recipe: TrainingRecipe,
) -> tuple[Callable[[float, int], None], tuple[Kernel, ...]]:
    """(prepare, kernels): `prepare(rate, step)` once a step, then the kernels in order."""
    prepare, kernels = recipe.optimizer.bind(network.parameters, gradients, slots)
    before = (*penalties(network, gradients), *clipping(gradients, recipe))
    return prepare, (*before, *kernels, *norm_limits(network))


def penalties(network: Network, gradients: np.ndarray) -> tuple[Kernel, ...]:
    """Add `2 l2 W` and `l1 sign(W)` to the gradients of kernels that have a penalty."""
    w, kernels = network.parameters, list[Kernel]()
    scratch = np.empty_like(w)
    for name in ("l2", "l1"):
        factors = np.zeros_like(w)
        for key, view in network.trained_views(factors).items():
            view[...] = getattr(network.parameter(key), name)
        if not factors.any():
            continue
        if name == "l2":
            kernels.append(partial(np.multiply, w, 2 * factors, scratch))
        else:
            kernels.append(partial(np.sign, w, scratch))
            kernels.append(partial(np.multiply, scratch, factors, scratch))
        kernels.append(partial(np.add, gradients, scratch, gradients))
    return tuple(kernels)


def clipping(gradients: np.ndarray, recipe: TrainingRecipe) -> tuple[Kernel, ...]:
    """Cuts each gradient to ±clip value, then all together to a length of at most clip norm."""
    kernels: list[Kernel] = []
    if recipe.clip_value:
        low = np.array(-recipe.clip_value, gradients.dtype)
        high = np.array(recipe.clip_value, gradients.dtype)
        kernels.append(partial(np.minimum, gradients, high, out=gradients))
        kernels.append(partial(np.maximum, gradients, low, out=gradients))
    if recipe.clip_norm:
        kernels.append(
            partial(_clip_norm, gradients, recipe.clip_norm, np.empty_like(gradients[:1]))
        )
    return tuple(kernels)


def _clip_norm(gradients: np.ndarray, limit: float, factor: np.ndarray) -> None:
    norm = float(gradients.dot(gradients)) ** 0.5
    if norm == float("inf"):  # the squares were too large for float32, the gradients may not be
        norm = float(np.linalg.norm(gradients.astype(np.float64)))
    if norm > limit:
        factor[0] = limit / norm
        np.multiply(gradients, factor, gradients)


def norm_limits(network: Network) -> tuple[Kernel, ...]:
    """Shortens the weight vectors of units that have outgrown their layer's limit."""
    kernels: list[Kernel] = []
    for key, view in network.views.items():
        limit = network.parameter(key).max_norm
        if limit:
            by_unit = view.T
            square, norms = np.empty(by_unit.shape, view.dtype), np.empty(len(by_unit), view.dtype)
            kernels.append(partial(_limit_norms, by_unit, limit, square, norms))
    return tuple(kernels)


def _limit_norms(by_unit: np.ndarray, limit: float, square: np.ndarray, norms: np.ndarray) -> None:
    np.multiply(by_unit, by_unit, square)
    np.add.reduce(square, axis=1, out=norms)
    np.sqrt(norms, norms)
    if norms.max() > limit:
        by_unit *= (np.minimum(norms, limit) / (norms + LEAST_NORM))[:, None]
