"""The threshold that a file keeps, and looks at the test rows, on the command line."""

import csv

import pandas as pd
import pytest

import engine
from engine.judgement.kept import looks


@pytest.fixture
def trained(glasswork, table, tmp_path):
    project, model = tmp_path / "own.h5", tmp_path / "own-model.h5"
    assert glasswork("new", "--data", table, "--target", "bought", "--out", project).code == 0
    chosen = ("--set", "judgement.threshold=0.7", "--set", "judgement.positive=no")
    done = glasswork("train", project, "--epochs", 3, *chosen, "--out", model, "--json")
    assert done.code == 0, done.err
    return model


def test_predictions_and_figures_are_by_the_threshold(glasswork, trained, table, tmp_path) -> None:
    out = tmp_path / "predictions.csv"
    assert glasswork("predict", trained, table, "--out", out).code == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = ["no" if float(row["probability_no"]) > 0.7 else "yes" for row in rows]
    assert [row["prediction"] for row in rows] == found
    assert engine.load(trained).predict(pd.read_csv(table)).tolist() == found
    figures = glasswork("evaluate", trained, "--data", table, "--json").json["data"]
    actual = pd.read_csv(table)["bought"]
    assert figures["accuracy"] == pytest.approx((actual == found).mean())
    assert figures["majority_share"] == pytest.approx(actual.value_counts(normalize=True).max())


def test_a_training_that_shows_test_figures_is_counted_as_a_look(glasswork, trained) -> None:
    assert looks(engine.load(trained).project) == 1
    before = trained.read_bytes()
    said = glasswork("evaluate", trained).out
    assert "The test rows have been looked at once since the design last changed." in said
    assert "This look is not counted" in said
    assert trained.read_bytes() == before
    info = glasswork("info", trained)
    assert "Predicts no above a probability of 0.7" in info.out
    assert "looked at once" in info.out
    found = glasswork("info", trained, "--json").json
    assert (found["test_looks"], found["judgement"]["threshold"]) == (1, 0.7)


def test_a_threshold_that_cannot_be_is_refused(glasswork, trained, tmp_path) -> None:
    out = tmp_path / "again.h5"
    bad = glasswork("train", trained, "--set", "judgement.threshold=7", "--out", out)
    assert bad.code != 0
    assert "threshold" in bad.err
