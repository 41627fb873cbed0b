"""The loss that is chosen for a person."""

import numpy as np

from engine.losses.base import Loss, LossSite
from engine.ops.base import Kernel


class Auto(Loss):
    """Chosen by the task and the last layer; see `resolve`."""

    label = "Automatic"
    tip = "Cross-entropy for classes, mean squared error for numbers."
    tasks = ("classification", "multilabel", "regression")

    def rows(
        self, outputs: np.ndarray, targets: np.ndarray, *, fused: bool, overwrite: bool = False
    ) -> np.ndarray:
        raise TypeError("resolve the automatic loss first")

    def kernels(self, site: LossSite, *, fused: bool) -> tuple[Kernel, ...]:
        raise TypeError("resolve the automatic loss first")
