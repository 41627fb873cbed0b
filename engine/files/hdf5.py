"""Bounded reading of an HDF5 file that may be hostile: every step is checked before it is taken.

Only hard links are followed, only arrays of the wanted shape and kind are read, and nothing that
lies elsewhere. This runs in the sandbox's process and imports none of the engine.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import h5py
import numpy as np

from engine.files.survey import band, survey
from engine.files.wanted import (
    MAX_ARRAY_BYTES,
    MAX_NAMES,
    MAX_TEXT_BYTES,
    Refused,
    Value,
    Wanted,
    readable_shape,
    readable_size,
)

KNOWN_FILTERS = {1: "gzip", 2: "shuffle", 3: "fletcher32", 32000: "lzf"}
KINDS = {"float": "f", "integer": "iu"}
SMALL = 1 << 20
MOST_UNPACKING = 64


class Source:
    """An open HDF5 file, of which attributes and arrays can be asked."""

    def __init__(self, path: str) -> None:
        self._file = h5py.File(path, "r", locking="best-effort")

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def attributes(self, places: Sequence[tuple[str, str]]) -> list[Value]:
        """The values of (path, name): text, a whole number, names, or None where there is none."""
        return [self._attribute(path, name) for path, name in places]

    def arrays(self, wanted: Sequence[Wanted]) -> Iterator[np.ndarray]:
        """The wanted arrays one by one; all are checked before the first is read."""
        found = [self._dataset(each) for each in wanted]
        total = sum(_bytes(dataset) for dataset in found)
        if total > MAX_ARRAY_BYTES:
            raise Refused(
                f"its arrays are too large: {readable_size(total)} together, "
                f"at most {readable_size(MAX_ARRAY_BYTES)} are read"
            )
        for dataset in found:
            yield np.ascontiguousarray(dataset[()]).reshape(dataset.shape)

    def survey(self) -> list[dict[str, Any]]:
        """Every array of numbers in a file of data: path, shape, type, place in the file."""
        return survey(self._file)

    def bands(self, path: str) -> Iterator[np.ndarray]:
        """All rows of one of these arrays, as many at a time as are stored together."""
        dataset = self._object(path)
        _require_own_data(dataset, f"/{path}")
        size = band(dataset)
        for start in range(0, len(dataset), size):
            yield np.ascontiguousarray(dataset[start : start + size])

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _attribute(self, path: str, name: str) -> Value:
        holder = self._object(path)
        if holder is None or not h5py.h5a.exists(holder.id, name.encode()):
            return None
        where = f"{path or '/'} attribute {name}"
        attribute = h5py.h5a.open(holder.id, name.encode())
        _require_small(attribute, where)
        return _plain(holder.attrs[name], where)

    def _dataset(self, wanted: Wanted) -> h5py.Dataset:
        found = self._object(wanted.path)
        if found is None:
            raise Refused(f"{wanted.label} is missing: there is no /{wanted.path}")
        if not isinstance(found, h5py.Dataset):
            raise Refused(f"/{wanted.path} is a group where an array should be")
        _require_own_data(found, wanted.label)
        _require_kind(found, wanted)
        _require_shape(found, wanted)
        _require_plain_storage(found, wanted.label)
        return found

    def _object(self, path: str) -> Any:
        """The object at `path` by hard links alone, or None where there is none."""
        here: Any = self._file["/"]
        walked = ""
        for part in filter(None, path.split("/")):
            walked = f"{walked}/{part}"
            if not isinstance(here, h5py.Group) or part.encode() not in here.id:
                return None
            _require_hard(here.get(part, getlink=True), walked)
            here = here[part]
        return here


def _require_hard(link: Any, path: str) -> None:
    if isinstance(link, h5py.ExternalLink):
        raise Refused(f"{path} points to another file, {link.filename!r}, which is refused")
    if isinstance(link, h5py.SoftLink):
        raise Refused(f"{path} points to another place, {link.path!r}, which is refused")
    if not isinstance(link, h5py.HardLink):
        raise Refused(f"{path} is a link of an unknown kind, which is refused")


def _require_own_data(dataset: h5py.Dataset, label: str) -> None:
    """Nothing is read that lies outside the array itself."""
    storage = dataset.id.get_create_plist()
    if storage.get_external_count():
        raise Refused(f"{label} keeps its data elsewhere, in another file, which is refused")
    if storage.get_layout() == h5py.h5d.VIRTUAL:
        raise Refused(f"{label} keeps its data elsewhere (a virtual dataset), which is refused")
    for index in range(storage.get_nfilters()):
        code = storage.get_filter(index)[0]
        if code not in KNOWN_FILTERS:
            raise Refused(f"{label} is packed with filter {code}, which is not known here")


def _require_kind(dataset: h5py.Dataset, wanted: Wanted) -> None:
    stored = dataset.id.get_type()
    simple = stored.get_class() in (h5py.h5t.FLOAT, h5py.h5t.INTEGER)
    dtype = dataset.dtype if simple and stored.get_size() in (1, 2, 4, 8) else None
    if dtype is None or dtype.kind not in KINDS[wanted.kind]:
        name = "compound" if stored.get_class() == h5py.h5t.COMPOUND else dataset.dtype
        raise Refused(f"{wanted.label} holds values of type {name}, expected {wanted.kind}")


def _require_shape(dataset: h5py.Dataset, wanted: Wanted) -> None:
    shape, size = dataset.shape, dataset.dtype.itemsize
    if shape is None:
        raise Refused(f"{wanted.label} is empty where an array should be")
    if wanted.shape is not None and shape != wanted.shape:
        declared, needed = math.prod(shape) * size, math.prod(wanted.shape) * size
        raise Refused(
            f"{wanted.label} declares the shape {readable_shape(shape)} "
            f"({readable_size(declared)}), the design needs {readable_shape(wanted.shape)} "
            f"({readable_size(needed)})"
        )


def _require_plain_storage(dataset: h5py.Dataset, label: str) -> None:
    """Little stored that unpacks to much, and chunks beyond the array, cost memory for nothing."""
    size, stored = _bytes(dataset), dataset.id.get_storage_size()
    if size > SMALL and size > MOST_UNPACKING * stored:
        raise Refused(
            f"{label} is too large: {readable_size(stored)} in the file unpack "
            f"to {readable_size(size)}"
        )
    chunk = math.prod(dataset.chunks or ()) * dataset.dtype.itemsize
    if chunk > max(SMALL, 2 * size):
        raise Refused(
            f"{label} is stored in chunks of {readable_size(chunk)}, too large "
            f"for an array of {readable_size(size)}"
        )


def _bytes(dataset: h5py.Dataset) -> int:
    return math.prod(dataset.shape) * dataset.dtype.itemsize


def _require_small(attribute: Any, where: str) -> None:
    count = attribute.get_space().get_simple_extent_npoints()
    if count > MAX_NAMES or count * attribute.get_type().get_size() > MAX_TEXT_BYTES:
        raise Refused(f"{where} is too large")


def _plain(value: Any, where: str) -> Value:
    """An attribute's value as text, a whole number or a list of texts."""
    if isinstance(value, np.ndarray) and value.ndim == 1:
        return [_text(each, where) for each in value.tolist()]
    if isinstance(value, (int, np.integer)):
        return int(value)
    return _text(value, where)


def _text(value: Any, where: str) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        raise Refused(f"{where} should be text")
    if len(value) > MAX_TEXT_BYTES:
        raise Refused(f"{where} is too large")
    return str(value)
