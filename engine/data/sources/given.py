"""Stands for rows that a program gave; a file cannot bring them back."""

from pathlib import Path
from typing import ClassVar

from engine.data.dataset import Dataset
from engine.data.recipe import DataRecipe, Source
from engine.errors import DataError


class Given(Source):
    """The rows of `Trainer(project, X, y)`, which no file keeps."""

    label = "Given rows"
    tip = "Rows that a program gave."
    built_in: ClassVar[bool] = False

    def load(self, recipe: DataRecipe, folder: Path | None) -> Dataset:
        raise DataError("the rows were given by a program and are not kept; give them again")
