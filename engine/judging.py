"""What a network's outputs on many rows come to, a block of rows after the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.metrics import confusion_matrix
from engine.scores import Scores, predicted

KEPT_ROWS = 100_000

Part = Literal["training", "validation", "test"]


@dataclass(frozen=True)
class Outputs:
    """What the network gives for one part of the rows, as logits if the loss is fused; figures.

    Of more than 100,000 rows, `values` and `truth` are those of every second, third, … row, whose
    numbers in the table are `rows`; `figures` and the confusion `matrix` (None where there are no
    classes) count all that were looked at, `total` all of the part.
    """

    part: Part
    values: np.ndarray
    truth: np.ndarray
    rows: np.ndarray
    total: int
    figures: Mapping[str, float]
    matrix: np.ndarray | None = None


class Judge:
    """Adds up the figures of `rows` rows, and keeps a bounded sample of them."""

    def __init__(self, scores: Scores, rows: int, *, logits: bool) -> None:
        self._scores, self._logits = scores, logits
        self._sums = np.zeros(scores.size)
        self._matrix: np.ndarray | None = None
        if scores.task == "classification":
            self._matrix = np.zeros((scores.outcomes, scores.outcomes), np.int64)
        self._every = -(-rows // KEPT_ROWS)
        self._seen = 0
        self._values: list[np.ndarray] = []
        self._truth: list[np.ndarray] = []

    def add(self, values: np.ndarray, truth: np.ndarray, losses: np.ndarray) -> None:
        """Takes in outputs `(rows, outputs)` with the truth and the loss of each row."""
        sums = self._scores.sums(values.T, truth.T, losses, logits=self._logits)
        self._sums = self._sums + sums
        if self._matrix is not None:
            found = predicted(values.T, logits=self._logits)
            self._matrix += confusion_matrix(truth, found, len(self._matrix))
        kept = slice(-self._seen % self._every, None, self._every)
        self._values.append(values[kept])
        self._truth.append(truth[kept])
        self._seen += len(values)

    def outputs(self, part: Part, rows: np.ndarray, total: int) -> Outputs:
        """What all of it came to; `rows` are the numbers of those added, of `total` in the part."""
        figures = self._scores.figures(self._sums)
        values, truth = _joined(self._values), _joined(self._truth)
        kept = rows[:: max(1, self._every)]
        return Outputs(part, values, truth, kept, total, figures, self._matrix)


def _joined(blocks: list[np.ndarray]) -> np.ndarray:
    return blocks[0] if len(blocks) == 1 else np.concatenate(blocks)
