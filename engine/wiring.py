"""Decides, before anything is allocated, which tensors share a buffer and which gradients flow."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from engine.ops import Op

Flow = Literal["write", "add"] | None


@dataclass(frozen=True)
class Step:
    """One op in place: which tensors it reads and writes, and its parts of the flat vectors."""

    op: Op
    layer: str
    inputs: tuple[int, ...]
    output: int
    block: slice
    state: slice


@dataclass(frozen=True)
class Wiring:
    """The steps to bind, in order, and what they share.

    `output` is the tensor that is read in the end. `roots[t]` is the tensor whose buffer tensor
    t uses. `flows[i]` says for each input of step i whether its gradient is written, added to
    what another consumer has written, or not wanted.
    """

    steps: tuple[Step, ...]
    output: int
    roots: dict[int, int]
    flows: tuple[tuple[Flow, ...], ...]


def wire(
    steps: tuple[Step, ...], output: int, *, training: bool, fused: bool, share: bool
) -> Wiring:
    """Wiring of `steps`; `fused` leaves the last op to the loss, `share` lets ops work in place."""
    steps, passed = _pass_over(steps, training)
    output = passed.get(output, output)
    if fused:
        last = next(step for step in steps if step.output == output)
        steps = tuple(step for step in steps if step is not last)
        output = last.inputs[0]
    roots = {step.output: step.output for step in steps} | {0: 0}
    if share:
        _work_in_place(steps, output, roots)
    roots |= {tensor: roots[real] for tensor, real in passed.items() if real in roots}
    return Wiring(steps, output, roots, _flows(steps))


def _pass_over(steps: tuple[Step, ...], training: bool) -> tuple[tuple[Step, ...], dict[int, int]]:
    """The steps without noise where that is off, and which tensor stands for each one lost."""
    kept: list[Step] = []
    passed: dict[int, int] = {}
    for step in steps:
        inputs = tuple(passed.get(tensor, tensor) for tensor in step.inputs)
        if step.op.training_only and not training:
            passed[step.output] = inputs[0]
        else:
            kept.append(replace(step, inputs=inputs))
    return tuple(kept), passed


def _work_in_place(steps: tuple[Step, ...], output: int, roots: dict[int, int]) -> None:
    """Lets an op overwrite its input where it is the one reader and nothing needs it later."""
    readers = Counter(tensor for step in steps for tensor in step.inputs)
    readers[output] += 1
    writers = {step.output: step.op for step in steps}
    for step in steps:
        source = step.inputs[0]
        if (
            step.op.in_place
            and source != 0
            and readers[source] == 1
            and not step.op.needs_input
            and not writers[source].needs_output
        ):
            roots[step.output] = roots[source]


def _flows(steps: tuple[Step, ...]) -> tuple[tuple[Flow, ...], ...]:
    """Who writes each gradient first and who adds, walking back from the output."""
    wanted = {0: False}
    for step in steps:
        wanted[step.output] = step.op.block_size > 0 or any(wanted[t] for t in step.inputs)
    received: set[int] = set()
    flows: list[tuple[Flow, ...]] = []
    for step in reversed(steps):
        of_step: list[Flow] = []
        for tensor in step.inputs:
            of_step.append(("add" if tensor in received else "write") if wanted[tensor] else None)
            received.add(tensor)
        flows.append(tuple(of_step))
    return tuple(reversed(flows))
