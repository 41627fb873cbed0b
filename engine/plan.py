"""The buffers and kernels for one batch size: everything is allocated and bound here, once.

Tensors are feature-major with a row of ones below, `(width + 1, rows)`. The input is
batch-major with a column of ones, as rows are gathered, and is read through its transpose.
A training plan holds a few slots: several batches gathered at once, each with its own input
and output and all else shared, so that losses can be computed a chunk at a time.
"""

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from engine.losses import Loss, LossSite
from engine.ops import Sigmoid, Softmax
from engine.ops.base import Constants, Kernel, Kernels, Scratches, Site
from engine.wiring import Step, Wiring, wire

# For ops that draw nothing, and for plans in which noise is passed over.
UNSEEDED = np.random.default_rng(0)


class Plan:
    """Buffers for `slots` batches of `rows` rows; `run(slot)` passes over one of them.

    `input` is `(slots · rows, width + 1)` with a last column of ones. With a loss, `kernels[slot]`
    also goes backward and fills `gradients`; `targets` is then `(slots · rows, outputs)` and
    `weights` `(slots · rows,)` or None. `outputs` is `(slots, outputs, rows)`: logits where the
    loss is fused with the last op. Kernels read the targets as `turn_targets` lays them out.
    """

    def __init__(
        self,
        steps: Sequence[Step],
        widths: Sequence[int],
        output: int,
        parameters: np.ndarray,
        state: np.ndarray,
        *,
        rows: int,
        slots: int = 1,
        training: bool = False,
        share: bool = True,
        loss: Loss | None = None,
        logits: bool = False,
        weighted: bool = False,
        gradients: np.ndarray | None = None,
        generators: Mapping[str, np.random.Generator] | None = None,
    ) -> None:
        last = next((step.op for step in reversed(steps) if step.output == output), None)
        self.loss = loss
        fused_with = (Softmax, Sigmoid) if logits else loss and loss.fuses
        self.fused = bool(fused_with) and isinstance(last, fused_with)
        self.wiring: Wiring = wire(
            tuple(steps), output, training=training, fused=self.fused, share=share
        )
        self.rows, self.slots, self.training, self.widths = rows, slots, training, widths
        self.parameters, self.state = parameters, state
        self.gradients = np.zeros_like(parameters) if gradients is None else gradients
        self.generators = generators or {}
        self._allocate(weighted)
        self.kernels = [self._bind(slot) for slot in range(slots)]

    def run(self, slot: int = 0) -> None:
        """One pass over the batch in `slot`."""
        if self.loss is not None:
            self.turn_targets(slice(slot, slot + 1))
        for kernel in self.kernels[slot]:
            kernel()

    def flat_outputs(self, slots: int) -> np.ndarray:
        """A copy of the outputs of the first slots, `(outputs, slots · rows)`.

        It is good until the next call.
        """
        width, rows = self.outputs.shape[1], slots * self.rows
        outputs = self._flat[: width * rows].reshape(width, rows)
        by_slot = outputs.reshape(width, slots, self.rows)
        np.copyto(by_slot, self.outputs[:slots].transpose(1, 0, 2))
        return outputs

    def tensor(self, tensor: int, slot: int = 0) -> np.ndarray:
        """The values `(width, rows)` of a tensor, as the last pass over `slot` left them."""
        return self._buffer(tensor, slot)[:-1]

    def gradient(self, tensor: int) -> np.ndarray | None:
        """Of the loss by a tensor, `(width, rows)`, after a pass; None where none flows.

        Only where buffers are not shared, each is the gradient of one tensor.
        """
        found = self._gradients.get(self.wiring.roots[tensor])
        return None if found is None else found[:-1]

    def turn_targets(self, slots: slice) -> None:
        """Lays the targets of these slots out as the loss reads them, an output a row."""
        by_slot = self.targets.reshape(self.slots, self.rows, -1).transpose(0, 2, 1)
        scale, offset = self._target_terms
        np.multiply(by_slot[slots], scale, out=self._turned[slots])
        if offset:
            self._turned[slots] += offset

    # ── buffers ─────────────────────────────────────────────────────────────────────────────

    def _allocate(self, weighted: bool) -> None:
        dtype, total = self.parameters.dtype, self.slots * self.rows
        outputs = self.widths[self.wiring.output]
        self.input = np.ones((total, self.widths[0] + 1), dtype)
        self.targets = np.zeros((total, outputs), dtype)
        self.weights = np.ones(total, dtype) if weighted else None
        if self.loss is not None:
            self._turned = np.zeros((self.slots, outputs, self.rows), dtype)
            self._flat = np.empty(total * outputs, dtype)
            terms = self.loss.target_terms(outputs, self.rows, fused=self.fused)
            self._target_terms = np.array(terms, dtype)
        self._outputs = np.ones((self.slots, outputs + 1, self.rows), dtype)
        self.outputs = self._outputs[:, :-1]
        self._tensors: dict[int, np.ndarray] = {}
        self._gradients: dict[int, np.ndarray] = {}
        self._added: dict[tuple[int, int], np.ndarray] = {}
        self._scratches = [Scratches() for _ in range(len(self.wiring.steps) + 1)]
        self._constants = Constants()
        self._by_slot = self._steps_by_slot()
        self._bound: dict[int, Kernels] = {}

    def _slice(self, slot: int) -> slice:
        return slice(slot * self.rows, (slot + 1) * self.rows)

    def _buffer(self, tensor: int, slot: int) -> np.ndarray:
        root = self.wiring.roots[tensor]
        if root == 0:
            return self.input[self._slice(slot)].T
        if root == self.wiring.roots[self.wiring.output]:
            return self._outputs[slot]
        return self._kept(self._tensors, root)

    def _kept(self, buffers: dict[int, np.ndarray], tensor: int) -> np.ndarray:
        """The buffer under this key, made with its row of ones when first asked for."""
        if tensor not in buffers:
            buffers[tensor] = np.ones((self.widths[tensor] + 1, self.rows), self.parameters.dtype)
        return buffers[tensor]

    def _gradient(self, tensor: int) -> np.ndarray:
        return self._kept(self._gradients, self.wiring.roots[tensor])

    # ── kernels ─────────────────────────────────────────────────────────────────────────────

    def _bind(self, slot: int) -> tuple[Kernel, ...]:
        """The whole step over one slot as a flat list of calls."""
        forward: list[Kernel] = []
        backward: list[Kernel] = []
        for number, step in enumerate(self.wiring.steps):
            if slot == 0 or number in self._by_slot:
                self._scratches[number].rewind()
                self._bound[number] = self._bind_step(step, slot, number)
            kernels = self._bound[number]
            forward += kernels.forward
            backward = [*kernels.backward, *backward]
        if self.loss is None:
            return tuple(forward)
        return (*forward, *self._bind_loss(self.loss, slot), *backward)

    def _steps_by_slot(self) -> frozenset[int]:
        """The steps of which each slot needs its own: all between input and output are shared."""
        roots = self.wiring.roots
        own = {0, roots[self.wiring.output]}
        return frozenset(
            number
            for number, step in enumerate(self.wiring.steps)
            if any(roots[tensor] in own for tensor in (*step.inputs, step.output))
        )

    def _bind_step(self, step: Step, slot: int, number: int) -> Kernels:
        targets: list[np.ndarray | None] = []
        additions: list[Kernel] = []
        for tensor, flow in zip(step.inputs, self.wiring.flows[number], strict=True):
            if flow is None or self.loss is None:
                targets.append(None)
            elif flow == "write":
                targets.append(self._gradient(tensor))
            else:
                gradient, scratch = self._gradient(tensor), self._scratch(tensor, len(additions))
                targets.append(scratch)
                additions.append(partial(np.add, gradient, scratch, gradient))
        y = self._buffer(step.output, slot)
        kernels = step.op.bind(
            Site(
                x=tuple(self._buffer(tensor, slot) for tensor in step.inputs),
                y=y,
                dx=tuple(targets),
                dy=y if self.loss is None else self._gradient(step.output),
                parameters=self.parameters[step.block],
                gradients=self.gradients[step.block],
                state=self.state[step.state],
                generator=self.generators.get(step.layer, UNSEEDED),
                training=self.training,
                scratches=self._scratches[number],
                constants=self._constants,
            )
        )
        return Kernels(kernels.forward, (*kernels.backward, *additions))

    def _scratch(self, tensor: int, number: int) -> np.ndarray:
        """A buffer for a gradient on its way to be added, shared by all tensors of its width."""
        key = (self.widths[tensor], number)
        if key not in self._added:
            shape = (self.widths[tensor] + 1, self.rows)
            self._added[key] = np.ones(shape, self.parameters.dtype)
        return self._added[key]

    def _bind_loss(self, loss: Loss, slot: int) -> tuple[Kernel, ...]:
        self._scratches[-1].rewind()
        rows = self._slice(slot)
        site = LossSite(
            outputs=self.tensor(self.wiring.output, slot),
            targets=self._turned[slot],
            gradient=self._gradient(self.wiring.output)[:-1],
            weights=None if self.weights is None else self.weights[rows],
            scratches=self._scratches[-1],
            constants=self._constants,
        )
        return loss.bind(site, fused=self.fused)
