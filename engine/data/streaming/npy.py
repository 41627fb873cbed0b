"""An NPY file too large for memory: where its rows begin, and of what shape and type they are."""

from pathlib import Path

import numpy as np

from engine.data.reading.files import cannot_open
from engine.data.streaming.store import RawRows
from engine.data.streaming.watched import WatchedFile, opened

MAGIC = b"\x93NUMPY"


def npy_rows(path: Path) -> RawRows:
    """The array in the file, row by row. Raises DataError in one sentence where it is none."""
    with opened(path) as file:
        try:
            version = np.lib.format.read_magic(file)
            read = np.lib.format.read_array_header_1_0
            if version != (1, 0):
                read = np.lib.format.read_array_header_2_0
            shape, by_column, dtype = read(file)
        except (ValueError, EOFError) as error:
            said = f"it is no array in NumPy's format, or damaged ({str(error).splitlines()[0]})"
            raise cannot_open(path.name, said) from None
        offset = file.tell()
    require_numbers(dtype, path.name)
    if len(shape) == 0 or not shape[0]:
        raise cannot_open(path.name, f"its array has the shape {shape}, so there are no rows")
    if by_column and len(shape) > 1:
        raise cannot_open(
            path.name,
            "its array is stored column by column, so that rows cannot be read one after the "
            "other; save numpy.ascontiguousarray(array) instead",
        )
    rows = RawRows(WatchedFile.of(path), offset, shape[0], tuple(shape[1:]), dtype)
    require_size(rows)
    return rows


def require_numbers(dtype: np.dtype, name: str) -> None:
    """Raises DataError for values that are no real numbers of at most 64 bits."""
    if dtype.hasobject:
        raise cannot_open(
            name, "it holds Python objects, which need pickle, and pickle is refused; save numbers"
        )
    if dtype.kind not in "biuf" or dtype.itemsize > 8:
        raise cannot_open(name, f"it holds values of type {dtype}, expected numbers")


def require_size(rows: RawRows) -> None:
    """Raises DataError where the file ends before its last row does."""
    declared = rows.offset + rows.rows * rows.row_bytes
    if rows.file.size < declared:
        raise cannot_open(
            rows.file.name,
            f"it is incomplete: it declares {rows.rows:,} rows, {declared:,} bytes, and holds "
            f"{rows.file.size:,}",
        )
