"""Layers that disturb values while training and pass them on unchanged afterwards."""

from typing import ClassVar

from engine import ops
from engine.kinds import field
from engine.layers.base import Category, Layer


class Dropout(Layer):
    """Sets a share of the values to 0 and scales the rest by 1 / (1 - rate), while training."""

    tip = "While training, switches off a random share of the values in every row."
    category: ClassVar[Category] = "regularise"
    formula: ClassVar[str] = r"A = \frac{X \odot M}{1-p},\quad M_{ij} \sim \mathrm{Bernoulli}(1-p)"

    rate: float = field(0.2, "Rate", "The share of values set to 0.", ge=0, lt=1, slider=True)

    @property
    def summary(self) -> str:
        return f"rate {self.rate:g}"

    def lower(self, inputs: tuple[int, ...]) -> tuple[ops.Op, ...]:
        return (ops.Dropout(inputs[0], self.rate),)


class GaussianNoise(Layer):
    """Adds normal noise of a fixed standard deviation, while training."""

    tip = "While training, adds normal noise to every value."
    label = "Gaussian noise"
    category: ClassVar[Category] = "regularise"
    formula: ClassVar[str] = r"A = X + \varepsilon,\quad \varepsilon_{ij} \sim N(0, \sigma^2)"

    stddev: float = field(0.1, "Std. deviation", "The spread of the noise.", ge=0, le=100)

    @property
    def summary(self) -> str:
        return f"σ {self.stddev:g}"

    def lower(self, inputs: tuple[int, ...]) -> tuple[ops.Op, ...]:
        return (ops.GaussianNoise(inputs[0], self.stddev),)
