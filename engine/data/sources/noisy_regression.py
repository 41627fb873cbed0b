"""A curve with noise, to be predicted as a number."""

from pathlib import Path

import numpy as np

from engine.data.dataset import Dataset, Table
from engine.data.recipe import DataRecipe, Source
from engine.kinds import field


class NoisyRegression(Source):
    """`y = sin(3x) + x/2` plus normal noise, with `x` evenly drawn between -2 and 2."""

    label = "Noisy regression"
    tip = "Points scattered around a wave: a number is predicted from a number."

    samples: int = field(500, "Samples", "How many points there are.", ge=10, le=1_000_000)
    noise: float = field(0.2, "Noise", "Standard deviation of the noise.", ge=0, le=10)
    seed: int = field(0, "Seed", "Another number gives other points.", ge=0, lt=2**32)

    def load(self, recipe: DataRecipe, folder: Path | None) -> Dataset:
        generator = np.random.default_rng(self.seed)
        x = generator.uniform(-2, 2, self.samples)
        y = np.sin(3 * x) + x / 2 + self.noise * generator.standard_normal(self.samples)
        return Dataset("noisy_regression", Table(("x",), (x,)), y, "y")
