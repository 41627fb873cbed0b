"""Arms of a spiral, wound around each other."""

from pathlib import Path

import numpy as np

from engine.data.dataset import Dataset
from engine.data.recipe import DataRecipe, Source
from engine.data.sources.generated import points, shares
from engine.kinds import field


class Spiral(Source):
    """Each arm goes once and a quarter around the middle, out to a radius of 1."""

    label = "Spiral"
    tip = "Points on arms that wind around each other."

    samples: int = field(600, "Samples", "How many points there are.", ge=10, le=1_000_000)
    noise: float = field(
        0.05, "Noise", "How far points stray, as a standard deviation.", ge=0, le=10
    )
    seed: int = field(0, "Seed", "Another number gives other points.", ge=0, lt=2**32)
    arms: int = field(2, "Arms", "How many arms, and so classes, there are.", ge=2, le=10)

    def load(self, recipe: DataRecipe, folder: Path | None) -> Dataset:
        parts: list[np.ndarray] = []
        for arm, count in enumerate(shares(self.samples, self.arms)):
            radius = np.sqrt(np.linspace(0.01, 1, count))
            angle = 2.5 * np.pi * radius + 2 * np.pi * arm / self.arms
            parts.append(radius[:, None] * np.stack((np.cos(angle), np.sin(angle)), axis=1))
        return points("spiral", parts, self.noise, self.seed)
