"""Taking layers out of the chain with the mouse: what they were between is joined."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF

from engine.design import Link
from engine.project import Project
from gui.canvas import edits, grouping
from gui.canvas.change import Change, Point
from gui.canvas.gestures import MoveCards
from gui.canvas.verdict import NOTHING, Verdict
from gui.words import tr


class TakeOut(MoveCards):
    """Drags the selected cards off their links; a single one may be dropped on another link."""

    def move(self, point: QPointF, zoom: float) -> Verdict:
        verdict = super().move(point, zoom)
        if not self.has_moved or verdict is not NOTHING:
            return verdict
        return Verdict("ok", tr("Drop to take it out; what it was between is joined"))

    def drop(self, to: Mapping[str, Point], link: Link | None) -> None:
        chosen = self.scene.selected_layers()

        def change(project: Project) -> Change:
            moved = grouping.move(project, to).project
            return edits.take_out(moved, chosen, link)

        self.editor.do(change)

    def may_insert(self, moved: str) -> bool:
        return edits.takes_a_link(self.editor.project.design.node(moved).layer)
