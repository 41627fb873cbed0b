"""Packed files cannot be read from the middle: they are unpacked once, into a temporary file.

It lies in the system's folder for such files (TMPDIR says where) and goes when nobody reads it
any more, at the latest when the program ends.
"""

import errno
import gzip
import shutil
import tempfile
import weakref
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from engine.data.reading.files import cannot_open
from engine.data.streaming.store import Progress
from engine.errors import DataError
from engine.files.wanted import readable_size

BLOCK = 1 << 20
SPARE = 64 << 20  # bytes that are left to others on the disk


class TemporaryRows:
    """A temporary file; it is deleted with this object."""

    def __init__(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="glasswork-"))
        self.path = folder / "rows"
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)


def unpacked(path: Path, size: int, progress: Progress) -> TemporaryRows:
    """The content of a gzip file, which has to be `size` bytes.

    Raises DataError where it holds more or fewer, is damaged, or does not fit on the disk.
    """
    with gzip.open(path) as file:
        return written(path.name, size, iter(lambda: _read(file.read, path.name), b""), progress)


def written(
    name: str, size: int, blocks: Iterator[bytes | memoryview], progress: Progress
) -> TemporaryRows:
    """A temporary file of these `size` bytes, told as unpacking `name`."""
    target, done = TemporaryRows(), 0
    _require_room(target.path.parent, name, size)
    try:
        with target.path.open("wb") as file:
            for block in blocks:
                done += len(block)
                if done > size:
                    raise cannot_open(name, f"it holds more than the {size:,} bytes it declares")
                file.write(block)
                said = f"Unpacking {name}, {readable_size(done)} of {readable_size(size)}"
                progress(done / size, said)
    except DataError:
        raise
    except OSError as error:
        raise _no_room(target.path.parent, name, size, error) from None
    if done < size:
        raise cannot_open(name, f"it is incomplete: it ends after {done:,} of {size:,} bytes")
    return target


def _read(read: Callable[[int], bytes], name: str) -> bytes:
    try:
        return read(BLOCK)
    except EOFError:
        raise cannot_open(name, "it is incomplete: the gzip file has no end") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise cannot_open(name, f"it is damaged ({error})") from None


def _require_room(folder: Path, name: str, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if size + SPARE > free:
        raise cannot_open(
            name,
            f"unpacking it takes {readable_size(size)} in {folder.parent}, where "
            f"{readable_size(free)} are free; make room, or set TMPDIR to another folder",
        )


def _no_room(folder: Path, name: str, size: int, error: OSError) -> DataError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        why = "and the disk is full"
    else:
        why = f"which fails ({error.strerror})"
    return cannot_open(
        name,
        f"unpacking it takes {readable_size(size)} in {folder.parent}, {why}; make room, or set "
        "TMPDIR to another folder",
    )
