"""What the table dialog does in the background: read, look at the columns, build a project."""

from dataclasses import dataclass, field, replace
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
    outlined,
    recipe_for_file,
    suited,
)
from engine.data.columns import columns_of, task_of
from engine.data.recipe import Choices
from engine.data.sources import TableFile
from engine.data.splitting import share_of
from engine.data.streaming.dataset import StreamedDataset
from engine.project import Project
from gui.runner import Report
from gui.words import mark, tr

LAST_COLUMN = mark("the last column")


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
    choices: Choices = field(default_factory=Choices)

    @property
    def is_table(self) -> bool:
        """Whether any column could be predicted; arrays come with targets of their own."""
        return isinstance(self.recipe.source, TableFile)

    @property
    def candidates(self) -> tuple[str, ...]:
        """What could be predicted: the columns of a table, or other arrays."""
        if self.is_table:
            return (*self.dataset.features.names, self.dataset.target_name)
        return tuple(each or tr(LAST_COLUMN) for each in self.choices.targets) or (self.predicted,)

    @property
    def predicted(self) -> str:
        """Which of the candidates is in force."""
        if self.is_table or not self.choices.targets:
            return self.dataset.target_name
        return self.choices.targets[0] or tr(LAST_COLUMN)

    @property
    def parts(self) -> tuple[int, int, int]:
        """Rows for training, validation and test."""
        rows, split = self.dataset.rows, self.recipe.split
        given = self.dataset.test_rows if isinstance(self.dataset, StreamedDataset) else 0
        validation = share_of(split.validation, rows - given)
        test = given or share_of(split.test, rows)
        return max(0, rows - validation - test), validation, test


def read(path: Path, progress: Report) -> Look:
    """The file at `path`, with its last column or what is usual as the target. Raises DataError."""
    progress(0.0, tr("Reading {name}", name=path.name))
    return _loaded(recipe_for_file(path), progress)


def _loaded(recipe: DataRecipe, progress: Report) -> Look:
    dataset = load_dataset(recipe, None, progress)
    progress(1.0, tr("Looking at the columns"))
    seen = look(dataset, suited(recipe, dataset))
    if not isinstance(dataset, StreamedDataset):
        return seen
    name = Path(dataset.store.name).name
    note = tr(
        "the rows stay in {name} and are read while training; the project does not contain them",
        name=name,
    )
    return replace(seen, choices=recipe.source.choices(None), notes=(note, *seen.notes))


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


def retargeted(seen: Look, target: str, progress: Report) -> Look:
    """The same rows with another target; uses are guessed anew, the split is kept."""
    recipe = seen.recipe.edited(columns=(), task="auto")
    if seen.is_table:
        return look(with_target(seen.dataset, target), recipe)
    chosen = "" if target == tr(LAST_COLUMN) else target
    return _loaded(_with_source(recipe, target=chosen), progress)


def refeatured(seen: Look, features: str, progress: Report) -> Look:
    """Another data set of the same file as the features."""
    recipe = seen.recipe.edited(columns=(), task="auto")
    return _loaded(_with_source(recipe, features=features, target=""), progress)


def _with_source(recipe: DataRecipe, **fields: str) -> DataRecipe:
    return recipe.edited(source=recipe.source.edited(**fields), target="")


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

    progress(0.2, tr("Preparing the rows"))
    return fitting(seen.dataset.name, seen.recipe, outlined(seen.dataset, seen.recipe))
