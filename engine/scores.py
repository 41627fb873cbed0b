"""Live figures of training and validation: running sums, and what they come to."""

from collections.abc import Mapping

import numpy as np

from engine.data.dataset import DataFacts
from engine.losses import row_places

Sums = np.ndarray


class Scores:
    """Sums over rows in one float64 vector, so that an epoch can stop half-way and go on.

    Classification: rows, loss, correct; of several labels, all have to be right. Regression: rows,
    loss, Σ|e|, Σe², Σt, Σt², with the error `e` and the target `t` in the target's own units.
    """

    def __init__(self, facts: DataFacts, scale: np.ndarray, offset: np.ndarray) -> None:
        self.task = facts.task
        self.classes = facts.task != "regression"
        self.outcomes = len(facts.classes)
        self.scale, self.offset = scale.reshape(-1, 1), offset.reshape(-1, 1)
        self.size = 3 if self.classes else 6

    def sums(
        self, outputs: np.ndarray, truth: np.ndarray, losses: np.ndarray, *, logits: bool
    ) -> Sums:
        """`(figures,)` of rows: `outputs` (outputs, rows), `losses` (rows,); `truth` as `hits`."""
        return self.by_batch(losses, self.hits(outputs, truth, logits=logits))[0]

    def by_batch(
        self, losses: np.ndarray, hits: tuple[np.ndarray, ...], batches: int = 1
    ) -> np.ndarray:
        """`(batches, figures)` of rows in batches of one size, given what `hits` found."""
        found = np.empty((batches, self.size))
        found[:, 0] = len(losses) // batches
        for number, each in enumerate((losses, *hits), 1):
            found[:, number] = _by_batch(each, batches)
        return found

    def hits(
        self, outputs: np.ndarray, truth: np.ndarray, *, logits: bool
    ) -> tuple[np.ndarray, ...]:
        """What is summed besides the loss: whether each row is right, or its errors.

        `truth` is (rows,) class indices, or (targets, rows): 0 and 1 for labels, standardised for
        numbers.
        """
        if self.task == "multilabel":
            return ((present(outputs, logits=logits) == truth).all(axis=0),)
        if self.classes:
            return (right(outputs, truth, logits=logits),)
        error = (outputs - truth) * self.scale
        target = truth * self.scale + self.offset
        return np.abs(error), np.square(error), target, np.square(target)

    def figures(self, sums: Sums) -> Mapping[str, float]:
        """What the sums come to; regression in the target's own units."""
        count, loss, *others = sums.tolist()
        rows = max(1.0, count)
        if self.classes:
            return {"loss": loss / rows, "accuracy": others[0] / rows}
        absolute, squared, total, total_squared = (
            each / (rows * len(self.scale)) for each in others
        )
        variance = total_squared - total**2
        return {
            "loss": loss / rows,
            "mae": absolute,
            "rmse": squared**0.5,
            "r2": 1 - squared / variance if variance > 0 else float("nan"),
        }


def add_up(before: Sums, batches: Sums) -> Sums:
    """`before` with each row of `batches` added in turn: the same bits however they were dealt."""
    return np.add.accumulate(np.concatenate((before[None], batches)))[-1]


def _by_batch(values: np.ndarray, batches: int) -> np.ndarray:
    """The sum of each batch by itself, in float64 and in one order, whatever lies beside it."""
    if values.ndim == 1:
        return values.reshape(batches, -1).sum(axis=1, dtype=np.float64)
    by_batch = values.reshape(len(values), batches, -1).transpose(1, 0, 2)
    return by_batch.reshape(batches, -1).sum(axis=1, dtype=np.float64)


def right(outputs: np.ndarray, truth: np.ndarray, *, logits: bool) -> np.ndarray:
    """Whether each row's class in `outputs (classes, rows)` is that of `truth (rows,)`."""
    classes, rows = outputs.shape
    if classes > 1:
        largest = outputs.max(axis=0)
        # Comparing with the largest is quicker than looking for its place, if nothing is equal.
        if np.count_nonzero(outputs == largest) == rows:
            return outputs.ravel().take(row_places(truth)) == largest
    return predicted(outputs, logits=logits) == truth


def predicted(outputs: np.ndarray, *, logits: bool) -> np.ndarray:
    """Class indices from outputs `(classes, rows)`.

    A single output stands for the second class: above 0 as a logit, above ½ as a probability.
    """
    if len(outputs) == 1:
        return present(outputs[0], logits=logits).astype(np.int64)
    return outputs.argmax(axis=0)


def present(outputs: np.ndarray, *, logits: bool) -> np.ndarray:
    """Whether each label is found: above 0 as a logit, above ½ as a probability."""
    return outputs > (0.0 if logits else 0.5)
