"""Rows of a data set of images, as a person looks at them."""

import numpy as np

from engine.data.dataset import Dataset, Prepared
from engine.data.labels import labels


def pictures(dataset: Dataset, most: int) -> tuple[np.ndarray, tuple[str, ...]]:
    """The first rows as grey images `(count, height, width)` of bytes, and their labels.

    Darkest to brightest; no images where the rows are none.
    """
    if not _are_images(dataset):
        return np.empty((0, 1, 1), np.uint8), ()
    columns = [np.asarray(column[:most], float) for column in dataset.features.columns]
    values = np.stack(columns, axis=1)
    target = dataset.target
    names = [""] * len(values)
    if target is not None and target.ndim == 1:
        names = [str(name) for name in labels(target[: len(values)])]
    return _grey(values, dataset), tuple(names)


def pictures_of(prepared: Prepared, rows: np.ndarray) -> np.ndarray:
    """The rows with these numbers as grey images; none where the rows are no images."""
    dataset = prepared.dataset
    if not _are_images(dataset) or not len(rows):
        return np.empty((0, 1, 1), np.uint8)
    if isinstance(prepared.X, np.ndarray):
        columns = [np.asarray(column[rows], float) for column in dataset.features.columns]
        return _grey(np.stack(columns, axis=1), dataset)
    values = prepared.X.store.take(rows)[:, : len(dataset.features.columns)]
    return _grey(values.astype(float), dataset)


def _are_images(dataset: Dataset) -> bool:
    shape = dataset.image_shape
    return shape is not None and shape[0] * shape[1] == len(dataset.features.columns)


def _grey(values: np.ndarray, dataset: Dataset) -> np.ndarray:
    assert dataset.image_shape is not None
    values = np.nan_to_num(values)
    low, high = float(values.min()), float(values.max())
    grey = (values - low) * (255 / (high - low or 1.0))
    return grey.astype(np.uint8).reshape(-1, *dataset.image_shape)
