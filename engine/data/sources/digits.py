"""Handwritten digits, 8 by 8 pixels."""

from pathlib import Path

from engine.data.dataset import Dataset
from engine.data.recipe import DataRecipe, Source
from engine.data.sources.scikit import sample_data


class Digits(Source):
    """scikit-learn's copy of the test part of the UCI optical recognition set (Alpaydin 1998)."""

    label = "Handwritten digits"
    tip = "1,797 images of 8 × 8 pixels in 16 greys, ten classes."

    def load(self, recipe: DataRecipe, folder: Path | None) -> Dataset:
        return sample_data("digits", "load_digits", "digit", (8, 8))
