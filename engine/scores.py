"""Live figures of training and validation: running sums, and what they come to."""

from collections.abc import Mapping

import numpy as np

from engine.data.dataset import DataFacts

Sums = np.ndarray


class Scores:
    """Sums over rows in one float64 vector, so that an epoch can stop half-way and go on.

    Classification: rows, loss, correct; of several labels, all have to be right. Regression: rows,
    loss, Σ|e|, Σe², Σt, Σt², with the error `e` and the target `t` in the target's own units.
    """

    def __init__(self, facts: DataFacts, scale: np.ndarray, offset: np.ndarray) -> None:
        self.task = facts.task
        self.classes = facts.task != "regression"
        self.scale, self.offset = scale.reshape(-1, 1), offset.reshape(-1, 1)
        self.size = 3 if self.classes else 6

    def sums(
        self, outputs: np.ndarray, truth: np.ndarray, losses: np.ndarray, *, logits: bool
    ) -> Sums:
        """`(batches, figures)` of a chunk: `outputs` (batches, outputs, rows), `losses`
        (batches, rows).

        `truth` is (batches, rows) class indices, or (batches, targets, rows): 0 and 1 for labels,
        standardised for numbers.
        """
        head = [np.full(len(losses), float(losses.shape[1])), _by_batch(losses)]
        if self.task == "multilabel":
            right = (present(outputs, logits=logits) == truth).all(axis=-2)
            return np.stack([*head, _by_batch(right)], axis=1)
        if self.classes:
            found = predicted(outputs, logits=logits)
            return np.stack([*head, _by_batch(found == truth)], axis=1)
        error = (outputs - truth) * self.scale
        target = truth * self.scale + self.offset
        parts = (np.abs(error), np.square(error), target, np.square(target))
        return np.stack([*head, *map(_by_batch, parts)], axis=1)

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
    return np.add.accumulate(np.vstack((before, batches)))[-1]


def _by_batch(values: np.ndarray) -> np.ndarray:
    """The sum of each batch by itself, in float64 and in one order, whatever lies beside it."""
    return np.ascontiguousarray(values, np.float64).reshape(len(values), -1).sum(axis=1)


def predicted(outputs: np.ndarray, *, logits: bool) -> np.ndarray:
    """Class indices from outputs `(…, classes, rows)`.

    A single output stands for the second class: above 0 as a logit, above ½ as a probability.
    """
    if outputs.shape[-2] == 1:
        return present(outputs[..., 0, :], logits=logits).astype(np.int64)
    return outputs.argmax(axis=-2)


def present(outputs: np.ndarray, *, logits: bool) -> np.ndarray:
    """Whether each label is found: above 0 as a logit, above ½ as a probability."""
    return outputs > (0.0 if logits else 0.5)
