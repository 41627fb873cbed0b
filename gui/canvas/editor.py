"""Carries a gesture's change to the document, and turns a refusal into a note."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from engine.design import Link
from engine.errors import DesignError
from engine.project import Project
from gui.canvas import clipboard, edits
from gui.canvas.change import Change, Point
from gui.canvas.placing import Piece, Widths
from gui.document import LOCKED_NOTE, Document
from gui.words import told


class Editor:
    """What a person can do to the design, for gestures, keys and menus alike."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @property
    def project(self) -> Project:
        return self.document.project

    @property
    def widths(self) -> Widths:
        """The output widths of the layers, as far as they are known."""
        return self.document.walk.widths

    def do(self, change: Callable[[Project], Change]) -> bool:
        """Make the change; False, with a note that says why, where it cannot be."""
        try:
            made = change(self.project)
        except DesignError as error:
            self.document.noted.emit(self._sentence(told(str(error))))
            return False
        if not self.document.edit(made.text, project=made.project, merge=made.merge):
            return False
        if made.focus is not None:
            self.focus(made.focus)
        return True

    def focus(self, layers: Sequence[str]) -> None:
        """Let everybody look at these layers."""
        self.document.set_focus(replace(self.document.focus, layers=tuple(layers)))

    def _sentence(self, text: str) -> str:
        """With a capital and a full stop, unless the name of a layer begins it."""
        first = text.partition(" ")[0]
        named = any(node.name == first for node in self.project.design.nodes)
        head = text[:1] if named else text[:1].upper()
        return head + text[1:] + ("" if text.endswith(".") else ".")

    def refuses(self) -> bool:
        """Whether the design is read-only now; if so, says why."""
        if self.document.locked:
            self.document.noted.emit(LOCKED_NOTE)
        return self.document.locked

    def append(self, piece: Piece) -> bool:
        """A layer or block behind the selection, or behind the output."""
        after = self.document.focus.layers
        return self.do(lambda project: edits.append(project, piece, after, self.widths))

    def delete(self, layers: Sequence[str], links: Sequence[Link], heal: bool) -> bool:
        """Without those layers and links."""
        if not layers and not links:
            return False
        return self.do(lambda project: edits.delete(project, layers, links, heal))

    def copy(self, layers: Sequence[str]) -> bool:
        """Put those layers on the clipboard, as text."""
        if layers:
            clipboard.put(clipboard.cut_out(self.project, layers))
        return bool(layers)

    def cut(self, layers: Sequence[str]) -> bool:
        """Put those layers on the clipboard and take them away."""
        may = not self.refuses() and self.copy(layers)
        return may and self.do(lambda project: edits.cut(project, layers))

    def paste(self, offset: Point) -> bool:
        """The layers on the clipboard, `offset` away from where they were copied."""
        return self.do(lambda project: edits.paste(project, clipboard.take(), offset))

    def duplicate(self, layers: Sequence[str]) -> bool:
        """A second set of those layers, a little below."""
        if not layers:
            return False
        copy = clipboard.cut_out(self.project, layers)
        step = (edits.PASTE_STEP, edits.PASTE_STEP)
        return self.do(lambda project: edits.paste(project, copy, step, edits.DUPLICATE))
