"""HDF5 files of data: which of their data sets are features and target, and where they lie.

Damaged HDF5 can hang or crash the library, so a process of its own looks into the file. A data set
that is stored in one piece is then read as plain bytes; one that is in chunks, compressed or not,
is unpacked once into a temporary file.
"""

import math
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.data.reading.files import cannot_open
from engine.data.sources.array_file import FEATURE_NAMES, TARGET_NAMES
from engine.data.streaming.npy import require_size
from engine.data.streaming.store import Progress, RawRows
from engine.data.streaming.unpacking import written
from engine.data.streaming.watched import WatchedFile, opened
from engine.errors import DataError
from engine.files.content import MODEL_CONFIG, PROJECT
from engine.files.sandbox import Sandbox, sandboxed
from engine.files.wanted import Refused

SIGNATURE = b"\x89HDF\r\n\x1a\n"
SUFFIXES = (".h5", ".hdf5", ".hdf")
LISTED = 12
"""As many data sets are named in a message."""


@dataclass(frozen=True)
class DataSet:
    """One array of an HDF5 file; `dtype` is None where it holds no numbers, `offset` in chunks."""

    path: str
    shape: tuple[int, ...]
    dtype: np.dtype | None
    offset: int | None

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition("/")[2]


def data_sets(path: Path) -> tuple[DataSet, ...]:
    """Everything the file holds. Raises DataError where it is damaged, or is a model."""
    with _looked_into(path) as file:
        if any(each is not None for each in file.attributes([MODEL_CONFIG, PROJECT])):
            raise cannot_open(
                path.name, "it holds a model, not rows of data; open it as a model instead"
            )
        return tuple(
            DataSet(
                each["path"],
                tuple(each["shape"]),
                np.dtype(each["dtype"]) if each["dtype"] else None,
                each["offset"],
            )
            for each in file.survey()
        )


def is_hdf5(path: Path) -> bool:
    """Whether the file begins as HDF5 does, or is named so. Raises DataError without a file."""
    with opened(path) as file:
        return file.read(len(SIGNATURE)) == SIGNATURE or path.suffix.lower() in SUFFIXES


def holds_data(path: Path) -> bool:
    """Whether this is an HDF5 file of numbers that is no model; False where it cannot be read."""
    try:
        return is_hdf5(path) and any(each.dtype is not None for each in data_sets(path))
    except DataError:
        return False


def features_among(sets: Sequence[DataSet], wanted: str, name: str) -> DataSet:
    """The one that is asked for, has a usual name, or is the largest table or stack of images."""
    if wanted:
        return _named(sets, wanted, name)
    wide = [each for each in sets if each.dtype is not None and len(each.shape) >= 2]
    for usual in FEATURE_NAMES:
        for each in wide:
            if each.name == usual:
                return each
    if not wide:
        raise cannot_open(
            name, f"none of its data sets ({_list(sets)}) has rows of several columns"
        )
    return max(wide, key=lambda each: math.prod(each.shape))


def target_among(sets: Sequence[DataSet], features: DataSet, wanted: str, name: str) -> DataSet:
    """The one that is asked for, has a usual name, or is the first other with as many rows.

    One with a single column comes before those with several.
    """
    if wanted:
        found = _named(sets, wanted, name)
        if found.shape[:1] != features.shape[:1]:
            raise cannot_open(
                name,
                f"{features.path} has {features.shape[0]:,} rows and {found.path} "
                f"{found.shape[0] if found.shape else 0:,}",
            )
        return found
    fitting = targets_for(sets, features)
    for usual in TARGET_NAMES:
        for each in fitting:
            if each.name == usual:
                return each
    if not fitting:
        raise cannot_open(
            name,
            f"none of its data sets ({_list(sets)}) has a target for each of the "
            f"{features.shape[0]:,} rows of {features.path}",
        )
    return min(fitting, key=lambda each: len(each.shape))


def targets_for(sets: Sequence[DataSet], features: DataSet) -> list[DataSet]:
    """Those with as many rows as the features, of few enough columns."""
    return [
        each
        for each in sets
        if each is not features
        and each.dtype is not None
        and each.shape[:1] == features.shape[:1]
        and len(each.shape) <= 2
    ]


def hdf5_rows(path: Path, found: DataSet, progress: Progress) -> RawRows:
    """The rows of one data set. Raises DataError in one sentence."""
    if found.dtype is None:
        raise cannot_open(path.name, f"/{found.path} holds no numbers")
    if not found.shape or not all(found.shape):
        raise cannot_open(
            path.name, f"/{found.path} has the shape {found.shape}, so there are no rows"
        )
    file, keeper, offset = WatchedFile.of(path), None, found.offset
    if offset is None:
        size = int(np.prod(found.shape, dtype=object)) * found.dtype.itemsize
        with _looked_into(path) as looking:
            keeper = written(path.name, size, _bytes(looking, found.path), progress)
        file, offset = WatchedFile.of(keeper.path, path.name), 0
    rows = RawRows(file, offset, found.shape[0], found.shape[1:], found.dtype, keeper)
    require_size(rows)
    return rows


def _bytes(file: Sandbox, path: str) -> Iterator[memoryview]:
    for each in file.bands(path):
        yield each.reshape(-1).view(np.uint8).data


@contextmanager
def _looked_into(path: Path) -> Generator[Sandbox]:
    try:
        with sandboxed(path) as file:
            yield file
    except Refused as reason:
        raise cannot_open(path.name, str(reason)) from None


def _named(sets: Sequence[DataSet], wanted: str, name: str) -> DataSet:
    for each in sets:
        if wanted.strip("/") in (each.path, each.name):
            return each
    raise cannot_open(name, f"it holds no data set {wanted!r}, only {_list(sets)}")


def _list(sets: Sequence[DataSet]) -> str:
    names = [each.path for each in sets[:LISTED]]
    more = f" and {len(sets) - LISTED:,} more" if len(sets) > LISTED else ""
    return (", ".join(names) or "(none)") + more
