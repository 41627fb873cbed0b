"""A design: layers and the links between them, as one frozen value. Every edit makes a new one.

Rows are samples; each link carries a `(rows, width)` tensor. The inputs of a layer come in the
order of their links. Positions on the canvas are not part of a design (see `project.Layout`).
"""

import json
from collections.abc import Collection, Iterable, Sequence, Set
from functools import cached_property
from typing import Any, Self

from pydantic import ValidationError, field_validator

from engine.errors import DesignError, sentence
from engine.kinds import ChoiceOf, Value
from engine.layers import Input, Layer


class Node(Value):
    """A placed layer: an id that never changes, a unique name without "/", and what it is."""

    id: str
    name: str
    layer: ChoiceOf[Layer]

    @field_validator("name")
    @classmethod
    def _name_is_usable(cls, name: str) -> str:
        if not name or "/" in name or name != name.strip() or len(name) > 80:
            raise ValueError('be 1 to 80 characters without "/" or spaces at the ends')
        return name


class Link(Value):
    """From the output of `source` to the next input of `target`; both are ids."""

    source: str
    target: str


class Design(Value):
    """Layers in the order in which they were placed, and links in the order they were drawn."""

    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    next_id: int = 1

    # ── building ────────────────────────────────────────────────────────────────────────────

    @classmethod
    def chain(cls, *layers: Layer) -> Self:
        """A design of `layers` one after the other, named `input`, `dense_1`, `dense_2`, …"""
        design = cls()
        for layer in layers:
            after = [design.nodes[-1].id] if design.nodes else []
            design = design.add(layer, after=after)
        return design

    def add(
        self,
        layer: Layer,
        name: str | None = None,
        after: Sequence[str] = (),
        *,
        splice: bool = True,
    ) -> Self:
        """A design with `layer` fed by the layers in `after` (names or ids).

        Where `after` is one layer that already feeds others, the new one is spliced in between;
        `splice=False` makes it a branch of its own. Raises DesignError on a name that is taken
        or unknown, or more inputs than the layer takes.
        """
        number = self.next_id
        while self.has(f"n{number}"):
            number += 1
        node = self._named(f"n{number}", name or self.free_name(layer.kind), layer)
        parents = [self.node(reference).id for reference in after]
        links = self.links
        if splice and len(parents) == 1:
            links = tuple(
                Link(source=node.id, target=link.target) if link.source == parents[0] else link
                for link in links
            )
        design = self._with(nodes=(*self.nodes, node), links=links, next_id=number + 1)
        for parent in parents:
            design = design.connect(parent, node.id)
        return design

    def insert(self, layer: Layer, link: Link, name: str | None = None) -> Self:
        """A design with `layer` spliced into `link`, which keeps its place among the inputs.

        Raises DesignError with the reason where it cannot be.
        """
        if link not in self._link_set:
            raise DesignError("that link is not part of the design")
        design = self.add(layer, name)
        new = design.nodes[-1].id
        if reason := design.why_not(link.source, new):
            raise DesignError(reason)
        before = Link(source=link.source, target=new)
        behind = Link(source=new, target=link.target)
        links = tuple(behind if each == link else each for each in self.links)
        return design._with(links=(*links, before))

    def connect(self, source: str, target: str) -> Self:
        """A design with one more link. Raises DesignError with the reason where it cannot be."""
        source, target = self.node(source).id, self.node(target).id
        reason = self.why_not(source, target)
        if reason:
            raise DesignError(reason)
        return self._with(links=(*self.links, Link(source=source, target=target)))

    def disconnect(self, link: Link) -> Self:
        """A design without `link`."""
        return self._with(links=tuple(each for each in self.links if each != link))

    def reroute(self, old: Link, new: Link) -> Self:
        """A design in which `new` takes the place of `old`, also among the inputs of its target.

        Raises DesignError with the reason where it cannot be.
        """
        reason = self.disconnect(old).why_not(new.source, new.target)
        if reason:
            raise DesignError(reason)
        return self._with(links=tuple(new if each == old else each for each in self.links))

    def remove(self, references: Iterable[str], *, heal: bool = False) -> Self:
        """A design without those layers; `heal` joins what fed them to what they fed.

        A healed link is left out where it would be refused (a second input, say).
        """
        gone = {self.node(reference).id: None for reference in references}
        if not heal:
            return self._bare(gone)
        design = self
        for identifier in gone:
            design = design._healed(identifier)
        return design

    def detach(self, references: Iterable[str]) -> Self:
        """A design in which those layers are linked to none but each other, and the gap is healed.

        What fed them feeds what they fed, where that would not be refused.
        """
        apart = {self.node(reference).id for reference in references}
        inner = [each for each in self.links if {each.source, each.target} <= apart]
        return self._with(links=(*self.remove(apart, heal=True).links, *inner))

    def replace(self, reference: str, layer: Layer) -> Self:
        """A design in which that place holds `layer`; its id, name and links stay."""
        old = self.node(reference)
        new = old.model_copy(update={"layer": layer})
        return self._with(nodes=tuple(new if node is old else node for node in self.nodes))

    def rename(self, reference: str, name: str) -> Self:
        """A design in which that layer is called `name`. Raises DesignError if it is taken."""
        old = self.node(reference)
        new = old if name == old.name else self._named(old.id, name, old.layer)
        return self._with(nodes=tuple(new if node is old else node for node in self.nodes))

    # ── asking ──────────────────────────────────────────────────────────────────────────────

    def node(self, reference: str) -> Node:
        """The layer with that id or name (ids first). Raises DesignError if there is none."""
        node = self._by_id.get(reference) or self._by_name.get(reference)
        if node is None:
            raise DesignError(f"there is no layer {reference!r}")
        return node

    def has(self, identifier: str) -> bool:
        """Whether a layer has this id."""
        return identifier in self._by_id

    @property
    def ids(self) -> Set[str]:
        """The ids of all layers."""
        return self._by_id.keys()

    def parents(self, identifier: str) -> tuple[str, ...]:
        """Ids of the layers that feed this one, in the order of its inputs."""
        return self._parents.get(identifier, ())

    def children(self, identifier: str) -> tuple[str, ...]:
        """Ids of the layers that this one feeds."""
        return self._children.get(identifier, ())

    def free_name(self, kind: str) -> str:
        """`dense_1`, `dense_2`, …: the first that is free; `input` stands alone."""
        if kind == Input.kind and kind not in self._by_name:
            return kind
        number = 1
        while f"{kind}_{number}" in self._by_name:
            number += 1
        return f"{kind}_{number}"

    def why_not(self, source: str, target: str) -> str | None:
        """Why these two layers (ids) cannot be linked, as a sentence; None where they can."""
        name, layer = self._by_id[target].name, self._by_id[target].layer
        if source == target or target in self.ancestors(source):
            return f"linking to {name} would make a cycle"
        if Link(source=source, target=target) in self._link_set:
            return f"{name} already has this link"
        if layer.max_inputs == 0:
            return f"{name} is an Input: it takes no link"
        if layer.max_inputs is not None and len(self.parents(target)) >= layer.max_inputs:
            return f"{name} takes one input and has one already; merge them with Add or Concatenate"
        return None

    def ancestors(self, identifier: str) -> frozenset[str]:
        """Ids of every layer from which this one can be reached."""
        found: set[str] = set()
        waiting = list(self.parents(identifier))
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(self.parents(current))
        return frozenset(found)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Ids so that every layer comes after its inputs; ties by the order of placing.

        Layers on a cycle (only a damaged file can hold one) are left out.
        """
        waiting = {node.id: len(self.parents(node.id)) for node in self.nodes}
        ready = [node.id for node in self.nodes if not waiting[node.id]]
        ordered: list[str] = []
        for current in ready:
            ordered.append(current)
            for child in self.children(current):
                waiting[child] -= 1
                if not waiting[child]:
                    ready.append(child)
        return tuple(ordered)

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """Ids of the Input layers; a sound design has one."""
        return tuple(node.id for node in self.nodes if isinstance(node.layer, Input))

    @cached_property
    def outputs(self) -> tuple[str, ...]:
        """Ids of the layers that feed no other; a sound design has one."""
        return tuple(node.id for node in self.nodes if not self.children(node.id))

    @cached_property
    def depth(self) -> int:
        """How many layers lie on the longest way through the design."""
        depths: dict[str, int] = {}
        for current in self.order:
            before = (depths[parent] for parent in self.parents(current))
            depths[current] = 1 + max(before, default=0)
        return max(depths.values(), default=0)

    # ── reading and writing ─────────────────────────────────────────────────────────────────

    def to_json(self) -> str:
        """The design as readable JSON text."""
        return json.dumps(self.model_dump(mode="json"), indent=1)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The design in `text`. Raises DesignError in one sentence where it is not one."""
        try:
            return cls.from_plain(json.loads(text))
        except (json.JSONDecodeError, RecursionError) as error:
            raise DesignError(f"this is not a design: {error}") from None

    @classmethod
    def from_plain(cls, value: Any) -> Self:
        """The design in parsed JSON, checked for names, ids and links."""
        try:
            design = cls.model_validate(value)
        except ValidationError as error:
            raise DesignError(sentence(error, "design")) from None
        if len(design._by_id) < len(design.nodes):
            raise DesignError("two layers of the design have the same id")
        if len(design._by_name) < len(design.nodes):
            twice = next(n.name for n in design.nodes if design._by_name[n.name] is not n)
            raise DesignError(f"two layers are named {twice!r}; names must differ")
        for link in design.links:
            if not (design.has(link.source) and design.has(link.target)):
                raise DesignError(f"a link from {link.source} to {link.target} ends nowhere")
        if len(design.order) < len(design.nodes):
            raise DesignError("the links of the design make a cycle")
        design._require_free_inputs()
        return design

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _named(self, identifier: str, name: str, layer: Layer) -> Node:
        """A node, where its name is free and usable; DesignError where it is not."""
        if name in self._by_name:
            raise DesignError(f"there is already a layer named {name!r}")
        try:
            return Node(id=identifier, name=name, layer=layer)
        except ValidationError as error:
            raise DesignError(sentence(error)) from None

    def _with(self, **changes: Any) -> Self:
        return type(self).model_construct(
            **({name: getattr(self, name) for name in type(self).model_fields} | changes)
        )

    def _bare(self, gone: Collection[str]) -> Self:
        nodes = tuple(node for node in self.nodes if node.id not in gone)
        apart = (link for link in self.links if link.source not in gone)
        links = tuple(link for link in apart if link.target not in gone)
        return self._with(nodes=nodes, links=links)

    def _healed(self, gone: str) -> Self:
        """Without that layer; what fed it feeds what it fed, in the place of the old links."""
        bare = self._bare((gone,))
        links: list[Link] = []
        for link in self.links:
            if link.source != gone:
                links += [link] if link.target != gone else []
                continue
            for parent in self.parents(gone):
                if bare.why_not(parent, link.target) is None:
                    links.append(Link(source=parent, target=link.target))
                    bare = bare._with(links=(*bare.links, links[-1]))
        return bare._with(links=tuple(links))

    def _require_free_inputs(self) -> None:
        """Raises DesignError where a layer has more inputs than it takes, or one link twice."""
        if len(self._link_set) < len(self.links):
            raise DesignError("two links of the design join the same two layers")
        for node in self.nodes:
            most, count = node.layer.max_inputs, len(self.parents(node.id))
            if most is not None and count > most:
                raise DesignError(f"{node.name} has {count} inputs and takes {most}")

    @cached_property
    def _by_id(self) -> dict[str, Node]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def _by_name(self) -> dict[str, Node]:
        return {node.name: node for node in self.nodes}

    @cached_property
    def _link_set(self) -> frozenset[Link]:
        return frozenset(self.links)

    @cached_property
    def _parents(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for link in self.links:
            found[link.target] = (*found.get(link.target, ()), link.source)
        return found

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for link in self.links:
            found[link.source] = (*found.get(link.source, ()), link.target)
        return found
