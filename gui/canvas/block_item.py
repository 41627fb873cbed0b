"""A folded group on the canvas: one card for all its layers, lying in the middle of them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from engine.design import Design
from engine.groups import Group
from engine.shapes import Problem, Walk
from gui import theme
from gui.canvas import geometry
from gui.canvas.card import Card
from gui.canvas.layer_item import LayerItem
from gui.words import tr

_SHEETS = (6.0, 3.0)  # how far the cards below look out


class BlockItem(LayerItem):
    """A card whose `identifier` is the group's; its ports take links, but begin and end none."""

    def port_at(self, scene_pos: QPointF) -> str | None:
        """None: which of its layers would be meant is not to be seen."""
        return None

    def draw(self, painter: QPainter, zoom: float) -> None:
        """The edges of more cards, then the card and its ports."""
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("surface"))
        for by in _SHEETS:
            sheet = QRectF(geometry.CARD).adjusted(by, by, -by, by)
            painter.drawRoundedRect(sheet, geometry.CARD_RADIUS, geometry.CARD_RADIUS)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        super().draw(painter, zoom)

    def _redraw(self) -> None:
        super()._redraw()
        self.far_look = ("block", self.card.has_error)


def block_card(group: Group, design: Design, walk: Walk, problems: Sequence[Problem]) -> Card:
    """What the card of a folded group shows: its size, out widths, parameters and problems."""
    widths = [walk.widths[each] for each in _ends(group, design) if each in walk.widths]
    total = sum(map(walk.parameters, group.members))
    out = " + ".join(f"{width:,}" for width in widths) or "?"
    return Card(
        group.name,
        _count(len(group.members)),
        tr("out {widths}", widths=out) + (f" · {total:,}" if total else ""),
        "muted",
        "package",
        error=_said(problems, design),
        severity=_worst(problems),
        tip="\n".join(_tip(each, design) for each in problems),
    )


def is_fed(group: Group, design: Design) -> bool:
    """Whether a link leads into the group."""
    return any(parent not in group.members for m in group.members for parent in design.parents(m))


def corner(
    places: Mapping[str, tuple[float, float]], members: Sequence[str]
) -> tuple[float, float]:
    """Where a block's card lies: in the middle of the cards that it stands for."""
    xs, ys = zip(*(places[each] for each in members), strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _ends(group: Group, design: Design) -> list[str]:
    """The members whose output leaves the group, in the order of computing."""
    inside = set(group.members)
    order = [each for each in design.order if each in inside]
    return [each for each in order if not inside.issuperset(design.children(each) or ("",))]


def _count(layers: int) -> str:
    return tr("1 layer") if layers == 1 else tr("%n layers", layers)


def _worst(problems: Sequence[Problem]) -> str:
    if any(each.severity == "error" for each in problems):
        return "error"
    return problems[0].severity if problems else ""


def _said(problems: Sequence[Problem], design: Design) -> str:
    """The one problem, or how many there are."""
    if len(problems) > 1:
        return tr("%n problems", len(problems))
    return "" if not problems else _named(problems[0], design)


def _tip(problem: Problem, design: Design) -> str:
    return f"{_named(problem, design)}. {problem.fix}".strip()


def _named(problem: Problem, design: Design) -> str:
    """The problem's sentence, with the name of its layer."""
    name = design.node(problem.where).name
    return problem.message if name in problem.message else f"{name}: {problem.message}"
