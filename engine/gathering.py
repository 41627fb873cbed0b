"""Rows on their way into a plan's buffers, in an order that a seed decides."""

import numpy as np

from engine import seeds
from engine.data.dataset import Prepared
from engine.losses import Loss
from engine.plan import Plan


class Gathering:
    """The training rows with their column of ones, their targets, and the order of an epoch.

    `truth` is what scores compare with, `targets` what the loss takes of labels and numbers. Class
    targets are looked up in a small table of one-hot rows (smoothed, if the loss says so), so that
    no one-hot copy of all rows is ever held.
    """

    def __init__(
        self, prepared: Prepared, loss: Loss, outputs: int, dtype: np.dtype, balanced: bool
    ) -> None:
        rows = prepared.rows.train
        self.rows = len(rows)
        self.X = np.ones((self.rows, prepared.X.shape[1] + 1), dtype)
        self.X[:, :-1] = prepared.X[rows]
        self.truth = prepared.y[rows]
        self.codes: np.ndarray | None = None
        self.class_weights: np.ndarray | None = None
        if prepared.facts.task == "classification":
            classes = len(prepared.facts.classes)
            one_hot = np.eye(classes) if outputs > 1 else np.arange(2.0)[:, None]
            self.codes = loss.targets(one_hot).astype(dtype)
            if balanced:
                self.class_weights = _balanced(self.truth, classes).astype(dtype)
        else:
            self.truth = self.truth.astype(dtype)
            self.targets = loss.targets(self.truth)
        self.row_weights: np.ndarray | None = None
        if prepared.weights is not None:
            self.row_weights = prepared.weights[rows].astype(dtype)
        self.order = np.arange(self.rows)

    @property
    def weighted(self) -> bool:
        """Whether rows differ in how much they count."""
        return self.class_weights is not None or self.row_weights is not None

    def shuffle(self, seed: int, epoch: int) -> None:
        """The order of one epoch, the same every time."""
        self.order = seeds.generator(seed, "", f"order {epoch}").permutation(self.rows)

    def fill(self, plan: Plan, start: int, count: int) -> np.ndarray:
        """Puts `count` rows from `start` of the order into the plan; gives their truth."""
        chosen = self.order[start : start + count]
        np.take(self.X, chosen, 0, plan.input[:count], "clip")
        truth = self.truth.take(chosen, 0)
        if self.codes is None:
            np.take(self.targets, chosen, 0, plan.targets[:count], "clip")
        else:
            np.take(self.codes, truth, 0, plan.targets[:count], "clip")
        if plan.weights is not None:
            self._weigh(plan.weights[:count], chosen, truth)
        return truth

    def _weigh(self, weights: np.ndarray, chosen: np.ndarray, truth: np.ndarray) -> None:
        weights.fill(1)
        if self.class_weights is not None:
            np.take(self.class_weights, truth, 0, weights, "clip")
        if self.row_weights is not None:
            weights *= self.row_weights[chosen]


def _balanced(truth: np.ndarray, classes: int) -> np.ndarray:
    """`n / (classes · count)` as in scikit-learn's "balanced"; 0 for a class without rows."""
    counts = np.bincount(truth, minlength=classes)
    return np.where(counts > 0, len(truth) / (classes * np.maximum(counts, 1)), 0)
