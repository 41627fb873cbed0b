"""Opens what a subcommand was given, and says in one sentence what is missing."""

from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.output import warn
from engine.cli.progress import Steps
from engine.data import DataFacts, DataRecipe, Dataset, Prepared, Source, SplitRecipe
from engine.data.sources.personal import PersonalFile
from engine.errors import DataError, FileError
from engine.project import Project, Trained

if TYPE_CHECKING:
    from engine.files import Opened

UNSPLIT = SplitRecipe(validation=0, test=0, stratify=False)


def open_file(path: Path) -> tuple[Project, Trained | None]:
    """The project in a file, and what training made of it."""
    opened = open_whole(path)
    return opened.project, opened.trained


def open_whole(path: Path) -> "Opened":
    """The same, with all runs."""
    from engine import files

    opened = files.read(path)
    warn(opened.notes)
    return opened


def open_trained(path: Path) -> tuple[Project, Trained]:
    """The same for a file that has to be trained. Raises FileError if it is not."""
    project, trained = open_file(path)
    if trained is None:
        raise FileError(f"{path} is not trained yet; run glasswork train {path} --out MODEL.h5")
    return project, trained


def recipe_for(project: Project, path: Path, file: Path | None) -> DataRecipe:
    """The project's data recipe, with `file` in place of its source where one is named."""
    from engine.data import source_for

    if file is not None:
        source = source_for(file)
        return project.data.edited(source=source) if project.data else DataRecipe(source=source)
    if project.data is None:
        raise DataError(f"{path} has no data; name a file with --data")
    return project.data


def alone(source: Source) -> Source:
    """The rows of the file that was named, without those that lie beside it for a test."""
    return source.alone() if isinstance(source, PersonalFile) else source


def prepared_rows(recipe: DataRecipe, path: Path, trained: Trained | None) -> Prepared:
    """Loads and prepares the rows, as `trained` prepared its own."""
    from engine.data import prepare

    with Steps() as steps:
        dataset = _loaded(recipe, path, steps)
        return prepare(dataset, recipe, trained.preprocessing if trained else None, steps.tell)


def known_facts(recipe: DataRecipe, path: Path) -> DataFacts:
    """The facts of the rows as they will be prepared."""
    from engine.data import outlined

    with Steps() as steps:
        return outlined(_loaded(recipe, path, steps), recipe)


def _loaded(recipe: DataRecipe, path: Path, steps: Steps) -> Dataset:
    from engine.data import load_dataset

    try:
        return load_dataset(recipe, path.absolute().parent, steps.tell)
    except DataError as error:
        hint = "; name it with --data" if _lies_apart(recipe) else ""
        raise DataError(f"{error}{hint}") from None


def warn_of(prepared: Prepared) -> None:
    """Says what was assumed of the data; after what may fail, so that a failure is one line."""
    warn(dict.fromkeys((*prepared.dataset.notes, *prepared.facts.notes)))


def _lies_apart(recipe: DataRecipe) -> bool:
    """Whether the rows are not in the model file, but in one that it refers to."""
    return isinstance(recipe.source, PersonalFile) and not recipe.source.at_hand
