"""Curves smoothed by an exponential moving average, a stretch of new points after the other."""

import numpy as np

BLOCK = 128


class Smoothing:
    """Each value with those before it, whose weight falls by `weight` a point.

    The first values are not pulled to zero: the average is divided by the sum of its weights.
    """

    def __init__(self, weight: float) -> None:
        if not 0.0 <= weight < 1.0:
            raise ValueError(f"the weight of smoothing must be from 0 to below 1, not {weight}")
        self.weight = weight
        powers = weight ** np.arange(BLOCK + 1.0)
        places = np.arange(BLOCK)
        distance = places[:, None] - places
        self._kernel = np.where(distance >= 0, powers[np.abs(distance)], 0.0)
        self._fading = powers[1:]
        self._sum = self._weights = 0.0

    def extend(self, values: np.ndarray) -> np.ndarray:
        """The smoothed values that follow those given before."""
        found = np.empty(len(values))
        for start in range(0, len(values), BLOCK):
            part = values[start : start + BLOCK]
            size = len(part)
            kernel, fading = self._kernel[:size, :size], self._fading[:size]
            sums = kernel @ part + fading * self._sum
            weights = kernel.sum(axis=1) + fading * self._weights
            found[start : start + size] = sums / weights
            self._sum, self._weights = float(sums[-1]), float(weights[-1])
        return found
