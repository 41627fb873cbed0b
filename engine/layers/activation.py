"""An activation function as a layer of its own."""

from typing import ClassVar

from engine import activations, ops
from engine.kinds import ChoiceOf, field
from engine.layers.base import Category, Layer


class Activation(Layer):
    """`A = f(Z)`, unit by unit (softmax: row by row)."""

    tip = "Applies a function to every value; without one between them, two Dense layers are one."
    category: ClassVar[Category] = "activation"
    formula: ClassVar[str] = r"A = f(Z)"

    function: ChoiceOf[activations.Activation] = field(
        activations.Relu, "Function", "The function applied to every value."
    )

    @property
    def summary(self) -> str:
        return self.function.label

    @property
    def activation_kind(self) -> str | None:
        return self.function.kind

    def lower(self, inputs: tuple[int, ...]) -> tuple[ops.Op, ...]:
        op = self.function.op(inputs[0])
        return () if op is None else (op,)
