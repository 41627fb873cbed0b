"""The whole way on a table of one's own: categories, missing values, new rows, regression."""

import csv

import numpy as np
import pandas as pd
import pytest

import engine
from engine import files
from engine.edits import MIXED


@pytest.fixture
def trained(glasswork, table, tmp_path):
    project, model = tmp_path / "own.h5", tmp_path / "own-model.h5"
    made = glasswork("new", "--data", table, "--target", "bought", "--out", project)
    assert made.code == 0, made.err
    done = glasswork("train", project, "--epochs", 30, "--out", model, "--json")
    assert done.code == 0, done.err
    assert done.json["test"]["accuracy"] > 0.5
    return model


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_new_rows_are_predicted_in_their_order(glasswork, trained, table, tmp_path) -> None:
    out = tmp_path / "predictions.csv"
    new = pd.read_csv(table).drop(columns="bought").iloc[::-1]
    new.loc[new.index[0], "colour"] = "violet"
    new.to_csv(tmp_path / "new.csv", index=False)
    outcome = glasswork("predict", trained, tmp_path / "new.csv", "--out", out)
    assert outcome.code == 0
    assert "colour" in outcome.err, "a category that training never saw is said"
    assert "violet" in outcome.err
    rows = read(out)
    assert list(rows[0]) == ["prediction", "probability_no", "probability_yes"]
    model = engine.load(trained)
    assert [row["prediction"] for row in rows] == model.predict(new).tolist()
    written = [[float(row["probability_no"]), float(row["probability_yes"])] for row in rows]
    np.testing.assert_array_equal(np.float32(written), model.predict_proba(new))


def test_a_file_with_targets_is_evaluated_whole(glasswork, trained, table) -> None:
    answer = glasswork("evaluate", trained, "--data", table, "--json").json
    frame = pd.read_csv(table)
    right = engine.load(trained).predict(frame.drop(columns="bought")) == frame["bought"]
    assert answer["data"]["accuracy"] == pytest.approx(right.mean())


def test_the_table_may_move_away(glasswork, trained, table) -> None:
    table.unlink()
    assert glasswork("evaluate", trained).code == 0
    assert glasswork("check", trained).code == 0


def test_a_target_of_numbers_is_regression_in_its_own_units(glasswork, table, tmp_path) -> None:
    project, model, out = (tmp_path / name for name in ("p.h5", "m.h5", "out.csv"))
    assert glasswork("new", "--data", table, "--target", "income", "--out", project).code == 0
    answer = glasswork("train", project, "--epochs", 20, "--out", model, "--json").json
    assert answer["test"]["rmse"] > 1, "in the target's own units, about 12"
    assert glasswork("predict", model, table, "--out", out).code == 0
    values = [float(row["prediction"]) for row in read(out)]
    assert len(values) == 120
    assert 20 < np.mean(values) < 60


def test_labels_that_look_like_formulas_are_escaped(glasswork, tmp_path) -> None:
    random = np.random.default_rng(0)
    table, project, model = (tmp_path / name for name in ("t.csv", "p.h5", "m.h5"))
    lines = [f"{x:.3f},{'=1+1' if x > 0 else 'plain'}" for x in random.normal(size=60)]
    table.write_text("\n".join(["x,label", *lines]), "utf-8")
    glasswork("new", "--data", table, "--target", "label", "--out", project)
    glasswork("train", project, "--epochs", 20, "--out", model)
    outcome = glasswork("predict", model, table, "--out", tmp_path / "out.csv")
    assert outcome.code == 0
    assert "formula" in outcome.err
    assert {row["prediction"] for row in read(tmp_path / "out.csv")} == {"'=1+1", "plain"}


def test_another_file_may_be_trained_on(glasswork, trained, table, tmp_path) -> None:
    longer = tmp_path / "longer.csv"
    frame = pd.read_csv(table)
    pd.concat([frame, frame]).to_csv(longer, index=False)
    out = tmp_path / "longer.h5"
    outcome = glasswork("train", trained, "--data", longer, "--epochs", 2, "--out", out)
    assert outcome.code == 0, outcome.err
    assert "240 rows" in glasswork("info", out).out


def train_on(glasswork, model, out, *settings):
    options = [word for setting in settings for word in ("--set", setting)]
    outcome = glasswork("train", model, "--epochs", 1, *options, "--out", out)
    assert outcome.code == 0, outcome.err
    return outcome


def test_another_use_of_a_column_begins_anew_what_no_longer_fits(
    glasswork, trained, tmp_path
) -> None:
    outcome = train_on(glasswork, trained, tmp_path / "b.h5", "data.columns.age.kind=ignore")
    assert "dense_1" in outcome.err
    model = engine.load(tmp_path / "b.h5")
    assert model.trained.facts.feature_names == (
        "colour=blue", "colour=green", "colour=red", "income",
    )  # fmt: skip
    assert model.trained.progress.epoch > 1
    assert MIXED not in outcome.err


def test_rows_dealt_anew_after_training_are_said_to_mix(glasswork, trained, tmp_path) -> None:
    outcome = train_on(glasswork, trained, tmp_path / "b.h5", "data.split.seed=3")
    assert f"warning: {MIXED}" in outcome.err
    outcome = train_on(glasswork, trained, tmp_path / "c.h5", "training.batch_size=16")
    assert MIXED not in outcome.err


@pytest.mark.parametrize("command", ["evaluate", "train"])
def test_a_table_left_out_of_the_file_is_missed_where_it_was(
    glasswork, trained, table, tmp_path, command
) -> None:
    opened = files.read(trained)
    bare = tmp_path / "bare.h5"
    files.save(bare, opened.project, opened.trained, include_data=False)
    options = [] if command == "evaluate" else ["--out", tmp_path / "again.h5", "--force"]
    assert glasswork(command, bare, *options).code == 0
    table.rename(tmp_path / "moved.csv")
    outcome = glasswork(command, bare, *options)
    assert outcome.code == 1
    assert outcome.err.count("\n") == 1
    assert str(table) in outcome.err
    assert "--data" in outcome.err
    assert glasswork(command, bare, "--data", tmp_path / "moved.csv", *options).code == 0
    assert glasswork("check", bare).code == 0
