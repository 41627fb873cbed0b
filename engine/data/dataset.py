"""Rows on their way to the network: as read, and as prepared float arrays."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from engine.data.preprocessing import Preprocessing
    from engine.data.streaming.rows import StreamedRows

BLOCK_NUMBERS = 1 << 22  # of a streamed file, read at a time: 16 MiB

Task = Literal["classification", "multilabel", "regression"]


def row_place(row: int) -> str:
    """Where a row is, for a message, when there is no file with lines: "row 3", from 1."""
    return f"row {row + 1:,}"


@dataclass(frozen=True)
class Table:
    """Named columns of equal length: float64 (NaN where missing) or object (str, None).

    `place` says where a row (from 0) stands in what was read: "line 3" of a file, "row 3" else.
    """

    names: tuple[str, ...]
    columns: tuple[np.ndarray, ...]
    place: Callable[[int], str] = field(default=row_place, compare=False, repr=False)

    @property
    def rows(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def column(self, name: str) -> np.ndarray:
        """The column of that name; KeyError if there is none."""
        try:
            return self.columns[self.names.index(name)]
        except ValueError:
            raise KeyError(name) from None


@dataclass(frozen=True)
class Dataset:
    """Rows as read. `target` is float64 or object, None for rows without a target column.

    `target` is `(rows,)`, or `(rows, targets)` for several numbers to predict at once.
    `notes` are sentences about what was assumed while reading (renamed headers, encoding, …).
    `labelled` says that the target is classes, whatever its values.
    """

    name: str
    features: Table
    target: np.ndarray | None
    target_name: str
    image_shape: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()
    labelled: bool = False

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.features.rows


@dataclass(frozen=True)
class Rows:
    """Indices into the prepared rows, each part sorted."""

    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray


@dataclass(frozen=True)
class DataFacts:
    """What the design, the problems and the panels need to know of the prepared data.

    `classes` exclude one another, but for the task "multilabel", where a row may have any of them;
    `class_counts` says in how many rows each occurs.
    """

    name: str
    rows: int
    width: int
    task: Task
    classes: tuple[str, ...]
    targets: int
    target_name: str
    feature_names: tuple[str, ...]
    image_shape: tuple[int, int] | None = None
    split: tuple[int, int, int] = (0, 0, 0)
    class_counts: tuple[int, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Prepared:
    """Ready for the network.

    `X` is float32 `(rows, width)`, C-contiguous. `y` is int64 `(rows,)`, indices into
    `facts.classes`, for classification; float32 `(rows, targets)`, standardised by
    `preprocessing`, for regression; 0 or 1, `(rows, classes)`, for several labels. Every row has a
    target. `weights` `(rows,)` multiply the loss of each row in training, None for all alike.
    Of a streamed file `X` reads and prepares rows when it is asked for them.
    """

    X: "np.ndarray | StreamedRows"
    y: np.ndarray
    rows: Rows
    facts: DataFacts
    preprocessing: "Preprocessing"
    dataset: Dataset
    weights: np.ndarray | None = None

    def blocks(self, rows: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """`X` and `y` of these rows: at once where they are in memory, else a few at a time."""
        size = len(rows)
        if not isinstance(self.X, np.ndarray):
            size = max(1, BLOCK_NUMBERS // max(1, self.X.shape[1]))
        for start in range(0, len(rows), size or 1):
            chosen = rows[start : start + size]
            yield self.X[chosen], self.y[chosen]
