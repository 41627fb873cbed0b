"""Training steps on one batch size, each a flat list of kernels bound once."""

from functools import partial
from itertools import chain

import numpy as np

from engine.ops.base import Kernel
from engine.plan import Plan
from engine.update import Update


class Steps:
    """A plan's passes, each with the update that follows it and the numbers that update reads.

    `names` are the optimizer's numbers. Every slot has numbers of its own, so that a chunk of
    batches runs without a stop in between.
    """

    def __init__(self, plan: Plan, update: Update, names: tuple[str, ...]) -> None:
        self.plan = plan
        self._numbers = np.zeros((len(names), plan.slots), plan.parameters.dtype)
        numbers = [[row[slot, ...] for row in self._numbers] for slot in range(plan.slots)]
        kernels = update.kernels(dict(zip(names, numbers[0], strict=True)))
        readers = [place for place, kernel in enumerate(kernels) if _reads(kernel, numbers[0])]
        self._kernels = [
            (*passed, *_reading(own, numbers[0], kernels, readers))
            for passed, own in zip(plan.kernels, numbers, strict=True)
        ]

    def run(self, batches: int, numbers: tuple[np.ndarray, ...]) -> None:
        """A training step on each of the first batches in the plan; each of the numbers has one
        value a batch.
        """
        self.plan.turn_targets(slice(0, batches))
        self._numbers[:, :batches] = numbers
        for kernel in chain.from_iterable(self._kernels[:batches]):
            kernel()


def _reads(kernel: Kernel, numbers: list[np.ndarray]) -> bool:
    return isinstance(kernel, partial) and any(a is b for a in kernel.args for b in numbers)


def _reading(
    numbers: list[np.ndarray],
    first: list[np.ndarray],
    kernels: tuple[Kernel, ...],
    readers: list[int],
) -> list[Kernel]:
    """The kernels with other numbers in place of the first; only the readers are made anew."""
    other = {id(old): new for old, new in zip(first, numbers, strict=True)}
    found = list(kernels)
    for place in readers:
        kernel = kernels[place]
        assert isinstance(kernel, partial)
        args = (other.get(id(each), each) for each in kernel.args)
        found[place] = partial(kernel.func, *args, **kernel.keywords)
    return found
