"""The activations by name: a label, a tip and a formula, and the op that computes each."""

from abc import abstractmethod
from typing import ClassVar

from engine import ops
from engine.kinds import Kind, field


class Activation(Kind):
    """A function applied to every unit (softmax: to every row), from `Z` to `A`."""

    formula: ClassVar[str] = ""

    @abstractmethod
    def op(self, width: int) -> ops.Op | None:
        """The op for tensors of `width`, or None where nothing is to be computed."""


class Linear(Activation):
    tip = "Passes values on as they are."
    formula = r"A = Z"

    def op(self, width: int) -> None:
        return None


class Relu(Activation):
    label = "ReLU"
    tip = "Negative values become 0. The usual choice for hidden layers."
    formula = r"A = \max(0, Z)"

    def op(self, width: int) -> ops.Op:
        return ops.Relu(width)


class LeakyRelu(Activation):
    label = "Leaky ReLU"
    tip = "Negative values are made small instead of 0, so that no unit can die."
    formula = r"A = \max(\alpha Z, Z)"
    alpha: float = field(0.3, "Slope", "What negative values are multiplied by.", ge=0, lt=1)

    def op(self, width: int) -> ops.Op:
        return ops.LeakyRelu(width, self.alpha)


class Elu(Activation):
    label = "ELU"
    tip = "Like relu with a smooth, bounded negative side."
    formula = r"A = Z \;(Z>0),\quad \alpha(e^Z-1) \;(Z\leq 0)"
    alpha: float = field(1.0, "Alpha", "The bound of the negative side.", gt=0, le=100)

    def op(self, width: int) -> ops.Op:
        return ops.Elu(width, self.alpha)


class Selu(Activation):
    label = "SELU"
    tip = "A scaled elu that keeps mean and variance by itself; use LeCun normal weights."
    formula = r"A = \lambda Z \;(Z>0),\quad \lambda\alpha(e^Z-1) \;(Z\leq 0)"

    def op(self, width: int) -> ops.Op:
        return ops.Selu(width)


class Gelu(Activation):
    label = "GELU"
    tip = "Weighs values by how likely a normal variable is below them (exact form)."
    formula = r"A = Z\,\Phi(Z)"

    def op(self, width: int) -> ops.Op:
        return ops.Gelu(width)


class Silu(Activation):
    label = "SiLU"
    tip = "Also called swish: a value times its own sigmoid."
    formula = r"A = Z\,\sigma(Z)"

    def op(self, width: int) -> ops.Op:
        return ops.Silu(width)


class Sigmoid(Activation):
    tip = "Squeezes every value into 0 to 1; as an output, the probability of one class of two."
    formula = r"A = \frac{1}{1+e^{-Z}}"

    def op(self, width: int) -> ops.Op:
        return ops.Sigmoid(width)


class Tanh(Activation):
    tip = "Squeezes every value into -1 to 1."
    formula = r"A = \tanh Z"

    def op(self, width: int) -> ops.Op:
        return ops.Tanh(width)


class Softplus(Activation):
    tip = "A smooth relu."
    formula = r"A = \ln(1+e^Z)"

    def op(self, width: int) -> ops.Op:
        return ops.Softplus(width)


class Softmax(Activation):
    tip = "Turns each row into probabilities that sum to 1; the output for several classes."
    formula = r"A_{ij} = \frac{e^{Z_{ij}}}{\sum_k e^{Z_{ik}}}"

    def op(self, width: int) -> ops.Op:
        return ops.Softmax(width)
