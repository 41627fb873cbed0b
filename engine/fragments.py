"""A part of a design as a value of its own: what is copied, kept as a block, or placed whole."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from engine.design import Design, Link, Node
from engine.groups import Groups, changed, grouped
from engine.layers import Dense, Layer
from engine.layers.merge import Concatenate
from engine.project import Project

Point = tuple[float, float]
NO_PLACES: Mapping[str, Point] = MappingProxyType({})


@dataclass(frozen=True)
class Fragment:
    """Layers with the links among them, groups of them, and places as far as they are known.

    `name` is what a person calls it, if it has a name; ids in it mean nothing outside.
    """

    design: Design
    places: Mapping[str, Point] = field(default_factory=lambda: NO_PLACES)
    name: str = ""
    groups: Groups = ()

    @classmethod
    def of(cls, layer: Layer) -> "Fragment":
        """A layer alone."""
        return cls(Design.chain(layer))

    @classmethod
    def cut_from(
        cls,
        project: Project,
        identifiers: Collection[str],
        places: Mapping[str, Point] = NO_PLACES,
    ) -> "Fragment":
        """The layers with these ids, the links among them, and the groups that are whole there."""
        chosen, design = set(identifiers), project.design
        part = design.remove(node.id for node in design.nodes if node.id not in chosen)
        kept = {each: places[each] for each in places if each in chosen}
        whole = tuple(group for group in project.groups if chosen.issuperset(group.members))
        return cls(part, kept, groups=whole)

    @property
    def entrances(self) -> tuple[str, ...]:
        """Ids of the layers that still want an input: what this is linked behind feeds them."""
        wants = (node for node in self.design.nodes if node.layer.max_inputs != 0)
        return tuple(
            node.id
            for node in wants
            if len(self.design.parents(node.id)) < max(1, node.layer.min_inputs)
        )

    @property
    def exit(self) -> str:
        """Id of the layer whose output goes on: the last one that feeds no other."""
        return self.design.outputs[-1]

    def joined_to(self, design: Design) -> tuple[Design, dict[str, str]]:
        """`design` with these layers beside its own, and which id each of them has there.

        Names that are taken there are counted up.
        """
        ids = {node.id: f"n{design.next_id + k}" for k, node in enumerate(self.design.nodes)}
        taken = {node.name for node in design.nodes}
        nodes: list[Node] = []
        for node in self.design.nodes:
            name = free_name(taken, node.name)
            taken.add(name)
            nodes.append(Node(id=ids[node.id], name=name, layer=node.layer))
        links = (
            Link(source=ids[each.source], target=ids[each.target]) for each in self.design.links
        )
        return Design(
            nodes=(*design.nodes, *nodes),
            links=(*design.links, *links),
            next_id=design.next_id + len(nodes),
        ), ids

    def grouped_in(self, groups: Groups, ids: Mapping[str, str]) -> Groups:
        """`groups` with its own beside them, whose members have these ids now."""
        for each in self.groups:
            names = {group.name for group in groups}
            name = free_name(names, each.name, " ")
            groups = grouped(groups, [ids[m] for m in each.members], name)
            if each.folded:
                groups = changed(groups, groups[-1].id, folded=True)
        return groups

    def fitted(self, width: int | None) -> "Fragment":
        """With as many units before a sum as come in from outside, so that it adds like to like.

        So a residual block fits behind a layer of any width.
        """
        design = self.design
        for identifier in self.entrances if width else ():
            inside = design.parents(identifier)
            if inside and not isinstance(design.node(identifier).layer, Concatenate):
                for parent in inside:
                    design = _widened(design, parent, width or 0)
        return self if design is self.design else replace(self, design=design)


def _widened(design: Design, identifier: str, width: int) -> Design:
    """The design in which that layer, or what decides its width, gives `width` values."""
    node = design.node(identifier)
    if isinstance(node.layer, Dense):
        wide = node.layer if node.layer.units == width else node.layer.edited(units=width)
        return design if wide is node.layer else design.replace(identifier, wide)
    if not isinstance(node.layer, Concatenate):
        for parent in design.parents(identifier):
            design = _widened(design, parent, width)
    return design


def free_name(taken: Collection[str], name: str, mark: str = "_") -> str:
    """The name itself if it is free, else counted up: dense_1 -> dense_2, encoder -> encoder_2."""
    if name not in taken:
        return name
    stem, _, number = name.rpartition(mark)
    if not number.isdigit():
        stem, number = name, "1"
    count = int(number) + 1
    while f"{stem}{mark}{count}" in taken:
        count += 1
    return f"{stem}{mark}{count}"
