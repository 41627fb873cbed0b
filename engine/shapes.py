"""The walk over a design that finds every width and parameter count, and every problem."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from engine.design import Design
from engine.errors import DesignError
from engine.layers import Layer
from engine.ops.base import Op
from engine.repairs import Repair


@dataclass(frozen=True)
class Problem:
    """Something that keeps a project from training (error) or deserves a look (warning).

    `where` is a layer's id, "data", "training" or "" for the design as a whole; `fix` says what
    to do, and `repair` does it, where one option of one layer is all that it takes.
    """

    severity: Literal["error", "warning"]
    where: str
    message: str
    fix: str = ""
    repair: Repair | None = field(default=None, compare=False)  # follows from the rest


@dataclass(frozen=True)
class Walk:
    """What follows from a design and the width of its input; ids that cannot be reached lack.

    `fed` is what each layer's ops were made from.
    """

    widths: dict[str, int] = field(default_factory=dict)
    ops: dict[str, tuple[Op, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    fed: dict[str, tuple[Layer, tuple[int, ...]]] = field(default_factory=dict)

    def parameters(self, identifier: str) -> int:
        """How many trained numbers the layer has; 0 where its shape is not known."""
        return sum(op.trained_size for op in self.ops.get(identifier, ()))

    @cached_property
    def total(self) -> int:
        """Trained numbers of the whole design."""
        return sum(self.parameters(identifier) for identifier in self.ops)


def walk(design: Design, input_width: int | None, before: Walk | None = None) -> Walk:
    """Widths, lowered ops and problems of `design`; `input_width` is None before data is known.

    Ops of `before`, the walk over an earlier design, are taken over where nothing differs.
    """
    found, known = Walk({}, {}, ()), before or Walk()
    problems = list(_structure(design))
    for identifier in design.order:
        node = design.node(identifier)
        parents = design.parents(identifier)
        if _is_as_before(found, known, identifier, node.layer, parents):
            continue
        if node.layer.max_inputs == 0:
            if input_width is not None:
                found.widths[identifier] = input_width
                found.ops[identifier] = ()
            continue
        problem = _missing_inputs(design, identifier)
        if problem:
            problems.append(problem)
        elif all(parent in found.widths for parent in parents):
            inputs = tuple(found.widths[parent] for parent in parents)
            try:
                _lower(found, identifier, node.layer, inputs)
            except DesignError as error:
                fix = "Give the layers before it the same number of units."
                problems.append(Problem("error", identifier, f"{node.name}: {error}", fix))
    return Walk(found.widths, found.ops, tuple(problems), found.fed)


def _is_as_before(
    found: Walk, known: Walk, identifier: str, layer: Layer, parents: Sequence[str]
) -> bool:
    """Takes over what is known of a layer that is the same and fed the same."""
    before = known.fed.get(identifier)
    if before is None or before[0] is not layer or len(before[1]) != len(parents):
        return False
    widths = found.widths
    if any(widths.get(each) != width for each, width in zip(parents, before[1], strict=True)):
        return False
    widths[identifier], found.fed[identifier] = known.widths[identifier], before
    found.ops[identifier] = known.ops[identifier]
    return True


def _lower(found: Walk, identifier: str, layer: Layer, inputs: tuple[int, ...]) -> None:
    found.widths[identifier] = layer.width(inputs)
    found.ops[identifier] = layer.lower(inputs)
    found.fed[identifier] = layer, inputs


def _structure(design: Design) -> list[Problem]:
    """What is wrong with the graph itself: no Input, several, or several outputs."""
    if not design.nodes:
        return [
            Problem("error", "", "the design is empty", "Drag an Input and a Dense layer here.")
        ]
    problems = []
    if not design.inputs:
        problems.append(
            Problem("error", "", "there is no Input layer", "Add one from the palette.")
        )
    for extra in design.inputs[1:]:
        name = design.node(extra).name
        problems.append(
            Problem("error", extra, f"{name} is a second Input", "Keep one; link from it instead.")
        )
    return problems + (_loose_ends(design) if len(design.outputs) > 1 else [])


def _loose_ends(design: Design) -> list[Problem]:
    """All outputs but the one with the most before it, which is taken to be meant."""
    main = max(design.outputs, key=lambda each: len(design.ancestors(each)))
    names = {each: design.node(each).name for each in design.outputs if each != main}
    return [
        Problem("error", extra, f"{name} leads nowhere", "Link it on, or delete it.")
        for extra, name in names.items()
    ]


def _missing_inputs(design: Design, identifier: str) -> Problem | None:
    node, count = design.node(identifier), len(design.parents(identifier))
    if count >= node.layer.min_inputs:
        return None
    if count == 0:
        message, fix = f"{node.name} has no input", "Drag from another layer's output port to it."
    else:
        message = f"{node.name} merges {node.layer.min_inputs} or more layers and has {count}"
        fix = "Link another layer to it."
    return Problem("error", identifier, message, fix)
