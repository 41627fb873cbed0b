"""A person's arrays: NPZ with features and target, or one NPY whose last column is the target."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from engine.data.dataset import Dataset, Table
from engine.data.reading.arrays import read_arrays
from engine.data.reading.files import cannot_open
from engine.data.recipe import DataRecipe, Source
from engine.data.sources.personal import EmbeddedFile, kept_content
from engine.data.tables import as_table, column_of_values, table_of_array
from engine.errors import DataError
from engine.kinds import field

FEATURE_NAMES = ("X", "x", "x_train", "X_train", "features", "data", "images")
TARGET_NAMES = ("y", "Y", "y_train", "target", "targets", "labels", "label")


class ArrayFile(EmbeddedFile, Source):
    """Rows are the first axis; images `(rows, height, width)` become a column a pixel."""

    label = "Arrays"
    tip = "Arrays of your own: NPZ or NPY, without pickle."
    built_in: ClassVar[bool] = False

    path: str = ""
    content: bytes | None = kept_content()
    sha256: str = ""
    features: str = field("", "Features", "The array of the features; empty to guess.")
    target: str = field("", "Target", "The array of the target; empty to guess.")

    def load(self, recipe: DataRecipe, folder: Path | None) -> Dataset:
        """The rows. Raises DataError where there is no such array, or lengths differ."""
        arrays = read_arrays(self.read(folder), self.name)
        values = _chosen(arrays, self.features, FEATURE_NAMES, self.name)
        if len(arrays) == 1 and not self.target:
            values, y = _last_column(values, self.name)
        else:
            y = _chosen(arrays, self.target, TARGET_NAMES, self.name)
        target = recipe.target or self.target or "target"
        return dataset_of_arrays(values, y, Path(self.path).stem, target)


def dataset_of_arrays(X: Any, y: Any, name: str, target_name: str = "target") -> Dataset:
    """A Dataset of features and target. Raises DataError where their lengths differ."""
    table, shape = features_of(X)
    target = np.asarray(y)
    if target.ndim == 2 and target.shape[1] == 1:
        target = target[:, 0]
    if len(target) != table.rows:
        raise DataError(f"{name}: X has {table.rows:,} rows and y has {len(target):,}")
    if target.ndim == 1:
        return Dataset(name, table, column_of_values(target), target_name, shape)
    if _is_one_hot(target):
        return Dataset(
            name,
            table,
            target.argmax(axis=1).astype(np.float64),
            target_name,
            shape,
            ("the target was read as one-hot: the place of the 1 is the class",),
        )
    return Dataset(name, table, target.astype(np.float64), target_name, shape)


def features_of(X: Any) -> tuple[Table, tuple[int, int] | None]:
    """Features as a Table with the columns `x0`, `x1` and so on, and the shape of an image."""
    if hasattr(X, "columns"):
        return as_table(X, (), ()), None
    values = np.asarray(X)
    if values.ndim < 2 or not len(values):
        raise DataError(f"X has the shape {values.shape}; it takes rows of several columns")
    shape = (values.shape[1], values.shape[2]) if values.ndim >= 3 else None
    flat = values.reshape(len(values), -1)
    whole = shape is not None and shape[0] * shape[1] == flat.shape[1]
    names = tuple(f"x{place}" for place in range(flat.shape[1]))
    return table_of_array(flat, names), shape if whole else None


def features_in(arrays: Mapping[str, np.ndarray], name: str) -> np.ndarray:
    """The features among the arrays of a file, `(rows, columns)`, which have no names.

    Raises DataError where there are none.
    """
    found = _chosen(arrays, "", FEATURE_NAMES, name)
    return found.reshape(len(found), -1) if found.ndim > 2 and len(found) else found


def _chosen(
    arrays: Mapping[str, np.ndarray], wanted: str, usual: tuple[str, ...], name: str
) -> np.ndarray:
    found = next((each for each in ((wanted,) if wanted else usual) if each in arrays), None)
    if found is None:
        said = f"no array {wanted!r}" if wanted else f"no array {usual[0]!r}"
        raise cannot_open(name, f"it holds {said}, only {', '.join(arrays) or 'nothing'}")
    return arrays[found]


def _last_column(X: np.ndarray, name: str) -> tuple[np.ndarray, np.ndarray]:
    if X.ndim != 2 or X.shape[1] < 2:
        raise cannot_open(name, f"its array has the shape {X.shape}, so there is no target column")
    return X[:, :-1], X[:, -1]


def _is_one_hot(target: np.ndarray) -> bool:
    if target.ndim != 2 or target.dtype.kind not in "biuf":
        return False
    return bool(np.isin(target, (0, 1)).all() and (target.sum(axis=1) == 1).all())
