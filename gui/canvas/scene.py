"""The canvas's items by id and by link: where they are, which are selected, who paints them."""

from collections.abc import Collection, Iterable, Iterator

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Signal
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from engine.design import Link
from engine.groups import Notes
from engine.project import Project
from engine.shapes import Problem, Walk
from gui.canvas import geometry
from gui.canvas.block_item import BlockItem
from gui.canvas.frame_item import FrameItem
from gui.canvas.glide import LAYOUT, SPLICE, Corners, Glide
from gui.canvas.glow import Glow
from gui.canvas.group_items import GroupItems
from gui.canvas.guides import GuideItem
from gui.canvas.layer_item import GhostItem, LayerItem
from gui.canvas.link_item import LinkItem
from gui.canvas.mirror import Mirror
from gui.canvas.note_item import NoteItem
from gui.canvas.routing import Box, Obstacles

_FEW = 50  # cards, up to which only links that pass them are led anew
_SILENT = QGraphicsItem.GraphicsItemFlag.ItemHasNoContents


class Scene(QGraphicsScene):
    """Items by id and by link. It changes only through `mirror`, and tells who was selected.

    `layers` are all layers, `cards` what is seen of them: a block stands for the folded ones.
    """

    layers_selected = Signal(tuple)
    changed_content = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layers: dict[str, LayerItem] = {}
        self.cards: dict[str, LayerItem] = {}
        self.notes: dict[str, NoteItem] = {}
        self.links: dict[Link, LinkItem] = {}
        self.ghost = GhostItem()
        self.guides = GuideItem()
        self.addItem(self.ghost)
        self.addItem(self.guides)
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.is_crowded = False
        self._obstacles = Obstacles()
        self._links_of: dict[str, set[Link]] = {}
        self.groups = GroupItems(self)
        self._mirror = Mirror(self)
        self._telling = True
        self._glide = Glide(self.place, self)
        self._glow = Glow(self)
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
            item = self.layers[identifier] = self.cards[identifier] = LayerItem(identifier)
            self._links_of[identifier] = set()
            self.enter(item)
        return item

    def add_link(self, link: Link) -> None:
        """An item for a link that is new."""
        item = self.links[link] = LinkItem(link)
        for end in (link.source, link.target):
            self._links_of[end].add(link)
        self.enter(item)

    def drop_layer(self, identifier: str) -> None:
        """That layer is no more."""
        self.removeItem(self.layers.pop(identifier))
        self.cards.pop(identifier, None)
        self._obstacles.remove(identifier)
        for link in tuple(self._links_of[identifier]):
            self.drop_link(link)
        del self._links_of[identifier]

    def drop_link(self, link: Link) -> None:
        """That link is no more."""
        self.removeItem(self.links.pop(link))
        for end in (link.source, link.target):
            self._links_of[end].discard(link)

    def show_layer(self, identifier: str, shown: bool) -> None:
        """Whether that layer has a card of its own, or is folded into a block."""
        item = self.layers[identifier]
        item.setVisible(shown)
        if shown:
            self.cards[identifier] = item
        else:
            self.cards.pop(identifier, None)

    def show_notes(self, notes: Notes) -> None:
        """Have an item for each note and no others."""
        for gone in self.notes.keys() - {note.id for note in notes}:
            self.removeItem(self.notes.pop(gone))
        for note in notes:
            if note.id not in self.notes:
                self.notes[note.id] = NoteItem(note.id)
                self.addItem(self.notes[note.id])
            self.notes[note.id].show_note(note)

    def links_of(self, identifier: str) -> set[Link]:
        """The links that begin or end at that layer, or at a layer of that block."""
        if identifier not in self._links_of:
            return set().union(*map(self.links_of, self.groups.members(identifier)))
        return self._links_of[identifier]

    def lead(self, link: Link) -> None:
        """Let the link run between its cards as they are shown, unless both are one block."""
        source, target = self.card_of(link.source), self.card_of(link.target)
        if source is target:
            self.links[link].end_nowhere()
        else:
            self.links[link].lead(self._obstacles.course(source.out_port, target.in_port))

    def card_of(self, identifier: str) -> LayerItem:
        """What is seen of that layer: its own card, or the block that it is folded into."""
        return self.groups.block_of(identifier) or self.layers[identifier]

    def lead_past(self, identifiers: Collection[str]) -> None:
        """Let the links run that begin or end at these cards, or pass where they were or are."""
        touched: set[Link] = set()
        boxes = [self._obstacles.box(identifier) for identifier in identifiers]
        for identifier in identifiers:
            touched |= self.links_of(identifier)
            if card := self.cards.get(identifier):
                self._obstacles.put(identifier, card.corner)
            else:
                self._obstacles.remove(identifier)
            boxes.append(self._obstacles.box(identifier))
        if len(identifiers) > _FEW:
            touched.update(self.links)
        else:
            touched.update(self._passing(boxes))
        for link in touched:
            self.lead(link)

    def _passing(self, boxes: Iterable[Box]) -> Iterator[Link]:
        """The links that run between their ends about where one of these boxes is."""
        for left, top, right, bottom in set(boxes):
            for link, item in self.links.items():
                x0, y0, x1, y1 = item.reach
                if x0 < right and x1 > left and y0 < bottom and y1 > top:
                    yield link

    # ── who paints ──────────────────────────────────────────────────────────────────────────

    def set_crowded(self, crowded: bool) -> None:
        """Whether somebody paints all cards and links at once, instead of each painting itself."""
        if crowded != self.is_crowded:
            self.is_crowded = crowded
            groups = (*self.groups.blocks.values(), *self.groups.frames.values())
            for item in (*self.layers.values(), *self.links.values(), *groups):
                item.setFlag(_SILENT, crowded)
            self.update()

    def enter(self, item: LayerItem | LinkItem | FrameItem) -> None:
        """Take in an item that is painted by somebody else where there are many."""
        item.setFlag(_SILENT, self.is_crowded)
        self.addItem(item)

    def _update_crowd(self) -> None:
        """Items that do not paint themselves do not tell of their changes, either."""
        if self.is_crowded:
            self.update()

    # ── places while a gesture is under way ─────────────────────────────────────────────────

    def place(self, to: dict[str, QPointF]) -> None:
        """Show cards and notes elsewhere while they are dragged; the document knows nothing."""
        layers = to.keys() & self.layers.keys()
        for identifier, point in to.items():
            if identifier in layers:
                self.layers[identifier].show_at(point)
            else:
                self.notes[identifier].setPos(point)
        self.lead_past(layers | self.groups.follow(layers))
        self._update_crowd()

    def glide_from(self, starts: Corners, edited: bool) -> None:
        """Let cards be seen moving from these places to where they are now.

        They hurry where the design was edited, and not only its layout.
        """
        self._glide.setDuration(SPLICE if edited else LAYOUT)
        self._glide.begin(starts, self.corners())

    def settle(self) -> None:
        """Let every card be where it belongs, now."""
        self._glide.settle()

    def corners(self) -> Corners:
        """The places of all layers as they are shown."""
        return {each: item.corner for each, item in self.layers.items()}

    def where(self, identifiers: Collection[str]) -> dict[str, QPointF]:
        """The places of these layers and notes as they are shown."""
        items = self.layers | self.notes
        return {each: items[each].pos() for each in identifiers}

    def content_rect(self) -> QRectF:
        """The box around all that is drawn; empty where nothing is."""
        box = self.rect_of(self.layers)
        for item in (*self.groups.frames.values(), *self.notes.values()):
            box |= item.sceneBoundingRect()
        return box

    def rect_of(self, identifiers: Collection[str]) -> QRectF:
        """The box around these layers' cards, as they are seen; empty without layers."""
        if not identifiers:
            return QRectF()
        xs, ys = zip(*(self.card_of(each).corner for each in identifiers), strict=True)
        left, top = min(xs), min(ys)
        size = QSizeF(max(xs) - left, max(ys) - top) + geometry.CARD.size()
        return QRectF(QPointF(left, top), size)

    # ── what lies where ─────────────────────────────────────────────────────────────────────

    def layer_at(self, point: QPointF) -> LayerItem | None:
        """The topmost layer whose card or port target lies under the point."""
        card = self._card_at(point)
        return None if isinstance(card, BlockItem) else card

    def block_at(self, point: QPointF) -> BlockItem | None:
        """The block whose card lies under the point."""
        card = self._card_at(point)
        return card if isinstance(card, BlockItem) else None

    def corner_at(self, point: QPointF) -> QPointF | None:
        """The upper left corner of the card, frame or note under the point."""
        for item in self._at(point):
            if isinstance(item, LayerItem | NoteItem):
                return item.pos()
            if isinstance(item, FrameItem):
                return item.box.topLeft()
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
        """The layers of whose own cards something can be seen."""
        return [each for each in self.visible_cards() if not isinstance(each, BlockItem)]

    def visible_cards(self) -> list[LayerItem]:
        """The cards and blocks of which something can be seen."""
        view = self.views()[0]
        area = view.mapToScene(view.viewport().rect()).boundingRect()
        return [each for each in self.cards.values() if each.sceneBoundingRect().intersects(area)]

    def _card_at(self, point: QPointF) -> LayerItem | None:
        return next((each for each in self._at(point) if isinstance(each, LayerItem)), None)

    def _at(self, point: QPointF, more: float = 0.0) -> list[QGraphicsItem]:
        if more <= 0:
            return [each for each in self.items(point) if each is not self.ghost]
        box = QRectF(point.x() - more, point.y() - more, 2 * more, 2 * more)
        return [each for each in self.items(box) if each is not self.ghost]

    # ── selection ───────────────────────────────────────────────────────────────────────────

    def selected_layers(self) -> tuple[str, ...]:
        """Ids of the selected layers, folded ones too, in the order of their placing."""
        chosen: set[str] = set()
        for item in self.selectedItems():
            if isinstance(item, BlockItem):
                chosen.update(self.groups.members(item.identifier))
            elif isinstance(item, LayerItem):
                chosen.add(item.identifier)
        return tuple(each for each in self.layers if each in chosen) if chosen else ()

    def selected_links(self) -> tuple[Link, ...]:
        """The selected links."""
        chosen = self.selectedItems()
        return tuple(item.link for item in chosen if isinstance(item, LinkItem))

    def selected_notes(self) -> tuple[str, ...]:
        """Ids of the selected notes."""
        chosen = self.selectedItems()
        return tuple(item.identifier for item in chosen if isinstance(item, NoteItem))

    def selected_places(self) -> dict[str, QPointF]:
        """Where the selected layers and notes are shown, by their ids."""
        found = {each: self.layers[each].pos() for each in self.selected_layers()}
        return found | {each: self.notes[each].pos() for each in self.selected_notes()}

    def select(self, identifiers: Collection[str]) -> None:
        """Select these layers and no others, without telling anybody; a block if all of it is."""
        chosen = set(identifiers)
        self.groups.show_chosen(chosen)
        if chosen == set(self.selected_layers()):
            return
        self._telling = False
        wanted = {self.layers[each] for each in chosen}
        wanted |= {b for k, b in self.groups.blocks.items() if chosen.issuperset(self.members(k))}
        for item in set(self.selectedItems()) - wanted:
            item.setSelected(False)
        for item in wanted:
            item.setSelected(True)
        self._telling = True

    def select_also(self, identifiers: Collection[str]) -> None:
        """Select these layers besides what is selected, or let go of them where all are."""
        before = self.selected_layers()
        whole = set(identifiers) <= set(before)
        kept = [each for each in before if each not in identifiers]
        self.select(kept if whole else (*kept, *identifiers))
        self.layers_selected.emit(self.selected_layers())

    def members(self, key: str) -> tuple[str, ...]:
        """The layers that a card stands for: those of the block, or the one."""
        return (key,) if key in self.layers else self.groups.members(key)

    def _tell_selection(self) -> None:
        self._update_crowd()
        items = () if self.is_crowded else self.selectedItems()
        self._glow.follow(each for each in items if isinstance(each, LayerItem))
        if self._telling:
            chosen = self.selected_layers()
            self.groups.show_chosen(chosen)
            self.layers_selected.emit(chosen)
