"""Resizing a note by its lower right corner."""

from PySide6.QtCore import QPointF

from gui.canvas import grouping
from gui.canvas.editor import Editor
from gui.canvas.geometry import STEP
from gui.canvas.gestures import Gesture
from gui.canvas.note_item import LEAST_HEIGHT, LEAST_WIDTH, NoteItem
from gui.canvas.scene import Scene
from gui.canvas.verdict import NOTHING, Verdict


class ResizeNote(Gesture):
    """The grabbed corner stays under the pointer, as near as the grid lets it."""

    def __init__(self, scene: Scene, editor: Editor, item: NoteItem, start: QPointF) -> None:
        super().__init__(scene, editor)
        self._item, self._start, self._from = item, start, item.size

    def move(self, point: QPointF, zoom: float) -> Verdict:
        by = point - self._start
        width, height = self._from[0] + by.x(), self._from[1] + by.y()
        self._item.show_size(
            max(LEAST_WIDTH, round(width / STEP) * STEP),
            max(LEAST_HEIGHT, round(height / STEP) * STEP),
        )
        return NOTHING

    def finish(self) -> None:
        if self._item.size != self._from:
            identifier, size = self._item.identifier, self._item.size
            self.editor.do(lambda project: grouping.resize(project, identifier, *size))

    def cancel(self) -> None:
        self._item.show_size(*self._from)

    def abandon(self) -> None:
        """The document has changed meanwhile, and with it the note."""
