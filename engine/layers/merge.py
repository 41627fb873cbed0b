"""Layers that bring several links together."""

from typing import ClassVar

from engine import ops
from engine.layers.base import Category, Layer, same_width


class Add(Layer):
    """The sum of its inputs, value by value."""

    tip = "Adds its inputs value by value; with a skip connection, a residual block."
    category: ClassVar[Category] = "merge"
    formula: ClassVar[str] = r"A = \sum_k X_k"
    min_inputs: ClassVar[int] = 2
    max_inputs: ClassVar[int | None] = None

    @property
    def summary(self) -> str:
        return "sum of its inputs"

    def width(self, inputs: tuple[int, ...]) -> int:
        return same_width(self.label, inputs)

    def lower(self, inputs: tuple[int, ...]) -> tuple[ops.Op, ...]:
        return (ops.Add(inputs[0], len(inputs)),)


class Multiply(Layer):
    """The product of its inputs, value by value."""

    tip = "Multiplies its inputs value by value: one may open and close the other, as a gate."
    category: ClassVar[Category] = "merge"
    formula: ClassVar[str] = r"A = \prod_k X_k"
    min_inputs: ClassVar[int] = 2
    max_inputs: ClassVar[int | None] = None

    @property
    def summary(self) -> str:
        return "product of its inputs"

    def width(self, inputs: tuple[int, ...]) -> int:
        return same_width(self.label, inputs)

    def lower(self, inputs: tuple[int, ...]) -> tuple[ops.Op, ...]:
        return (ops.Mul(inputs[0], len(inputs)),)


class Average(Layer):
    """The mean of its inputs, value by value."""

    tip = "The mean of its inputs, value by value."
    category: ClassVar[Category] = "merge"
    formula: ClassVar[str] = r"A = \frac{1}{K} \sum_{k=1}^{K} X_k"
    min_inputs: ClassVar[int] = 2
    max_inputs: ClassVar[int | None] = None

    @property
    def summary(self) -> str:
        return "mean of its inputs"

    def width(self, inputs: tuple[int, ...]) -> int:
        return same_width(self.label, inputs)

    def lower(self, inputs: tuple[int, ...]) -> tuple[ops.Op, ...]:
        return (ops.Mean(inputs[0], len(inputs)),)


class Concatenate(Layer):
    """Its inputs side by side, in the order of their links."""

    tip = "Puts its inputs side by side, in the order in which they were linked."
    category: ClassVar[Category] = "merge"
    formula: ClassVar[str] = r"A = [X_1, X_2, \ldots]"
    min_inputs: ClassVar[int] = 2
    max_inputs: ClassVar[int | None] = None

    @property
    def summary(self) -> str:
        return "inputs side by side"

    def width(self, inputs: tuple[int, ...]) -> int:
        return sum(inputs)

    def lower(self, inputs: tuple[int, ...]) -> tuple[ops.Op, ...]:
        return (ops.Concat(inputs),)
