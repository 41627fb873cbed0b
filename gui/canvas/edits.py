"""What gestures do to a project: functions from a project to a new one, named for the Edit menu.

They raise `DesignError` with the reason where the result cannot be.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.design import Design, Link, Node
from engine.groups import of_layers
from engine.layers import Layer
from engine.project import Project
from engine.repairs import Repair
from gui.canvas.arrange import Places, free_place, layout, places
from gui.canvas.clipboard import from_text
from gui.canvas.geometry import CARD_WIDTH, GAP_X

Point = tuple[float, float]
ROOM = 40.0
PASTE_STEP = 32.0


@dataclass(frozen=True)
class Change:
    """A new project and the name of the step; `focus` are the layers to look at afterwards."""

    text: str
    project: Project
    focus: tuple[str, ...] | None = None
    merge: str | None = None


def title(layer: Layer) -> str:
    """What a person calls a layer: "Dropout", "ReLU" (an activation by its function)."""
    return layer.summary if layer.category == "activation" else layer.label


# ── adding ──────────────────────────────────────────────────────────────────────────────────


def add(project: Project, layer: Layer, at: Point) -> Change:
    """A layer of its own, its top left corner at `at`."""
    design = project.design.add(layer)
    new = design.nodes[-1].id
    return Change(f"Add {title(layer)}", _with(project, design, {new: at}), (new,))


def insert(project: Project, layer: Layer, link: Link, at: Point) -> Change:
    """A new layer spliced into `link`; its neighbours make room."""
    design = project.design.insert(layer, link)
    new = design.nodes[-1].id
    made = _make_room(_with(project, design, {new: at}), new)
    return Change(f"Insert {title(layer)}", made, (new,))


def insert_existing(project: Project, identifier: str, link: Link, at: Point) -> Change:
    """A layer without links of its own, dropped on a link: it is spliced in."""
    behind = Link(source=identifier, target=link.target)
    design = project.design.reroute(link, behind).connect(link.source, identifier)
    made = _make_room(_with(project, design, {identifier: at}), identifier)
    return Change(f"Insert {design.node(identifier).name}", made)


def append(project: Project, layer: Layer, after: Sequence[str]) -> Change:
    """A layer behind those in `after` (behind the output, if there are none), linked to them."""
    before = places(project)
    parents = list(after) or list(project.design.outputs[-1:])
    parents = parents[-1:] if layer.max_inputs == 1 else parents
    fed = [] if layer.max_inputs == 0 else parents
    design = project.design.add(layer, after=fed)
    new = design.nodes[-1].id
    made = _with(project, design, {new: _behind(before, parents, bool(design.children(new)))})
    return Change(f"Add {title(layer)}", _make_room(made, new), (new,))


# ── links ───────────────────────────────────────────────────────────────────────────────────


def connect(project: Project, source: str, target: str) -> Change:
    """One more link."""
    design = project.design.connect(source, target)
    names = f"{design.node(source).name} to {design.node(target).name}"
    return Change(f"Connect {names}", _with(project, design))


def reroute(project: Project, old: Link, new: Link) -> Change:
    """The link `old` with another end."""
    design = project.design.reroute(old, new)
    names = f"{design.node(new.source).name} to {design.node(new.target).name}"
    return Change(f"Re-route {names}", _with(project, design))


def can_insert(project: Project, identifier: str) -> bool:
    """Whether that layer, dropped on a link, would be spliced in: it has no links of its own."""
    design = project.design
    apart = not design.parents(identifier) and not design.children(identifier)
    return apart and design.node(identifier).layer.max_inputs != 0


def takes_a_link(layer: Layer) -> bool:
    """Whether a layer of this kind can stand in the middle of a link."""
    return layer.max_inputs != 0


# ── removing ────────────────────────────────────────────────────────────────────────────────


def delete(
    project: Project, identifiers: Sequence[str], links: Iterable[Link] = (), heal: bool = False
) -> Change:
    """Without those layers and links; `heal` joins what was before them to what was behind."""
    links = list(links)
    design = project.design
    for link in links:
        design = design.disconnect(link)
    design = design.remove(identifiers, heal=heal)
    return Change(f"Delete {_what(project, identifiers, links)}", _with(project, design), ())


# ── places ──────────────────────────────────────────────────────────────────────────────────


def move(project: Project, to: Mapping[str, Point]) -> Change:
    """Cards at other places."""
    text = f"Move {_what(project, list(to))}"
    return Change(text, _with(project, project.design, to))


def nudge(project: Project, identifiers: Sequence[str], dx: float, dy: float) -> Change:
    """Cards moved a little; nudges of the same cards in a row are one step."""
    where = places(project)
    to = {each: (where[each][0] + dx, where[each][1] + dy) for each in identifiers}
    moved = move(project, to)
    return Change(moved.text, moved.project, merge="nudge " + " ".join(sorted(identifiers)))


# ── copies and names ────────────────────────────────────────────────────────────────────────


def paste(project: Project, text: str, offset: Point, verb: str = "Paste") -> Change:
    """The layers of `text` with new ids and free names, `offset` away from where they were."""
    source, where = from_text(text)
    ids = {node.id: f"n{project.design.next_id + k}" for k, node in enumerate(source.nodes)}
    to = {
        ids[old]: (where.get(old, (0, 0))[0] + offset[0], where.get(old, (0, 0))[1] + offset[1])
        for old in ids
    }
    made = _with(project, _joined(project.design, source, ids), to)
    new = tuple(ids.values())
    return Change(f"{verb} {_what(made, new)}", made, new)


def rename(project: Project, identifier: str, name: str) -> Change:
    """A layer by another name."""
    old = project.design.node(identifier).name
    design = project.design.rename(identifier, name.strip())
    return Change(f"Rename {old} to {name.strip()}", _with(project, design))


def repair(project: Project, wanted: Repair) -> Change:
    """What mends a problem."""
    return Change(wanted.words, _with(project, wanted.applied(project.design)))


# ── inside ──────────────────────────────────────────────────────────────────────────────────


def _with(project: Project, design: Design, to: Mapping[str, Point] | None = None) -> Project:
    where = places(project) | dict(to or {})
    update = {
        "design": design,
        "layout": layout(design, where),
        "groups": of_layers(project.groups, design.ids),
    }
    return project.model_copy(update=update)


def _make_room(project: Project, new: str) -> Project:
    """Shift what comes before and after a spliced card, as far as it would be covered."""
    design, where = project.design, places(project)
    before = design.ancestors(new)
    behind = _descendants(design, new)
    left = min((where[each][0] for each in design.children(new)), default=None)
    right = max((where[each][0] for each in design.parents(new)), default=None)
    x = where[new][0]
    push = 0.0 if left is None else max(0.0, x + CARD_WIDTH + ROOM - left)
    pull = 0.0 if right is None else max(0.0, right + CARD_WIDTH + ROOM - x)
    moved = {each: (where[each][0] + push, where[each][1]) for each in behind}
    moved |= {each: (where[each][0] - pull, where[each][1]) for each in before}
    return _with(project, design, moved) if push or pull else project


def _descendants(design: Design, identifier: str) -> set[str]:
    found: set[str] = set()
    waiting = list(design.children(identifier))
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(design.children(current))
    return found


def _behind(where: Places, parents: Collection[str], spliced: bool) -> Point:
    """To the right of the parents; below what is in the way, unless that will make room."""
    if not where:
        return 0.0, 0.0
    near = [where[each] for each in parents] or list(where.values())
    x = max(px for px, _ in near) + CARD_WIDTH + GAP_X
    y = near[-1][1]
    return (x, y) if spliced else free_place(where, x, y)


def _joined(design: Design, source: Design, ids: Mapping[str, str]) -> Design:
    """Both designs in one; the layers of `source` get these ids, and names that are free."""
    taken = {node.name for node in design.nodes}
    nodes: list[Node] = []
    for node in source.nodes:
        name = _free_name(taken, node.name)
        taken.add(name)
        nodes.append(Node(id=ids[node.id], name=name, layer=node.layer))
    links = (Link(source=ids[each.source], target=ids[each.target]) for each in source.links)
    return Design(
        nodes=(*design.nodes, *nodes),
        links=(*design.links, *links),
        next_id=design.next_id + len(nodes),
    )


def _free_name(taken: Collection[str], name: str) -> str:
    """The name itself if it is free, else counted up: dense_1 -> dense_2, encoder -> encoder_2."""
    if name not in taken:
        return name
    stem, _, number = name.rpartition("_")
    if not number.isdigit():
        stem, number = name, "1"
    count = int(number) + 1
    while f"{stem}_{count}" in taken:
        count += 1
    return f"{stem}_{count}"


def _what(project: Project, identifiers: Sequence[str], links: Sequence[Link] = ()) -> str:
    """As in: dense_1; 3 layers; the link to add_1."""
    if len(identifiers) == 1:
        return project.design.node(identifiers[0]).name
    if identifiers:
        return f"{len(identifiers)} layers"
    if len(links) == 1:
        return f"link to {project.design.node(links[0].target).name}"
    return f"{len(links)} links"
