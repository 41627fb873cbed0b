"""Two interleaving half circles."""

from pathlib import Path

import numpy as np

from engine.data.dataset import Dataset
from engine.data.recipe import DataRecipe, Source
from engine.data.sources.generated import points, shares
from engine.kinds import field


class Moons(Source):
    """After scikit-learn's `make_moons`."""

    label = "Two moons"
    tip = "Points on two half circles that reach into each other."

    samples: int = field(500, "Samples", "How many points there are.", ge=10, le=1_000_000)
    noise: float = field(
        0.15, "Noise", "How far points stray, as a standard deviation.", ge=0, le=10
    )
    seed: int = field(0, "Seed", "Another number gives other points.", ge=0, lt=2**32)

    def load(self, recipe: DataRecipe, folder: Path | None) -> Dataset:
        first, second = (np.linspace(0, np.pi, count) for count in shares(self.samples, 2))
        upper = np.stack((np.cos(first), np.sin(first)), axis=1)
        lower = np.stack((1 - np.cos(second), 0.5 - np.sin(second)), axis=1)
        return points("moons", [upper, lower], self.noise, self.seed)
