"""A layer dragged from the palette: the card lands with the grabbed point under the pointer."""

from PySide6.QtCore import QPointF

from engine.design import Link
from gui.canvas import card as cards
from gui.canvas import edits, geometry
from gui.canvas.editor import Editor
from gui.canvas.link_item import LinkItem
from gui.canvas.mime import Dragged
from gui.canvas.scene import Scene
from gui.canvas.verdict import NOTHING, Verdict
from gui.document import LOCKED_NOTE


class PlaceLayer:
    """Lives from the drag's entering the canvas to its leaving or dropping."""

    def __init__(self, scene: Scene, editor: Editor, dragged: Dragged) -> None:
        self.scene = scene
        self.editor = editor
        self._layer = dragged.layer
        self._grab = dragged.grab
        self._name = editor.project.design.free_name(dragged.layer.kind)
        self._link: LinkItem | None = None

    def move(self, point: QPointF, zoom: float) -> Verdict:
        """Show the card where it would land; says what dropping there would do."""
        if self.editor.document.locked:
            self.leave()
            return Verdict("error", LOCKED_NOTE)
        self._target(self._link_under(point, zoom))
        hint = self._hint()
        card = cards.Card.of(self._layer, self._name, hint.text)
        self.scene.ghost.show_card(card, point - self._grab)
        return hint if self._link is not None else NOTHING

    def drop(self, point: QPointF, zoom: float) -> bool:
        """Place the layer, or splice it into the link below; False where it is refused."""
        link = None if (item := self._link_under(point, zoom)) is None else item.link
        self.leave()
        at = (point.x() - self._grab.x(), point.y() - self._grab.y())
        if link is None:
            return self.editor.do(lambda project: edits.add(project, self._layer, at))
        return self.editor.do(lambda project: edits.insert(project, self._layer, link, at))

    def leave(self) -> None:
        """The drag is over, or elsewhere."""
        self._target(None)
        self.scene.ghost.setVisible(False)

    def _link_under(self, point: QPointF, zoom: float) -> LinkItem | None:
        if not edits.takes_a_link(self._layer):
            return None
        return self.scene.link_at(point, geometry.LINK_TARGET / min(1.0, zoom))

    def _hint(self) -> Verdict:
        if self._link is not None:
            return Verdict("ok", f"Insert {self._between(self._link.link)}")
        possible = bool(self.scene.links) and edits.takes_a_link(self._layer)
        return Verdict("nothing", "drop on a link to insert" if possible else "")

    def _between(self, link: Link) -> str:
        node = self.editor.project.design.node
        return f"between {node(link.source).name} and {node(link.target).name}"

    def _target(self, link: LinkItem | None) -> None:
        if self._link is not None and self._link is not link:
            self._link.show_target(False)
        if link is not None:
            link.show_target(True)
        self._link = link
