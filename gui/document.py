"""The document: a pair of values, the undo stack over it, and what everybody looks at."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from engine.data.dataset import DataFacts, Prepared
from engine.edits import MIXED, carry_over, deals_anew
from engine.judgement.kept import looked
from engine.project import Project, Trained
from engine.runs import Runs
from engine.shapes import Problem, Walk
from gui.commands import ReplaceDocument, forget_old_weights
from gui.derived import Derived
from gui.words import mark, tr

UNDO_STEPS = 1_000
UNDO_BYTES = 512 * 2**20
"""How much the weights of earlier trainings may take, so that undoing can bring them back."""

LOCKED_NOTE = mark(
    "Design and data are read-only while training; stop the training to change them."
)

TEST_NOTE = mark("The test rows are not looked at while training.")


@dataclass(frozen=True)
class State:
    """What is saved: a project, what training made of it, and every training that was done."""

    project: Project
    trained: Trained | None = None
    runs: Runs = ()

    def same_structure(self, other: "State") -> bool:
        """Whether both have the very same design and data, which is what weights depend on."""
        mine, theirs = self.project, other.project
        return mine.design is theirs.design and mine.data is theirs.data


@dataclass(frozen=True)
class Focus:
    """What the person looks at, beside the document and not part of it."""

    layers: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    class_: int | None = None
    runs: tuple[str, ...] = ()


class _Keep:
    """The type of KEEP: weights follow from the edit."""


KEEP: Final = _Keep()


class Document(QObject):
    """Holds one `State` at a time; every change is announced with the states before and after.

    Only `edit` is an undo step. What training made comes in through `absorb`: it belongs to the
    state it was made from, and undoing the last edit goes back to the weights from before it.
    """

    document_changed = Signal(object, object)
    replaced = Signal()  # after document_changed, where another document was opened or begun
    facts_changed = Signal(object)
    focus_changed = Signal(object)
    modified_changed = Signal(bool)
    path_changed = Signal(object)
    locked_changed = Signal(bool)
    noted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_STEPS)
        self._state = State(Project())
        self._saved = self._state
        self._modified = False
        self._path: Path | None = None
        self._prepared: Prepared | None = None
        self._facts: DataFacts | None = None
        self._focus = Focus()
        self._locked = self._is_jumping = False
        self._weighed: Trained | None = None
        self._derived = Derived(self._state.project, None)

    # ── reading ─────────────────────────────────────────────────────────────────────────────

    @property
    def state(self) -> State:
        return self._state

    @property
    def project(self) -> Project:
        return self._state.project

    @property
    def trained(self) -> Trained | None:
        return self._state.trained

    @property
    def prepared(self) -> Prepared | None:
        """The rows of the data recipe in force; None while they are not loaded."""
        return self._prepared

    @property
    def facts(self) -> DataFacts | None:
        """Facts of the data last prepared, or of the data that the weights were trained on."""
        return self._facts

    @property
    def focus(self) -> Focus:
        return self._focus

    @property
    def path(self) -> Path | None:
        return self._path

    @property
    def locked(self) -> bool:
        """Whether training runs: design and data are read-only, positions and recipe free."""
        return self._locked

    @property
    def modified(self) -> bool:
        return self._modified

    @property
    def walk(self) -> Walk:
        """Widths and parameter counts of the design in force."""
        return self._derived.walk

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that keeps the project from training, and warnings."""
        return self._derived.problems

    # ── editing ─────────────────────────────────────────────────────────────────────────────

    def edit(
        self,
        text: str,
        *,
        project: Project | None = None,
        trained: Trained | _Keep | None = KEEP,
        runs: Runs | None = None,
        merge: str | None = None,
    ) -> bool:
        """Make a new state, as one undo step named `text`; steps with one `merge` key are one.

        Weights that still fit are kept where the design or the data changed. False, with a
        note that says why, where the edit is refused because training runs.
        """
        before = self._state
        project = before.project if project is None else project
        runs = before.runs if runs is None else runs
        after = State(project, before.trained if isinstance(trained, _Keep) else trained, runs)
        structural = not before.same_structure(after)
        if structural and self._locked:
            self.noted.emit(LOCKED_NOTE)
            return False
        if structural and isinstance(trained, _Keep) and before.trained is not None:
            after = self._carried(before.trained, project)
        if not _same(after, before):
            self.undo_stack.push(ReplaceDocument(self, before, after, text, merge))
            if before.trained is not self._weighed:  # there was a training since the last edit
                forget_old_weights(self.undo_stack, UNDO_BYTES)
            self._weighed = after.trained
        return True

    def undo(self) -> None:
        """Undo the last step, unless training runs and the step changed the design or data."""
        if self._may_step(self.undo_stack.index() - 1):
            self.undo_stack.undo()

    def redo(self) -> None:
        """Redo the next step, unless training runs and the step changes the design or data."""
        if self._may_step(self.undo_stack.index()):
            self.undo_stack.redo()

    def go_to(self, step: int) -> None:
        """Undo or redo all steps on the way to just after the `step`th, 0 for the beginning.

        Nothing is done where one of them may not be. Everybody hears of it once, at the end.
        """
        before, now = self._state, self.undo_stack.index()
        if not all(self._may_step(each) for each in range(min(step, now), max(step, now))):
            return
        self._is_jumping = True
        self.undo_stack.setIndex(step)
        self._is_jumping = False
        if self._state is not before:
            self._announce(before)

    def replace(self, state: State, path: Path | None = None, *, is_saved: bool = True) -> None:
        """Open or begin another document: nothing to undo, nothing unsaved if `is_saved`."""
        self.undo_stack.clear()
        self._saved = state if is_saved else State(Project())
        self._prepared = None
        self._facts = None if state.trained is None else state.trained.facts
        self.set_focus(Focus())
        self._set_path(path)
        self.show_state(state)
        self.replaced.emit()
        self.facts_changed.emit(self._facts)

    def absorb(self, trained: Trained | None, runs: Runs | None = None) -> None:
        """Take in what training made. Not an undo step: weights belong to the edit before them."""
        runs = self._state.runs if runs is None else runs
        self.show_state(State(self._state.project, trained, runs))

    def look_at_test(self) -> bool:
        """Count one more look at the test rows, which no undoing takes back; False while locked."""
        if self._locked:
            self.noted.emit(tr(TEST_NOTE))
            return False
        self.show_state(replace(self._state, project=looked(self.project)))
        return True

    def mark_saved(self, path: Path, state: State | None = None) -> None:
        """`state`, or the one in force, is now what the file at `path` holds."""
        self._saved = state or self._state
        self.undo_stack.setClean()
        self._set_path(path)
        self._tell_modified()

    def show_state(self, target: State) -> State:
        """Put `target` in force and say so; returns the state before. For commands."""
        before, self._state = self._state, target
        if not self._is_jumping:
            self._announce(before)
        return before

    # ── beside the document ─────────────────────────────────────────────────────────────────

    def set_prepared(self, prepared: Prepared | None) -> None:
        """The rows of the data recipe in force have been loaded, or could not be."""
        self._prepared = prepared
        self._facts = None if prepared is None else prepared.facts
        self._derived = self._derived.following(self.project, self._facts)
        self.facts_changed.emit(self._facts)
        self._let_go_of_what_rows_do_not_fit()

    def set_focus(self, focus: Focus) -> None:
        """Let everybody look at `focus`."""
        if focus != self._focus:
            self._focus = focus
            self.focus_changed.emit(focus)

    def set_locked(self, locked: bool) -> None:
        """Training has begun or ended."""
        if locked != self._locked:
            self._locked = locked
            self.locked_changed.emit(locked)

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _announce(self, before: State) -> None:
        if before.project.data is not self.project.data:
            self._prepared = None
        self._derived = self._derived.following(self.project, self._facts)
        self._prune_focus()
        self.document_changed.emit(before, self._state)
        self._tell_modified()

    def _carried(self, trained: Trained, project: Project) -> State:
        kept, sentence = carry_over(trained, project)
        if kept and deals_anew(self.project.data, project.data):
            sentence = f"{sentence} {MIXED}"
        if sentence:
            self.noted.emit(sentence)
        return replace(self._state, project=project, trained=kept)

    def _let_go_of_what_rows_do_not_fit(self) -> None:
        """Rows prepared otherwise may be wider or narrower than those that were trained on."""
        trained, facts = self.trained, self._facts
        if trained is None or facts is None or facts.width == trained.facts.width:
            return
        kept, sentence = carry_over(trained, self.project, facts.width)
        self.absorb(kept)
        self.noted.emit(sentence)

    def _may_step(self, index: int) -> bool:
        command = self.undo_stack.command(index) if index >= 0 else None
        if not isinstance(command, ReplaceDocument):
            return False
        if self._locked and command.changes_structure:
            self.noted.emit(LOCKED_NOTE)
            return False
        return True

    def _prune_focus(self) -> None:
        here = self.project.design.has
        kept = tuple(identifier for identifier in self._focus.layers if here(identifier))
        known = {run.id for run in self._state.runs}
        runs = tuple(each for each in self._focus.runs if each in known)
        self.set_focus(replace(self._focus, layers=kept, runs=runs))

    def _set_path(self, path: Path | None) -> None:
        if path != self._path:
            self._path = path
            self.path_changed.emit(path)

    def _tell_modified(self) -> None:
        modified = not _same(self._saved, self._state)
        if modified != self._modified:
            self._modified = modified
            self.modified_changed.emit(modified)


def _same(one: State, other: State) -> bool:
    """Whether both hold the very same values."""
    pairs = zip(vars(one).values(), vars(other).values(), strict=True)
    return all(mine is theirs for mine, theirs in pairs)
