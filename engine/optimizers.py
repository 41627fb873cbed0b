"""How gradients change the weights: a few operations on flat vectors, bound once.

Definitions, defaults and the place of epsilon follow Keras 3 (`keras.optimizers`). `w` are the
weights, `g` their gradient, `η` the learning rate of the step, `t` the step's number from 1.
"""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from math import sqrt
from typing import ClassVar

import numpy as np

from engine.kinds import Kind, field
from engine.ops.base import Kernel


@dataclass(frozen=True)
class Slice:
    """One block of the flat vectors: weights, gradients, the optimizer's slots, two scratches.

    `numbers` are 0-d arrays, by the names in `Optimizer.numbers`, that hold the values of a step.
    """

    w: np.ndarray
    g: np.ndarray
    slots: Mapping[str, np.ndarray]
    a: np.ndarray
    b: np.ndarray
    numbers: Mapping[str, np.ndarray]

    def constant(self, value: float) -> np.ndarray:
        """A 0-d array of the vectors' own type, so that nothing is promoted to float64."""
        return np.array(value, self.w.dtype)


RATE = field(0.001, "Learning rate", "How far each step goes.", gt=0, le=100)
BETA_1 = field(0.9, "Beta 1", "Memory of the gradient.", ge=0, lt=1, advanced=True)
BETA_2 = field(0.999, "Beta 2", "Memory of the squared gradient.", ge=0, lt=1, advanced=True)
EPSILON = field(1e-7, "Epsilon", "Against division by 0.", gt=0, le=1, advanced=True)


class Optimizer(Kind):
    """A rule of learning; `slots` names the vectors it keeps beside the weights.

    `numbers` names what changes from step to step; all else is bound once.
    """

    slots: ClassVar[tuple[str, ...]] = ()
    numbers: ClassVar[tuple[str, ...]] = ("rate",)
    start: ClassVar[float] = 0.0
    formula: ClassVar[str] = ""

    learning_rate: float = RATE

    def at(self, rate: np.ndarray, step: np.ndarray) -> tuple[np.ndarray, ...]:
        """The values of `numbers` for several steps, given their rates; `step` counts from 1."""
        return (rate,)

    @abstractmethod
    def kernels(self, part: Slice) -> tuple[Kernel, ...]:
        """The calls that update one block of weights and slots."""

    def initial(self) -> float:
        """What the slots hold before the first step."""
        return self.start


class SGD(Optimizer):
    """`w ← w - η g`."""

    label = "SGD"
    tip = "Straight down the gradient."
    formula = r"w \leftarrow w - \eta g"
    learning_rate: float = field(0.01, "Learning rate", "How far each step goes.", gt=0, le=100)

    def kernels(self, part: Slice) -> tuple[Kernel, ...]:
        return (
            partial(np.multiply, part.g, part.numbers["rate"], part.a),
            partial(np.subtract, part.w, part.a, part.w),
        )


class Momentum(Optimizer):
    """`v ← μ v - η g`; `w ← w + v` (Polyak 1964)."""

    tip = "Gathers speed in directions that stay the same."
    slots: ClassVar[tuple[str, ...]] = ("velocity",)
    formula = r"v \leftarrow \mu v - \eta g,\quad w \leftarrow w + v"
    learning_rate: float = field(0.01, "Learning rate", "How far each step goes.", gt=0, le=100)
    momentum: float = field(0.9, "Momentum", "The share of speed kept.", ge=0, lt=1)

    def kernels(self, part: Slice) -> tuple[Kernel, ...]:
        v = part.slots["velocity"]
        return (
            partial(np.multiply, v, part.constant(self.momentum), v),
            partial(np.multiply, part.g, part.numbers["rate"], part.a),
            partial(np.subtract, v, part.a, v),
            partial(np.add, part.w, v, part.w),
        )


class Nesterov(Momentum):
    """`v ← μ v - η g`; `w ← w + μ v - η g` (Nesterov 1983, in the form of Keras)."""

    tip = "Momentum that looks ahead to where its speed will take it."
    formula = r"v \leftarrow \mu v - \eta g,\quad w \leftarrow w + \mu v - \eta g"

    def kernels(self, part: Slice) -> tuple[Kernel, ...]:
        v, mu = part.slots["velocity"], part.constant(self.momentum)
        return (
            partial(np.multiply, v, mu, v),
            partial(np.multiply, part.g, part.numbers["rate"], part.a),
            partial(np.subtract, v, part.a, v),
            partial(np.multiply, v, mu, part.b),
            partial(np.subtract, part.b, part.a, part.b),
            partial(np.add, part.w, part.b, part.w),
        )


def _scaled_step(part: Slice, v: np.ndarray, epsilon: float) -> tuple[Kernel, ...]:
    """`w ← w - η g / √(v + ε)`."""
    a, b = part.a, part.b
    return (
        partial(np.add, v, part.constant(epsilon), a),
        partial(np.sqrt, a, a),
        partial(np.multiply, part.g, part.numbers["rate"], b),
        partial(np.divide, b, a, b),
        partial(np.subtract, part.w, b, part.w),
    )


class RMSprop(Optimizer):
    """`v ← ρ v + (1 - ρ) g²`; `w ← w - η g / √(v + ε)` (Tieleman and Hinton 2012)."""

    label = "RMSprop"
    tip = "Divides by the recent size of each gradient."
    slots: ClassVar[tuple[str, ...]] = ("mean_square",)
    formula = r"v \leftarrow \rho v + (1-\rho) g^2,\quad w \leftarrow w - \eta g/\sqrt{v+\epsilon}"
    rho: float = field(0.9, "Rho", "Memory of the squared gradient.", ge=0, lt=1)
    epsilon: float = EPSILON

    def kernels(self, part: Slice) -> tuple[Kernel, ...]:
        v, a = part.slots["mean_square"], part.a
        return (
            partial(np.multiply, v, part.constant(self.rho), v),
            partial(np.multiply, part.g, part.g, a),
            partial(np.multiply, a, part.constant(1 - self.rho), a),
            partial(np.add, v, a, v),
            *_scaled_step(part, v, self.epsilon),
        )


class Adagrad(Optimizer):
    """`v ← v + g²`; `w ← w - η g / √(v + ε)`; `v` begins at 0.1 (Duchi et al. 2011)."""

    tip = "Divides by all that each gradient has been."
    slots: ClassVar[tuple[str, ...]] = ("accumulator",)
    formula = r"v \leftarrow v + g^2,\quad w \leftarrow w - \eta g/\sqrt{v+\epsilon}"
    initial_accumulator: float = field(
        0.1, "First sum", "What the sums of squares begin with.", ge=0, le=1e6, advanced=True
    )
    epsilon: float = EPSILON

    def initial(self) -> float:
        return self.initial_accumulator

    def kernels(self, part: Slice) -> tuple[Kernel, ...]:
        v, a = part.slots["accumulator"], part.a
        return (
            partial(np.multiply, part.g, part.g, a),
            partial(np.add, v, a, v),
            *_scaled_step(part, v, self.epsilon),
        )


class Adam(Optimizer):
    """`m ← β₁m + (1-β₁)g`, `v ← β₂v + (1-β₂)g²`, `w ← w - α m / (√v + ε)`,
    `α = η √(1-β₂ᵗ) / (1-β₁ᵗ)` (Kingma and Ba 2015, the form before section 2.1).

    The slots are the decayed sums `M = m / (1-β₁)` and `V = v / (1-β₂)`, which saves two passes
    over the weights: with `κ = √(1-β₂)`, `w ← w - (α (1-β₁) / κ) M / (√V + ε / κ)`.
    """

    tip = "Momentum, divided by the recent size of each gradient. A good first choice."
    slots: ClassVar[tuple[str, ...]] = ("sum", "square_sum")
    numbers: ClassVar[tuple[str, ...]] = ("alpha",)
    formula = r"w \leftarrow w - \alpha\, m / (\sqrt{v}+\epsilon)"
    beta_1: float = BETA_1
    beta_2: float = BETA_2
    epsilon: float = EPSILON

    def at(self, rate: np.ndarray, step: np.ndarray) -> tuple[np.ndarray, ...]:
        beta_1, beta_2 = self.beta_1, self.beta_2
        alpha = rate * np.sqrt(1 - beta_2**step) / (1 - beta_1**step)
        return (alpha * ((1 - beta_1) / sqrt(1 - beta_2)),)

    def kernels(self, part: Slice) -> tuple[Kernel, ...]:
        a = part.a
        return (
            *self._sums(part),
            partial(np.sqrt, part.slots["square_sum"], a),
            partial(np.add, a, part.constant(self.epsilon / sqrt(1 - self.beta_2)), a),
            partial(np.divide, part.slots["sum"], a, a),
            partial(np.multiply, a, part.numbers["alpha"], a),
            partial(np.subtract, part.w, a, part.w),
        )

    def _sums(self, part: Slice) -> tuple[Kernel, ...]:
        M, V, a = part.slots["sum"], part.slots["square_sum"], part.a
        return (
            partial(np.multiply, M, part.constant(self.beta_1), M),
            partial(np.add, M, part.g, M),
            partial(np.multiply, part.g, part.g, a),
            partial(np.multiply, V, part.constant(self.beta_2), V),
            partial(np.add, V, a, V),
        )


class AdamW(Adam):
    """`w ← w - η λ w`, then Adam (Loshchilov and Hutter 2019)."""

    kind = "adamw"
    label = "AdamW"
    tip = "Adam with weights that decay by themselves."
    numbers: ClassVar[tuple[str, ...]] = ("alpha", "keep")
    formula = r"w \leftarrow w - \eta\lambda w - \alpha\, m / (\sqrt{v}+\epsilon)"
    weight_decay: float = field(
        0.004, "Weight decay", "The share of each weight lost, times the rate.", ge=0, le=10
    )

    def at(self, rate: np.ndarray, step: np.ndarray) -> tuple[np.ndarray, ...]:
        return (*super().at(rate, step), 1 - rate * self.weight_decay)

    def kernels(self, part: Slice) -> tuple[Kernel, ...]:
        decay = partial(np.multiply, part.w, part.numbers["keep"], part.w)
        return (decay, *super().kernels(part))


class Nadam(Adam):
    """Adam with Nesterov's momentum (Dozat 2016), its momentum schedule as in Keras:
    `uₜ = β₁ (1 - ½ 0.96ᵗ)`, `m̂ = uₜ₊₁ m / (1 - Πᵗ⁺¹u) + (1-uₜ) g / (1 - Πᵗu)`,
    `v̂ = v / (1 - β₂ᵗ)`, `w ← w - η m̂ / (√v̂ + ε)`.
    """

    tip = "Adam that looks ahead, as Nesterov's momentum does."
    numbers: ClassVar[tuple[str, ...]] = ("of_sum", "of_g", "of_square_sum")
    formula = r"w \leftarrow w - \eta\, \hat{m} / (\sqrt{\hat{v}}+\epsilon)"

    def at(self, rate: np.ndarray, step: np.ndarray) -> tuple[np.ndarray, ...]:
        products = _momentum_products(self.beta_1)
        product = products[np.minimum(step, len(products) - 1).astype(int)]
        now, later = self._momentum(step), self._momentum(step + 1)
        return (
            rate * later / (1 - product * later) * (1 - self.beta_1),
            rate * (1 - now) / (1 - product),
            (1 - self.beta_2) / (1 - self.beta_2**step),
        )

    def _momentum(self, step: np.ndarray) -> np.ndarray:
        return self.beta_1 * (1 - 0.5 * 0.96**step)

    def kernels(self, part: Slice) -> tuple[Kernel, ...]:
        a, b, numbers = part.a, part.b, part.numbers
        return (
            *self._sums(part),
            partial(np.multiply, part.slots["square_sum"], numbers["of_square_sum"], a),
            partial(np.sqrt, a, a),
            partial(np.add, a, part.constant(self.epsilon), a),
            partial(np.multiply, part.slots["sum"], numbers["of_sum"], b),
            partial(np.divide, b, a, b),
            partial(np.subtract, part.w, b, part.w),
            partial(np.multiply, part.g, numbers["of_g"], b),
            partial(np.divide, b, a, b),
            partial(np.subtract, part.w, b, part.w),
        )


@cache
def _momentum_products(beta_1: float) -> np.ndarray:
    """Nadam's `Πᵗu` for t from 0 to 8,000, by which it is next to nothing and no longer counts."""
    moments = beta_1 * (1 - 0.5 * 0.96 ** np.arange(1, 8_001))
    return np.cumprod(np.concatenate(([1.0], moments)))
