"""The order of an epoch over rows that do not fit into memory.

The file is cut into blocks of neighbouring rows, and the blocks are dealt into windows: each
window takes one block from every stretch of the file, at random, so that rows from all over the
file lie beside each other in memory, whatever order the file is in. Within the window the rows
are shuffled one by one. A seed and the number of the epoch decide both, so that an epoch may be
left at any row and gone on with from there. Where everything fits into one window, this is a
full shuffle, the same as that of rows in memory.
"""

from functools import cached_property

import numpy as np

from engine import seeds
from engine.data.streaming.rows import StreamedRows
from engine.data.streaming.scaling import Scaler
from engine.data.streaming.store import Read, bytes_of

WINDOW_BYTES = 64 << 20  # of prepared rows
BLOCK_BYTES = 1 << 18  # of prepared rows, so that a window is made of about 256 blocks


class Windows:
    """The rows `rows` (sorted) of `source`, a window at a time.

    `X` holds the window's prepared rows `(rows of the window, width + 1)` with a last column of
    ones.
    """

    def __init__(
        self,
        source: StreamedRows,
        rows: np.ndarray,
        dtype: np.dtype,
        window_bytes: int = WINDOW_BYTES,
        block_bytes: int = BLOCK_BYTES,
    ) -> None:
        row_bytes = (source.shape[1] + 1) * dtype.itemsize
        self._source, self._rows = source, rows
        self._size = max(1, block_bytes // row_bytes)
        bounds = np.searchsorted(rows, np.arange(0, len(source) + self._size, self._size))
        self._counts = np.diff(bounds)
        self._starts = bounds[:-1]
        self._in_use = np.flatnonzero(self._counts)
        held = max(1, window_bytes // row_bytes // int(self._counts.max()))
        self.count = -(-len(self._in_use) // held)
        store = source.store
        self._scaler = Scaler(source.preprocessing, store.dtype, dtype, ones=True)
        self._raw = np.empty((self._size, store.width), store.dtype)
        self._picked = np.empty_like(self._raw)
        self._dtype = dtype
        self._loaded: np.ndarray | None = None
        self.deal(None)

    @cached_property
    def X(self) -> np.ndarray:
        """The window, made when it is first needed."""
        most = -(-len(self._in_use) // self.count) * int(self._counts.max())
        shape = min(most, len(self._rows)), self._source.shape[1] + 1
        return np.ones(shape, self._dtype)

    @cached_property
    def numbers(self) -> np.ndarray:
        """The numbers in the file of the rows in `X`."""
        return np.empty(len(self.X), self._rows.dtype)

    def deal(self, draw: tuple[int, int] | None) -> None:
        """Settles the order of an epoch by (seed, epoch); that of the file for None."""
        blocks, count = self._in_use, self.count
        if draw is None or count == 1:
            dealt = np.array_split(blocks, count)
        else:
            stretches = np.full((-(-len(blocks) // count), count), -1)
            stretches.reshape(-1)[: len(blocks)] = blocks
            generator = seeds.generator(draw[0], "", f"blocks {draw[1]}")
            dealt = [each[each >= 0] for each in generator.permuted(stretches, axis=1).T]
        self._draw, self._blocks = draw, dealt
        self._ends = np.cumsum([self._counts[each].sum() for each in dealt])
        self._window = -1

    def places(self, position: int) -> np.ndarray:
        """Where in `X` the rows from `position` of the order lie, to the end of its window.

        Loads that window, in place of the one before.
        """
        window = int(np.searchsorted(self._ends, position, "right"))
        if window != self._window:
            self._open(window)
        begin = int(self._ends[window - 1]) if window else 0
        return self._order[position - begin :]

    def _open(self, window: int) -> None:
        blocks = self._blocks[window]
        if self._loaded is None or not np.array_equal(blocks, self._loaded):
            self._loaded = None
            self._load(blocks)
            self._loaded = blocks
        rows = int(self._counts[blocks].sum())
        self._order = np.arange(rows)
        if self._draw is not None:
            seed, epoch = self._draw
            purpose = f"order {epoch}" + (f" window {window}" if self.count > 1 else "")
            self._order = seeds.generator(seed, "", purpose).permutation(rows)
        self._window = window

    def _load(self, blocks: np.ndarray) -> None:
        """Reads and prepares the rows of these blocks, in the order of the file."""
        place = 0
        with self._source.store.reading() as read:
            for start, count in zip(self._starts[blocks], self._counts[blocks], strict=True):
                numbers = self._rows[start : start + count]
                self._put(read, numbers, slice(place, place + count))
                place += count

    def _put(self, read: Read, numbers: np.ndarray, place: slice) -> None:
        """Reads the stretch in which these rows lie, and prepares those of them alone."""
        first, last = int(numbers[0]), int(numbers[-1])
        raw = self._raw[: last - first + 1]
        read(first, bytes_of(raw))
        if len(raw) > len(numbers):
            raw = raw.take(numbers - first, 0, self._picked[: len(numbers)], "clip")
        self._scaler.put(raw, self.X[place], numbers)
        self.numbers[place] = numbers
