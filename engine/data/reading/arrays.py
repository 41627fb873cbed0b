"""Arrays of NPY and NPZ files, without pickle and without more memory than the file declares."""

import io
import zipfile
from collections.abc import Mapping

import numpy as np

from engine.data.reading.files import cannot_open
from engine.errors import DataError

MAX_BYTES = 8 * 2**30


def read_arrays(content: bytes, name: str) -> Mapping[str, np.ndarray]:
    """The arrays by name; the one of an NPY file is called "X".

    Raises DataError where the file is damaged, too large, or holds Python objects.
    """
    try:
        if not content.startswith(b"PK"):
            return {"X": _array(content, "X", name)}
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _require_size(sum(info.file_size for info in archive.infolist()), name)
            return {
                info.filename.removesuffix(".npy"): _array(archive.read(info), info.filename, name)
                for info in archive.infolist()
            }
    except DataError:
        raise
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise cannot_open(name, f"the arrays are damaged or incomplete ({error})") from None


def _array(content: bytes, array: str, name: str) -> np.ndarray:
    stream = io.BytesIO(content)
    if content[:6] != b"\x93NUMPY":
        if content[:1] == b"\x80":
            raise cannot_open(name, "it is a pickle, which could run code and is refused")
        raise cannot_open(name, f"{array} is not an array in NumPy's format")
    shape, dtype = _declared(stream)
    if dtype.hasobject:
        raise cannot_open(
            name,
            f"the array {array.removesuffix('.npy')} holds Python objects, which need pickle, "
            "and pickle is refused; save it as numbers or text",
        )
    declared = dtype.itemsize * int(np.prod(shape, dtype=object))
    if declared != len(content) - stream.tell():
        raise ValueError(f"{array} declares {declared:,} bytes")
    return np.load(io.BytesIO(content), allow_pickle=False)


def _declared(stream: io.BytesIO) -> tuple[tuple[int, ...], np.dtype]:
    version = np.lib.format.read_magic(stream)
    if version == (1, 0):
        shape, _, dtype = np.lib.format.read_array_header_1_0(stream)
    else:
        shape, _, dtype = np.lib.format.read_array_header_2_0(stream)
    return shape, dtype


def _require_size(size: int, name: str) -> None:
    if size > MAX_BYTES:
        raise cannot_open(name, f"it unpacks to {size:,} bytes; at most {MAX_BYTES:,} are read")
