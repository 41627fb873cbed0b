"""A design as columns of neurons: which layers have one, which neurons are shown, and where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.activations import Linear
from engine.design import Design
from engine.layering import Spacing, layered
from engine.layers import Add, Average, Concatenate, Dense, Layer, Multiply
from engine.shapes import Walk
from gui.canvas.neurons.rows import Rows, rows
from gui.picture.choices import Choices
from gui.words import told, tr

RADIUS, STEP = 9.0, 150.0
LINE = 17.0
UNKNOWN = 3  # neurons that stand for a width not known yet
BELOW, APART, LANE = 14.0, 36.0, 28.0
SIGNS: dict[type[Layer], str] = {Add: "+", Multiply: "×", Average: "⌀"}
_FOLDED = ("activation", "regularise", "norm")


@dataclass
class Column:
    """A layer: its neurons by number with their heights, and the words beneath."""

    id: str
    category: str
    depth: int
    width: int | None
    rows: Rows
    words: list[tuple[str, bool]]  # and whether they stand out
    sign: str = ""
    x: float = 0.0
    y: float = 0.0  # the middle
    is_top: bool = True

    @property
    def half(self) -> float:
        """From the middle to where the outermost neurons end."""
        return self.rows.half + RADIUS

    @property
    def height(self) -> float:
        """With the words beneath."""
        return 2 * self.half + (BELOW + LINE * len(self.words) if self.words else 0.0)

    def at(self, neuron: int) -> float:
        """How far down that neuron is shown; the gap, for one that is left out."""
        return self.y + self.rows.heights.get(neuron, 0.0)


@dataclass(frozen=True)
class Bundle:
    """The links from one column to a later one; an arc of that height where it skips others."""

    source: Column
    target: Column
    pairs: tuple[tuple[int, int], ...]
    lane: float | None = None


@dataclass
class Columns:
    """All columns and bundles; `top` is the height of the highest arc."""

    columns: list[Column] = field(default_factory=list)
    bundles: list[Bundle] = field(default_factory=list)
    top: float = 0.0


def columns(design: Design, walk: Walk, choices: Choices) -> Columns:
    """What to draw for a design, in pixels at 100 %."""
    shown_as = _folded(design, choices.every)
    parents = {
        each: tuple(dict.fromkeys(shown_as[p] for p in design.parents(each) if p in shown_as))
        for each in design.order
        if shown_as[each] == each
    }
    found: dict[str, Column] = {}
    for each, before in parents.items():
        depth = 1 + max((found[parent].depth for parent in before), default=-1)
        members = [member for member, place in shown_as.items() if place == each]
        found[each] = _column(design, walk, each, members, depth, choices)
    _place(found, parents)
    bundles = [
        Bundle(found[source], found[target], _pairs(design, found, parents, source, target))
        for target, before in parents.items()
        for source in before
    ]
    return _with_lanes(list(found.values()), bundles)


def _folded(design: Design, every: bool) -> dict[str, str]:
    """For each layer the one in whose column it is told of: its own, or that before it."""
    shown: dict[str, str] = {}
    for each in design.order:
        before = design.parents(each)
        alone = len(before) == 1 and len(design.children(before[0])) == 1
        folds = design.node(each).layer.category in _FOLDED and alone and not every
        shown[each] = shown[before[0]] if folds else each
    return shown


def _column(
    design: Design,
    walk: Walk,
    identifier: str,
    members: Iterable[str],
    depth: int,
    choices: Choices,
) -> Column:
    node, width = design.node(identifier), walk.widths.get(identifier)
    words = [(node.name, True)] if choices.names else []
    if choices.figures:
        is_last = not any(design.children(each) for each in members)
        words.append((_width(width, node.layer.max_inputs == 0, is_last), False))
        words += [(text, False) for each in members if (text := _told(design.node(each).layer))]
    shown = rows(UNKNOWN if width is None else width, choices.neurons)
    sign = SIGNS.get(type(node.layer), "")
    return Column(identifier, node.layer.category, depth, width, shown, words, sign)


def _width(width: int | None, is_input: bool, is_output: bool) -> str:
    if width is None:
        return tr("width not known yet")
    if is_input:
        return tr("1 input") if width == 1 else tr("{n} inputs", n=f"{width:,}")
    if is_output:
        return tr("1 output") if width == 1 else tr("{n} outputs", n=f"{width:,}")
    return tr("1 unit") if width == 1 else tr("{n} units", n=f"{width:,}")


def _told(layer: Layer) -> str:
    """What a layer does besides having a width."""
    if isinstance(layer, Dense):
        plain = isinstance(layer.activation, Linear)
        return "" if plain else layer.activation.kind.replace("_", " ")
    if layer.category == "activation":
        return (layer.activation_kind or layer.label).replace("_", " ")
    if layer.category == "regularise":
        return f"{tr(layer.label).lower()}, {told(layer.summary)}"
    return "" if layer.category == "input-output" else tr(layer.label).lower()


def _place(found: Mapping[str, Column], parents: Mapping[str, tuple[str, ...]]) -> None:
    """From left to right by depth; those of one depth below each other, with few crossings."""
    across = layered(tuple(found), parents, Spacing(step=1, box=1, lane=1))
    stacks: dict[int, list[Column]] = {}
    for column in sorted(found.values(), key=lambda each: across[each.id][1]):
        stacks.setdefault(column.depth, []).append(column)
    for depth, stack in stacks.items():
        total = sum(each.height for each in stack) + APART * (len(stack) - 1)
        y = -total / 2 if len(stack) > 1 else -stack[0].half
        for number, column in enumerate(stack):
            column.x, column.y, column.is_top = depth * STEP, y + column.half, number == 0
            y += column.height + APART


def _pairs(
    design: Design,
    found: Mapping[str, Column],
    parents: Mapping[str, tuple[str, ...]],
    source: str,
    target: str,
) -> tuple[tuple[int, int], ...]:
    """Which neurons to link: all with all into a Dense, else each with its own."""
    layer, before = design.node(target).layer, found[source]
    if isinstance(layer, Dense):
        return tuple((i, j) for i in before.rows.heights for j in found[target].rows.heights)
    ahead = parents[target][: parents[target].index(source)]
    widths = [found[each].width or 0 for each in ahead]
    offset = sum(widths) if isinstance(layer, Concatenate) else 0
    return tuple((i, i + offset) for i in before.rows.heights)


def _with_lanes(found: list[Column], bundles: list[Bundle]) -> Columns:
    """Bundles that skip columns become arcs above them, the longer ones higher."""
    tops: dict[int, float] = {}
    for column in found:
        tops[column.depth] = min(tops.get(column.depth, 0.0), column.y - column.half)
    led: list[Bundle] = []
    for bundle in sorted(bundles, key=lambda each: each.target.depth - each.source.depth):
        start, end = bundle.source.depth, bundle.target.depth
        if end - start < 2:
            led.append(bundle)
            continue
        lane = min(tops[each] for each in range(start, end + 1)) - LANE
        tops |= dict.fromkeys(range(start + 1, end), lane)
        led.append(Bundle(bundle.source, bundle.target, bundle.pairs, lane))
    return Columns(found, led, min(tops.values(), default=0.0))
