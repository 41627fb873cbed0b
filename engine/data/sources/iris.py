"""Irises of three species."""

from pathlib import Path

from engine.data.dataset import Dataset
from engine.data.recipe import DataRecipe, Source
from engine.data.sources.scikit import sample_data


class Iris(Source):
    """Measured by Anderson, published by Fisher (1936)."""

    label = "Iris"
    tip = "150 flowers, 4 measurements, three species."

    def load(self, recipe: DataRecipe, folder: Path | None) -> Dataset:
        return sample_data("iris", "load_iris", "species")
