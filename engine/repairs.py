"""What mends a problem with one click: options of one layer, as data beside the problem."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.design import Design


@dataclass(frozen=True)
class Repair:
    """Sets an option of a layer; `words` are those of a button."""

    layer: str
    option: str
    value: int | str
    words: str

    def applied(self, design: "Design") -> "Design":
        """The design with the option set."""
        layer = design.node(self.layer).layer
        return design.replace(self.layer, layer.edited(**{self.option: self.value}))


def setting(design: "Design", layer: str, option: str, value: int | str) -> Repair | None:
    """The repair that sets the option; None where the layer has no such option."""
    node = design.node(layer)
    if option not in type(node.layer).model_fields:
        return None
    return Repair(layer, option, value, f"Set the {option} of {node.name} to {value}")
