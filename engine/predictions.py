"""Predictions for new rows, and the table they are written to: one row in, one row out."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.data.streaming.store import Progress, RowStore, untold
from engine.edits import require_whole
from engine.files.replacing import replace_file
from engine.network import Network
from engine.project import Project, Trained

# A spreadsheet takes a cell that begins with one of these for a formula, and runs it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Predictions:
    """`values` are classes, or numbers in the target's own units: `(rows,)` or `(rows, targets)`;
    or 0 and 1, `(rows, labels)`.

    `probabilities` is `(rows, classes or labels)`, without columns for regression; `notes` are
    sentences about what was filled in or not known.
    """

    values: np.ndarray
    probabilities: np.ndarray
    classes: tuple[str, ...]
    notes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns of the written table."""
        if self.labels:
            kinds = "prediction", "probability"
            return tuple(f"{kind}_{name}" for kind in kinds for name in self.labels)
        if self.values.ndim == 2:
            return tuple(f"prediction_{number + 1}" for number in range(self.values.shape[1]))
        return ("prediction", *(f"probability_{name}" for name in self.classes))


class Predictor:
    """A trained project as a function from rows to predictions, by the threshold that it keeps.

    Raises TrainingError where layers have been changed since they were trained.
    """

    def __init__(self, project: Project, trained: Trained) -> None:
        require_whole(trained, project)
        self._preprocessing = trained.preprocessing
        self._precision = project.training.precision
        self._judgement = project.judgement
        self._network = Network(
            project.design,
            trained.preprocessing.width,
            dtype=project.training.precision,
            weights=trained.weights,
        )

    def __call__(self, X: Any) -> Predictions:
        """Predicts a Table, an array, or a pandas DataFrame. Raises DataError."""
        preprocessing = self._preprocessing
        prepared, notes = preprocessing.transform(X, self._precision)
        outputs = self._network.predict(prepared)
        classes, labels = preprocessing.classes, preprocessing.target.labels
        probable = bool(classes or labels)
        probabilities = preprocessing.probabilities(outputs) if probable else outputs[:, :0]
        values = preprocessing.decide(outputs, self._judgement)
        return Predictions(values, probabilities, classes, notes, labels)

    def first(self, X: Any, count: int) -> Predictions:
        """Predicts the first rows of a streamed file; all there are of rows in memory."""
        return self(X.take(np.arange(min(count, X.rows))) if isinstance(X, RowStore) else X)

    def blocks(self, X: Any, progress: Progress = untold) -> Iterator[Predictions]:
        """Predicts a streamed file a block at a time; rows in memory all at once."""
        if not isinstance(X, RowStore):
            yield self(X)
            return
        for start, block in X.blocks():
            yield self(block)
            done = start + len(block)
            progress(done / X.rows, f"Predicting {X.name}, {done:,} of {X.rows:,} rows")


def predict(project: Project, trained: Trained, X: Any) -> Predictions:
    """Predicts rows as a person has them: a Table, an array, or a pandas DataFrame.

    Raises DataError in one sentence where columns are missing or values cannot be read, and
    TrainingError where layers have been changed since they were trained.
    """
    return Predictor(project, trained)(X)


@dataclass(frozen=True)
class Written:
    """What was written: how many rows, under which columns; notes on them, and on escaped cells."""

    rows: int
    columns: tuple[str, ...]
    notes: tuple[str, ...]
    escaped: tuple[str, ...]


def write(predictions: Predictions, path: Path) -> tuple[str, ...]:
    """Writes them as CSV in UTF-8 and gives notes on cells that had to be escaped.

    The file appears whole or not at all. Raises FileError where it cannot be written.
    """
    return write_blocks((predictions,), path).escaped


def write_blocks(predictions: Iterable[Predictions], path: Path) -> Written:
    """The same for predictions that come one block after the other."""
    sheet, escaped = _Sheet(), ()
    replace_file(path, sheet.lines(predictions))
    if sheet.escaped:
        said = f"{sheet.escaped:,} predictions begin with =, +, - or @ and were written with '"
        escaped = (f"{said} in front, so that no spreadsheet takes them for formulas",)
    return Written(sheet.rows, sheet.columns, sheet.notes, escaped)


class _Sheet:
    """The text of the table, and what is counted while it is made."""

    def __init__(self) -> None:
        self.rows = self.escaped = self._blocks = 0
        self.columns: tuple[str, ...] = ()
        self._notes: list[str] = []

    @property
    def notes(self) -> tuple[str, ...]:
        """What was filled in or not known; of several blocks, in which columns."""
        if self._blocks < 2 or not self._notes:
            return tuple(self._notes)
        names = dict.fromkeys(note.partition(":")[0] for note in self._notes)
        said = f"values of {', '.join(names)} are missing, and were filled in as in training"
        return (said,)

    def lines(self, predictions: Iterable[Predictions]) -> Iterator[bytes]:
        for each in predictions:
            text = io.StringIO(newline="")
            writer = csv.writer(text)
            if not self.columns:
                self.columns = each.columns
                writer.writerow(each.columns)
            rows, escaped = _cells(each)
            writer.writerows(rows)
            self.rows, self.escaped = self.rows + len(each.values), self.escaped + escaped
            self._notes += each.notes
            self._blocks += 1
            yield text.getvalue().encode()


def _cells(predictions: Predictions) -> tuple[Iterator[tuple[str, ...]], int]:
    """The rows as text, numbers in the fewest digits that give the same number again."""
    values = predictions.values
    escaped = 0
    if predictions.classes:
        risky = {name for name in predictions.classes if _runs(name)}
        escaped = sum(name in risky for name in values)
        values = np.array([f"'{name}" if name in risky else name for name in values], dtype=object)
    columns = [*np.atleast_2d(values.T), *predictions.probabilities.T]
    return zip(*(column.astype(str) for column in columns), strict=True), escaped


def _runs(text: str) -> bool:
    """Whether a spreadsheet would take `text` for a formula; "-1" is only a number."""
    if not text.startswith(FORMULA_STARTS):
        return False
    try:
        float(text)
    except ValueError:
        return True
    return False
