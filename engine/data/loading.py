"""Where rows come in: from a recipe's source, from a file to predict, or from a program."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.data.dataset import Dataset, Table
from engine.data.reading import read_content
from engine.data.reading.arrays import read_arrays
from engine.data.reading.files import read_bytes
from engine.data.recipe import DataRecipe, Source
from engine.data.sources.array_file import ArrayFile, dataset_of_arrays, features_in
from engine.data.sources.given import Given
from engine.data.sources.table_file import TableFile

if TYPE_CHECKING:
    from engine.project import Project

ARRAY_SUFFIXES = (".npy", ".npz")


def load_dataset(
    recipe: DataRecipe,
    folder: Path | None = None,
    progress: Callable[[float, str], None] | None = None,
) -> Dataset:
    """The rows of the recipe's source. Raises DataError in one sentence."""
    if progress is not None:
        progress(0.0, f"Reading {recipe.source.label}")
    dataset = recipe.source.load(recipe, folder)
    if progress is not None:
        progress(1.0, f"{dataset.features.rows:,} rows")
    return dataset


def source_for(path: Path | str) -> Source:
    """The source that reads this file: its bytes are kept where they are not too many."""
    path = Path(path)
    return ArrayFile.open(path) if path.suffix.lower() in ARRAY_SUFFIXES else TableFile.open(path)


def found_at(source: Source, path: Path | str) -> Source:
    """A person's table where it lies now, read as before; another `sha256` means other rows.

    Raises DataError where it cannot be read.
    """
    found = source_for(path)
    if not isinstance(found, type(source)):
        return found
    return source.edited(**{name: getattr(found, name) for name in ("path", "content", "sha256")})


def read_table(path: Path | str) -> Table | np.ndarray:
    """The rows of a file to predict; arrays have no names. Raises DataError in one sentence."""
    path = Path(path)
    content = read_bytes(path)
    if path.suffix.lower() in ARRAY_SUFFIXES:
        return features_in(read_arrays(content, path.name), path.name)
    return read_content(content, path.name)[0]


def from_arrays(X: Any, y: Any) -> Dataset:
    """Rows that a program holds: `X` an array or a pandas table, `y` labels or values.

    Raises DataError where they are not of one length.
    """
    return dataset_of_arrays(X, y, "your rows")


def recipe_of(project: "Project") -> DataRecipe:
    """For rows that a program gives: the project's split and columns, where it has a recipe."""
    return project.data.edited(source=Given()) if project.data else DataRecipe(source=Given())
