"""What is added to the loss for large weights: the engine reports losses without it."""

import numpy as np

from engine.network import Network


class Penalty:
    """`Σ l2 ΣW² + l1 Σ|W|` of a network's weights, over its flat vector."""

    def __init__(self, network: Network) -> None:
        self.weights = network.parameters
        self.scratch = np.empty_like(self.weights)
        self.l2, self.l1 = (_factors(network, name) for name in ("l2", "l1"))

    def now(self) -> float:
        """The penalty of the weights as they stand."""
        weights, scratch, total = self.weights, self.scratch, 0.0
        if self.l2 is not None:
            total += float(np.multiply(weights, self.l2, scratch).dot(weights))
        if self.l1 is not None:
            total += float(np.abs(weights, scratch).dot(self.l1))
        return total


def _factors(network: Network, name: str) -> np.ndarray | None:
    """The penalty's factor for each number of the flat vector; None where all are 0."""
    factors = np.zeros_like(network.parameters)
    for key, view in network.trained_views(factors).items():
        view[...] = getattr(network.parameter(key), name)
    return factors if factors.any() else None
