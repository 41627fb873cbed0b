"""Exclusive or, the smallest problem that needs a hidden layer."""

from pathlib import Path

import numpy as np

from engine.data.dataset import Dataset, Table
from engine.data.recipe import DataRecipe, Source


class Xor(Source):
    """All four rows there are."""

    label = "XOR"
    tip = "4 rows: 1 where exactly one of two inputs is 1."

    def load(self, recipe: DataRecipe, folder: Path | None) -> Dataset:
        a, b = np.array([0.0, 0.0, 1.0, 1.0]), np.array([0.0, 1.0, 0.0, 1.0])
        target = np.array(["0", "1", "1", "0"], dtype=object)
        return Dataset("xor", Table(("a", "b"), (a, b)), target, "a xor b")
