"""From rows as read to rows ready for the network, with the facts about them."""

import numpy as np

from engine.data.columns import columns_of, feature_notes, missing_in, task_of
from engine.data.dataset import DataFacts, Dataset, Prepared, Rows
from engine.data.fitted import Target
from engine.data.fitting import fit, require_usable
from engine.data.labels import codes, in_order, labels
from engine.data.preprocessing import Preprocessing
from engine.data.recipe import DataRecipe
from engine.data.splitting import split
from engine.errors import DataError


def prepare(
    dataset: Dataset, recipe: DataRecipe, preprocessing: Preprocessing | None = None
) -> Prepared:
    """Splits and prepares the rows, fitted on the training part only or as `preprocessing` says.

    Raises DataError in one sentence where the rows cannot be learned from.
    """
    target = _labelled_target(dataset)
    if preprocessing is None:
        preprocessing, rows, notes = _fitted(dataset, recipe)
        prepared, _ = preprocessing.transform(dataset.features)
    else:
        rows = _dealt(dataset, recipe, preprocessing.classes)
        prepared, notes = preprocessing.transform(dataset.features)
    y = preprocessing.target.encode(target, dataset.features)
    facts = _facts(dataset, preprocessing, rows, y, notes)
    return Prepared(prepared, y, rows, facts, preprocessing, dataset)


def _fitted(dataset: Dataset, recipe: DataRecipe) -> tuple[Preprocessing, Rows, tuple[str, ...]]:
    task = task_of(dataset, recipe)
    classes = _classes(dataset) if task == "classification" else ()
    columns, guesses = columns_of(dataset, recipe)
    require_usable(dataset, columns)
    rows = _dealt(dataset, recipe, classes)
    preprocessing = fit(dataset, columns, task, classes, rows.train)
    return preprocessing, rows, (*guesses, *feature_notes(dataset, columns))


def _dealt(dataset: Dataset, recipe: DataRecipe, classes: tuple[str, ...]) -> Rows:
    if not classes:
        return split(dataset.features.rows, recipe.split, None, ())
    found = np.maximum(codes(labels(_labelled_target(dataset)), classes), 0)
    return split(dataset.features.rows, recipe.split, found, classes)


def _labelled_target(dataset: Dataset) -> np.ndarray:
    if dataset.target is None:
        names = ", ".join(dataset.features.names[:12])
        raise DataError(f"{dataset.name} has no column {dataset.target_name!r} to predict: {names}")
    missing = missing_in(dataset.target)
    if missing.any():
        first = dataset.features.place(int(np.argmax(missing)))
        raise DataError(
            f"the target {dataset.target_name} has no value in {missing.sum():,} of "
            f"{len(missing):,} rows (first {first}); fill it in or remove these rows"
        )
    return dataset.target


def _classes(dataset: Dataset) -> tuple[str, ...]:
    target = _labelled_target(dataset)
    if target.ndim == 2:
        raise DataError(f"the target {dataset.target_name} has several columns, so no classes")
    classes = in_order(labels(target))
    if len(classes) < 2:
        raise DataError(
            f"the target {dataset.target_name} has one class only, {', '.join(classes)}; "
            "a classifier needs at least two"
        )
    return classes


def _counts(y: np.ndarray, target: Target) -> tuple[int, ...]:
    """In how many rows each class or label occurs."""
    if target.labels:
        return tuple(np.count_nonzero(y, axis=0).tolist())
    return tuple(np.bincount(y, minlength=len(target.classes)).tolist()) if target.classes else ()


def _facts(
    dataset: Dataset,
    preprocessing: Preprocessing,
    rows: Rows,
    y: np.ndarray,
    notes: tuple[str, ...],
) -> DataFacts:
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
