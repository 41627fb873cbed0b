"""Makes a scene's items equal to the document: old and new values are compared by identity."""

from typing import TYPE_CHECKING

from engine.design import Design, Link, Node
from engine.ops import Op
from engine.project import Project
from engine.shapes import Problem, Walk
from gui.canvas import card as cards
from gui.canvas.arrange import places
from gui.canvas.card import Card
from gui.words import told, tr

if TYPE_CHECKING:
    from gui.canvas.scene import Scene


Facts = tuple[int | None, tuple[Op, ...] | None, tuple[Problem, ...]]


class Mirror:
    """Remembers what each item was made from, and touches only those of which that differs."""

    def __init__(self, scene: "Scene") -> None:
        self._scene = scene
        self._design = Design()
        self._nodes: dict[str, Node] = {}
        self._facts: dict[str, Facts] = {}
        self._widths: dict[str, int] = {}
        self._wrong: frozenset[str] = frozenset()

    def show(self, project: Project, walk: Walk, problems: tuple[Problem, ...]) -> None:
        """Let the items be equal to these values."""
        scene, design = self._scene, project.design
        where = places(project)
        for identifier in scene.layers.keys() - where.keys():
            scene.drop_layer(identifier)
            del self._nodes[identifier], self._facts[identifier]
        touched = self._show_layers(design, walk, problems)
        wrong = frozenset(each.where for each in problems if each.severity == "error")
        touched |= self._judged_anew(walk.widths, wrong)
        new = self._exchange_links(design)
        moved = {each for each, place in where.items() if scene.layers[each].put(place)}
        moved |= scene.groups.show(project.groups, design, walk, problems)
        scene.show_notes(project.notes)
        scene.lead_past(moved)
        for link in new:
            scene.lead(link)
        for link in new.union(*map(scene.links_of, touched)):
            self._show_link(link, design)

    def _show_layers(self, design: Design, walk: Walk, problems: tuple[Problem, ...]) -> set[str]:
        """Make the cards equal; returns the ids of the layers that are others than before."""
        concerning: dict[str, tuple[Problem, ...]] = {}
        for problem in problems:
            concerning[problem.where] = (*concerning.get(problem.where, ()), problem)
        changed: set[str] = set()
        for node in design.nodes:
            identifier = node.id
            width, ops = walk.widths.get(identifier), walk.ops.get(identifier)
            concerned = concerning.get(identifier, ())
            same = self._nodes.get(identifier) is node
            if same:
                known = self._facts[identifier]
                if known[0] == width and known[1] is ops and known[2] == concerned:
                    continue
            if not same:
                changed.add(identifier)
            self._nodes[identifier], self._facts[identifier] = node, (width, ops, concerned)
            item = self._scene.layer_item(identifier)
            card = _card(node, width, walk.parameters(identifier), concerned)
            item.show_card(card, node.layer.max_inputs != 0)
        return changed

    def _judged_anew(self, widths: dict[str, int], wrong: frozenset[str]) -> set[str]:
        """Which layers have another width, or are wrong and were not, or the other way round."""
        before = self._widths
        changed = {each for each, width in widths.items() if before.get(each) != width}
        changed |= (before.keys() - widths.keys()) | (wrong ^ self._wrong)
        self._widths, self._wrong = widths, wrong
        return changed

    def _exchange_links(self, design: Design) -> set[Link]:
        """Have an item for each link and no others; returns the new ones."""
        if design.links is self._design.links:
            return set()
        before, self._design = self._design.links, design
        same = {id(link) for link in before} & {id(link) for link in design.links}
        links = self._scene.links
        wanted = dict.fromkeys(link for link in design.links if id(link) not in same)
        for link in (each for each in before if id(each) not in same):
            if link not in wanted and link in links:  # those of a layer that is gone went with it
                self._scene.drop_link(link)
        new = [link for link in wanted if link not in links]
        for link in new:
            self._scene.add_link(link)
        return set(new)

    def _show_link(self, link: Link, design: Design) -> None:
        width = self._widths.get(link.source)
        misfit = width is not None and link.target not in self._widths
        names = f"{design.node(link.source).name} → {design.node(link.target).name}"
        label = "" if width is None else f"{width:,}"
        self._scene.links[link].show_link(label, misfit and link.target in self._wrong, names)


def _card(node: Node, width: int | None, parameters: int, problems: tuple[Problem, ...]) -> Card:
    numbers = cards.numbers(width, parameters)
    if not problems:
        return Card.of(node.layer, node.name, numbers)
    errors = [each for each in problems if each.severity == "error"]
    worst = (errors or problems)[-1]  # shapes come after what concerns the graph
    return Card.of(
        node.layer,
        node.name,
        numbers,
        error=_short(told(worst.message), node.name),
        severity=worst.severity,
        tip="\n".join(map(_tip, problems)),
        mends=any(each.repair for each in problems),
    )


def _tip(problem: Problem) -> str:
    said = f"{told(problem.message)}. {told(problem.fix)}".strip()
    if not problem.repair:
        return said
    return f"{said} {tr('Click the badge: {repair}.', repair=told(problem.repair.words).lower())}"


def _short(message: str, name: str) -> str:
    """The message without the layer's own name in front, which the card shows already."""
    return message.removeprefix(f"{name}: ").removeprefix(f"{name} ")
