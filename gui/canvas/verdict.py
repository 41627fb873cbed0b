"""What letting go would do, said while the person still drags."""

from dataclasses import dataclass
from typing import Literal

from engine.design import Design, Link
from engine.shapes import Problem, walk
from gui.words import told, tr


@dataclass(frozen=True)
class Verdict:
    """A kind, which is also a token of the theme where it is a colour, and a sentence."""

    kind: Literal["nothing", "ok", "warning", "error"]
    text: str = ""


NOTHING = Verdict("nothing")


def judge_link(design: Design, link: Link, input_width: int | None) -> Verdict:
    """Whether the link can be: an error where not, a warning where shapes would not fit."""
    reason = design.why_not(link.source, link.target)
    if reason:
        return Verdict("error", told(reason))
    problem = _new_misfit(design, link, input_width)
    if problem is not None:
        return Verdict("warning", told(problem.message))
    between = {"source": design.node(link.source).name, "target": design.node(link.target).name}
    return Verdict("ok", tr("Connect {source} to {target}", **between))


def _new_misfit(design: Design, link: Link, input_width: int | None) -> Problem | None:
    """The first error that this link would bring, besides inputs that are still missing."""
    linked = design.connect(link.source, link.target)
    known = set(walk(design, input_width).problems)
    for problem in walk(linked, input_width).problems:
        if problem.severity == "error" and problem not in known and problem.where:
            node = linked.node(problem.where)
            if len(linked.parents(node.id)) >= max(1, node.layer.min_inputs):
                return problem
    return None
