"""An NPY file that is streamed: features and target in one array, or targets in one beside it."""

import contextlib
from pathlib import Path
from typing import ClassVar

import numpy as np

from engine.data.reading.files import cannot_open
from engine.data.recipe import Choices, DataRecipe, Source, first
from engine.data.sources.personal import StreamedFile
from engine.data.streaming.dataset import StreamedDataset, held, one_hot, sample
from engine.data.streaming.npy import npy_rows
from engine.data.streaming.pairs import npy_targets_beside
from engine.data.streaming.store import Progress, RowStore
from engine.errors import DataError
from engine.kinds import field


class NpyFile(StreamedFile, Source):
    """Rows are the first axis; the rest of each row becomes a column a number."""

    label = "Large array"
    tip = "An NPY file of your own that is read while training, with its targets."
    of_file: ClassVar[tuple[str, ...]] = ("path", "fingerprint", "target")

    path: str = ""
    fingerprint: str = ""
    target: str = field(
        "", "Target", "The NPY file of the targets, beside this one; empty for the last column."
    )

    def stream(
        self, recipe: DataRecipe, folder: Path | None, progress: Progress
    ) -> StreamedDataset:
        path = self.found(folder)
        store = RowStore(npy_rows(path))
        if self.target:
            target, width = _targets(path.parent / self.target, store), store.width
        else:
            target, width = _last_column(store, progress), store.width - 1
        values, notes = one_hot(target)
        return StreamedDataset(
            path.stem,
            sample(store, width),
            values,
            recipe.target or (Path(self.target).stem if self.target else "target"),
            store.image_shape if self.target else None,
            notes,
            store=store,
        )

    def choices(self, folder: Path | None) -> Choices:
        """The other NPY files in its folder with as many rows; "" for the last column."""
        path = self.place(folder)
        rows, others = npy_rows(path), []
        for each in sorted(path.parent.glob("*.npy")):
            with contextlib.suppress(DataError):
                if each.name != path.name and npy_rows(each).rows == rows.rows:
                    others.append(each.name)
        whole = [""] if len(rows.shape) == 1 else []
        return Choices((), first(self.target, [*others, *whole]))


def targets_beside(path: Path) -> str:
    """The name of the file with as many targets as `path` has rows, "" where there is none."""
    for each in npy_targets_beside(path):
        with contextlib.suppress(DataError):
            if npy_rows(each).rows == npy_rows(path).rows:
                return each.name
    return ""


def _targets(path: Path, store: RowStore) -> np.ndarray:
    rows = npy_rows(path)
    if rows.rows != store.rows:
        raise cannot_open(
            path.name, f"it has {rows.rows:,} targets and {store.name} {store.rows:,} rows"
        )
    return held(rows)


def _last_column(store: RowStore, progress: Progress) -> np.ndarray:
    """The target of every row, for which the whole file is gone through."""
    if len(store.shape) != 1 or store.width < 2:
        shape = (store.rows, *store.shape)
        raise cannot_open(
            store.name,
            f"its array has the shape {shape}, so there is no target column, and no file of "
            "targets is beside it",
        )
    found = np.empty(store.rows, store.dtype.newbyteorder("="))
    for start, block in store.blocks(slice(store.width - 1, store.width)):
        found[start : start + len(block)] = block[:, 0]
        done = start + len(block)
        progress(done / store.rows, f"Reading the targets of {store.name}, {done:,} rows")
    return found
