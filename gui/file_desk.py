"""What the File menu does: begin, open, save, export, and ask before work is lost."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.data.dataset import DataFacts
from engine.project import Project
from gui import asking
from gui.asking import Role
from gui.data_files import data_files, is_table
from gui.document import Document, State
from gui.runner import Runner
from gui.settings import Settings
from gui.training_desk import TrainingDesk
from gui.words import mark, tr

if TYPE_CHECKING:
    from engine import files

MODEL_FILES = mark("Models (*.h5 *.hdf5);;All files (*)")


class FileDesk(QObject):
    """Between the document and the disk; slow work goes through the runner."""

    opened = Signal()  # a project has been opened or begun
    welcome_requested = Signal()
    busy_changed = Signal(str)  # what is being done, "" when done
    failed = Signal(str, str)  # a title and one sentence

    def __init__(
        self,
        document: Document,
        runner: Runner,
        training: TrainingDesk,
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(document)
        self._document, self._runner, self._training = document, runner, training
        self._settings, self._window = settings, window

    # ── beginning ───────────────────────────────────────────────────────────────────────────

    def new(self) -> None:
        """Shows the templates."""
        self.welcome_requested.emit()

    def begin_template(self, name: str) -> None:
        """Begins from a built-in template."""
        from engine import templates

        self.leave(lambda: self._begin(templates.new(name)))

    def open_table(self) -> None:
        """Lets the person choose a table, its target and the meaning of its columns."""
        asking.open_path(
            self._window, tr("Your own table"), self._folder(), data_files(), self.open_table_file
        )

    def open_table_file(self, path: Path) -> None:
        """The same for a table that has been chosen."""
        self._ask_about_table(path, lambda project: self.leave(lambda: self._begin(project)))

    def change_data(self) -> None:
        """Lets the person choose another table for the design that is drawn."""
        asking.open_path(
            self._window,
            tr("Other data for this design"),
            self._folder(),
            data_files(),
            lambda path: self._ask_about_table(path, self._take_data, tr("Use this data")),
        )

    def open(self) -> None:
        """Lets the person choose a model file."""
        asking.open_path(
            self._window, tr("Open a model"), self._folder(), tr(MODEL_FILES), self.open_file
        )

    def open_file(self, path: Path) -> None:
        """Opens a model file, or a file of rows, in the background."""
        if is_table(path):
            self.open_table_file(path)
        else:
            self.leave(lambda: self._open(path.absolute()))

    # ── saving ──────────────────────────────────────────────────────────────────────────────

    def save(self, then: Callable[[], object] = lambda: None) -> None:
        """Saves to the document's file; asks for one where it has none."""
        if self._document.path is None:
            self.save_as(then)
        else:
            self._save(self._document.path, then)

    def save_as(self, then: Callable[[], object] = lambda: None) -> None:
        """Saves to a file that the person chooses."""
        self._ask_where(tr("Save"), "", lambda path: self._save(path, then))

    def save_without_data(self) -> None:
        """Saves a copy in which a person's own table is not embedded."""
        from engine import files

        def write(path: Path, state: State, facts: DataFacts | None) -> None:
            project, trained, runs = state.project, state.trained, state.runs
            files.save(path, project, trained, include_data=False, facts=facts, runs=runs)

        self._ask_where(tr("Save a copy without data"), "", lambda path: self._write(path, write))

    def export_keras(self) -> None:
        """Writes a plain Keras file."""
        from engine.export import export

        def write(path: Path, state: State, _: DataFacts | None) -> None:
            export(state.project, state.trained, "keras", path)

        def begin(path: Path) -> None:
            if path == self._document.path:
                said = tr("{name} holds the project itself; take another name", name=path.name)
                self.failed.emit(tr("Not exported"), said)
            else:
                self._write(path, write)

        self._ask_where(tr("Export for Keras"), "-keras", begin)

    def predict(self) -> None:
        """Predicts the rows of a file."""
        from gui.dialogs.predict import PredictDialog

        trained = self._document.trained
        if trained is None:
            self._document.noted.emit(tr("Train first: there is nothing to predict with yet."))
            return
        dialog = PredictDialog(self._document.project, trained, self._runner, self._window)
        dialog.open()

    # ── leaving ─────────────────────────────────────────────────────────────────────────────

    @property
    def would_lose(self) -> bool:
        """Whether leaving the document now would lose something."""
        return self._training.state != "idle" or self._document.modified

    def leave(self, then: Callable[[], object]) -> None:
        """Calls `then` once nothing would be lost by it, after asking where need be."""
        if self._training.state != "idle":
            asking.choose(
                self._window,
                tr("Training is under way"),
                tr("What it has made so far is kept with the project."),
                (
                    (tr("Stop training"), Role.AcceptRole, lambda: self._stop_and_leave(then)),
                    (tr("Go on training"), Role.RejectRole, None),
                ),
            )
        elif self._document.modified:
            asking.choose(
                self._window,
                tr("Save the changes to {name}?", name=self._document.project.name),
                tr("Without saving, what has changed since the last save is lost."),
                (
                    (tr("Save"), Role.AcceptRole, lambda: self.save(then)),
                    (tr("Discard"), Role.DestructiveRole, then),
                    (tr("Cancel"), Role.RejectRole, None),
                ),
            )
        else:
            then()

    def _stop_and_leave(self, then: Callable[[], object]) -> None:
        self._training.stop_then(lambda: self.leave(then))

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _ask_about_table(
        self, path: Path, then: Callable[[Project], object], words: str = ""
    ) -> None:
        """Shows the table; `then` gets a project that fits it. `words` stand on the button."""
        from gui.dialogs.table import TableDialog

        dialog = TableDialog(path, self._runner, self._window)
        dialog.project_chosen.connect(then)
        if words:
            dialog.build_button.setText(words)
        dialog.open()

    def _take_data(self, chosen: Project) -> None:
        """The data of `chosen` in place of the document's, as one step; the design stays."""
        project = self._document.project.model_copy(update={"data": chosen.data})
        self._document.edit(tr("Change data"), project=project)

    def _begin(self, project: Project) -> None:
        self._document.replace(State(project), None)
        self.opened.emit()

    def _open(self, path: Path) -> None:
        from engine import files

        left = self._document.state

        def done(opened: files.Opened | None) -> None:
            self.busy_changed.emit("")
            if opened is None:
                self.open_table_file(path)
            elif self._document.state is left and self._training.state == "idle":
                self._show(opened, path)
            else:  # worked on while the file was read
                self.leave(lambda: self._show(opened, path))

        self.busy_changed.emit(tr("Opening {name}…", name=path.name))
        self._runner.job(
            lambda _: _model_in(path),
            done,
            lambda text: self._fail(tr("{name} was not opened", name=path.name), text),
        )

    def _show(self, opened: "files.Opened", path: Path) -> None:
        self._document.replace(State(opened.project, opened.trained, opened.runs), path)
        self._settings.add_recent_file(path)
        self.opened.emit()
        for note in opened.notes:
            self._document.noted.emit(note)

    def _save(self, path: Path, then: Callable[[], object]) -> None:
        from engine import files

        def finish(state: State) -> None:
            self._document.mark_saved(path, state)
            self._settings.add_recent_file(path)
            self._document.noted.emit(tr("Saved {name}.", name=path.name))
            then()

        def write(path: Path, state: State, facts: DataFacts | None) -> None:
            files.save(path, state.project, state.trained, facts=facts, runs=state.runs)

        self._write(path, write, finish)

    def _write(
        self,
        path: Path,
        write: Callable[[Path, State, DataFacts | None], object],
        finish: Callable[[State], object] | None = None,
    ) -> None:
        """Writes the document with the newest weights, in the background."""

        def begin() -> None:
            state, prepared = self._document.state, self._document.prepared
            facts = prepared.facts if prepared else None
            self.busy_changed.emit(tr("Saving {name}…", name=path.name))
            self._runner.job(
                lambda _: write(path, state, facts),
                lambda _: end(state),
                lambda text: self._fail(tr("Not saved"), text),
            )

        def end(state: State) -> None:
            self.busy_changed.emit("")
            if finish:
                finish(state)
            else:
                self._document.noted.emit(tr("Wrote {name}.", name=path.name))

        self._training.settle(begin)

    def _fail(self, title: str, sentence: str) -> None:
        self.busy_changed.emit("")
        self.failed.emit(title, sentence)

    def _folder(self) -> str:
        if self._document.path:
            return str(self._document.path.parent)
        recent = self._settings.recent_files
        return str(recent[0].parent if recent else Path.home())

    def _ask_where(self, title: str, suffix: str, then: Callable[[Path], object]) -> None:
        """Asks where to write; proposes a name beside the document's file."""
        name = self._document.path.stem if self._document.path else self._document.project.name
        start = Path(self._folder()) / f"{name}{suffix}.h5"
        asking.save_path(self._window, title, start, MODEL_FILES, then)


def _model_in(path: Path) -> "files.Opened | None":
    """The model in a file; None where it is an HDF5 file of data. Raises FileError for others."""
    from engine import data, files
    from engine.errors import FileError

    try:
        return files.read(path)
    except FileError:
        if data.holds_data(path):
            return None
        raise
