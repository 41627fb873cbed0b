"""Files that stay where they are, from the first command to the last."""

import csv
from pathlib import Path

import h5py
import numpy as np
import pytest

import engine
from tests.engine.helpers.streamed import images, rows_of, write_hdf5, write_idx, write_mnist


def done(outcome):
    assert outcome.code == 0, outcome.err
    return outcome


@pytest.fixture
def trained(glasswork, tmp_path):
    """A model trained on gzipped images with a test pair beside them."""
    path = write_mnist(tmp_path, ".gz", test=True)
    project, model = tmp_path / "p.h5", tmp_path / "m.h5"
    made = done(glasswork("new", "--data", path, "--out", project))
    assert "the 24 images of t10k-images-idx3-ubyte.gz are the test part" in made.err
    rate = "training.optimizer.learning_rate=0.02"
    done(glasswork("train", project, "--epochs", 60, "--set", rate, "--out", model))
    return model


def test_images_are_trained_on_evaluated_and_predicted(glasswork, trained, tmp_path) -> None:
    test_file = tmp_path / "t10k-images-idx3-ubyte.gz"
    on_test = done(glasswork("evaluate", trained, "--json")).json["test"]
    on_file = done(glasswork("evaluate", trained, "--data", test_file, "--json")).json["data"]
    assert on_file == pytest.approx(on_test)
    assert on_test["accuracy"] > 0.9
    out = tmp_path / "out.csv"
    done(glasswork("predict", trained, test_file, "--out", out))
    with out.open() as file:
        rows = list(csv.DictReader(file))
    pixels, labels = images(24, 1)
    assert [row["prediction"] for row in rows] == [
        str(each) for each in engine.load(trained).predict(pixels.reshape(24, 20))
    ]
    right = [row["prediction"] == str(label) for row, label in zip(rows, labels, strict=True)]
    assert np.mean(right) == pytest.approx(on_test["accuracy"])


def test_the_file_of_the_model_holds_no_rows(glasswork, trained, tmp_path) -> None:
    with h5py.File(trained) as file:
        assert "data" not in file["glasswork"]
    assert "60 columns" not in done(glasswork("info", trained)).out
    assert glasswork("check", trained).code == 0


def test_images_that_have_moved_are_missed_and_may_be_named(glasswork, trained, tmp_path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    for path in tmp_path.glob("*ubyte.gz"):
        path.rename(away / path.name)
    outcome = glasswork("evaluate", trained)
    assert outcome.code == 1
    assert "there is no file" in outcome.err
    assert outcome.err.strip().endswith("; name it with --data")
    moved = away / "train-images-idx3-ubyte.gz"
    again = tmp_path / "again.h5"
    done(glasswork("train", trained, "--data", moved, "--epochs", 61, "--out", again))
    done(glasswork("evaluate", again))


def test_images_that_have_changed_are_refused(glasswork, trained, tmp_path) -> None:
    write_idx(tmp_path / "train-images-idx3-ubyte.gz", images(60, 9)[0])
    outcome = glasswork("evaluate", trained)
    assert outcome.code == 1
    assert "it has changed since it was chosen" in outcome.err


def test_data_sets_and_targets_are_named(glasswork, tmp_path) -> None:
    X, y = rows_of()
    path = write_hdf5(tmp_path / "d.h5", a=X, b=np.ones((600, 9)), c=y, d=X[:, 0] * 2)
    options = ("--target", "d", "--features", "a", "--out", tmp_path / "p.h5")
    done(glasswork("new", "--data", path, *options))
    model = tmp_path / "m.h5"
    answer = done(glasswork("train", tmp_path / "p.h5", "--epochs", 30, "--out", model, "--json"))
    assert answer.json["test"]["r2"] > 0.8
    np.save(tmp_path / "rows.npy", X)
    np.save(tmp_path / "classes.npy", y)
    options = ("--target", tmp_path / "classes.npy", "--out", tmp_path / "q.h5")
    done(glasswork("new", "--data", tmp_path / "rows.npy", *options))
    assert "600 rows, 6 columns, classification" in done(glasswork("info", tmp_path / "q.h5")).out


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("train-images-idx3-ubyte", b"\x00\x00\x07\x03", "no IDX file does"),
        ("d.h5", b"\x89HDF\r\n\x1a\nrest", "d.h5"),
        ("rows.csv.gz", b"\x1f\x8bnothing", "unpack it first"),
    ],
)
def test_a_damaged_file_is_one_line(
    glasswork, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    outcome = glasswork("new", "--data", tmp_path / name, "--out", tmp_path / "p.h5")
    assert outcome.code == 1
    assert outcome.err.count("\n") == 1
    assert words in outcome.err


def test_a_file_that_changes_while_training_is_said_and_the_work_is_kept(
    glasswork, tmp_path, monkeypatch
) -> None:
    from engine.data.streaming.window import Windows

    path = write_mnist(tmp_path)
    done(glasswork("new", "--data", path, "--out", tmp_path / "p.h5"))
    before = Windows.places

    def places(self: Windows, position: int) -> np.ndarray:
        write_idx(path, images(60, 9)[0])
        return before(self, position)

    monkeypatch.setattr(Windows, "places", places)
    outcome = glasswork("train", tmp_path / "p.h5", "--epochs", 3, "--out", tmp_path / "m.h5")
    assert outcome.code == 1
    assert "it has changed since it was chosen" in outcome.err
    assert (tmp_path / "m.h5").exists()
