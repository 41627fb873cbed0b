"""What every layer is: frozen options, a width that follows from its inputs, and a lowering."""

from abc import abstractmethod
from typing import ClassVar, Literal

from engine.errors import DesignError
from engine.kinds import Kind
from engine.ops.base import Op

Category = Literal["input-output", "core", "activation", "regularise", "norm", "merge"]


class Layer(Kind):
    """A layer says what it is; the ops it lowers to say what it does.

    All tensors are `(rows, width)`; a layer maps the widths of its inputs to one output width.
    """

    category: ClassVar[Category] = "core"
    formula: ClassVar[str] = ""
    min_inputs: ClassVar[int] = 1
    max_inputs: ClassVar[int | None] = 1

    @property
    def summary(self) -> str:
        """The main options in a few words, for the layer's card: "64 units · relu"."""
        return self.label

    @property
    def activation_kind(self) -> str | None:
        """The kind of activation to sketch on the card, if the layer applies one."""
        return None

    def width(self, inputs: tuple[int, ...]) -> int:
        """Output width from the input widths. Raises DesignError when they do not fit."""
        return inputs[0]

    @abstractmethod
    def lower(self, inputs: tuple[int, ...]) -> tuple[Op, ...]:
        """The chain of ops that computes the layer; the first op takes all the inputs."""


def same_width(label: str, inputs: tuple[int, ...]) -> int:
    """The one width that all inputs share. Raises DesignError naming the widths that differ."""
    if len(set(inputs)) > 1:
        widths = " and ".join(str(width) for width in dict.fromkeys(inputs))
        raise DesignError(f"{label} needs inputs of one width, not {widths}")
    return inputs[0]
