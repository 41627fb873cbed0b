"""The fully connected layer."""

from typing import ClassVar

from engine import activations, initializers, ops
from engine.kinds import ChoiceOf, field
from engine.layers.base import Category, Layer

MAX_UNITS = 65_536


class Dense(Layer):
    """`A = f(X W + b)`: `X` (rows, inputs), `W` (inputs, units), `b` (units,)."""

    tip = "Every unit sees every input: a weighted sum, a bias, and an activation."
    category: ClassVar[Category] = "core"
    formula: ClassVar[str] = r"A = f(X W + b)"

    units: int = field(64, "Units", "How many outputs the layer has.", ge=1, le=MAX_UNITS)
    activation: ChoiceOf[activations.Activation] = field(
        activations.Linear, "Activation", "The function applied to each weighted sum."
    )
    bias: bool = field(True, "Bias", "Adds a learned constant to every unit.")
    initializer: ChoiceOf[initializers.Initializer] = field(
        initializers.GlorotUniform, "Initializer", "How the weights begin."
    )
    l1: float = field(
        0.0, "L1 penalty", "Adds l1 · Σ|W| to the loss; drives weights to 0.", ge=0, le=100
    )
    l2: float = field(
        0.0, "L2 penalty", "Adds l2 · ΣW² to the loss; keeps weights small.", ge=0, le=100
    )
    max_norm: float = field(
        0.0,
        "Max norm",
        "The longest that a unit's weight vector may grow; 0 for no limit.",
        ge=0,
        le=1e6,
        advanced=True,
    )

    @property
    def summary(self) -> str:
        activation = self.activation.kind.replace("_", " ")
        if self.units == 1:
            return f"1 unit · {activation}"
        return f"{self.units:,} units · {activation}"

    @property
    def activation_kind(self) -> str | None:
        return self.activation.kind

    def width(self, inputs: tuple[int, ...]) -> int:
        return self.units

    def lower(self, inputs: tuple[int, ...]) -> tuple[ops.Op, ...]:
        gemm = ops.Gemm(
            inputs[0],
            self.units,
            bias=self.bias,
            initializer=self.initializer,
            l1=self.l1,
            l2=self.l2,
            max_norm=self.max_norm,
        )
        activation = self.activation.op(self.units)
        return (gemm,) if activation is None else (gemm, activation)
