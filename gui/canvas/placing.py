"""Placing layers and blocks: on their own, in a link, behind the selection, at a loose end, again.

Functions from a project to a `Change`. They raise `DesignError` where the result cannot be.
`widths` are the output widths of the layers as far as they are known, so that sums can fit.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from engine.design import Design, Link
from engine.errors import DesignError
from engine.fragments import Fragment
from engine.layers import Layer
from engine.project import Project
from gui.canvas.arrange import Places, free_place, layout, places
from gui.canvas.change import Change, Point, with_design
from gui.canvas.geometry import CARD_HEIGHT, CARD_WIDTH, GAP_X, GAP_Y
from gui.words import tr

Piece = Layer | Fragment
"""What is placed whole: a layer, or a block of several."""

Widths = Mapping[str, int]
UNKNOWN: Widths = MappingProxyType({})
ROOM = 40.0
MOST_IN_A_ROW = 100


def title(piece: Piece) -> str:
    """What a person calls it: "Dropout", "ReLU" (an activation by its function), "Gate"."""
    if isinstance(piece, Fragment):
        return piece.name or tr("block")
    return tr(piece.summary if piece.category == "activation" else piece.label)


def fragment_of(piece: Piece) -> Fragment:
    """The piece as layers and links."""
    return Fragment.of(piece) if isinstance(piece, Layer) else piece


def takes_a_link(piece: Piece) -> bool:
    """Whether it can stand in the middle of a link, or behind a layer."""
    if isinstance(piece, Layer):
        return piece.max_inputs != 0
    return bool(piece.entrances)


def merges(piece: Piece) -> bool:
    """Whether it takes several links where it is placed behind several layers."""
    return isinstance(piece, Layer) and piece.max_inputs != 1


def offsets(fragment: Fragment) -> Places:
    """Where its cards lie from the corner of the first one."""
    laid = layout(fragment.design, fragment.places)
    where = places(Project(design=fragment.design, layout=laid))
    x, y = next(iter(where.values()), (0.0, 0.0))
    return {each: (px - x, py - y) for each, (px, py) in where.items()}


def joined(project: Project, fragment: Fragment, at: Point) -> tuple[Project, tuple[str, ...]]:
    """The project with these layers, the first at `at`, linked to nothing yet; and their ids."""
    placed = _Placed(project, fragment)
    return placed.made(placed.design, at), placed.new


# ── one step each ───────────────────────────────────────────────────────────────────────────


def add(project: Project, piece: Piece, at: Point) -> Change:
    """A piece of its own, the top left corner of its first card at `at`."""
    made, new = joined(project, fragment_of(piece), at)
    return Change(tr("Add {what}", what=title(piece)), made, new)


def insert(
    project: Project, piece: Piece, link: Link, at: Point, widths: Widths = UNKNOWN
) -> Change:
    """A piece spliced into `link`, which keeps its place among inputs; neighbours make room."""
    if link not in project.design.links:
        raise DesignError(tr("that link is not part of the design"))
    _require_entrance(project, piece, link.source)
    placed = _Placed(project, fragment_of(piece).fitted(widths.get(link.source)))
    design = placed.design.reroute(link, Link(source=placed.exit, target=link.target))
    design = _fed(design, placed.entrances, [link.source])
    made = placed.made(design, at)
    return Change(tr("Insert {what}", what=title(piece)), make_room(made, placed.new), placed.new)


def append(
    project: Project,
    piece: Piece,
    after: Sequence[str],
    widths: Widths = UNKNOWN,
    at: Point | None = None,
) -> Change:
    """A piece behind the layers in `after` (behind the output, if there are none).

    What a single one of them fed is then fed by the piece. It lies at `at`, or beside them.
    """
    parents = list(after) or list(project.design.outputs[-1:])
    parents = parents if merges(piece) else parents[-1:]
    fed = parents if takes_a_link(piece) else []
    width = widths.get(fed[-1]) if fed else None
    placed = _Placed(project, fragment_of(piece).fitted(width))
    design = _taken_over(placed, fed[0]) if len(fed) == 1 else placed.design
    design = _fed(design, placed.entrances, fed)
    corner = at or _behind(project, placed, parents, bool(design.children(placed.exit)))
    made = placed.made(design, corner)
    made = made if at else make_room(made, placed.new)
    return Change(tr("Add {what}", what=title(piece)), made, placed.new)


def attach(
    project: Project,
    piece: Piece,
    at: Point,
    source: str | None = None,
    target: str | None = None,
    widths: Widths = UNKNOWN,
) -> Change:
    """A piece fed by `source`, or feeding `target`: what a loose end dropped in the open makes."""
    width = widths.get(source) if source else None
    placed = _Placed(project, fragment_of(piece).fitted(width))
    design = placed.design
    if source:
        _require_entrance(project, piece, source)
        design = _fed(design, placed.entrances, [source])
    if target:
        design = design.connect(placed.exit, target)
    made = placed.made(design, at)
    return Change(tr("Add {what}", what=title(piece)), made, placed.new)


def stack(
    project: Project, identifiers: Collection[str], count: int, widths: Widths = UNKNOWN
) -> Change:
    """`count` of the chosen layers in a row, the chosen ones being the first of them."""
    chosen = Fragment.cut_from(project, identifiers, places(project))
    if len(chosen.design.outputs) > 1:
        one, other = (chosen.design.node(each).name for each in chosen.design.outputs[:2])
        raise DesignError(
            tr(
                "{one} and {other} both end what is selected; select layers that end in one",
                one=one,
                other=other,
            )
        )
    if not chosen.entrances:
        names = chosen.design.nodes[0].name
        raise DesignError(
            tr("{names} takes no link, so nothing like it can stand behind it", names=names)
        )
    end, made, new = chosen.exit, project, [node.id for node in chosen.design.nodes]
    for _ in range(count - 1):
        grown = append(made, chosen, [end], widths)
        made = grown.project
        new += grown.focus or ()
        end = _exit_of(made.design, grown.focus or (), end)
    words = chosen.design.nodes[0].name if len(chosen.design.nodes) == 1 else tr("layers")
    return Change(tr("Stack {count} × {words}", count=count, words=words), made, tuple(new))


# ── inside ──────────────────────────────────────────────────────────────────────────────────


class _Placed:
    """A fragment joined to the design of a project, with no link to it yet."""

    def __init__(self, project: Project, fragment: Fragment) -> None:
        self._project, self._fragment = project, fragment
        self._offsets = offsets(fragment)
        self.design, self._ids = fragment.joined_to(project.design)
        self.new = tuple(self._ids.values())
        self.entrances = [self._ids[each] for each in fragment.entrances]
        self.exit = self._ids[fragment.exit]

    def made(self, design: Design, at: Point) -> Project:
        """The project with that design, which holds these layers, linked or not."""
        project = with_design(self._project, design, self.places(at))
        if not self._fragment.groups:
            return project
        groups = self._fragment.grouped_in(project.groups, self._ids)
        return project.model_copy(update={"groups": groups})

    def places(self, at: Point) -> Places:
        """Where its cards go if the first one's corner is at `at`."""
        x, y = at
        return {self._ids[each]: (x + dx, y + dy) for each, (dx, dy) in self._offsets.items()}


def _require_entrance(project: Project, piece: Piece, source: str) -> None:
    if not takes_a_link(piece):
        name = project.design.node(source).name
        raise DesignError(
            tr("{what} takes no link, so {name} cannot feed it", what=title(piece), name=name)
        )


def _fed(design: Design, entrances: Iterable[str], sources: Iterable[str]) -> Design:
    sources = list(sources)
    for entrance in entrances:
        for source in sources:
            design = design.connect(source, entrance)
    return design


def _taken_over(placed: _Placed, parent: str) -> Design:
    """What `parent` fed is fed by the piece instead."""
    design = placed.design
    for link in design.links:
        if link.source == parent:
            design = design.reroute(link, Link(source=placed.exit, target=link.target))
    return design


def _exit_of(design: Design, new: Collection[str], before: str) -> str:
    """The one of these layers that feeds none of the others."""
    inside = set(new)
    ends = [each for each in new if not inside.intersection(design.children(each))]
    return ends[-1] if ends else before


def _behind(project: Project, placed: _Placed, parents: Collection[str], spliced: bool) -> Point:
    """To the right of the parents; below what is in the way, unless that will make room."""
    where = places(project)
    if not where:
        return 0.0, 0.0
    near = [where[each] for each in parents] or list(where.values())
    x = max(px for px, _ in near) + CARD_WIDTH + GAP_X
    y = near[-1][1]
    if spliced:
        return x, y
    while any(free_place(where, *each) != each for each in placed.places((x, y)).values()):
        y += CARD_HEIGHT + GAP_Y
    return x, y


def make_room(project: Project, new: Collection[str]) -> Project:
    """Shift what comes before and after spliced cards, as far as it would be covered."""
    design, where = project.design, places(project)
    inside = set(new)
    targets = {c for each in new for c in design.children(each)} - inside
    sources = {p for each in new for p in design.parents(each)} - inside
    left, right = min(where[each][0] for each in new), max(where[each][0] for each in new)
    edge = min((where[each][0] for each in targets), default=None)
    start = max((where[each][0] for each in sources), default=None)
    push = 0.0 if edge is None else max(0.0, right + CARD_WIDTH + ROOM - edge)
    pull = 0.0 if start is None else max(0.0, start + CARD_WIDTH + ROOM - left)
    if not push and not pull:
        return project
    behind = {each for start in targets for each in (start, *_descendants(design, start))}
    before = {each for end in sources for each in (end, *design.ancestors(end))} - behind
    moved = {each: (where[each][0] + push, where[each][1]) for each in behind}
    moved |= {each: (where[each][0] - pull, where[each][1]) for each in before}
    kept = layout(design, where | moved)
    return project.model_copy(update={"layout": kept})


def _descendants(design: Design, identifier: str) -> set[str]:
    found: set[str] = set()
    waiting = list(design.children(identifier))
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(design.children(current))
    return found
