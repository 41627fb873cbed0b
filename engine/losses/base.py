"""What every loss is: the loss of each row, and its gradient as kernels bound to buffers."""

from abc import abstractmethod
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import lru_cache, partial
from typing import ClassVar

import numpy as np

from engine.data.dataset import Task
from engine.kinds import Kind
from engine.ops.base import Constants, Kernel, Op, Scratches


@dataclass(frozen=True)
class LossSite:
    """The buffers of a loss: `outputs`, `targets` and the gradient, each `(outputs, rows)`.

    `outputs` are logits where the loss is fused with the last op. `targets` come as
    `Loss.target_terms` says. `weights` is `(rows,)` or None. `scratches` are the buffers between
    its kernels, the same for every slot of a plan.
    """

    outputs: np.ndarray
    targets: np.ndarray
    gradient: np.ndarray
    weights: np.ndarray | None
    scratches: Scratches = dataclass_field(default_factory=Scratches)
    constants: Constants = dataclass_field(default_factory=Constants)

    @property
    def share(self) -> float:
        """What one row counts in the mean over the batch."""
        return 1 / self.outputs.shape[1]

    def scratch(self, *shape: int) -> np.ndarray:
        """A buffer of the loss's own; without a shape, one like the outputs."""
        return self.scratches.take(shape or self.outputs.shape, self.outputs.dtype)

    def scalar(self, value: float) -> np.ndarray:
        """A 0-d array of the outputs' own type."""
        return np.array(value, self.outputs.dtype)

    def full(self, value: float) -> np.ndarray:
        """A read-only array like the outputs, for `maximum` and `minimum`."""
        return self.constants.full(self.outputs.shape, value, self.outputs.dtype)


class Loss(Kind):
    """A loss; `fuses` names the last op with which it is computed from logits."""

    fuses: ClassVar[type[Op] | None] = None
    tasks: ClassVar[tuple[Task, ...]] = ("regression",)
    formula: ClassVar[str] = ""

    def targets(self, one_hot: np.ndarray) -> np.ndarray:
        """Class targets as the loss takes them (label smoothing); by default as they are."""
        return one_hot

    def target_terms(self, outputs: int, rows: int, *, fused: bool) -> tuple[float, float]:
        """(scale, offset): `kernels` want the targets of a batch as `scale · t + offset`.

        What does not change with the weights is thus worked out once a chunk, not in each step.
        """
        return 1.0, 0.0

    @abstractmethod
    def rows(
        self, outputs: np.ndarray, targets: np.ndarray, *, fused: bool, overwrite: bool = False
    ) -> np.ndarray:
        """The loss of each row, unweighted: `(…, outputs, rows)` to `(…, rows)`.

        `overwrite` gives it both arrays to work in: nothing may be expected in them afterwards.
        """

    def class_rows(
        self,
        outputs: np.ndarray,
        truth: np.ndarray,
        codes: np.ndarray,
        *,
        fused: bool,
        overwrite: bool = False,
    ) -> np.ndarray:
        """`rows` where each row has one class: `outputs (outputs, rows)`, `truth (rows,)`.

        `codes (classes, outputs)` holds the targets of each class.
        """
        targets = codes.take(truth, 0).T
        return self.rows(outputs, targets, fused=fused, overwrite=overwrite)

    @abstractmethod
    def kernels(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        """Kernels that fill the gradient of the mean loss of the batch, all rows weighing 1."""

    def bind(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        """Kernels that fill `site.gradient` with the gradient of the mean loss of the batch."""
        kernels = self.kernels(site, fused=fused)
        if site.weights is None:
            return kernels
        return (*kernels, partial(np.multiply, site.gradient, site.weights, site.gradient))

    def value(
        self,
        outputs: np.ndarray,
        targets: np.ndarray,
        weights: np.ndarray | None = None,
        *,
        fused: bool,
    ) -> float:
        """The mean loss over all rows of `outputs` and `targets`, `(…, outputs, rows)`."""
        losses = self.rows(outputs, targets, fused=fused)
        if weights is not None:
            losses = losses * weights
        return float(losses.mean(dtype=np.float64))


def row_places(truth: np.ndarray) -> np.ndarray:
    """Where the outputs of each row's own class lie in `outputs (classes, rows)`, read flat."""
    places = truth * len(truth)
    places += _counted(len(truth))
    return places


@lru_cache(maxsize=4)
def _counted(rows: int) -> np.ndarray:
    """0, 1, 2 and so on, kept for the next chunk."""
    found = np.arange(rows)
    found.setflags(write=False)
    return found
