"""What a press of the left button can grow into: each gesture is a class of its own.

A gesture shows its outcome while it lasts, and changes the document once, when it ends.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QApplication, QGraphicsPathItem

from engine.design import Design, Link
from gui import theme
from gui.canvas import edits, geometry, grouping
from gui.canvas.block_item import BlockItem
from gui.canvas.change import Point
from gui.canvas.editor import Editor
from gui.canvas.guides import Guides
from gui.canvas.layer_item import LayerItem
from gui.canvas.link_item import LinkItem
from gui.canvas.scene import Scene
from gui.canvas.spot import Spot
from gui.canvas.verdict import NOTHING, Verdict, judge_link
from gui.words import tr

_MOST_HIGHLIGHTED = 200
_LET_GO = 48.0


class Gesture(ABC):
    """Lives from press to release. Points are in scene coordinates."""

    def __init__(self, scene: Scene, editor: Editor) -> None:
        self.scene = scene
        self.editor = editor

    @abstractmethod
    def move(self, point: QPointF, zoom: float) -> Verdict:
        """The pointer is here now; says what letting go here would do."""

    @abstractmethod
    def finish(self) -> None:
        """The button was let go where the pointer was last."""

    @abstractmethod
    def cancel(self) -> None:
        """Nothing shall have happened."""

    def abandon(self) -> None:
        """The design has changed meanwhile, and what was dragged may be gone."""
        self.cancel()


class MoveCards(Gesture):
    """Drags the selected cards; one that has no links may be dropped on a link."""

    def __init__(self, scene: Scene, editor: Editor, start: QPointF) -> None:
        super().__init__(scene, editor)
        self._start = start
        self._from = scene.selected_places()
        self._held = scene.corner_at(start)
        self._guides = Guides(
            item.corner for item in scene.visible_cards() if not item.isSelected()
        )
        self.has_moved = False
        self._link: LinkItem | None = None

    def move(self, point: QPointF, zoom: float) -> Verdict:
        by = point - self._start
        if not self.has_moved and by.manhattanLength() * zoom < QApplication.startDragDistance():
            return NOTHING
        self.has_moved = True
        self._target(self._link_under(point, zoom))
        if self._link is None:
            by += self._snap(by, zoom)
        else:
            self.scene.guides.show_lines(())
        self.scene.place({each: start + by for each, start in self._from.items()})
        return NOTHING if self._link is None else Verdict("ok", tr("Drop to insert here"))

    def _snap(self, by: QPointF, zoom: float) -> QPointF:
        """How much further the cards go to be in line; Ctrl lets them lie where they are."""
        free = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
        if free or self._held is None:
            self.scene.guides.show_lines(())
            return QPointF()
        wished = self._held + by
        snapped, lines = self._guides.snap(_pair(wished), zoom)
        self.scene.guides.show_lines(lines)
        return QPointF(*snapped) - wished

    def finish(self) -> None:
        self.scene.guides.show_lines(())
        link = self._link.link if self._link else None
        self._target(None)
        if self.has_moved:
            where = self.scene.where(self._from)
            self.drop({each: _pair(place) for each, place in where.items()}, link)

    def drop(self, to: Mapping[str, Point], link: Link | None) -> None:
        """The cards were let go at these places, or the only one on `link`."""
        if link is not None:
            ((moved, at),) = to.items()
            self.editor.do(lambda project: edits.insert_existing(project, moved, link, at))
        else:
            self.editor.do(lambda project: grouping.move(project, to))

    def may_insert(self, moved: str) -> bool:
        """Whether that card, dropped on a link, would be spliced in."""
        return edits.can_insert(self.editor.project, moved)

    def cancel(self) -> None:
        self.abandon()
        self.scene.place(self._from)

    def abandon(self) -> None:
        self.scene.guides.show_lines(())
        self._target(None)

    def _link_under(self, point: QPointF, zoom: float) -> LinkItem | None:
        if len(self._from) != 1 or self.editor.document.locked:
            return None
        (moved,) = self._from
        if self.scene.cards.get(moved) is None or not self.may_insert(moved):
            return None
        link = self.scene.link_at(point, geometry.LINK_TARGET / min(1.0, zoom), below=moved)
        return None if link and moved in (link.link.source, link.link.target) else link

    def _target(self, link: LinkItem | None) -> None:
        if self._link is not None and self._link is not link:
            self._link.show_target(False)
        if link is not None:
            link.show_target(True)
        self._link = link


class Wire(Gesture):
    """Drags a loose end. Subclasses say which link would come of dropping it on a layer."""

    def __init__(self, scene: Scene, editor: Editor, fixed: LayerItem, forward: bool) -> None:
        super().__init__(scene, editor)
        self.fixed = fixed
        self.forward = forward
        self._anchor = scene.card_of(fixed.identifier)
        self._layer: LayerItem | None = None
        self._block: BlockItem | None = None
        self._wire = _wire_item()
        scene.addItem(self._wire)
        self._highlight()

    def move(self, point: QPointF, zoom: float) -> Verdict:
        self._layer = self._layer_under(point)
        self._block = self.scene.block_at(point)
        verdict = self._verdict(point, zoom)
        self._draw(point, verdict)
        return verdict

    def finish(self) -> None:
        self._tidy()
        if self._layer is not None:
            self.connect_to(self._layer.identifier)
        elif self._block is not None:
            self.editor.document.noted.emit(f"{_folded(self._block)}.")
        else:
            self.drop_in_the_open()

    def cancel(self) -> None:
        self._tidy()

    def link_with(self, other: str) -> Link:
        """The link between the fixed end and `other`."""
        ends = (self.fixed.identifier, other)
        source, target = ends if self.forward else ends[::-1]
        return Link(source=source, target=target)

    def design(self) -> Design:
        """The design that the new link is added to."""
        return self.editor.project.design

    @abstractmethod
    def connect_to(self, other: str) -> None:
        """The loose end was dropped on that layer."""

    def drop_in_the_open(self) -> None:
        """The loose end was dropped on no layer."""

    def over_the_open(self, point: QPointF, zoom: float) -> Verdict:
        """What dropping at `point`, away from all layers, would do."""
        return NOTHING

    def _layer_under(self, point: QPointF) -> LayerItem | None:
        layer = self.scene.layer_at(point)
        return None if layer is self.fixed else layer

    def _verdict(self, point: QPointF, zoom: float) -> Verdict:
        if self._block is not None:
            return Verdict("error", _folded(self._block))
        if self._layer is None:
            return self.over_the_open(point, zoom)
        return judge_link(self.design(), self.link_with(self._layer.identifier), self._width())

    def _width(self) -> int | None:
        facts = self.editor.document.facts
        return None if facts is None else facts.width

    def _draw(self, point: QPointF, verdict: Verdict) -> None:
        end = point
        if self._layer is not None and verdict.kind != "error":
            end = self._layer.in_port if self.forward else self._layer.out_port
        start = self._anchor.out_port if self.forward else self._anchor.in_port
        path = geometry.link_path(start, end) if self.forward else geometry.link_path(end, start)
        self._wire.setPath(path)
        self._wire.setPen(_wire_pen(verdict))

    def _highlight(self) -> None:
        """Show which ports would take the loose end, among the cards that can be seen."""
        shown = self.scene.visible_layers()
        if len(shown) > _MOST_HIGHLIGHTED:
            return
        design = self.design()
        for item in shown:
            link = self.link_with(item.identifier)
            state = "invalid" if design.why_not(link.source, link.target) else "valid"
            item.show_ports(*((state, "idle") if self.forward else ("idle", state)))

    def _tidy(self) -> None:
        for item in self.scene.layers.values():
            item.show_ports()
        if self._wire.scene() is self.scene:
            self.scene.removeItem(self._wire)


class Connect(Wire):
    """From a port to another layer; dropped on a link, it feeds that link's target instead.

    Dropped in the open, away from its port, it asks for a layer to be placed at its end.
    """

    def __init__(
        self,
        scene: Scene,
        editor: Editor,
        fixed: LayerItem,
        forward: bool,
        wish: Callable[[Spot], object],
    ) -> None:
        self._link: LinkItem | None = None
        self._wish = wish
        self._open: QPointF | None = None
        super().__init__(scene, editor, fixed, forward)

    def connect_to(self, other: str) -> None:
        link = self.link_with(other)
        self.editor.do(lambda project: edits.connect(project, link.source, link.target))

    def over_the_open(self, point: QPointF, zoom: float) -> Verdict:
        self._mark(self.scene.link_at(point, geometry.LINK_TARGET / min(1.0, zoom)))
        if self._link is None:
            return self._over_nothing(point, zoom)
        old = self._link.link
        return judge_link(self.design().disconnect(old), self._rerouted(old), self._width())

    def drop_in_the_open(self) -> None:
        if self._link is not None:
            old = self._link.link
            new = self._rerouted(old)
            self.editor.do(lambda project: edits.reroute(project, old, new))
        elif self._open is not None:
            here = self.fixed.identifier
            ends = (here, "") if self.forward else ("", here)
            self._wish(Spot(self._open, source=ends[0], target=ends[1]))

    def _over_nothing(self, point: QPointF, zoom: float) -> Verdict:
        """A few pixels beside its port, which was perhaps only touched, it wishes for nothing."""
        port = self.fixed.out_port if self.forward else self.fixed.in_port
        far = (point - port).manhattanLength() * zoom > _LET_GO
        self._open = point if far else None
        return Verdict("nothing", tr("Drop here to add a layer")) if far else NOTHING

    def move(self, point: QPointF, zoom: float) -> Verdict:
        self._open = None
        if self._layer_under(point) is not None:
            self._mark(None)
        return super().move(point, zoom)

    def _rerouted(self, old: Link) -> Link:
        here = self.fixed.identifier
        if self.forward:
            return Link(source=here, target=old.target)
        return Link(source=old.source, target=here)

    def _mark(self, link: LinkItem | None) -> None:
        if self._link is not None:
            self._link.show_target(False)
        if link is not None:
            link.show_target(True)
        self._link = link

    def _tidy(self) -> None:
        if self._link is not None:
            self._link.show_target(False)
        super()._tidy()


class Reroute(Wire):
    """Takes one end of a link to another layer; in the open, away from it, the link goes."""

    def __init__(
        self, scene: Scene, editor: Editor, item: LinkItem, forward: bool, start: QPointF
    ) -> None:
        self._old = item.link
        self._start = start
        self._far = False
        self._item = item
        fixed = scene.layers[item.link.source if forward else item.link.target]
        super().__init__(scene, editor, fixed, forward)
        item.fade(True)

    def design(self) -> Design:
        return self.editor.project.design.disconnect(self._old)

    def connect_to(self, other: str) -> None:
        old, new = self._old, self.link_with(other)
        if new != old:
            self.editor.do(lambda project: edits.reroute(project, old, new))

    def over_the_open(self, point: QPointF, zoom: float) -> Verdict:
        self._far = (point - self._start).manhattanLength() * zoom > _LET_GO
        return Verdict("warning", tr("Drop here to remove the link")) if self._far else NOTHING

    def drop_in_the_open(self) -> None:
        if self._far:
            self.editor.delete((), (self._old,), heal=False)

    def _tidy(self) -> None:
        self._item.fade(False)
        super()._tidy()


def _folded(block: BlockItem) -> str:
    """Why no link ends on it: which of its layers is meant cannot be seen."""
    return tr("Unfold {name} to link to one of its layers", name=block.card.name)


def _wire_item() -> QGraphicsPathItem:
    item = QGraphicsPathItem(QPainterPath())
    item.setZValue(2)
    item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
    return item


def _wire_pen(verdict: Verdict) -> QPen:
    token = {"nothing": "muted", "ok": "ok"}.get(verdict.kind, verdict.kind)
    pen = QPen(theme.color(token), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    if verdict.kind != "ok":
        pen.setDashPattern([3, 3])
    return pen


def _pair(point: QPointF) -> tuple[float, float]:
    return point.x(), point.y()
