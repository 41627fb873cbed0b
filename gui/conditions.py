"""Which conditions hold right now, by the names that actions need (see `gui.action_table`)."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from engine.groups import touched
from gui.document import Document
from gui.training_desk import TrainingDesk


class Conditions(QObject):
    """Watches the document and the training, and says when the answer may be another."""

    changed = Signal(object)  # frozenset[str]

    def __init__(self, document: Document, training: TrainingDesk, pages: QStackedWidget) -> None:
        super().__init__(pages)
        self._document, self._training, self._pages = document, training, pages
        for signal in (
            document.document_changed,
            document.facts_changed,
            document.focus_changed,
            document.locked_changed,
            training.changed,
            pages.currentChanged,
        ):
            signal.connect(self.tell)
        self._can_undo = self._can_redo = False
        document.undo_stack.canUndoChanged.connect(self._note_undo)
        document.undo_stack.canRedoChanged.connect(self._note_redo)

    def tell(self) -> None:
        """Says what holds."""
        self.changed.emit(self.holding())

    def holding(self) -> frozenset[str]:
        """The conditions that hold."""
        document, state = self._document, self._training.state
        project = self._pages.currentIndex() == 1
        idle = state == "idle"
        trained = project and document.trained is not None
        held = {
            "project": project,
            "left_behind": not project and bool(document.project.design.nodes),
            "idle": idle,
            "editable": not document.locked,
            "selection": project and bool(document.focus.layers),
            "grouped": project and bool(touched(document.project.groups, document.focus.layers)),
            "trained": trained,
            "under_way": not idle,
            "trainable": project and state != "running",
            "steppable": project and state != "running",
            "resettable": trained or (project and not idle),
            "can_undo": project and self._can_undo,
            "can_redo": project and self._can_redo,
        }
        return frozenset(name for name, holds in held.items() if holds)

    def _note_undo(self, can: bool) -> None:
        self._can_undo = can
        self.tell()

    def _note_redo(self, can: bool) -> None:
        self._can_redo = can
        self.tell()
