"""Rows of one part as they were judged: what is true of each, what the network says, and which."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.judgement.kept import Judgement, decide
from engine.judgement.ranking import Ranking
from engine.metrics import confusion_matrix


@dataclass(frozen=True)
class Judged:
    """Classes: `truth (rows,)` are indices, `outputs (rows, classes)` probabilities.

    Numbers: both are `(rows, targets)` in the target's own units. `rows` are their numbers in the
    table. Of a large part these are a sample; `total` and the `matrix` count all of it, the
    latter as the more probable class decides (None where there are no classes).
    """

    part: str
    truth: np.ndarray
    outputs: np.ndarray
    rows: np.ndarray
    total: int
    classes: tuple[str, ...] = ()
    matrix: np.ndarray | None = None

    @classmethod
    def of(
        cls, part: str, arrays: Mapping[str, np.ndarray], classes: tuple[str, ...]
    ) -> "Judged | None":
        """What the probe "judgement" has measured; None where it could not."""
        if "truth" not in arrays:
            return None
        truth, outputs, rows = (arrays[name] for name in ("truth", "outputs", "rows"))
        if outputs.shape[1] != len(classes):  # the data has been changed since
            classes = tuple(str(number) for number in range(outputs.shape[1]))
        matrix = arrays.get("matrix")
        return cls(part, truth, outputs, rows, int(arrays["total"]), classes, matrix)

    @property
    def is_sample(self) -> bool:
        """Whether only some of the part's rows are here."""
        return len(self.rows) < self.total

    def decided(self, judgement: Judgement) -> np.ndarray:
        """The index of the class that each row is taken for."""
        return decide(self.outputs, self.classes, judgement)

    def matrix_at(self, judgement: Judgement) -> np.ndarray:
        """The confusion `(classes, classes)`; of all rows, unless a threshold was chosen."""
        if self.matrix is not None and not judgement.decides(self.classes):
            return self.matrix
        return confusion_matrix(self.truth, self.decided(judgement), len(self.classes))

    def cell(
        self, actual: int, predicted: int, judgement: Judgement
    ) -> tuple[np.ndarray, np.ndarray]:
        """The rows of one cell of the matrix by their numbers, the surest first, and how sure."""
        found = np.flatnonzero((self.truth == actual) & (self.decided(judgement) == predicted))
        sure = self.outputs[found, predicted]
        order = np.argsort(-sure, kind="stable")
        return self.rows[found[order]], sure[order]

    @cached_property
    def rankings(self) -> tuple[Ranking, ...]:
        """The rows in the order of each class's probability."""
        columns = enumerate(self.outputs.T)
        return tuple(Ranking(self.truth == number, column) for number, column in columns)
