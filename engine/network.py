"""A design compiled: ops in order over flat parameter vectors that layers hold views of."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from engine import seeds
from engine.design import Design
from engine.errors import DesignError
from engine.ops import Op, Parameter
from engine.plan import Plan
from engine.shapes import walk
from engine.wiring import Step

# Prediction runs in blocks whose widest tensor holds about this many numbers.
PREDICTION_NUMBERS = 1 << 20
MOST_ROWS, LEAST_ROWS = 4096, 16


class Network:
    """All trained numbers in one contiguous vector, `parameters`; moving figures in `state`.

    Tensor 0 is the input; `widths[i]` is the width of tensor i, `tensor_of[layer id]` the
    tensor a layer writes. Arrays missing from `weights` begin as their initializers say.
    Raises DesignError with the first problem of the design.
    """

    def __init__(
        self,
        design: Design,
        width: int,
        *,
        seed: int = 0,
        dtype: str = "float32",
        weights: Mapping[tuple[str, str], np.ndarray] | None = None,
    ) -> None:
        found = walk(design, width)
        errors = [problem for problem in found.problems if problem.severity == "error"]
        if errors:
            raise DesignError(f"{errors[0].message}. {errors[0].fix}")
        self.design = design
        self.seed = seed
        self.dtype = np.dtype(dtype)
        self.steps, self.widths, self.tensor_of = _lower(design, width, found.ops)
        self.parameters = np.zeros(sum(step.op.block_size for step in self.steps), self.dtype)
        self.state = np.zeros(sum(step.op.state_size for step in self.steps), self.dtype)
        self.views = self.name_views(self.parameters, self.state)
        self._specifications = {
            (step.layer, each.name): each for step in self.steps for each in step.op.parameters
        }
        self.initialise()
        if weights:
            self.load(weights)
        self._prediction_plans: dict[tuple[int, bool], Plan] = {}

    @property
    def output(self) -> int:
        """The tensor that the design's output layer writes."""
        return self.tensor_of[self.design.outputs[0]]

    @property
    def last_op(self) -> Op | None:
        """The op that writes the output while training; None where the design computes nothing."""
        return next((s.op for s in reversed(self.steps) if s.output == self.output), None)

    @property
    def output_op(self) -> Op | None:
        """The op that writes the output outside training, when noise passes its input on."""
        tensor = self.output
        for step in reversed(self.steps):
            if step.output == tensor:
                if not step.op.training_only:
                    return step.op
                tensor = step.inputs[0]
        return None

    def name_views(
        self, parameters: np.ndarray, state: np.ndarray
    ) -> Mapping[tuple[str, str], np.ndarray]:
        """Views of two vectors laid out like the network's own, by (layer id, name)."""
        found: dict[tuple[str, str], np.ndarray] = {}
        for step in self.steps:
            views = step.op.views(parameters[step.block], state[step.state])
            found |= {(step.layer, name): view for name, view in views.items()}
        return MappingProxyType(found)

    def trained_views(self, vector: np.ndarray) -> Mapping[tuple[str, str], np.ndarray]:
        """Views of a vector laid out like `parameters`, by (layer id, name)."""
        named = self.name_views(vector, np.zeros_like(self.state))
        return {key: view for key, view in named.items() if self.parameter(key).trained}

    def parameter(self, key: tuple[str, str]) -> Parameter:
        """What the op says of the array with this (layer id, name)."""
        return self._specifications[key]

    def initialise(self) -> None:
        """Draws every array anew from its initializer; the same values for the same seed."""
        for step in self.steps:
            for parameter in step.op.parameters:
                draw = seeds.generator(self.seed, step.layer, f"initial {parameter.name}")
                values = parameter.initializer.draw(parameter.shape, draw)
                self.views[step.layer, parameter.name][...] = values

    def load(self, arrays: Mapping[tuple[str, str], np.ndarray]) -> None:
        """Copies the arrays that fit into their places. Raises DesignError on another shape."""
        for key, view in self.views.items():
            if key not in arrays:
                continue
            if arrays[key].shape != view.shape:
                name = self.design.node(key[0]).name
                raise DesignError(
                    f"{name}: {key[1]} has shape {arrays[key].shape}, the design needs {view.shape}"
                )
            view[...] = arrays[key]

    def arrays(self) -> Mapping[tuple[str, str], np.ndarray]:
        """Read-only copies of everything trained and kept, by (layer id, name)."""
        return frozen_copies(self.views)

    def view(self, layer: str, name: str) -> np.ndarray:
        """The live array of that layer (id) and name; a kernel is (inputs, units)."""
        return self.views[layer, name]

    def plan(self, rows: int, **options: Any) -> Plan:
        """Buffers and kernels for batches of `rows`, over the network's own vectors."""
        parts = (self.steps, self.widths, self.output, self.parameters, self.state)
        return Plan(*parts, rows=rows, **options)

    def predict(self, X: np.ndarray, *, logits: bool = False) -> np.ndarray:
        """Outputs `(rows, outputs)` for prepared rows `(rows, width)`, in bounded memory.

        `logits` leaves out a last softmax or sigmoid.
        """
        most = min(MOST_ROWS, max(LEAST_ROWS, PREDICTION_NUMBERS // max(self.widths)))
        size = min(most, 1 << max(0, len(X) - 1).bit_length())
        # Taken out while it is in use, so that another thread makes one of its own.
        plan = self._prediction_plans.pop((size, logits), None) or self.plan(size, logits=logits)
        outputs = plan.tensor(plan.wiring.output)
        result = np.empty((len(X), len(outputs)), self.dtype)
        with np.errstate(all="ignore"):
            for start in range(0, len(X), size):
                rows = X[start : start + size]
                plan.input[: len(rows), :-1] = rows
                plan.run()
                result[start : start + size] = outputs[:, : len(rows)].T
        self._prediction_plans[size, logits] = plan
        return result

    def explain(self, X: np.ndarray) -> dict[str, np.ndarray]:
        """What each layer (by id) gives for prepared rows: `(rows, width)`, every one kept."""
        plan = self.plan(len(X), share=False)
        plan.input[:, :-1] = X
        with np.errstate(all="ignore"):
            plan.run()
        return {layer: plan.tensor(tensor).T.copy() for layer, tensor in self.tensor_of.items()}


def frozen_copies(
    arrays: Mapping[tuple[str, str], np.ndarray],
) -> Mapping[tuple[str, str], np.ndarray]:
    """Contiguous read-only copies under the same keys, each in the order in which it lies.

    A kernel lies unit by unit: to turn it around would take twenty times as long.
    """
    copies = {key: np.array(value, order="K") for key, value in arrays.items()}
    for copy in copies.values():
        copy.setflags(write=False)
    return MappingProxyType(copies)


def _lower(
    design: Design, width: int, ops: Mapping[str, tuple[Op, ...]]
) -> tuple[tuple[Step, ...], tuple[int, ...], dict[str, int]]:
    """Every layer's ops in order, the widths of all tensors, and the tensor each layer writes."""
    steps: list[Step] = []
    widths = [width]
    tensor_of: dict[str, int] = {}
    block = state = 0
    for layer in design.order:
        reads = tuple(tensor_of[parent] for parent in design.parents(layer)) or (0,)
        for op in ops[layer]:
            own = slice(block, block + op.block_size)
            kept = slice(state, state + op.state_size)
            steps.append(Step(op, layer, reads, len(widths), own, kept))
            block, state = own.stop, kept.stop
            reads = (len(widths),)
            widths.append(op.output_width)
        tensor_of[layer] = reads[0]
    return tuple(steps), tuple(widths), tensor_of
