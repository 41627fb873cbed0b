"""From a streamed file to rows ready for the network: they are scaled when they are read."""

from dataclasses import replace

import numpy as np

from engine.data.columns import columns_of, task_of_values
from engine.data.dataset import DataFacts, Prepared, Rows
from engine.data.facts import facts_of
from engine.data.fitted import FittedColumn, IgnoredColumn, NumberColumn, Target
from engine.data.fitting import label_names
from engine.data.preprocessing import Preprocessing
from engine.data.recipe import Column, DataRecipe
from engine.data.splitting import split
from engine.data.streaming.dataset import StreamedDataset
from engine.data.streaming.fitting import fit_columns
from engine.data.streaming.rows import StreamedRows
from engine.data.streaming.scaling import require_numbers
from engine.data.streaming.store import Progress
from engine.data.streaming.targets import classes_of, encoded, moments_of, require_whole
from engine.data.values import Values, values_of
from engine.errors import DataError


def prepare_streamed(
    dataset: StreamedDataset,
    recipe: DataRecipe,
    preprocessing: Preprocessing | None,
    progress: Progress,
) -> Prepared:
    """As `prepare` does for rows in memory; targets and the numbers of rows are held, no more.

    Without `preprocessing` the training rows are gone through once. Raises DataError.
    """
    if preprocessing is not None:
        _require_columns(dataset, preprocessing)
    raw, values, target = _looked_at(dataset, recipe, preprocessing)
    rows, codes = _dealt(dataset, recipe, raw, values, target)
    notes: tuple[str, ...] = ()
    if preprocessing is None:
        columns, guesses = columns_of(dataset, recipe)
        fitted, said = fit_columns(dataset, columns, rows.train, progress)
        preprocessing = Preprocessing(fitted, _scaled(target, raw, rows.train))
        notes = (*guesses, *said)
    y = encoded(raw, values, preprocessing.target) if codes is None else codes
    X = StreamedRows(dataset.store, preprocessing)
    return Prepared(
        X, y, rows, facts_of(dataset, preprocessing, rows, y, notes), preprocessing, dataset
    )


def outline(dataset: StreamedDataset, recipe: DataRecipe) -> DataFacts:
    """The facts of the rows as they will be prepared, without going through the file."""
    raw, values, target = _looked_at(dataset, recipe, None)
    rows, codes = _dealt(dataset, recipe, raw, values, target)
    columns, notes = columns_of(dataset, recipe)
    preprocessing = Preprocessing(tuple(map(_plain, columns)), _scaled(target, raw, rows.train))
    y = encoded(raw, values, preprocessing.target) if codes is None else codes
    return facts_of(dataset, preprocessing, rows, y, notes)


def _looked_at(
    dataset: StreamedDataset, recipe: DataRecipe, preprocessing: Preprocessing | None
) -> tuple[np.ndarray, Values, Target]:
    """The raw target, what its values are like, and what is known of it before rows are dealt."""
    raw, name = dataset.target, dataset.target_name
    if raw is None:
        raise DataError(f"{dataset.name} has no target to learn from; name one")
    values = values_of(raw)
    require_whole(raw, values, name)
    if preprocessing is not None:
        return raw, values, preprocessing.target
    task = task_of_values(raw, values, recipe, labelled=dataset.labelled)
    if task == "classification":
        return raw, values, Target(name, classes_of(values, raw, name))
    return raw, values, Target(name, labels=label_names(dataset) if task == "multilabel" else ())


def _dealt(
    dataset: StreamedDataset, recipe: DataRecipe, raw: np.ndarray, values: Values, target: Target
) -> tuple[Rows, np.ndarray | None]:
    """The parts, and for classes the codes of all rows."""
    codes = encoded(raw, values, target) if target.classes else None
    index = np.int32 if dataset.rows < 2**31 else np.int64
    if not dataset.test_rows:
        return split(dataset.rows, recipe.split, codes, target.classes, index), codes
    count = dataset.rows - dataset.test_rows
    others = recipe.split.edited(test=0)
    known = None if codes is None else codes[:count]
    rows = split(count, others, known, target.classes, index)
    return replace(rows, test=np.arange(count, dataset.rows, dtype=index)), codes


def _scaled(target: Target, raw: np.ndarray, train: np.ndarray) -> Target:
    """Numbers are standardised by what the training rows have."""
    if target.classes or target.labels:
        return target
    mean, spread = moments_of(raw, train)
    scale = tuple(float(each) or 1.0 for each in spread)
    return replace(target, mean=tuple(mean.tolist()), scale=scale)


def _plain(column: Column) -> FittedColumn:
    return IgnoredColumn(column.name) if column.kind == "ignore" else NumberColumn(column.name)


def _require_columns(dataset: StreamedDataset, preprocessing: Preprocessing) -> None:
    """Raises DataError where the file has other columns than the one that was trained on."""
    require_numbers(preprocessing)
    had, needs = len(dataset.features.names), len(preprocessing.columns)
    if had != needs:
        raise DataError(f"{dataset.name} has {had:,} columns, and {needs:,} were trained on")
