"""What gestures do to a project: functions from a project to a new one, named for the Edit menu.

They raise `DesignError` with the reason where the result cannot be.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from engine.design import Link
from engine.fragments import Fragment
from engine.project import Project
from engine.repairs import Repair
from gui.canvas.arrange import places
from gui.canvas.change import Change, Point, with_design
from gui.canvas.placing import add, append, insert, joined, make_room, takes_a_link, title
from gui.words import mark, told, tr

__all__ = ["Change", "Point", "add", "append", "insert", "takes_a_link", "title"]

PASTE_STEP = 32.0
PASTE, DUPLICATE = mark("Paste {what}"), mark("Duplicate {what}")


# ── links ───────────────────────────────────────────────────────────────────────────────────


def connect(project: Project, source: str, target: str) -> Change:
    """One more link."""
    design = project.design.connect(source, target)
    between = {"source": design.node(source).name, "target": design.node(target).name}
    return Change(tr("Connect {source} to {target}", **between), with_design(project, design))


def reroute(project: Project, old: Link, new: Link) -> Change:
    """The link `old` with another end."""
    design = project.design.reroute(old, new)
    between = {"source": design.node(new.source).name, "target": design.node(new.target).name}
    return Change(tr("Re-route {source} to {target}", **between), with_design(project, design))


def can_insert(project: Project, identifier: str) -> bool:
    """Whether that layer, dropped on a link, would be spliced in: it has no links of its own."""
    design = project.design
    apart = not design.parents(identifier) and not design.children(identifier)
    return apart and design.node(identifier).layer.max_inputs != 0


def insert_existing(project: Project, identifier: str, link: Link, at: Point) -> Change:
    """A layer without links of its own, dropped on a link: it is spliced in."""
    behind = Link(source=identifier, target=link.target)
    design = project.design.reroute(link, behind).connect(link.source, identifier)
    made = make_room(with_design(project, design, {identifier: at}), (identifier,))
    return Change(tr("Insert {name}", name=design.node(identifier).name), made)


def take_out(project: Project, identifiers: Collection[str], link: Link | None = None) -> Change:
    """Those layers without links to others, which are joined in their stead; then into `link`."""
    text = tr("Take out {what}", what=_what(project, list(identifiers)))
    taken = with_design(project, project.design.detach(identifiers))
    if link is not None:
        (only,) = identifiers
        taken = insert_existing(taken, only, link, places(taken)[only]).project
    return Change(text, taken)


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
    return Change(
        tr("Delete {what}", what=_what(project, identifiers, links)),
        with_design(project, design),
        (),
    )


def cut(project: Project, identifiers: Sequence[str]) -> Change:
    """The same, as a step that is called otherwise."""
    text = tr("Cut {what}", what=_what(project, identifiers))
    return replace(delete(project, identifiers), text=text)


# ── places ──────────────────────────────────────────────────────────────────────────────────


def move(project: Project, to: Mapping[str, Point]) -> Change:
    """Cards at other places."""
    text = tr("Move {what}", what=_what(project, list(to)))
    return Change(text, with_design(project, project.design, to))


def nudge(project: Project, identifiers: Sequence[str], dx: float, dy: float) -> Change:
    """Cards moved a little; nudges of the same cards in a row are one step."""
    where = places(project)
    to = {each: (where[each][0] + dx, where[each][1] + dy) for each in identifiers}
    moved = move(project, to)
    return Change(moved.text, moved.project, merge="nudge " + " ".join(sorted(identifiers)))


# ── copies and names ────────────────────────────────────────────────────────────────────────


def paste(project: Project, fragment: Fragment, offset: Point, words: str = PASTE) -> Change:
    """The layers of `fragment` with free names, `offset` away from where they were."""
    first = fragment.places.get(fragment.design.nodes[0].id, (0.0, 0.0))
    made, new = joined(project, fragment, (first[0] + offset[0], first[1] + offset[1]))
    return Change(tr(words, what=_what(made, new)), made, new)


def rename(project: Project, identifier: str, name: str) -> Change:
    """A layer by another name."""
    old = project.design.node(identifier).name
    design = project.design.rename(identifier, name.strip())
    return Change(
        tr("Rename {old} to {name}", old=old, name=name.strip()), with_design(project, design)
    )


def repair(project: Project, wanted: Repair) -> Change:
    """What mends a problem."""
    return Change(told(wanted.words), with_design(project, wanted.applied(project.design)))


# ── inside ──────────────────────────────────────────────────────────────────────────────────


def _what(project: Project, identifiers: Sequence[str], links: Sequence[Link] = ()) -> str:
    """As in: dense_1; 3 layers; the link to add_1."""
    if len(identifiers) == 1:
        return project.design.node(identifiers[0]).name
    if identifiers:
        return tr("%n layers", len(identifiers))
    if len(links) == 1:
        return tr("link to {name}", name=project.design.node(links[0].target).name)
    return tr("%n links", len(links))
