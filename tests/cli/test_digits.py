"""The whole way on built-in data: new, train, evaluate, export, check, info."""

import json

import numpy as np
import pytest

import engine


def test_templates_and_datasets_are_listed(glasswork) -> None:
    templates = glasswork("templates", "--json").json["templates"]
    assert {"xor", "digits", "iris", "diabetes"} <= {each["name"] for each in templates}
    assert all(each["title"] and each["description"] for each in templates)
    datasets = glasswork("datasets", "--json").json["datasets"]
    assert {"digits", "iris", "wine"} <= {each["name"] for each in datasets}
    assert "digits" in glasswork("templates").out
    assert "digits" in glasswork("datasets").out


def test_train_answers_with_the_figures_of_the_contract(glasswork, project, tmp_path) -> None:
    out = tmp_path / "m.h5"
    outcome = glasswork("train", project, "--epochs", 3, "--seed", 5, "--out", out, "--json")
    assert outcome.code == 0, outcome.err
    answer = outcome.json
    assert answer.keys() == {"test", "validation", "epochs", "seconds", "seed", "out"}
    assert (answer["epochs"], answer["seed"], answer["out"]) == (3, 5, str(out))
    assert answer["test"]["accuracy"] > 0.8
    assert {"accuracy", "loss"} <= answer["validation"].keys()
    again = glasswork("evaluate", out, "--json").json
    assert again == {"test": pytest.approx(answer["test"])}


def test_the_same_seed_gives_the_same_figures(glasswork, project, tmp_path) -> None:
    answers = []
    for name in ("a.h5", "b.h5"):
        command = ("train", project, "--epochs", 2, "--seed", 3, "--out", tmp_path / name)
        answers.append(glasswork(*command, "--json").json)
    assert answers[0]["test"] == answers[1]["test"]


def test_training_goes_on_and_a_seed_begins_anew(glasswork, model, tmp_path) -> None:
    further, anew = tmp_path / "further.h5", tmp_path / "anew.h5"
    assert glasswork("train", model, "--epochs", 5, "--out", further).code == 0
    assert glasswork("train", model, "--epochs", 1, "--seed", 9, "--out", anew).code == 0
    before, after = engine.load(model), engine.load(further)
    assert after.history[: len(before.history)] == before.history
    assert len(after.history) > len(before.history)
    assert len(engine.load(anew).history) == 1


def test_settings_change_the_project_that_is_saved(glasswork, model, tmp_path) -> None:
    out = tmp_path / "wide.h5"
    settings = ("--set", "design.dense_1.units=16", "--set", "training.batch_size=64")
    outcome = glasswork("train", model, *settings, "--epochs", 1, "--out", out)
    assert outcome.code == 0
    assert "warning: " in outcome.err
    assert "dense_1" in outcome.err, "an edit of a trained network says what begins anew"
    saved = engine.load(out).project
    assert saved.design.node("dense_1").layer.units == 16
    assert saved.training.batch_size == 64


def test_info_and_check_say_what_is_in_a_file(glasswork, project, model) -> None:
    info = glasswork("info", model, "--json").json
    assert [layer["width"] for layer in info["layers"]] == [64, 64, 10]
    assert info["parameters"] == 64 * 64 + 64 + 640 + 10
    assert info["epochs"] == len(info["history"]) == 2
    text = glasswork("info", model).out
    assert "4,160" in text
    assert "2 epochs" in text
    assert "Not trained yet" in glasswork("info", project).out
    assert glasswork("check", model, "--json").json == {
        "sound": True,
        "trained": True,
        "problems": [],
    }
    assert "sound, not trained yet" in glasswork("check", project).out


def test_check_tells_of_a_design_that_cannot_train(glasswork, tmp_path) -> None:
    from engine import Design, Project, files, layers

    path = tmp_path / "odd.h5"
    design = Design.chain(layers.Input(), layers.Dense(3)).add(layers.Dense(2))
    files.save(path, Project(design=design), None)
    outcome = glasswork("check", path, "--json")
    assert outcome.code == 1
    assert outcome.json["sound"] is False
    assert "dense_2" in {problem["where"] for problem in outcome.json["problems"]}
    assert all(line.startswith("glasswork: ") for line in outcome.err.splitlines())


def test_digits_predict_rows_of_a_file(glasswork, model, tmp_path) -> None:
    from sklearn.datasets import load_digits

    X = load_digits().data[:20]
    rows, out = tmp_path / "rows.npy", tmp_path / "out.csv"
    np.save(rows, X)
    outcome = glasswork("predict", model, rows, "--out", out, "--json")
    assert outcome.code == 0, outcome.err
    assert outcome.json["rows"] == 20
    lines = out.read_text("utf-8").splitlines()
    assert lines[0].split(",") == ["prediction", *(f"probability_{digit}" for digit in range(10))]
    found = [int(line.split(",")[0]) for line in lines[1:]]
    assert found == engine.load(model).predict(X).tolist()


def test_export_writes_a_keras_file(glasswork, model, tmp_path) -> None:
    import h5py

    out = tmp_path / "keras.h5"
    assert glasswork("export", model, "--to", "keras", "--out", out).code == 0
    with h5py.File(out) as file:
        assert "model_weights" in file
        assert json.loads(file.attrs["model_config"])["class_name"] in {"Sequential", "Functional"}
