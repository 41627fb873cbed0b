"""What is dragged from the palette: it lands with the grabbed point under the pointer."""

from PySide6.QtCore import QPointF

from engine.design import Link
from engine.project import Project
from gui.canvas import edits, geometry, placing, preview
from gui.canvas.change import Change
from gui.canvas.editor import Editor
from gui.canvas.link_item import LinkItem
from gui.canvas.mime import Dragged
from gui.canvas.scene import Scene
from gui.canvas.verdict import NOTHING, Verdict
from gui.document import LOCKED_NOTE
from gui.words import tr


class PlaceLayer:
    """Lives from the drag's entering the canvas to its leaving or dropping."""

    def __init__(self, scene: Scene, editor: Editor, dragged: Dragged) -> None:
        self.scene = scene
        self.editor = editor
        self._piece = dragged.piece
        self._grab = dragged.grab
        self._link: LinkItem | None = None

    def move(self, point: QPointF, zoom: float) -> Verdict:
        """Show the cards where they would land; says what dropping there would do."""
        if self.editor.document.locked:
            self.leave()
            return Verdict("error", LOCKED_NOTE)
        self._target(self._link_under(point, zoom))
        link = None if self._link is None else self._link.link
        change = self._change(self.editor.project, link, point)
        preview.show(self.scene, change, self._words(), spliced=link is not None)
        return NOTHING if link is None else Verdict("ok", self._between(link))

    def drop(self, point: QPointF, zoom: float) -> bool:
        """Place it, or splice it into the link below; False where it is refused."""
        link = None if (item := self._link_under(point, zoom)) is None else item.link
        self.leave()
        return self.editor.do(lambda project: self._change(project, link, point))

    def leave(self) -> None:
        """The drag is over, or elsewhere."""
        self._target(None)
        preview.hide(self.scene)

    def _change(self, project: Project, link: Link | None, point: QPointF) -> Change:
        at = point.x() - self._grab.x(), point.y() - self._grab.y()
        if link is None:
            return edits.add(project, self._piece, at)
        return placing.insert(project, self._piece, link, at, self.editor.widths)

    def _link_under(self, point: QPointF, zoom: float) -> LinkItem | None:
        if not edits.takes_a_link(self._piece):
            return None
        return self.scene.link_at(point, geometry.LINK_TARGET / min(1.0, zoom))

    def _words(self) -> str:
        """What stands on the card while there is no link below it."""
        possible = self._link is None and self.scene.links and edits.takes_a_link(self._piece)
        return tr("drop on a link to insert") if possible else ""

    def _between(self, link: Link) -> str:
        names = self.editor.project.design.node
        source, target = names(link.source).name, names(link.target).name
        return tr("Insert between {source} and {target}", source=source, target=target)

    def _target(self, link: LinkItem | None) -> None:
        if self._link is not None and self._link is not link:
            self._link.show_target(False)
        if link is not None:
            link.show_target(True)
        self._link = link
