"""An HDF5 file of data: one data set of features, another of targets, read while training."""

from pathlib import Path

from engine.data.recipe import Choices, DataRecipe, Source, first
from engine.data.sources.personal import StreamedFile
from engine.data.streaming.dataset import StreamedDataset, held, one_hot, sample
from engine.data.streaming.hdf5 import (
    data_sets,
    features_among,
    hdf5_rows,
    target_among,
    targets_for,
)
from engine.data.streaming.store import Progress, RowStore
from engine.kinds import field


class Hdf5File(StreamedFile, Source):
    """Rows are the first axis of both; the rest of each row becomes a column a number."""

    kind = "hdf5_file"
    label = "HDF5"
    tip = "Data sets of your own in an HDF5 file, which are read while training."

    path: str = ""
    fingerprint: str = ""
    features: str = field("", "Features", "The data set of the features; empty to guess.")
    target: str = field("", "Target", "The data set of the target; empty to guess.")

    def stream(
        self, recipe: DataRecipe, folder: Path | None, progress: Progress
    ) -> StreamedDataset:
        path = self.found(folder)
        sets = data_sets(path)
        features = features_among(sets, self.features, path.name)
        target = target_among(sets, features, self.target, path.name)
        store = RowStore(hdf5_rows(path, features, progress))
        values, notes = one_hot(held(hdf5_rows(path, target, progress)))
        return StreamedDataset(
            path.stem,
            sample(store, store.width),
            values,
            recipe.target or target.name,
            store.image_shape,
            notes,
            store=store,
        )

    def choices(self, folder: Path | None) -> Choices:
        sets = data_sets(self.place(folder))
        features = features_among(sets, self.features, self.name)
        target = target_among(sets, features, self.target, self.name)
        wide = [each.path for each in sets if each.dtype is not None and len(each.shape) > 1]
        fitting = [each.path for each in targets_for(sets, features)]
        return Choices(first(features.path, wide), first(target.path, fitting))
