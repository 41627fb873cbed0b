"""Layers that bring values to mean 0 and variance 1, then scale and shift them as learned."""

from typing import ClassVar

from engine import ops
from engine.kinds import field
from engine.layers.base import Category, Layer


class BatchNormalization(Layer):
    """Over the rows of a batch while training, with moving figures afterwards."""

    tip = "Standardises every unit over the batch; afterwards with moving averages."
    label = "Batch norm"
    category: ClassVar[Category] = "norm"
    formula: ClassVar[str] = r"A = \gamma \frac{X-\mu_B}{\sqrt{\sigma_B^2+\epsilon}} + \beta"

    momentum: float = field(
        0.99, "Momentum", "The share of the moving figures that each batch keeps.", ge=0, lt=1
    )
    epsilon: float = field(
        1e-3, "Epsilon", "Added to the variance, against division by 0.", gt=0, le=1, advanced=True
    )

    @property
    def summary(self) -> str:
        return f"momentum {self.momentum:g}"

    def lower(self, inputs: tuple[int, ...]) -> tuple[ops.Op, ...]:
        return (ops.BatchNormalization(inputs[0], self.momentum, self.epsilon),)


class LayerNormalization(Layer):
    """Over the units of each row, the same in training and afterwards."""

    tip = "Standardises every row over its units."
    label = "Layer norm"
    category: ClassVar[Category] = "norm"
    formula: ClassVar[str] = r"A = \gamma \frac{X-\mu_i}{\sqrt{\sigma_i^2+\epsilon}} + \beta"

    epsilon: float = field(
        1e-3, "Epsilon", "Added to the variance, against division by 0.", gt=0, le=1, advanced=True
    )

    @property
    def summary(self) -> str:
        return f"epsilon {self.epsilon:g}"

    def lower(self, inputs: tuple[int, ...]) -> tuple[ops.Op, ...]:
        return (ops.LayerNormalization(inputs[0], self.epsilon),)
