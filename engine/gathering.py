"""Rows on their way into a plan's buffers, in an order that a seed decides."""

from typing import Literal

import numpy as np

from engine import seeds
from engine.data.dataset import Prepared
from engine.data.streaming.rows import StreamedRows
from engine.data.streaming.window import Windows
from engine.data.values import blocks
from engine.errors import TrainingError
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
        self.rows = len(prepared.rows.train)
        self.truth, self.row_weights = self._hold(prepared, dtype)
        self.codes: np.ndarray | None = None
        self.class_weights: np.ndarray | None = None
        if prepared.facts.task == "classification":
            classes = len(prepared.facts.classes)
            one_hot = np.eye(classes) if outputs > 1 else np.arange(2.0)[:, None]
            self.codes = loss.targets(one_hot).astype(dtype)
            if balanced:
                self.class_weights = _balanced(prepared, classes).astype(dtype)
        else:
            self.truth = self.truth.astype(dtype, copy=False)
            self.targets = loss.targets(self.truth)

    def _hold(self, prepared: Prepared, dtype: np.dtype) -> tuple[np.ndarray, np.ndarray | None]:
        """Takes hold of the rows; gives the truth and weights that `_take` has indices into."""
        rows = prepared.rows.train
        self.X = np.ones((self.rows, prepared.X.shape[1] + 1), dtype)
        self.X[:, :-1] = prepared.X[rows]
        self.order = np.arange(self.rows)
        weights = None if prepared.weights is None else prepared.weights[rows].astype(dtype)
        return prepared.y[rows], weights

    @property
    def weighted(self) -> bool:
        """Whether rows differ in how much they count."""
        return self.class_weights is not None or self.row_weights is not None

    def batch(self, asked: int | Literal["all"]) -> int:
        """How many rows a step takes where so many are asked for."""
        return self.rows if asked == "all" else min(asked, self.rows)

    def shuffle(self, seed: int, epoch: int) -> None:
        """The order of one epoch, the same every time."""
        self.order = seeds.generator(seed, "", f"order {epoch}").permutation(self.rows)

    def fill(self, plan: Plan, start: int, count: int) -> np.ndarray:
        """Puts `count` rows from `start` of the order into the plan; gives their truth."""
        chosen = self._take(plan.input[:count], start, count)
        truth = self.truth.take(chosen, 0)
        if self.codes is None:
            np.take(self.targets, chosen, 0, plan.targets[:count], "clip")
        else:
            np.take(self.codes, truth, 0, plan.targets[:count], "clip")
        if plan.weights is not None:
            self._weigh(plan.weights[:count], chosen, truth)
        return truth

    def _take(self, out: np.ndarray, start: int, count: int) -> np.ndarray:
        """Puts rows from `start` of the order into `out`; gives where their truth is."""
        chosen = self.order[start : start + count]
        np.take(self.X, chosen, 0, out, "clip")
        return chosen

    def _weigh(self, weights: np.ndarray, chosen: np.ndarray, truth: np.ndarray) -> None:
        weights.fill(1)
        if self.class_weights is not None:
            np.take(self.class_weights, truth, 0, weights, "clip")
        if self.row_weights is not None:
            weights *= self.row_weights[chosen]


class StreamedGathering(Gathering):
    """The same for rows that stay in their file: `windows` holds a part of them at a time."""

    def _hold(self, prepared: Prepared, dtype: np.dtype) -> tuple[np.ndarray, np.ndarray | None]:
        assert isinstance(prepared.X, StreamedRows)
        self.windows = Windows(prepared.X, prepared.rows.train, dtype)
        weights = None if prepared.weights is None else prepared.weights.astype(dtype)
        return prepared.y, weights

    def batch(self, asked: int | Literal["all"]) -> int:
        """Raises TrainingError for all rows at once, where they do not fit into memory."""
        if asked == "all" and self.windows.count > 1:
            raise TrainingError(
                "the rows stay in their file and cannot all be in one batch; choose a number as "
                "the batch size"
            )
        return super().batch(asked)

    def shuffle(self, seed: int, epoch: int) -> None:
        self.windows.deal((seed, epoch))

    def _take(self, out: np.ndarray, start: int, count: int) -> np.ndarray:
        windows = self.windows
        chosen = np.empty(count, windows.numbers.dtype)
        done = 0
        while done < count:
            places = windows.places(start + done)[: count - done]
            end = done + len(places)
            np.take(windows.X, places, 0, out[done:end], "clip")
            np.take(windows.numbers, places, 0, chosen[done:end], "clip")
            done = end
        return chosen


def gathering_of(
    prepared: Prepared, loss: Loss, outputs: int, dtype: np.dtype, balanced: bool
) -> Gathering:
    """The one that suits where the rows are."""
    kind = Gathering if isinstance(prepared.X, np.ndarray) else StreamedGathering
    return kind(prepared, loss, outputs, dtype, balanced)


def _balanced(prepared: Prepared, classes: int) -> np.ndarray:
    """`n / (classes · count)` as in scikit-learn's "balanced"; 0 for a class without rows."""
    rows = prepared.rows.train
    counts = np.zeros(classes, np.int64)
    for _, numbers in blocks(rows):
        counts += np.bincount(prepared.y[numbers], minlength=classes)
    return np.where(counts > 0, len(rows) / (classes * np.maximum(counts, 1)), 0)
