"""Files of rows as other programs leave them: IDX, NPY and HDF5."""

import gzip
import struct
from pathlib import Path
from typing import Any

import numpy as np

from engine.data import DataRecipe, Prepared, load_dataset, prepare, source_for

IDX_TYPES = {"u1": 8, "i1": 9, "i2": 11, "i4": 12, "f4": 13, "f8": 14}


def idx_bytes(array: np.ndarray) -> bytes:
    """An array in the format of MNIST."""
    kind = IDX_TYPES[array.dtype.str[1:]]
    head = bytes((0, 0, kind, array.ndim)) + struct.pack(f">{array.ndim}I", *array.shape)
    return head + array.astype(array.dtype.newbyteorder(">")).tobytes()


def write_idx(path: Path, array: np.ndarray) -> Path:
    """Writes it, gzipped where the name says so."""
    content = idx_bytes(array)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def images(count: int = 60, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Bytes `(count, 5, 4)` and labels 0 to 2, which the brightness gives away."""
    draw = np.random.default_rng(seed)
    labels = (np.arange(count) % 3).astype(np.uint8)
    pixels = draw.integers(0, 80, (count, 5, 4)) + 80 * labels[:, None, None]
    return pixels.astype(np.uint8), labels


def write_mnist(folder: Path, packed: str = "", *, test: bool = False) -> Path:
    """A pair of images and labels, and a pair for the test; gives the training images."""
    pairs = [("train", 60, 0), ("t10k", 24, 1)] if test else [("train", 60, 0)]
    for name, count, seed in pairs:
        pixels, labels = images(count, seed)
        write_idx(folder / f"{name}-images-idx3-ubyte{packed}", pixels)
        write_idx(folder / f"{name}-labels-idx1-ubyte{packed}", labels)
    return folder / f"train-images-idx3-ubyte{packed}"


def rows_of(
    rows: int = 600, width: int = 6, classes: int = 3, dtype: str = "float32", seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Rows around one centre a class, and their classes in random order."""
    draw = np.random.default_rng(seed)
    y = draw.integers(0, classes, rows)
    centres = np.random.default_rng(99).uniform(40, 200, (classes, width))
    X = centres[y] + draw.normal(0, 12, (rows, width))
    return X.astype(dtype), y


def write_npy(folder: Path, X: np.ndarray, y: np.ndarray) -> Path:
    """A pair of NPY files; gives that of the features."""
    np.save(folder / "X.npy", X)
    np.save(folder / "y.npy", y)
    return folder / "X.npy"


def write_hdf5(path: Path, **arrays: Any) -> Path:
    """Data sets by name; a pair `(array, options)` is stored with these options."""
    import h5py

    with h5py.File(path, "w") as file:
        for name, value in arrays.items():
            array, options = value if isinstance(value, tuple) else (value, {})
            file.create_dataset(name, data=array, **options)
    return path


def prepared_from(path: Path, **recipe: Any) -> Prepared:
    """The rows of a file, prepared."""
    made = DataRecipe(source=source_for(path), **recipe)
    return prepare(load_dataset(made), made)
