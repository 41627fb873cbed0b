"""The matrix product with its bias."""

from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

import numpy as np

from engine.initializers import GlorotUniform, Initializer, Zeros
from engine.ops.base import Kernel, Kernels, Op, Parameter, Site


@dataclass(frozen=True)
class Gemm(Op):
    """`Z = X W + b`; `dW = Xᵀ dZ`, `db = Σ_rows dZ`, `dX = dZ Wᵀ` (Goodfellow et al. 2016, 6.5.6).

    Kept as one block `[Wᵀ b]` of `(outputs, inputs + 1)`. Without a bias the last column stays 0.
    """

    inputs: int
    outputs: int
    bias: bool = True
    initializer: Initializer = field(default_factory=GlorotUniform)
    l1: float = 0.0
    l2: float = 0.0
    max_norm: float = 0.0

    needs_input: ClassVar[bool] = True

    @property
    def output_width(self) -> int:
        return self.outputs

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        kernel = Parameter(
            "kernel",
            (self.inputs, self.outputs),
            self.initializer,
            l1=self.l1,
            l2=self.l2,
            max_norm=self.max_norm,
        )
        bias = Parameter("bias", (self.outputs,), Zeros())
        return (kernel, bias) if self.bias else (kernel,)

    @property
    def block_size(self) -> int:
        return self.outputs * (self.inputs + 1)

    def views(self, block: np.ndarray, state: np.ndarray) -> dict[str, np.ndarray]:
        both = block.reshape(self.outputs, self.inputs + 1)
        found = {"kernel": both[:, :-1].T}
        return found | {"bias": both[:, -1]} if self.bias else found

    def bind(self, site: Site) -> Kernels:
        shape = (self.outputs, self.inputs + 1)
        W, dW = site.parameters.reshape(shape), site.gradients.reshape(shape)
        X, dX = site.x[0], site.dx[0]
        Z, dZ = site.y[: self.outputs], site.dy[: self.outputs]
        backward: list[Kernel] = [partial(dZ.dot, X.T, dW)]
        if not self.bias:
            backward.append(partial(dW[:, -1].fill, 0))
        if dX is not None:
            backward.append(partial(W.T.dot, dZ, dX))
        return Kernels((partial(W.dot, X, Z),), tuple(backward))
