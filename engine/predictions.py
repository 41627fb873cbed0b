"""Predictions for new rows, and the table they are written to: one row in, one row out."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

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


def predict(project: Project, trained: Trained, X: Any) -> Predictions:
    """Predicts rows as a person has them: a Table, an array, or a pandas DataFrame.

    Raises DataError in one sentence where columns are missing or values cannot be read, and
    TrainingError where layers have been changed since they were trained.
    """
    require_whole(trained, project)
    preprocessing = trained.preprocessing
    prepared, notes = preprocessing.transform(X, project.training.precision)
    network = Network(
        project.design,
        preprocessing.width,
        dtype=project.training.precision,
        weights=trained.weights,
    )
    outputs = network.predict(prepared)
    classes, labels = preprocessing.classes, preprocessing.target.labels
    probable = bool(classes or labels)
    probabilities = preprocessing.probabilities(outputs) if probable else outputs[:, :0]
    return Predictions(preprocessing.decode(outputs), probabilities, classes, notes, labels)


def write(predictions: Predictions, path: Path) -> tuple[str, ...]:
    """Writes them as CSV in UTF-8 and gives notes on cells that had to be escaped.

    The file appears whole or not at all. Raises FileError where it cannot be written.
    """
    rows, escaped = _cells(predictions)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(predictions.columns)
    writer.writerows(rows)
    replace_file(path, text.getvalue().encode())
    if not escaped:
        return ()
    note = f"{escaped:,} predictions begin with =, +, - or @ and were written with ' in front"
    return (f"{note}, so that no spreadsheet takes them for formulas",)


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
