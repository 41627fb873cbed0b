"""The one undo command: it replaces the document's pair of values, and can put it back.

States share whatever an edit leaves alone, so that a thousand of them take little more than one.
Only trainings between edits make new arrays, and those of the longest ago are given up in the end.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand, QUndoStack

from engine.runs import arrays_of, moved

if TYPE_CHECKING:
    from engine.project import Trained
    from engine.runs import Runs
    from gui.document import Document, State

_MERGEABLE, _SINGLE = 1, -1


class ReplaceDocument(QUndoCommand):
    """From the state `before` to the state `after`, as one step named `text`.

    Each way remembers the state that it leaves, so that redoing brings back what was trained
    since. An edit that leaves the weights alone (a moved card) leaves them alone both ways.
    """

    def __init__(
        self,
        document: "Document",
        before: "State",
        after: "State",
        text: str,
        merge: str | None = None,
    ) -> None:
        super().__init__(text)
        self.before = before
        self.after = after
        self._document = document
        self._merge = merge
        self._keeps_trained = before.trained is after.trained
        self._labels = before.runs, after.runs

    @property
    def changes_structure(self) -> bool:
        """Whether the two states differ in what training depends on: the design or the data."""
        return not self.before.same_structure(self.after)

    def redo(self) -> None:
        self.before = self._show(self.after, *self._labels)

    def undo(self) -> None:
        self.after = self._show(self.before, *reversed(self._labels))

    def _show(self, target: "State", left: "Runs", runs: "Runs") -> "State":
        """Trainings since then stay: of the runs, only what the edit did to them is done."""
        now = self._document.state
        kept = now.runs if left is runs else moved(now.runs, left, runs)
        trained = now.trained if self._keeps_trained else target.trained
        project = target.project
        if project.test_looks is not now.project.test_looks:  # nobody can unsee what was seen
            project = project.model_copy(update={"test_looks": now.project.test_looks})
        shown = replace(target, project=project, trained=trained, runs=kept)
        return self._document.show_state(shown)

    def forget_weights(self) -> None:
        """Undoing it will bring back the design, and no weights."""
        self.before = replace(self.before, trained=None)
        self.after = replace(self.after, trained=None)

    def id(self) -> int:
        return _SINGLE if self._merge is None else _MERGEABLE

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Takes in the next step of the same drag or slider, so that both are undone at once."""
        if not isinstance(other, ReplaceDocument) or other._merge != self._merge:
            return False
        self.after = other.after
        self._labels = self._labels[0], other._labels[1]
        self._keeps_trained = self._keeps_trained and other._keeps_trained
        return True


def forget_old_weights(stack: QUndoStack, most: int) -> None:
    """Of the steps done, those of the longest ago lose their weights beyond `most` bytes."""
    taken = 0
    for index in reversed(range(stack.index())):
        command, before = stack.command(index), stack.command(index - 1) if index else None
        if isinstance(command, ReplaceDocument):
            if _was_trained_between(before, command):
                taken += _size(command.before.trained)
            if taken > most:
                command.forget_weights()


def _was_trained_between(first: QUndoCommand | None, second: ReplaceDocument) -> bool:
    """Whether the second began with new arrays, of which the edits after it keep some or all."""
    if not isinstance(first, ReplaceDocument):
        return True
    return first.after.trained is not second.before.trained


def _size(trained: "Trained | None") -> int:
    return sum(array.nbytes for array in arrays_of(trained)) if trained else 0
