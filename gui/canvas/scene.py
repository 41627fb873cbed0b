"""The canvas's items, kept equal to the document: old and new values are compared by id."""

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from engine.design import Design, Link, Node
from engine.project import Project
from engine.shapes import Problem, Walk
from gui.canvas import card as cards
from gui.canvas import geometry
from gui.canvas.arrange import places
from gui.canvas.card import Card
from gui.canvas.glide import Glide
from gui.canvas.layer_item import GhostItem, LayerItem
from gui.canvas.link_item import LinkItem

_ROOM = 400.0


class Scene(QGraphicsScene):
    """Items by id and by link. It changes only through `mirror`, and tells who was selected."""

    layers_selected = Signal(tuple)
    changed_content = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layers: dict[str, LayerItem] = {}
        self.links: dict[Link, LinkItem] = {}
        self.ghost = GhostItem()
        self.addItem(self.ghost)
        self._of_layer: dict[str, list[LinkItem]] = {}
        self._telling = True
        self._glide = Glide(self.place, self)
        self.selectionChanged.connect(self._tell_selection)

    # ── following the document ──────────────────────────────────────────────────────────────

    def mirror(self, project: Project, walk: Walk, problems: tuple[Problem, ...]) -> None:
        """Make the items equal to these values, touching only what differs."""
        self.settle()
        self._telling = False
        moved = self._mirror_layers(project, walk, problems)
        self._mirror_links(project.design, walk, problems, moved)
        self._telling = True
        self._fit_bounds()
        self.changed_content.emit()

    def _mirror_layers(
        self, project: Project, walk: Walk, problems: tuple[Problem, ...]
    ) -> set[str]:
        """Make the cards equal; returns the ids of those that are at another place now."""
        where = places(project)
        for identifier in self.layers.keys() - where.keys():
            self.removeItem(self.layers.pop(identifier))
        of_layer: dict[str, list[Problem]] = {}
        for problem in problems:
            of_layer.setdefault(problem.where, []).append(problem)
        moved: set[str] = set()
        for node in project.design.nodes:
            item = self._item(node.id)
            item.show_card(_card(node, walk, of_layer.get(node.id, [])), node.layer.max_inputs != 0)
            if item.put(where[node.id]):
                moved.add(node.id)
        return moved

    def _item(self, identifier: str) -> LayerItem:
        item = self.layers.get(identifier)
        if item is None:
            item = self.layers[identifier] = LayerItem(identifier)
            self.addItem(item)
        return item

    def _mirror_links(
        self, design: Design, walk: Walk, problems: tuple[Problem, ...], moved: set[str]
    ) -> None:
        wrong = {each.where for each in problems if each.severity == "error"}
        for link in self.links.keys() - set(design.links):
            self.removeItem(self.links.pop(link))
        self._of_layer = {}
        for link in design.links:
            item = self.links.get(link)
            new = item is None
            if item is None:
                item = self.links[link] = LinkItem(link)
                self.addItem(item)
            width = walk.widths.get(link.source)
            misfit = width is not None and link.target not in walk.widths and link.target in wrong
            names = f"{design.node(link.source).name} → {design.node(link.target).name}"
            item.show_link("" if width is None else f"{width:,}", misfit, names)
            for end in (link.source, link.target):
                self._of_layer.setdefault(end, []).append(item)
            if new or link.source in moved or link.target in moved:
                self._lead(item)

    def _lead(self, item: LinkItem) -> None:
        start, end = self.layers[item.link.source], self.layers[item.link.target]
        item.lead(start.out_port, end.in_port)

    def _fit_bounds(self) -> None:
        bounds = QRectF()
        for item in self.layers.values():
            bounds |= item.sceneBoundingRect()
        self.setSceneRect(bounds.adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM))

    # ── places while a gesture is under way ─────────────────────────────────────────────────

    def place(self, to: dict[str, QPointF]) -> None:
        """Show cards elsewhere for the time of a drag; the document knows nothing of it."""
        touched: dict[Link, LinkItem] = {}
        for identifier, point in to.items():
            self.layers[identifier].setPos(point)
            touched |= {each.link: each for each in self._of_layer.get(identifier, [])}
        for item in touched.values():
            self._lead(item)

    def glide_from(self, starts: dict[str, QPointF]) -> None:
        """Let cards be seen moving from these places to where they are now."""
        self._glide.begin(starts, self.where())

    def settle(self) -> None:
        """Let every card be where it belongs, now."""
        self._glide.settle()

    def where(self) -> dict[str, QPointF]:
        """The places of all cards as they are shown."""
        return {identifier: item.pos() for identifier, item in self.layers.items()}

    def content_rect(self) -> QRectF:
        """The box around all cards; empty without cards."""
        box = QRectF()
        for item in self.layers.values():
            box |= geometry.CARD.translated(item.pos())
        return box

    # ── what lies where ─────────────────────────────────────────────────────────────────────

    def layer_at(self, point: QPointF) -> LayerItem | None:
        """The topmost layer whose card or port target lies under the point."""
        for item in self._at(point):
            if isinstance(item, LayerItem):
                return item
        return None

    def link_at(
        self, point: QPointF, reach: float = geometry.LINK_TARGET, below: str = ""
    ) -> LinkItem | None:
        """The link whose target, or label, lies under the point, unless a card covers it.

        `below` is the id of a card that is being dragged, and covers nothing.
        """
        for item in self._at(point, reach - geometry.LINK_TARGET):
            if isinstance(item, LayerItem) and item.identifier != below and item.covers(point):
                return None
            if isinstance(item, LinkItem):
                return item
        return None

    def _at(self, point: QPointF, more: float = 0.0) -> list[QGraphicsItem]:
        if more <= 0:
            return [each for each in self.items(point) if each is not self.ghost]
        box = QRectF(point.x() - more, point.y() - more, 2 * more, 2 * more)
        return [each for each in self.items(box) if each is not self.ghost]

    # ── selection ───────────────────────────────────────────────────────────────────────────

    def selected_layers(self) -> tuple[str, ...]:
        """Ids of the selected layers, in the order in which they were placed."""
        return tuple(each for each, item in self.layers.items() if item.isSelected())

    def selected_links(self) -> tuple[Link, ...]:
        """The selected links."""
        return tuple(each for each, item in self.links.items() if item.isSelected())

    def select(self, identifiers: tuple[str, ...]) -> None:
        """Select these layers and no others, without telling anybody."""
        chosen = set(identifiers)
        if chosen == set(self.selected_layers()):
            return
        self._telling = False
        for identifier, item in self.layers.items():
            item.setSelected(identifier in chosen)
        for item in self.links.values():
            item.setSelected(False)
        self._telling = True

    def _tell_selection(self) -> None:
        if self._telling:
            self.layers_selected.emit(self.selected_layers())


def _card(node: Node, walk: Walk, problems: list[Problem]) -> Card:
    numbers = cards.numbers(walk.widths.get(node.id), walk.parameters(node.id))
    if not problems:
        return Card.of(node.layer, node.name, numbers)
    errors = [each for each in problems if each.severity == "error"]
    worst = (errors or problems)[-1]  # shapes come after what concerns the graph
    return Card.of(
        node.layer,
        node.name,
        numbers,
        error=_short(worst.message, node.name),
        severity=worst.severity,
        tip="\n".join(f"{each.message}. {each.fix}".strip() for each in problems),
    )


def _short(message: str, name: str) -> str:
    """The message without the layer's own name in front, which the card shows already."""
    return message.removeprefix(f"{name}: ").removeprefix(f"{name} ")
