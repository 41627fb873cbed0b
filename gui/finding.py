"""Asks for a table that has moved, changed or gone since the project was saved."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from engine.data import DataRecipe, found_at
from engine.data.sources.personal import PersonalFile
from gui import asking
from gui.asking import Role
from gui.data_files import data_files
from gui.document import Document
from gui.loading import DataLoader
from gui.runner import Runner
from gui.words import mark, told, tr

TITLE = mark("The data was not loaded")
OTHER = mark("What is measured on its rows may differ from what was measured before.")


class TableFinder(QObject):
    """Says why rows could not be loaded; where a file is the reason, lets the person choose it."""

    def __init__(
        self, document: Document, loader: DataLoader, runner: Runner, window: QWidget
    ) -> None:
        super().__init__(document)
        self._document, self._runner, self._window = document, runner, window
        loader.failed.connect(self.tell)

    def tell(self, sentence: str) -> None:
        """Rows could not be loaded, for the reason that `sentence` gives."""
        recipe = self._document.project.data
        if recipe is None or _at_hand(recipe):
            asking.warn(self._window, TITLE, sentence)
            return
        sentence = told(sentence)
        asking.choose(
            self._window,
            TITLE,
            f"{sentence[:1].upper()}{sentence[1:]}.",
            (
                (tr("Choose the file…"), Role.AcceptRole, lambda: self._choose(recipe)),
                (tr("Go on without it"), Role.RejectRole, None),
            ),
        )

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _choose(self, recipe: DataRecipe) -> None:
        expected = Path(_file(recipe).path)
        start = next((str(each) for each in expected.parents if each.is_dir()), "")
        asking.open_path(
            self._window,
            tr("Where is {name}?", name=expected.name),
            start,
            data_files(),
            lambda path: self._open(recipe, path),
        )

    def _open(self, recipe: DataRecipe, path: Path) -> None:
        self._runner.job(
            lambda _: recipe.edited(source=found_at(recipe.source, path)),
            lambda found: self._check(recipe, found),
            lambda sentence: asking.warn(self._window, TITLE, sentence),
        )

    def _check(self, recipe: DataRecipe, found: DataRecipe) -> None:
        """Another table than was saved is used only if the person knows it to be one."""
        before, now = _file(recipe), _file(found)
        if now.mark == before.mark or now.path == before.path:
            self._use(recipe, found)
            return
        asking.choose(
            self._window,
            tr("{name} is not the table that was saved with the project", name=now.name),
            OTHER,
            (
                (tr("Use it"), Role.AcceptRole, lambda: self._use(recipe, found)),
                (tr("Choose another…"), Role.ActionRole, lambda: self._choose(recipe)),
                (tr("Cancel"), Role.RejectRole, None),
            ),
        )

    def _use(self, recipe: DataRecipe, found: DataRecipe) -> None:
        document = self._document
        if document.project.data is recipe:
            project = document.project.edited(data=found)
            document.edit(
                tr("Find {name}", name=_file(found).name), project=project, trained=document.trained
            )


def _file(recipe: DataRecipe) -> PersonalFile:
    source = recipe.source
    assert isinstance(source, PersonalFile)
    return source


def _at_hand(recipe: DataRecipe) -> bool:
    """Whether the rows are within the project, so that no file could be missing."""
    return not isinstance(recipe.source, PersonalFile) or recipe.source.at_hand
