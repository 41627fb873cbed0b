"""What is added to the loss for large weights: the engine reports losses without it."""

from collections.abc import Callable

import numpy as np

from engine.network import Network


def penalty_of(network: Network) -> Callable[[], float]:
    """A function that gives `Σ l2 ΣW² + l1 Σ|W|` of the weights as they stand."""
    specified = [(network.parameter(key), view) for key, view in network.views.items()]
    squares = [(each.l2, view) for each, view in specified if each.l2]
    sizes = [(each.l1, view) for each, view in specified if each.l1]

    def penalty() -> float:
        total = sum(l2 * float(np.einsum("ij,ij->", view, view)) for l2, view in squares)
        return total + sum(l1 * float(np.abs(view).sum()) for l1, view in sizes)

    return penalty
