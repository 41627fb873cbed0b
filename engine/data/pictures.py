"""The first rows of a data set of images, as a person looks at them."""

import numpy as np

from engine.data.dataset import Dataset
from engine.data.labels import labels


def pictures(dataset: Dataset, most: int) -> tuple[np.ndarray, tuple[str, ...]]:
    """Grey images `(count, height, width)` of bytes, darkest to brightest, and their labels.

    No images where the rows are none.
    """
    shape, table = dataset.image_shape, dataset.features
    if shape is None or shape[0] * shape[1] != len(table.columns):
        return np.empty((0, 1, 1), np.uint8), ()
    values = np.stack([np.asarray(column[:most], float) for column in table.columns], axis=1)
    values = np.nan_to_num(values)
    low, high = float(values.min()), float(values.max())
    grey = (values - low) * (255 / (high - low or 1.0))
    target = dataset.target
    names = [""] * len(values)
    if target is not None and target.ndim == 1:
        names = [str(name) for name in labels(target[: len(values)])]
    return grey.astype(np.uint8).reshape(-1, *shape), tuple(names)
