"""Keeps frames and blocks equal to the groups: an open group has a frame, a folded one a block."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from engine.design import Design
from engine.groups import Group, Groups, of_layers
from engine.shapes import Problem, Walk
from gui.canvas.block_item import BlockItem, block_card, corner, is_fed
from gui.canvas.frame_item import FrameItem

if TYPE_CHECKING:
    from gui.canvas.scene import Scene


class GroupItems:
    """Where layers are folded, their own items are hidden, and a block's stands in for them."""

    def __init__(self, scene: "Scene") -> None:
        self._scene = scene
        self._groups: Groups = ()
        self._group_of: dict[str, Group] = {}
        self.frames: dict[str, FrameItem] = {}
        self.blocks: dict[str, BlockItem] = {}
        self._block_of: dict[str, BlockItem] = {}

    def block_of(self, layer: str) -> BlockItem | None:
        """The block that stands for this layer, where it is folded."""
        return self._block_of.get(layer)

    def members(self, identifier: str) -> tuple[str, ...]:
        """The layers of that group."""
        return next((each.members for each in self._groups if each.id == identifier), ())

    # ── following the document ──────────────────────────────────────────────────────────────

    def show(
        self, groups: Groups, design: Design, walk: Walk, problems: Iterable[Problem]
    ) -> set[str]:
        """Let the items be equal to these; returns the cards that came, went or have moved."""
        if not groups and not self._groups:
            return set()
        self._groups = of_layers(groups, design.ids)
        self._group_of = {m: each for each in self._groups for m in each.members}
        stirred = self._exchange()
        concerning: dict[str, list[Problem]] = {}
        for problem in problems:
            if group := self._group_of.get(problem.where):
                concerning.setdefault(group.id, []).append(problem)
        for each in self._groups:
            if each.folded:
                card = block_card(each, design, walk, concerning.get(each.id, ()))
                self.blocks[each.id].show_card(card, is_fed(each, design))
        return stirred | self._place(self._groups)

    def follow(self, layers: Collection[str]) -> set[str]:
        """These cards are shown elsewhere; returns the blocks that go with them."""
        if not self._groups:
            return set()
        touched = {each.id: each for m in layers if (each := self._group_of.get(m))}
        return self._place(touched.values())

    def show_chosen(self, chosen: Collection[str]) -> None:
        """These layers are selected."""
        for identifier, frame in self.frames.items():
            frame.show_chosen(set(self.members(identifier)) <= set(chosen))

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _exchange(self) -> set[str]:
        """Have the right items and no others; returns the cards that came or went."""
        scene = self._scene
        folded = {each.id for each in self._groups if each.folded}
        opened = {each.id for each in self._groups if not each.folded}
        for gone in self.frames.keys() - opened:
            scene.removeItem(self.frames.pop(gone))
        stirred = set(self.blocks.keys() ^ folded)
        for gone in self.blocks.keys() - folded:
            scene.removeItem(self.blocks.pop(gone))
            del scene.cards[gone]
        for new in opened - self.frames.keys():
            self.frames[new] = FrameItem(new)
            scene.enter(self.frames[new])
        for new in folded - self.blocks.keys():
            self.blocks[new] = BlockItem(new)
            scene.enter(self.blocks[new])
            scene.cards[new] = self.blocks[new]
        return stirred | self._hide(folded)

    def _hide(self, folded: Collection[str]) -> set[str]:
        """Show the layers that are not folded, and no others; returns those that differ."""
        scene, before = self._scene, self._block_of
        self._block_of = {
            member: self.blocks[each.id]
            for each in self._groups
            if each.id in folded
            for member in each.members
        }
        stirred: set[str] = set()
        for layer in before.keys() | self._block_of.keys():
            if layer in scene.layers and before.get(layer) is not self._block_of.get(layer):
                stirred.add(layer)
                scene.show_layer(layer, layer not in self._block_of)
        return stirred

    def _place(self, groups: Iterable[Group]) -> set[str]:
        """Put blocks and frames where their layers are; returns the blocks that have moved."""
        scene, moved = self._scene, set[str]()
        for each in groups:
            if each.folded:
                places = {member: scene.layers[member].corner for member in each.members}
                block, place = self.blocks[each.id], corner(places, each.members)
                if block.corner != place:
                    block.show_at(QPointF(*place))
                    moved.add(each.id)
            else:
                self.frames[each.id].show_group(each.name, scene.rect_of(each.members))
        return moved
