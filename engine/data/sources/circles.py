"""One circle inside another."""

from pathlib import Path

import numpy as np

from engine.data.dataset import Dataset
from engine.data.recipe import DataRecipe, Source
from engine.data.sources.generated import points, shares
from engine.kinds import field


class Circles(Source):
    """After scikit-learn's `make_circles`, with a factor of one half."""

    label = "Circles"
    tip = "Points on a small circle inside a large one."

    samples: int = field(1000, "Samples", "How many points there are.", ge=10, le=1_000_000)
    noise: float = field(
        0.08, "Noise", "How far points stray, as a standard deviation.", ge=0, le=10
    )
    seed: int = field(0, "Seed", "Another number gives other points.", ge=0, lt=2**32)

    def load(self, recipe: DataRecipe, folder: Path | None) -> Dataset:
        parts: list[np.ndarray] = []
        for radius, count in zip((1.0, 0.5), shares(self.samples, 2), strict=True):
            angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
            parts.append(radius * np.stack((np.cos(angle), np.sin(angle)), axis=1))
        return points("circles", parts, self.noise, self.seed)
