"""The course of diabetes within a year, a number."""

from pathlib import Path

from engine.data.dataset import Dataset
from engine.data.recipe import DataRecipe, Source
from engine.data.sources.scikit import sample_data


class Diabetes(Source):
    """Efron, Hastie, Johnstone and Tibshirani (2004), columns as they were measured."""

    label = "Diabetes"
    tip = "442 patients, 10 measurements, the progression of the disease a year later."

    def load(self, recipe: DataRecipe, folder: Path | None) -> Dataset:
        return sample_data("diabetes", "load_diabetes", "progression")
