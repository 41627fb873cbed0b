"""What every op is: parameters, and forward and backward kernels bound to buffers once.

Formulas in docstrings have rows as samples (`Z = X W + b`). Inside, tensors are kept
feature-major with one row of ones below, `(width + 1, rows)`: the bias is then one more
column of the weights, and both it and its gradient come free with the matrix product.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import ClassVar

import numpy as np

from engine.initializers import Initializer

Kernel = Callable[[], object]


@dataclass(frozen=True)
class Parameter:
    """One named array of an op: trained by the optimizer, or kept beside it (moving averages)."""

    name: str
    shape: tuple[int, ...]
    initializer: Initializer
    trained: bool = True
    l1: float = 0.0
    l2: float = 0.0
    max_norm: float = 0.0

    @property
    def size(self) -> int:
        return int(np.prod(self.shape))


class Scratches:
    """Buffers that an op needs between its kernels, made when it is bound for the first time.

    A plan binds every op once a slot; all of them get the same buffers, in the order in which
    they ask, since one slot has ended when the next begins.
    """

    def __init__(self) -> None:
        self._made: list[np.ndarray] = []
        self._next = 0

    def rewind(self) -> None:
        """The op is about to be bound again."""
        self._next = 0

    def take(self, shape: tuple[int, ...], dtype: np.dtype | type) -> np.ndarray:
        """The next buffer."""
        if self._next == len(self._made):
            self._made.append(np.empty(shape, dtype))
        self._next += 1
        return self._made[self._next - 1]


class Constants:
    """Arrays of one value each, made once for all ops of a plan.

    NumPy takes the larger or smaller of two arrays of one shape four times as fast as of an array
    and a scalar.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[tuple[int, ...], str, float], np.ndarray] = {}

    def full(self, shape: tuple[int, ...], value: float, dtype: np.dtype | type) -> np.ndarray:
        """A read-only array of this shape that holds `value` everywhere."""
        key = (shape, np.dtype(dtype).str, value)
        if key not in self._made:
            self._made[key] = np.full(shape, value, dtype)
            self._made[key].setflags(write=False)
        return self._made[key]


@dataclass(frozen=True)
class Site:
    """The buffers that one op is bound to; tensors and gradients are `(width + 1, rows)`.

    `dx` holds None where no gradient is asked for. `parameters`, `gradients` and `state` are the
    op's own parts of the flat vectors.
    """

    x: tuple[np.ndarray, ...]
    y: np.ndarray
    dx: tuple[np.ndarray | None, ...]
    dy: np.ndarray
    parameters: np.ndarray
    gradients: np.ndarray
    state: np.ndarray
    generator: np.random.Generator
    training: bool
    scratches: Scratches = field(default_factory=Scratches)
    constants: Constants = field(default_factory=Constants)

    @property
    def dtype(self) -> np.dtype:
        return self.y.dtype

    @property
    def rows(self) -> int:
        return self.y.shape[1]

    def scratch(self, *shape: int, dtype: np.dtype | type | None = None) -> np.ndarray:
        """A buffer of the op's own; without a shape, one like the output without its ones."""
        shape = shape or (self.y.shape[0] - 1, self.rows)
        return self.scratches.take(shape, dtype or self.dtype)

    def scalar(self, value: float) -> np.ndarray:
        """A 0-d array of the tensors' own type, so that nothing is promoted to float64."""
        return np.array(value, self.dtype)

    def full(self, value: float, dtype: np.dtype | type | None = None) -> np.ndarray:
        """A read-only array like the output without its ones, for `maximum` and `minimum`."""
        shape = (self.y.shape[0] - 1, self.rows)
        return self.constants.full(shape, value, dtype or self.dtype)


@dataclass(frozen=True)
class Kernels:
    """What an op does in a step: calls without arguments, in order."""

    forward: tuple[Kernel, ...]
    backward: tuple[Kernel, ...] = ()


@dataclass(frozen=True)
class Op(ABC):
    """The maths of one node, named as ONNX names it. Subclasses add their attributes.

    `needs_input` / `needs_output`: whether backward reads them. `in_place`: whether the output
    may share the input's buffer (and the gradients likewise) where nothing else needs it.
    `training_only`: outside training the op passes its input on.
    """

    needs_input: ClassVar[bool] = False
    needs_output: ClassVar[bool] = False
    in_place: ClassVar[bool] = False
    training_only: ClassVar[bool] = False
    random: ClassVar[bool] = False

    @property
    @abstractmethod
    def output_width(self) -> int:
        """Width of the tensor it writes."""

    @abstractmethod
    def bind(self, site: Site) -> Kernels:
        """Kernels over these buffers; all allocation happens here."""

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The arrays the op owns, in the order in which they lie in the flat vectors."""
        return ()

    @cached_property
    def trained_size(self) -> int:
        """How many numbers the optimizer trains."""
        return sum(each.size for each in self.parameters if each.trained)

    @property
    def block_size(self) -> int:
        """Numbers taken in the flat parameter vector."""
        return self.trained_size

    @property
    def state_size(self) -> int:
        """Numbers taken in the flat vector of what is kept but not trained."""
        return sum(each.size for each in self.parameters if not each.trained)

    def views(self, block: np.ndarray, state: np.ndarray) -> dict[str, np.ndarray]:
        """The named arrays as views of the op's parts of the two flat vectors."""
        found: dict[str, np.ndarray] = {}
        starts = {True: 0, False: 0}
        for each in self.parameters:
            start = starts[each.trained]
            part = (block if each.trained else state)[start : start + each.size]
            found[each.name] = part.reshape(each.shape)
            starts[each.trained] += each.size
        return found


def sums(x: np.ndarray, out: np.ndarray, axis: int) -> Kernel:
    """A kernel that sums `x` over `axis` into `out`, which may keep that axis."""
    return partial(np.add.reduce, x, axis=axis, out=out, keepdims=out.ndim == x.ndim)
