"""Breast tumours, benign or malignant."""

from pathlib import Path

from engine.data.dataset import Dataset
from engine.data.recipe import DataRecipe, Source
from engine.data.sources.scikit import sample_data


class BreastCancer(Source):
    """The UCI Wisconsin diagnostic set (Wolberg, Street and Mangasarian 1995)."""

    label = "Breast cancer"
    tip = "569 tumours, 30 measurements of cell nuclei, benign or malignant."

    def load(self, recipe: DataRecipe, folder: Path | None) -> Dataset:
        return sample_data("breast_cancer", "load_breast_cancer", "diagnosis")
