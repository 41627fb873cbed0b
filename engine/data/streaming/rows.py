"""Prepared rows that are read and scaled when they are asked for; indexed like an array."""

import numpy as np

from engine.data.preprocessing import Preprocessing
from engine.data.streaming.scaling import Scaler
from engine.data.streaming.store import RowStore


class StreamedRows:
    """`X[rows]` gives the float32 rows with these numbers, in any order.

    The columns that the preprocessing knows are the first of the store; what follows, such as a
    target, is passed over.
    """

    dtype = np.dtype(np.float32)

    def __init__(self, store: RowStore, preprocessing: Preprocessing) -> None:
        self.store = store
        self.preprocessing = preprocessing
        self.shape = (store.rows, preprocessing.width)

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, rows: np.ndarray) -> np.ndarray:
        out = np.empty((len(rows), self.shape[1]), np.float32)
        Scaler(self.preprocessing, self.store.dtype, out.dtype).put(
            self.store.take(rows), out, rows
        )
        return out
