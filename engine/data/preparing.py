"""From rows as read to rows ready for the network, with the facts about them."""

import numpy as np

from engine.data.columns import columns_of, feature_notes, missing_in, task_of
from engine.data.dataset import DataFacts, Dataset, Prepared, Rows
from engine.data.facts import facts_of
from engine.data.fitting import fit, require_usable
from engine.data.labels import codes, in_order, labels
from engine.data.preprocessing import Preprocessing
from engine.data.recipe import DataRecipe
from engine.data.splitting import split
from engine.data.streaming.dataset import StreamedDataset
from engine.data.streaming.preparing import outline, prepare_streamed
from engine.data.streaming.store import Progress, untold
from engine.errors import DataError


def prepare(
    dataset: Dataset,
    recipe: DataRecipe,
    preprocessing: Preprocessing | None = None,
    progress: Progress = untold,
) -> Prepared:
    """Splits and prepares the rows, fitted on the training part only or as `preprocessing` says.

    Raises DataError in one sentence where the rows cannot be learned from.
    """
    if isinstance(dataset, StreamedDataset):
        return prepare_streamed(dataset, recipe, preprocessing, progress)
    if preprocessing is None:
        return prepare_dealt(dataset, recipe)
    rows = _dealt(dataset, recipe, preprocessing.classes)
    prepared, notes = preprocessing.transform(dataset.features)
    y = preprocessing.target.encode(_labelled_target(dataset), dataset.features)
    facts = facts_of(dataset, preprocessing, rows, y, notes)
    return Prepared(prepared, y, rows, facts, preprocessing, dataset)


def prepare_dealt(dataset: Dataset, recipe: DataRecipe, rows: Rows | None = None) -> Prepared:
    """The same for rows in memory, dealt as `rows` says in place of the recipe's split.

    Only `rows.train` is learned from. Raises DataError in one sentence.
    """
    target = _labelled_target(dataset)
    preprocessing, rows, notes = _fitted(dataset, recipe, rows)
    prepared, _ = preprocessing.transform(dataset.features)
    y = preprocessing.target.encode(target, dataset.features)
    facts = facts_of(dataset, preprocessing, rows, y, notes)
    return Prepared(prepared, y, rows, facts, preprocessing, dataset)


def outlined(dataset: Dataset, recipe: DataRecipe) -> DataFacts:
    """The facts that `prepare` will give, without going through the rows of a streamed file."""
    if isinstance(dataset, StreamedDataset):
        return outline(dataset, recipe)
    return prepare(dataset, recipe).facts


def _fitted(
    dataset: Dataset, recipe: DataRecipe, rows: Rows | None
) -> tuple[Preprocessing, Rows, tuple[str, ...]]:
    task = task_of(dataset, recipe)
    classes = _classes(dataset) if task == "classification" else ()
    columns, guesses = columns_of(dataset, recipe)
    require_usable(dataset, columns)
    rows = rows or _dealt(dataset, recipe, classes)
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
