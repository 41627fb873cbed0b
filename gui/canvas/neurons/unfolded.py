"""A layer as it is unfolded: its arrays, and what its neurons and those before them are called."""

from dataclasses import dataclass

import numpy as np

from engine.data.dataset import DataFacts
from engine.design import Design, Node
from engine.shapes import Walk
from gui.figures import number
from gui.words import tr

Place = tuple[str, int, int]  # "kernel" or "bias", the neuron before (0 for a bias), the neuron
SAMPLES = 16_384  # of a large layer, this many weights decide the limit


@dataclass(frozen=True)
class Unfolded:
    """`kernel` is (inputs, units), `bias` (units,) or None; without names there are numbers."""

    name: str
    before: str
    kernel: np.ndarray
    bias: np.ndarray | None
    input_names: tuple[str, ...] = ()
    unit_names: tuple[str, ...] = ()

    def value(self, place: Place) -> float:
        """The weight or bias there."""
        kind, before, unit = place
        if kind == "kernel":
            return float(self.kernel[before, unit])
        return 0.0 if self.bias is None else float(self.bias[unit])

    def has(self, place: Place) -> bool:
        """Whether there is such a weight or bias."""
        kind, before, unit = place
        inside = 0 <= unit < self.kernel.shape[1]
        if kind == "kernel":
            return inside and 0 <= before < self.kernel.shape[0]
        return inside and self.bias is not None

    def input_name(self, number_before: int) -> str:
        """What a neuron before is called: a column's name, or its number."""
        names = self.input_names
        return names[number_before] if number_before < len(names) else str(number_before)

    def unit_name(self, unit: int) -> str:
        """What a neuron of the layer is called: a class, or its number."""
        return self.unit_names[unit] if unit < len(self.unit_names) else str(unit)

    def sentence(self, place: Place) -> str:
        """All that a weight or bias says: "dense_1 weight, 3 → 7 = 0.0612"."""
        kind, before, unit = place
        value = number(self.value(place))
        if kind == "bias":
            return tr(
                "{layer} bias of {unit} = {value}",
                layer=self.name,
                unit=self.unit_name(unit),
                value=value,
            )
        return tr(
            "{layer} weight, {source} → {unit} = {value}",
            layer=self.name,
            source=self.input_name(before),
            unit=self.unit_name(unit),
            value=value,
        )


def input_names(design: Design, node: Node, facts: DataFacts | None) -> tuple[str, ...]:
    """The names of the columns, behind the Input."""
    behind_input = any(each in design.inputs for each in design.parents(node.id))
    return facts.feature_names if facts and behind_input else ()


def unit_names(design: Design, node: Node, facts: DataFacts | None) -> tuple[str, ...]:
    """The classes, at the output where there is a neuron for each."""
    is_output = design.outputs == (node.id,)
    return facts.classes if facts and is_output else ()


def why_not(walk: Walk, node: Node) -> str:
    """Why a layer cannot be unfolded, as a sentence; "" where it can."""
    layer = node.layer
    if layer.max_inputs == 0:
        return tr("{name} has no weights: the rows of the data enter here.", name=node.name)
    ops = walk.ops.get(node.id)
    if ops is None:
        return tr("{name} has no weights before it has an input and the data.", name=node.name)
    names = {each.name for op in ops for each in op.parameters}
    if "kernel" in names:
        return ""
    if names:
        return tr(
            "{name} scales each unit by itself: there are no links to draw. The panel Weights"
            " shows its figures.",
            name=node.name,
        )
    return tr(
        "{name} has no weights: {label} trains nothing. The arrows above lead to other layers.",
        name=node.name,
        label=layer.label,
    )


class Limit:
    """The 99th percentile of the size of weights: it only grows, so that colours hold still."""

    def __init__(self) -> None:
        self.value = 0.0

    def forget(self) -> None:
        """Another layer or run begins."""
        self.value = 0.0

    def grow(self, unfolded: Unfolded) -> bool:
        """Takes new weights in; whether the limit is another now."""
        flat = np.abs(unfolded.kernel.ravel()[:: max(1, unfolded.kernel.size // SAMPLES)])
        found = float(np.nanpercentile(flat, 99)) if np.isfinite(flat).any() else 0.0
        if found > self.value or not self.value:
            self.value = found or 1e-12
            return True
        return False
