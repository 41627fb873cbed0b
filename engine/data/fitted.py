"""What preparing learned from the training rows: a few figures for each column and the target."""

from dataclasses import dataclass

import numpy as np

from engine.data.dataset import Table, Task
from engine.data.labels import codes, labels
from engine.data.numbers import numbers
from engine.errors import DataError


@dataclass(frozen=True)
class NumberColumn:
    """A prepared value is `(x - shift) / scale`; a missing `x` counts as `fill`."""

    name: str
    fill: float = 0.0
    shift: float = 0.0
    scale: float = 1.0

    @property
    def names_out(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True)
class CategoryColumn:
    """One prepared column a category: 1 where a row has it, else 0.

    A missing value counts as `fill`; where that is None, and for categories that training never
    saw, all of them are 0.
    """

    name: str
    categories: tuple[str, ...]
    fill: str | None = None

    @property
    def names_out(self) -> tuple[str, ...]:
        return tuple(f"{self.name}={category}" for category in self.categories)


@dataclass(frozen=True)
class IgnoredColumn:
    """A column of the table that the network does not see."""

    name: str

    @property
    def names_out(self) -> tuple[str, ...]:
        return ()


FittedColumn = NumberColumn | CategoryColumn | IgnoredColumn


@dataclass(frozen=True)
class Target:
    """What is predicted: one of `classes`, any of `labels`, or numbers standardised by `mean` and
    `scale`.
    """

    name: str
    classes: tuple[str, ...] = ()
    mean: tuple[float, ...] = ()
    scale: tuple[float, ...] = ()
    labels: tuple[str, ...] = ()

    @property
    def task(self) -> Task:
        """What kind of prediction it is."""
        if self.classes:
            return "classification"
        return "multilabel" if self.labels else "regression"

    def encode(self, target: np.ndarray, table: Table) -> np.ndarray:
        """Targets as the loss takes them: class indices, 0 and 1 `(rows, labels)`, or standardised
        `(rows, targets)`.

        Raises DataError for a class that training never saw and for text among numbers.
        """
        if self.labels:
            return indicators(target, self.labels)
        if not self.classes:
            values = target if target.ndim == 2 else numbers(target, self.name, table)[:, None]
            return ((values - np.array(self.mean)) / np.array(self.scale)).astype(np.float32)
        texts = labels(target)
        found = codes(texts, self.classes)
        if (found < 0).any():
            row = int(np.argmax(found < 0))
            raise DataError(
                f"{table.place(row)}, column {self.name}: {texts[row]!r} is not one of the "
                f"{len(self.classes)} classes that were trained on"
            )
        return found

    def decode(self, outputs: np.ndarray) -> np.ndarray:
        """Classes (object), 0 and 1 `(rows, labels)`, or values in the target's own units:
        `(rows,)`, or with targets.
        """
        if self.labels:
            return (np.asarray(outputs) > 0.5).astype(np.int64)
        if self.classes:
            winners = self.probabilities(outputs).argmax(axis=1)
            return np.array(self.classes, dtype=object)[winners]
        values = np.asarray(outputs, np.float64) * self.scale + self.mean
        return values[:, 0] if len(self.mean) == 1 else values

    def probabilities(self, outputs: np.ndarray) -> np.ndarray:
        """`(rows, classes or labels)`; one sigmoid output is the second class's probability."""
        outputs = np.asarray(outputs)
        if outputs.shape[1] == 1 and len(self.classes) == 2:
            return np.concatenate((1 - outputs, outputs), axis=1)
        return outputs


def indicators(target: np.ndarray, labels: tuple[str, ...]) -> np.ndarray:
    """`target` as float32 `(rows, labels)`. Raises DataError where it holds more than 0 and 1."""
    if target.ndim != 2 or target.shape[1] != len(labels):
        raise DataError(f"the target needs {len(labels)} columns of 0 and 1, one a label")
    if not np.isin(target, (0, 1)).all():
        raise DataError("the columns of labels may hold 0 and 1 only")
    return target.astype(np.float32)
