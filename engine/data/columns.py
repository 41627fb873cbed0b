"""What each column is taken for, where the recipe does not say: number, category or nothing."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from engine.data.dataset import Dataset, Task
from engine.data.labels import labels
from engine.data.numbers import is_number
from engine.data.recipe import Column, DataRecipe
from engine.data.values import Values, values_of

MANY_CATEGORIES = 100
FEW_CATEGORIES = 20
FEW_CLASSES = 20
ROWS_A_CLASS = 5
INDEX_NAMES = frozenset(("id", "index", "no", "nr", "row", "rowid", "row_id", "unnamed", ""))


def columns_of(dataset: Dataset, recipe: DataRecipe) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """How each feature column is used, chosen or guessed, and notes on what was guessed."""
    chosen = {column.name: column for column in recipe.columns}
    columns: list[Column] = []
    notes: list[str] = []
    table = dataset.features
    for name, values in zip(table.names, table.columns, strict=True):
        if name in chosen:
            columns.append(chosen[name])
            continue
        guess, note = guessed(name, values, recipe)
        columns.append(guess)
        notes += [f"{name}: {note}"] if note else []
    return tuple(columns), tuple(notes)


def guessed(name: str, values: np.ndarray, recipe: DataRecipe) -> tuple[Column, str]:
    """The column as its values suggest, and why where that is not plain."""
    if values.dtype != object or mostly_numbers(values):
        if _is_row_number(name, values):
            return Column(name=name, kind="ignore"), "it counts the rows and is not used"
        return Column(name=name, scaling=recipe.scaling), ""
    distinct = len({value for value in values if value is not None})
    unique = distinct == len(values) and distinct > 2
    scattered = distinct > FEW_CATEGORIES and distinct * 2 > len(values)
    if unique or scattered or distinct > MANY_CATEGORIES:
        said = f"text with {distinct:,} different values; it is not used"
        return Column(name=name, kind="ignore"), said
    odd = sum(map(_is_numeral, values))
    note = f"{odd:,} of its values are numbers; it is used as a category" if odd else ""
    return Column(name=name, kind="category"), note


def mostly_numbers(values: np.ndarray) -> bool:
    """Whether a column of text is numbers but for a few odd values, which are then mistakes.

    Text that comes again and again among few numbers ("1", "2", "3+") makes categories instead.
    """
    present = [value for value in values if value is not None]
    odd = Counter(value for value in present if not is_number(value))
    numbers = len(present) - odd.total()
    if not present:
        return True
    if numbers * 2 <= len(present):
        return False
    various = len({value for value in present if value not in odd}) > FEW_CATEGORIES
    return various or max(odd.values(), default=0) <= 2


def task_of(dataset: Dataset, recipe: DataRecipe) -> Task:
    """As the recipe says; else classes for text, truth values and a few whole numbers.

    Several columns of 0 and 1 are labels of which a row may have any.
    """
    target = dataset.target
    if target is not None and target.dtype != object:
        return task_of_values(target, values_of(target), recipe, labelled=dataset.labelled)
    if recipe.task != "auto":
        return recipe.task
    if target is None:
        return "regression"
    mistaken = not all(map(is_number, target)) and mostly_numbers(target)
    return "regression" if mistaken else "classification"


def task_of_values(
    target: np.ndarray, values: Values, recipe: DataRecipe, *, labelled: bool
) -> Task:
    """The same for a target of numbers, which are classes anyway where `labelled`."""
    if target.ndim == 2 and values.binary and recipe.task != "regression":
        return "multilabel"
    if recipe.task != "auto":
        return recipe.task
    if target.ndim == 2 or not values.whole or values.distinct is None:
        return "regression"
    distinct = len(values.distinct)
    few = distinct <= FEW_CLASSES and distinct * ROWS_A_CLASS <= len(target) - values.missing
    return "classification" if labelled or few or distinct <= 2 else "regression"


def feature_notes(dataset: Dataset, columns: tuple[Column, ...]) -> Iterator[str]:
    """What a person ought to know of the columns in use: constant ones, and missing values."""
    constant: list[str] = []
    missing: list[str] = []
    for column in columns:
        if column.kind == "ignore":
            continue
        texts = dataset.features.column(column.name)
        empty = missing_in(texts)
        present = texts[~empty]
        if len(present) and (present == present[0]).all() and not empty.any():
            constant.append(f"{column.name} (always {labels(present[:1])[0]})")
        if empty.any():
            missing.append(f"{column.name} ({empty.sum():,})")
    if constant:
        yield f"constant columns tell the network nothing: {', '.join(constant)}"
    if missing:
        yield (
            f"values are missing in {', '.join(missing)}; they are filled in, as each column says, "
            "with the mean, the median, the most frequent value or 0"
        )


def missing_in(values: np.ndarray) -> np.ndarray:
    """Where a column has no value, as booleans; for several targets, where any is missing."""
    if values.dtype == object:
        return np.array([value is None for value in values], bool)
    return np.asarray(np.isnan(values.reshape(len(values), -1)).any(axis=1))


def _is_numeral(value: object) -> bool:
    return value is not None and is_number(value)


def _is_row_number(name: str, values: np.ndarray) -> bool:
    named = name.strip().lower() in INDEX_NAMES
    if not named or values.dtype == object or len(values) < 2:
        return False
    return bool((np.diff(values) == 1).all())
