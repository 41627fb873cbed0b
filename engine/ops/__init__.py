"""What the maths is: ops named as ONNX names them, forward and backward beside each other."""

from engine.ops.activations import (
    Elu,
    Gelu,
    LeakyRelu,
    Relu,
    Selu,
    Sigmoid,
    Silu,
    Softmax,
    Softplus,
    Tanh,
)
from engine.ops.base import Op, Parameter
from engine.ops.gemm import Gemm
from engine.ops.merge import Add, Concat, Mean, Mul
from engine.ops.noise import Dropout, GaussianNoise
from engine.ops.normalization import BatchNormalization, LayerNormalization

__all__ = [
    "Add",
    "BatchNormalization",
    "Concat",
    "Dropout",
    "Elu",
    "GaussianNoise",
    "Gelu",
    "Gemm",
    "LayerNormalization",
    "LeakyRelu",
    "Mean",
    "Mul",
    "Op",
    "Parameter",
    "Relu",
    "Selu",
    "Sigmoid",
    "Silu",
    "Softmax",
    "Softplus",
    "Tanh",
]
