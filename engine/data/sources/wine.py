"""Wines of three growers."""

from pathlib import Path

from engine.data.dataset import Dataset
from engine.data.recipe import DataRecipe, Source
from engine.data.sources.scikit import sample_data


class Wine(Source):
    """The UCI wine recognition set (Forina et al. 1991)."""

    label = "Wine"
    tip = "178 wines, 13 chemical measurements, three growers."

    def load(self, recipe: DataRecipe, folder: Path | None) -> Dataset:
        return sample_data("wine", "load_wine", "cultivar")
