"""The canvas's items by id and by link: where they are, which are selected, who paints them."""

from collections.abc import Collection

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Signal
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from engine.design import Link
from engine.project import Project
from engine.shapes import Problem, Walk
from gui.canvas import geometry
from gui.canvas.glide import LAYOUT, SPLICE, Glide
from gui.canvas.guides import GuideItem
from gui.canvas.layer_item import GhostItem, LayerItem
from gui.canvas.link_item import LinkItem
from gui.canvas.mirror import Mirror
from gui.canvas.routing import Obstacles

_FEW = 50  # cards, up to which only links that pass them are led anew
_SILENT = QGraphicsItem.GraphicsItemFlag.ItemHasNoContents


class Scene(QGraphicsScene):
    """Items by id and by link. It changes only through `mirror`, and tells who was selected."""

    layers_selected = Signal(tuple)
    changed_content = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layers: dict[str, LayerItem] = {}
        self.links: dict[Link, LinkItem] = {}
        self.ghost = GhostItem()
        self.guides = GuideItem()
        self.addItem(self.ghost)
        self.addItem(self.guides)
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.is_crowded = False
        self._obstacles = Obstacles()
        self._links_of: dict[str, set[Link]] = {}
        self._mirror = Mirror(self)
        self._telling = True
        self._glide = Glide(self.place, self)
        self.selectionChanged.connect(self._tell_selection)

    # ── following the document ──────────────────────────────────────────────────────────────

    def mirror(self, project: Project, walk: Walk, problems: tuple[Problem, ...]) -> None:
        """Make the items equal to these values, touching only what differs."""
        self.settle()
        self._telling = False
        self._mirror.show(project, walk, problems)
        self._telling = True
        self._update_crowd()
        self.changed_content.emit()

    def layer_item(self, identifier: str) -> LayerItem:
        """The item of that layer, made if it is new."""
        item = self.layers.get(identifier)
        if item is None:
            item = self.layers[identifier] = LayerItem(identifier)
            self._links_of[identifier] = set()
            self._enter(item)
        return item

    def add_link(self, link: Link) -> None:
        """An item for a link that is new."""
        item = self.links[link] = LinkItem(link)
        for end in (link.source, link.target):
            self._links_of[end].add(link)
        self._enter(item)

    def drop_layer(self, identifier: str) -> None:
        """That layer is no more."""
        self.removeItem(self.layers.pop(identifier))
        self._obstacles.remove(identifier)
        for link in tuple(self._links_of[identifier]):
            self.drop_link(link)
        del self._links_of[identifier]

    def drop_link(self, link: Link) -> None:
        """That link is no more."""
        self.removeItem(self.links.pop(link))
        for end in (link.source, link.target):
            self._links_of[end].discard(link)

    def links_of(self, identifier: str) -> set[Link]:
        """The links that begin or end at that layer."""
        return self._links_of.get(identifier, set())

    def lead(self, link: Link) -> None:
        """Let the link run between its cards as they are shown."""
        start, end = self.layers[link.source].out_port, self.layers[link.target].in_port
        self.links[link].lead(self._obstacles.course(start, end))

    def lead_past(self, identifiers: Collection[str]) -> None:
        """Let the links run that begin or end at these cards, or pass where they were or are."""
        touched: set[Link] = set()
        boxes = [self._obstacles.box(identifier) for identifier in identifiers]
        for identifier in identifiers:
            touched |= self._links_of[identifier]
            self._obstacles.put(identifier, self.layers[identifier].corner)
            boxes.append(self._obstacles.box(identifier))
        many = len(identifiers) > _FEW
        passing = (item.link for item in self.links.values() if many or item.passes(boxes))
        touched.update(passing)
        for link in touched:
            self.lead(link)

    # ── who paints ──────────────────────────────────────────────────────────────────────────

    def set_crowded(self, crowded: bool) -> None:
        """Whether somebody paints all cards and links at once, instead of each painting itself."""
        if crowded != self.is_crowded:
            self.is_crowded = crowded
            for item in (*self.layers.values(), *self.links.values()):
                item.setFlag(_SILENT, crowded)
            self.update()

    def _enter(self, item: LayerItem | LinkItem) -> None:
        item.setFlag(_SILENT, self.is_crowded)
        self.addItem(item)

    def _update_crowd(self) -> None:
        """Items that do not paint themselves do not tell of their changes, either."""
        if self.is_crowded:
            self.update()

    # ── places while a gesture is under way ─────────────────────────────────────────────────

    def place(self, to: dict[str, QPointF]) -> None:
        """Show cards elsewhere for the time of a drag; the document knows nothing of it."""
        for identifier, point in to.items():
            self.layers[identifier].show_at(point)
        self.lead_past(to.keys())
        self._update_crowd()

    def glide_from(self, starts: dict[str, QPointF], edited: bool) -> None:
        """Let cards be seen moving from these places to where they are now.

        They hurry where the design was edited, and not only its layout.
        """
        self._glide.setDuration(SPLICE if edited else LAYOUT)
        self._glide.begin(starts, self.where())

    def settle(self) -> None:
        """Let every card be where it belongs, now."""
        self._glide.settle()

    def where(self) -> dict[str, QPointF]:
        """The places of all cards as they are shown."""
        return {identifier: QPointF(*item.corner) for identifier, item in self.layers.items()}

    def content_rect(self) -> QRectF:
        """The box around all cards; empty without cards."""
        return self.rect_of(self.layers)

    def rect_of(self, identifiers: Collection[str]) -> QRectF:
        """The box around these cards; empty without cards."""
        if not identifiers:
            return QRectF()
        xs, ys = zip(*(self.layers[each].corner for each in identifiers), strict=True)
        left, top = min(xs), min(ys)
        size = QSizeF(max(xs) - left, max(ys) - top) + geometry.CARD.size()
        return QRectF(QPointF(left, top), size)

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

    def visible_layers(self) -> list[LayerItem]:
        """The layers of which something can be seen."""
        view = self.views()[0]
        area = view.mapToScene(view.viewport().rect()).boundingRect()
        return [each for each in self.layers.values() if each.sceneBoundingRect().intersects(area)]

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
        self._update_crowd()
        if self._telling:
            self.layers_selected.emit(self.selected_layers())
