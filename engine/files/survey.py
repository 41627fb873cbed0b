"""Which arrays an HDF5 file holds, for files of data; runs in the sandbox's process.

An array that is stored in one piece, as it is, is named with its place in the file, and needs no
HDF5 to be read from then on.
"""

import math
from collections.abc import Iterator
from typing import Any

import h5py

from engine.files.wanted import Refused, readable_size

MOST_ARRAYS = 1000
MOST_DEPTH = 16
MOST_BAND = 256 << 20  # bytes of the rows that are stored together


def survey(file: h5py.File) -> list[dict[str, Any]]:
    """Path, shape and type of every array of numbers; `offset` where it lies in one piece."""
    found: list[dict[str, Any]] = []
    for path, dataset in _datasets(file, "", MOST_DEPTH):
        if len(found) == MOST_ARRAYS:
            raise Refused(f"it holds more than {MOST_ARRAYS:,} arrays")
        found.append({"path": path, **_described(dataset)})
    return found


def band(dataset: h5py.Dataset) -> int:
    """How many rows are best read together: those whose chunks lie beside each other."""
    rows = dataset.chunks[0] if dataset.chunks else 1
    size = rows * math.prod(dataset.shape[1:]) * dataset.dtype.itemsize
    if size > MOST_BAND:
        raise Refused(
            f"{dataset.name} is stored in chunks of {rows:,} rows, "
            f"{readable_size(size)}; at most {readable_size(MOST_BAND)} are read"
        )
    return rows * max(1, (1 << 20) // max(1, size))


def _datasets(group: h5py.Group, path: str, depth: int) -> Iterator[tuple[str, h5py.Dataset]]:
    """Every data set by hard links alone: nothing that another file holds."""
    for name in group:
        if not isinstance(group.get(name, getlink=True), h5py.HardLink):
            continue
        each = group[name]
        if isinstance(each, h5py.Dataset):
            yield f"{path}{name}", each
        elif isinstance(each, h5py.Group) and depth:
            yield from _datasets(each, f"{path}{name}/", depth - 1)


def _described(dataset: h5py.Dataset) -> dict[str, Any]:
    stored = dataset.id.get_type()
    number = stored.get_class() in (h5py.h5t.FLOAT, h5py.h5t.INTEGER)
    if not number or dataset.shape is None or dataset.dtype.itemsize > 8:
        return {"shape": dataset.shape or (), "dtype": "", "offset": None}
    storage = dataset.id.get_create_plist()
    whole = storage.get_layout() == h5py.h5d.CONTIGUOUS and not storage.get_external_count()
    offset = dataset.id.get_offset() if whole else None
    return {"shape": dataset.shape, "dtype": dataset.dtype.str, "offset": offset}
