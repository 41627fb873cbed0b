"""IDX, the format of MNIST: a short header, then images or labels as plain numbers, maybe gzipped.

Two zero bytes, the type, the number of dimensions, each dimension as four bytes, the values; all
of it big-endian (LeCun, Cortes and Burges, "The MNIST database of handwritten digits").
"""

import contextlib
import gzip
import math
import re
import struct
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from engine.data.reading.files import cannot_open
from engine.data.streaming.npy import require_size
from engine.data.streaming.store import Progress, RawRows
from engine.data.streaming.unpacking import unpacked
from engine.data.streaming.watched import WatchedFile, opened

GZIP = b"\x1f\x8b"
TYPES = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
MOST_DIMENSIONS = 4
NAMED = re.compile(r"idx\d|ubyte", re.IGNORECASE)


@dataclass(frozen=True)
class Header:
    """What the first bytes declare."""

    shape: tuple[int, ...]
    dtype: np.dtype

    @property
    def offset(self) -> int:
        """Where the values begin."""
        return 4 + 4 * len(self.shape)

    @property
    def size(self) -> int:
        """The bytes of the whole file."""
        return self.offset + math.prod(self.shape) * self.dtype.itemsize


def is_idx(start: bytes) -> bool:
    """Whether a file that begins so, or unpacks to such a beginning, may be IDX."""
    return (
        len(start) >= 4
        and start[:2] == b"\0\0"
        and start[2] in TYPES
        and 0 < start[3] <= MOST_DIMENSIONS
    )


def is_idx_file(path: Path) -> bool:
    """Whether the file begins as IDX does, or is named as such files are.

    Raises DataError where it cannot be read, or is gzipped and holds something else.
    """
    with opened(path) as file:
        start = file.read(4)
    packed = start.startswith(GZIP)
    if packed:
        with contextlib.suppress(EOFError, OSError, zlib.error), gzip.open(path) as unpacking:
            start = unpacking.read(4)
    if is_idx(start) or NAMED.search(path.name):
        return True
    if packed:
        raise cannot_open(path.name, "it is gzipped and holds no IDX images; unpack it first")
    return False


def header(path: Path) -> Header:
    """What the file declares. Raises DataError where it is no IDX file."""
    with _content(path) as file:
        start = file.read(4 + 4 * MOST_DIMENSIONS)
    if not start:
        raise cannot_open(path.name, "it is empty")
    if not is_idx(start):
        raise cannot_open(
            path.name, f"it begins with the bytes {start[:4].hex(' ')}, which no IDX file does"
        )
    count = start[3]
    if len(start) < 4 + 4 * count:
        raise cannot_open(path.name, "it is incomplete: its header ends too soon")
    return Header(struct.unpack(f">{count}I", start[4 : 4 + 4 * count]), np.dtype(TYPES[start[2]]))


def image_header(path: Path) -> Header:
    """The same for images. Raises DataError where the file holds labels, or nothing."""
    declared = header(path)
    if len(declared.shape) < 2:
        raise cannot_open(path.name, "it holds labels, not images; choose the file of the images")
    if not all(declared.shape):
        said = f"it declares the shape {declared.shape}, so there are no images"
        raise cannot_open(path.name, said)
    return declared


def idx_rows(path: Path, progress: Progress) -> RawRows:
    """The images (or other rows); a gzipped file is unpacked into a temporary one first.

    Raises DataError in one sentence.
    """
    declared = image_header(path)
    shape, keeper, file = declared.shape, None, WatchedFile.of(path)
    if is_packed(path):
        keeper = unpacked(path, declared.size, progress)
        file = WatchedFile.of(keeper.path, path.name)
    rows = RawRows(file, declared.offset, shape[0], shape[1:], declared.dtype, keeper)
    require_size(rows)
    return rows


def idx_labels(path: Path, count: int, images: str) -> np.ndarray:
    """The `count` labels of `images`. Raises DataError where there are more or fewer."""
    declared = header(path)
    if len(declared.shape) != 1:
        raise cannot_open(path.name, "it holds images, where labels are expected")
    if declared.shape[0] != count:
        raise cannot_open(
            path.name, f"it holds {declared.shape[0]:,} labels and {images} {count:,} images"
        )
    with _content(path) as file:
        values = file.read(declared.size)[declared.offset :]
    if len(values) < declared.size - declared.offset:
        raise cannot_open(
            path.name,
            f"it is incomplete: it declares {count:,} labels and ends after {len(values):,} bytes",
        )
    labels = np.frombuffer(values, declared.dtype)
    return labels.astype(labels.dtype.newbyteorder("="))


def is_packed(path: Path) -> bool:
    """Whether the file is gzipped."""
    with opened(path) as file:
        return file.read(2) == GZIP


@contextmanager
def _content(path: Path) -> Generator[IO[bytes]]:
    """The file's content, unpacked. Raises DataError where it is damaged."""
    packed = is_packed(path)
    try:
        with gzip.open(path) if packed else path.open("rb") as file:
            yield file  # pyright: ignore[reportReturnType]
    except EOFError:
        raise cannot_open(path.name, "it is incomplete: the gzip file has no end") from None
    except (OSError, zlib.error) as error:
        raise cannot_open(path.name, f"it is damaged ({error})") from None
