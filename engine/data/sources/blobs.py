"""Round clouds of points."""

from pathlib import Path

import numpy as np

from engine.data.dataset import Dataset
from engine.data.recipe import DataRecipe, Source
from engine.data.sources.generated import points, shares
from engine.kinds import field


class Blobs(Source):
    """The middles lie evenly on a circle of radius 1, so that every seed is as hard."""

    label = "Blobs"
    tip = "Round clouds of points, one a class."

    samples: int = field(1000, "Samples", "How many points there are.", ge=10, le=1_000_000)
    noise: float = field(
        0.35, "Noise", "How far points stray, as a standard deviation.", ge=0, le=10
    )
    seed: int = field(0, "Seed", "Another number gives other points.", ge=0, lt=2**32)
    classes: int = field(3, "Classes", "How many clouds there are.", ge=2, le=20)

    def load(self, recipe: DataRecipe, folder: Path | None) -> Dataset:
        parts: list[np.ndarray] = []
        for each, count in enumerate(shares(self.samples, self.classes)):
            angle = 2 * np.pi * each / self.classes
            parts.append(np.tile((np.cos(angle), np.sin(angle)), (count, 1)))
        return points("blobs", parts, self.noise, self.seed)
