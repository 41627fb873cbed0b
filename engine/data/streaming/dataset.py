"""Rows as a streamed file holds them: the features on disk, the targets and a sample in memory."""

from dataclasses import dataclass

import numpy as np

from engine.data.dataset import Dataset, Table
from engine.data.reading.files import cannot_open
from engine.data.streaming.store import RawRows, RowStore, bytes_of
from engine.data.streaming.targets import MOST_COLUMNS
from engine.data.values import blocks

FIRST_ROWS = 200
SAMPLE_ROWS, SAMPLE_BYTES = 2_000, 32 << 20


@dataclass(frozen=True, kw_only=True)
class StreamedDataset(Dataset):
    """`features` is a sample of the rows, to look at; `store` holds all of them.

    The sample begins with the first 200 rows, and the rest is spread over the file. The first
    columns of the store are the features. The last `test_rows` rows are the test part, as the
    files say.
    """

    store: RowStore
    test_rows: int = 0

    @property
    def rows(self) -> int:
        return self.store.rows


def sample(store: RowStore, width: int) -> Table:
    """Some rows as a table with the columns `x0`, `x1` and so on, as rows in memory have them."""
    count = min(SAMPLE_ROWS, max(FIRST_ROWS, SAMPLE_BYTES // (8 * max(1, width))))
    first = np.arange(min(store.rows, FIRST_ROWS))
    step = max(1, (store.rows - len(first)) // count)
    rest = np.arange(len(first), store.rows, step)
    raw = store.take(np.concatenate((first, rest)))[:, :width]
    names = tuple(f"x{place}" for place in range(width))
    return Table(names, tuple(raw.T.astype(np.float64)))


def held(rows: RawRows) -> np.ndarray:
    """All of a small array of targets: `(rows,)`, or `(rows, columns)` for several.

    Raises DataError where it has more columns than are predicted.
    """
    store = RowStore(rows)
    if store.width > MOST_COLUMNS:
        raise cannot_open(
            store.name, f"its target has {store.width:,} columns; at most {MOST_COLUMNS} are taken"
        )
    found = np.empty((store.rows, store.width), store.dtype)
    with store.reading() as read:
        read(0, bytes_of(found))
    found = found.astype(store.dtype.newbyteorder("="), copy=False)
    return found[:, 0] if store.width == 1 else found


def one_hot(target: np.ndarray) -> tuple[np.ndarray, tuple[str, ...]]:
    """The places of the ones where every row has a single 1 among zeros, and a note; else as is."""
    if target.ndim != 2:
        return target, ()
    places = np.empty(len(target), np.uint8)
    for start, block in blocks(target):
        if not ((block == 0) | (block == 1)).all() or (block.sum(axis=1) != 1).any():
            return target, ()
        places[start : start + len(block)] = block.argmax(axis=1)
    return places, ("the target was read as one-hot: the place of the 1 is the class",)
