"""What the table dialog does in the background: read, look at the columns, build a project."""

from dataclasses import dataclass, replace
from pathlib import Path

from engine.data import (
    Column,
    ColumnSummary,
    DataRecipe,
    Dataset,
    SplitRecipe,
    Table,
    Task,
    inspect,
    load_dataset,
    prepare,
    source_for,
)
from engine.data.columns import columns_of, task_of
from engine.data.sources import TableFile
from engine.data.splitting import share_of
from engine.project import Project
from gui.runner import Report


@dataclass(frozen=True)
class Look:
    """A table as read, and what is going to be done with it; `recipe` names every column's use.

    `features` belong to `recipe.columns`, in their order.
    """

    recipe: DataRecipe
    dataset: Dataset
    task: Task
    features: tuple[ColumnSummary, ...]
    targets: tuple[ColumnSummary, ...]
    notes: tuple[str, ...] = ()

    @property
    def candidates(self) -> tuple[str, ...]:
        """The columns that could be predicted; arrays come with a target of their own."""
        if not isinstance(self.recipe.source, TableFile):
            return (self.dataset.target_name,)
        return (*self.dataset.features.names, self.dataset.target_name)

    @property
    def parts(self) -> tuple[int, int, int]:
        """Rows for training, validation and test."""
        rows, split = self.dataset.features.rows, self.recipe.split
        validation, test = share_of(split.validation, rows), share_of(split.test, rows)
        return max(0, rows - validation - test), validation, test


def read(path: Path, progress: Report) -> Look:
    """The table at `path`, with its last column as the target. Raises DataError."""
    progress(0.0, f"Reading {path.name}")
    recipe = DataRecipe(source=source_for(path))
    dataset = load_dataset(recipe)
    progress(0.7, "Looking at the columns")
    return look(dataset, recipe)


def look(dataset: Dataset, recipe: DataRecipe) -> Look:
    """What the columns are taken for, those aside that the recipe has a use for already."""
    recipe = recipe.edited(target=dataset.target_name)
    columns, notes = columns_of(dataset, recipe)
    recipe = recipe.edited(columns=columns)
    summaries = inspect(dataset, recipe)
    return Look(
        recipe,
        dataset,
        task_of(dataset, recipe),
        tuple(each for each in summaries if not each.is_target),
        tuple(each for each in summaries if each.is_target),
        (*dataset.notes, *notes),
    )


def retargeted(seen: Look, target: str) -> Look:
    """The same table with another column to predict; uses are guessed anew, the split is kept."""
    recipe = seen.recipe.edited(columns=(), task="auto")
    return look(with_target(seen.dataset, target), recipe)


def with_target(dataset: Dataset, name: str) -> Dataset:
    """The same rows with another column as the target; the old one comes last of the features."""
    if name == dataset.target_name or dataset.target is None:
        return dataset
    table = dataset.features
    others = [each for each in table.names if each != name]
    features = Table(
        (*others, dataset.target_name),
        (*map(table.column, others), dataset.target),
        table.place,
    )
    return Dataset(dataset.name, features, table.column(name), name)


def with_task(seen: Look, task: str) -> Look:
    """The same table with another task ("auto" infers it)."""
    recipe = seen.recipe.edited(task=task)
    bare = replace(seen.dataset, features=Table((), (), seen.dataset.features.place))
    return replace(
        seen,
        recipe=recipe,
        task=task_of(seen.dataset, recipe),
        targets=inspect(bare, recipe.edited(columns=())),
    )


def with_column(seen: Look, column: Column) -> Look:
    """The same table with another use of one column."""
    columns = tuple(column if each.name == column.name else each for each in seen.recipe.columns)
    recipe = seen.recipe.edited(columns=columns)
    table = seen.dataset.features
    alone = Table((column.name,), (table.column(column.name),), table.place)
    (summary,) = inspect(replace(seen.dataset, features=alone, target=None), recipe)
    return replace(
        seen,
        recipe=recipe,
        features=tuple(summary if each.name == summary.name else each for each in seen.features),
    )


def with_split(seen: Look, split: SplitRecipe) -> Look:
    """The same table, dealt otherwise."""
    return replace(seen, recipe=seen.recipe.edited(split=split))


def build(seen: Look, progress: Report) -> Project:
    """A project with a design that fits. Raises DataError where the rows cannot be learned from."""
    from engine.templates import fitting

    progress(0.2, "Preparing the rows")
    return fitting(seen.dataset.name, seen.recipe, prepare(seen.dataset, seen.recipe).facts)
