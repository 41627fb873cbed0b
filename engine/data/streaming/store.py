"""Rows of numbers on disk, of whatever format: bytes in order from some place in a file.

They are read, not mapped: pages of a mapped file count as the program's own memory, and a file
that is cut short under a mapping ends the process. Each reading opens the file for itself, so
that several may go on at once and none is left open.
"""

import math
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from io import FileIO

import numpy as np

from engine.data.streaming.watched import WatchedFile
from engine.errors import DataError

Read = Callable[[int, memoryview], None]
Progress = Callable[[float, str], None]


def untold(_share: float, _text: str) -> None:
    """Progress that nobody is told of."""


BLOCK_BYTES = 1 << 20
NEAR = 1 << 13  # bytes that are read sooner than skipped


@dataclass(frozen=True)
class RawRows:
    """`rows` times `shape` numbers, from byte `offset` of a file; `keeper` outlives a reading."""

    file: WatchedFile
    offset: int
    rows: int
    shape: tuple[int, ...]
    dtype: np.dtype
    keeper: object = None

    @property
    def row_bytes(self) -> int:
        """How many bytes a row takes."""
        return math.prod(self.shape) * self.dtype.itemsize


class RowStore:
    """The rows of one or more stretches, one after the other, each `width` numbers of `dtype`.

    Raises DataError where the stretches differ in shape or type.
    """

    def __init__(self, *parts: RawRows) -> None:
        self.parts = parts
        first = parts[0]
        for part in parts[1:]:
            if (part.shape, part.dtype) != (first.shape, first.dtype):
                raise DataError(
                    f"{part.file.name} holds rows of {_described(part)}, {first.file.name} of "
                    f"{_described(first)}; they must be alike"
                )
        self.shape, self.dtype, self.row_bytes = first.shape, first.dtype, first.row_bytes
        self.name = first.file.name
        self.width = math.prod(first.shape)
        self.rows = sum(part.rows for part in parts)

    @cached_property
    def image_shape(self) -> tuple[int, int] | None:
        """Height and width, where each row is a picture in one colour."""
        pixels = [size for size in self.shape if size != 1] if len(self.shape) == 3 else self.shape
        return (pixels[0], pixels[1]) if len(pixels) == 2 else None

    @contextmanager
    def reading(self) -> Generator[Read]:
        """A function that fills a memory view of bytes with the rows from some row on."""
        with ExitStack() as stack:
            files = [stack.enter_context(part.file.open()) for part in self.parts]
            if len(files) == 1:
                yield _reading(self.parts[0], files[0])
                return

            def read(start: int, view: memoryview) -> None:
                for part, file in zip(self.parts, files, strict=True):
                    here = min(len(view), (part.rows - start) * part.row_bytes)
                    if here > 0:
                        place = part.offset + start * part.row_bytes
                        part.file.fill(file, place, view[:here])
                        start, view = start + here // part.row_bytes, view[here:]
                    start -= part.rows

            yield read

    def blocks(
        self, columns: slice | np.ndarray = slice(None), size: int = 0
    ) -> Iterator[tuple[int, np.ndarray]]:
        """(first row, raw rows of these columns), through the whole store; the array is reused."""
        size = size or max(1, BLOCK_BYTES // self.row_bytes)
        buffer = np.empty((size, self.width), self.dtype)
        view = bytes_of(buffer)
        with self.reading() as read:
            for start in range(0, self.rows, size):
                count = min(size, self.rows - start)
                read(start, view[: count * self.row_bytes])
                yield start, buffer[:count, columns]

    def take(self, rows: np.ndarray) -> np.ndarray:
        """The raw rows with these numbers, `(len(rows), width)`, in this order."""
        order = np.argsort(rows, kind="stable")
        found = np.empty((len(rows), self.width), self.dtype)
        view, size = bytes_of(found), self.row_bytes
        with self.reading() as read:
            for start, stop, first, last in _runs(rows[order], size):
                if last - first + 1 == stop - start:
                    read(first, view[start * size : stop * size])
                else:
                    stretch = np.empty((last - first + 1, self.width), self.dtype)
                    read(first, bytes_of(stretch))
                    found[start:stop] = stretch[rows[order[start:stop]] - first]
        if (order[:-1] < order[1:]).all():
            return found
        placed = np.empty_like(found)
        placed[order] = found
        return placed


def bytes_of(array: np.ndarray) -> memoryview:
    """The bytes of a contiguous array, to be read into."""
    return array.reshape(-1).view(np.uint8).data


def _runs(rows: np.ndarray, size: int) -> Iterator[tuple[int, int, int, int]]:
    """(start, stop) of sorted rows of `size` bytes that are quicker read together than each,
    and the first and last of them.
    """
    if not len(rows):
        return iter(())
    near, block = max(1, NEAR // size), max(1, BLOCK_BYTES // size)
    apart = np.flatnonzero((np.diff(rows) > near) | (np.diff(rows // block) != 0)) + 1
    starts, stops = np.append(0, apart), np.append(apart, len(rows))
    figures = (starts, stops, rows[starts], rows[stops - 1])
    return zip(*(each.tolist() for each in figures), strict=True)


def _reading(part: RawRows, file: FileIO) -> Read:
    """`RowStore.reading` for a single stretch, which is what there mostly is."""
    offset, size, fill = part.offset, part.row_bytes, part.file.fill

    def read(start: int, view: memoryview) -> None:
        fill(file, offset + start * size, view)

    return read


def _described(part: RawRows) -> str:
    return f"{' x '.join(map(str, part.shape))} {part.dtype.name}"
