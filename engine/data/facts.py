"""The facts about prepared rows that design, problems and panels need."""

import numpy as np

from engine.data.dataset import DataFacts, Dataset, Rows
from engine.data.fitted import Target
from engine.data.preprocessing import Preprocessing
from engine.data.values import counts_of


def facts_of(
    dataset: Dataset,
    preprocessing: Preprocessing,
    rows: Rows,
    y: np.ndarray,
    notes: tuple[str, ...],
) -> DataFacts:
    """Facts about prepared rows with the targets `y`; `notes` are what preparing assumed."""
    target, shape = preprocessing.target, dataset.image_shape
    classes = target.classes or target.labels
    whole = shape is not None and shape[0] * shape[1] == preprocessing.width
    return DataFacts(
        name=dataset.name,
        rows=len(y),
        width=preprocessing.width,
        task=target.task,
        classes=classes,
        targets=1 if target.classes else y.shape[1],
        target_name=dataset.target_name,
        feature_names=preprocessing.feature_names_out,
        image_shape=shape if whole else None,
        split=(len(rows.train), len(rows.validation), len(rows.test)),
        class_counts=_counts(y, target),
        notes=(*dataset.notes, *notes),
    )


def _counts(y: np.ndarray, target: Target) -> tuple[int, ...]:
    """In how many rows each class or label occurs."""
    if target.labels:
        return tuple(np.count_nonzero(y, axis=0).tolist())
    return tuple(counts_of(y, len(target.classes)).tolist()) if target.classes else ()
