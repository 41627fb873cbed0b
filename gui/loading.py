"""Keeps the document's rows loaded: whenever its data recipe changes, reads and prepares them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.data.dataset import DataFacts, Dataset, Prepared
from engine.data.inspection import ColumnSummary
from engine.data.recipe import DataRecipe, Source
from gui.document import Document, State
from gui.pages.message import as_sentence
from gui.runner import Job, Runner
from gui.words import tr


@dataclass(frozen=True)
class Loaded:
    """What one job brings back."""

    source: Source
    dataset: Dataset
    prepared: Prepared
    columns: tuple[ColumnSummary, ...]


class DataLoader(QObject):
    """Loads in the background; `failed` says in one sentence why it could not."""

    progressed = Signal(float, str)
    inspected = Signal(object)  # tuple[ColumnSummary, ...] of a person's own table, or none
    failed = Signal(str)

    def __init__(self, document: Document, runner: Runner) -> None:
        super().__init__(document)
        self._document, self._runner = document, runner
        self._recipe: DataRecipe | None = None
        self._job: Job | None = None
        self._read: tuple[Source, Dataset] | None = None
        self._has_failed = False
        self._told: tuple[str, ...] = ()
        document.document_changed.connect(self._follow)

    @property
    def busy(self) -> bool:
        """Whether rows are being loaded."""
        return self._job is not None

    def _follow(self, _: State, after: State) -> None:
        recipe = after.project.data
        settled = self.busy or self._has_failed or self._document.prepared is not None
        if recipe is not self._recipe or not settled:
            self._load(recipe)

    def try_again(self) -> None:
        """Loads what could not be loaded before: the file may be there by now."""
        if self._has_failed:
            self._load(self._recipe)

    def _load(self, recipe: DataRecipe | None) -> None:
        self._recipe, self._has_failed = recipe, False
        if self._job:
            self._job.cancel()
            self._job = None
        if recipe is not None:
            folder = self._document.path.parent if self._document.path else None
            self._job = self._runner.job(
                self._work(recipe, folder), self._done, self._fail, self.progressed.emit
            )

    def _work(
        self, recipe: DataRecipe, folder: Path | None
    ) -> Callable[[Callable[[float, str], None]], Loaded]:
        read = self._read

        def work(
            progress: Callable[[float, str], None],
        ) -> Loaded:
            from engine import data

            if read and read[0] == recipe.source and read[1].target_name == recipe.target:
                dataset = read[1]
            else:
                dataset = data.load_dataset(recipe, folder, progress)
            columns = () if recipe.source.built_in else data.inspect(dataset, recipe)
            prepared = data.prepare(dataset, recipe, progress=progress)
            return Loaded(recipe.source, dataset, prepared, columns)

        return work

    def _done(self, result: Loaded) -> None:
        self._job = None
        known = self._read is not None and self._read[1] is result.dataset
        self._read = result.source, result.dataset
        self._tell(result.source, result.prepared.facts, known)
        self._document.set_prepared(result.prepared)
        self.inspected.emit(result.columns)

    def _tell(self, source: Source, facts: DataFacts, known: bool) -> None:
        """What a person has not been told yet: of rows dealt anew, only what is new about them."""
        told = self._told if known else ()
        self._told = () if source.built_in else facts.notes
        notes = "; ".join(note for note in self._told if note not in told)
        if notes:
            self._document.noted.emit(as_sentence(notes))
        elif not known:
            self._document.noted.emit(
                tr("{name}: {rows:,} rows are ready.", name=facts.name, rows=facts.rows)
            )

    def _fail(self, sentence: str) -> None:
        self._job = None
        self._read = None
        self._has_failed = True
        self.inspected.emit(())
        self.failed.emit(sentence)
