"""The one undo command: it replaces the document's pair of values, and can put it back."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

if TYPE_CHECKING:
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

    @property
    def changes_structure(self) -> bool:
        """Whether the two states differ in what training depends on: the design or the data."""
        return not self.before.same_structure(self.after)

    def redo(self) -> None:
        self.before = self._document.show_state(self.after, self._keeps_trained)

    def undo(self) -> None:
        self.after = self._document.show_state(self.before, self._keeps_trained)

    def id(self) -> int:
        return _SINGLE if self._merge is None else _MERGEABLE

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Takes in the next step of the same drag or slider, so that both are undone at once."""
        if not isinstance(other, ReplaceDocument) or other._merge != self._merge:
            return False
        self.after = other.after
        self._keeps_trained = self._keeps_trained and other._keeps_trained
        return True
