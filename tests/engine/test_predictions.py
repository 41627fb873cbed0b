"""The table of predictions: its columns, its numbers, and cells that no spreadsheet may run."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.design import Design
from engine.edits import carry_over
from engine.errors import DataError, FileError, TrainingError
from engine.layers import Dense, Input
from engine.predictions import Predictions, predict, write, write_blocks
from engine.project import Project
from tests.engine.helpers.rows import blobs
from tests.engine.helpers.training import finished, train

NOTHING = np.empty((2, 0), np.float32)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def labels(*names: str, classes: tuple[str, ...]) -> Predictions:
    probabilities = np.full((len(names), len(classes)), 1 / len(classes), np.float32)
    return Predictions(np.array(names, dtype=object), probabilities, classes)


def test_probabilities_come_back_as_they_were(tmp_path) -> None:
    path = tmp_path / "out.csv"
    assert write(labels("a", "ä, b", "a", classes=("a", "ä, b", "c")), path) == ()
    head, *body = rows(path)
    assert head == ["prediction", "probability_a", "probability_ä, b", "probability_c"]
    assert [row[0] for row in body] == ["a", "ä, b", "a"]
    assert np.float32(body[0][1]) == np.float32(1 / 3)


def test_values_come_back_as_they_were(tmp_path) -> None:
    values = np.array([0.1, 1e300])
    write(Predictions(values, NOTHING, ()), tmp_path / "out.csv")
    head, *body = rows(tmp_path / "out.csv")
    assert head == ["prediction"]
    assert [float(row[0]) for row in body] == values.tolist()


def test_each_of_several_targets_has_a_column(tmp_path) -> None:
    values = np.array([[1.0, 2.0], [3.0, 4.0]])
    write(Predictions(values, NOTHING, ()), tmp_path / "out.csv")
    assert rows(tmp_path / "out.csv") == [
        ["prediction_1", "prediction_2"],
        ["1.0", "2.0"],
        ["3.0", "4.0"],
    ]


def test_a_cell_that_a_spreadsheet_would_run_is_escaped_and_said(tmp_path) -> None:
    names = ("=1+1", "@x", "-1", "+2.5", "-a", "plain")
    notes = write(labels(*names, classes=names), tmp_path / "out.csv")
    assert len(notes) == 1
    assert notes[0].startswith("3 predictions")
    column = [row[0] for row in rows(tmp_path / "out.csv")[1:]]
    assert column == ["'=1+1", "'@x", "-1", "+2.5", "'-a", "plain"]


def test_a_table_that_cannot_be_written_is_one_sentence(tmp_path) -> None:
    with pytest.raises(FileError, match="folder"):
        write(Predictions(np.array([1.0]), NOTHING[:1], ()), tmp_path)


def test_what_was_changed_since_training_predicts_nothing() -> None:
    design = Design.chain(Input(), Dense(8, activation="tanh"), Dense(3, activation="softmax"))
    data = blobs()
    trained = finished(train(design, data, epochs=1)).trained
    kept, _ = carry_over(trained, project := Project(design=design.rename("dense_1", "hidden")))
    assert len(predict(project, kept, data.X[:5]).values) == 5
    kept, _ = carry_over(trained, project := Project(design=design.replace("dense_1", Dense(5))))
    with pytest.raises(TrainingError, match=r"dense_1, dense_2 have begun anew .* train again"):
        predict(project, kept, data.X[:5])


# ── block by block ──────────────────────────────────────────────────────────────────────────


def block(*values: float, notes: tuple[str, ...] = ()) -> Predictions:
    return Predictions(np.array(values), np.empty((len(values), 0)), (), notes)


def test_blocks_are_written_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    notes = "x1: 2 missing, filled with 3", "x1: 1 missing, filled with 3"
    parts = [block(1, 2, notes=notes[:1]), block(3), block(4, notes=notes[1:])]
    written = write_blocks(iter(parts), path)
    assert path.read_text().split() == ["prediction", "1", "2", "3", "4"]
    assert (written.rows, written.columns) == (4, ("prediction",))
    assert written.notes == ("values of x1 are missing, and were filled in as in training",)
    assert write_blocks([block(1, notes=notes[:1])], path).notes == notes[:1]


def test_blocks_that_fail_leave_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before")

    def failing() -> Iterator[Predictions]:
        yield block(1)
        raise DataError("cannot open X.npy: it has changed")

    with pytest.raises(DataError, match="has changed"):
        write_blocks(failing(), path)
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]
    assert path.read_text() == "before"
