"""Where rows come in: from a recipe's source, from a file to predict, or from a program."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.data.dataset import Dataset, Table
from engine.data.reading import read_content
from engine.data.reading.arrays import read_arrays
from engine.data.reading.files import EMBED_LIMIT, read_bytes
from engine.data.recipe import DataRecipe, Source
from engine.data.sources.array_file import ArrayFile, dataset_of_arrays, features_in
from engine.data.sources.given import Given
from engine.data.sources.hdf5_file import Hdf5File
from engine.data.sources.idx_file import IdxFile, test_beside
from engine.data.sources.npy_file import NpyFile, targets_beside
from engine.data.sources.personal import PersonalFile, StreamedFile
from engine.data.sources.table_file import TableFile
from engine.data.streaming.dataset import StreamedDataset
from engine.data.streaming.hdf5 import data_sets, features_among, hdf5_rows, is_hdf5
from engine.data.streaming.idx import idx_rows, is_idx_file
from engine.data.streaming.npy import npy_rows
from engine.data.streaming.store import Progress, RowStore, untold

if TYPE_CHECKING:
    from engine.project import Project

ARRAY_SUFFIXES = (".npy", ".npz")


def load_dataset(
    recipe: DataRecipe, folder: Path | None = None, progress: Progress | None = None
) -> Dataset:
    """The rows of the recipe's source. Raises DataError in one sentence."""
    tell = progress or untold
    tell(0.0, f"Reading {recipe.source.label}")
    if isinstance(recipe.source, StreamedFile):
        dataset = recipe.source.stream(recipe, folder, tell)
    else:
        dataset = recipe.source.load(recipe, folder)
    tell(1.0, f"{dataset.rows:,} rows")
    return dataset


def source_for(path: Path | str) -> Source:
    """The source that reads this file; its first bytes say what it is, or its name.

    CSV, Excel, NPZ and small NPY files are kept within the project. IDX and HDF5 files, NPY files
    of more than 64 MiB, and those with their targets beside them, are streamed.
    """
    path = Path(path)
    if is_idx_file(path):
        return IdxFile.open(path, test=test_beside(path))
    if is_hdf5(path):
        return Hdf5File.open(path)
    suffix = path.suffix.lower()
    if suffix == ".npy":
        target = targets_beside(path)
        if target or path.stat().st_size > EMBED_LIMIT:
            return NpyFile.open(path, target=target)
    return ArrayFile.open(path) if suffix in ARRAY_SUFFIXES else TableFile.open(path)


def recipe_for_file(path: Path | str, target: str = "", features: str = "") -> DataRecipe:
    """The recipe for this file, with what is to be predicted where that is named.

    `target` is a column of a table, a data set of an HDF5 file, or another file: of labels for
    images, of targets for an NPY file. `features` is a data set of an HDF5 file. Raises DataError.
    """
    source = source_for(path)
    if isinstance(source, Hdf5File):
        return DataRecipe(source=source.edited(target=target, features=features))
    beside = _named(Path(path), target)
    if isinstance(source, IdxFile):
        return DataRecipe(source=source.edited(labels=beside))
    if target.lower().endswith(".npy") and isinstance(source, ArrayFile | NpyFile):
        return DataRecipe(source=NpyFile.open(path, target=beside))
    return DataRecipe(source=source, target=target)


def suited(recipe: DataRecipe, dataset: Dataset) -> DataRecipe:
    """The recipe with the scaling that suits its rows: from 0 to 1 for the pixels of an image."""
    picture = isinstance(dataset, StreamedDataset) and dataset.image_shape is not None
    return recipe.edited(scaling="minmax") if picture else recipe


def _named(path: Path, target: str) -> str:
    """A file that was named, from here or from beside `path`, as it is kept: its name beside."""
    if not target or not Path(target).exists():
        return target
    near = Path(target).absolute()
    return near.name if near.parent == path.absolute().parent else str(near)


def found_at(source: Source, path: Path | str) -> Source:
    """A person's file where it lies now, read as before; another `mark` means other rows.

    Raises DataError where it cannot be read.
    """
    found = source_for(path)
    if isinstance(source, PersonalFile) and isinstance(found, type(source)):
        return source.edited(**{name: getattr(found, name) for name in source.of_file})
    return found


def read_table(path: Path | str, progress: Progress = untold) -> Table | np.ndarray | RowStore:
    """The rows of a file to predict; arrays have no names, and those of large files stay there.

    Raises DataError in one sentence.
    """
    path = Path(path)
    if is_idx_file(path):
        return RowStore(idx_rows(path, progress))
    if is_hdf5(path):
        return RowStore(hdf5_rows(path, features_among(data_sets(path), "", path.name), progress))
    suffix = path.suffix.lower()
    if suffix == ".npy" and path.stat().st_size > EMBED_LIMIT:
        return RowStore(npy_rows(path))
    content = read_bytes(path)
    if suffix in ARRAY_SUFFIXES:
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
