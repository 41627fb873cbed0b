"""The threshold that a project keeps decides everywhere, and looks at the test rows are counted."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, balanced_accuracy_score

import engine
from engine import layers
from engine.evaluation import Evaluation, evaluate_rows
from engine.judgement.kept import Judgement, decide, looked, looks, looks_words
from engine.model import Model
from engine.network import Network
from engine.predictions import predict
from engine.project import Project
from tests.engine.helpers.rows import blobs
from tests.engine.helpers.training import finished, project_of, small, train

TWO = ("no", "yes")


@pytest.fixture(scope="module")
def model() -> Model:
    """Two classes, "class 0" and "class 1", with one sigmoid."""
    prepared = blobs(120, classes=2, seed=3)
    design = small(1, "sigmoid")
    trained = finished(train(design, prepared, epochs=2)).trained
    return Model(project_of(design), trained)


def with_judgement(model: Model, **fields: object) -> Model:
    project = model.project.edited(judgement=Judgement(**fields))
    return Model(project, model.trained)


def test_a_row_is_positive_above_the_threshold() -> None:
    p = np.array([[0.9, 0.1], [0.7, 0.3], [0.5, 0.5], [0.2, 0.8]])
    assert decide(p, TWO, Judgement()).tolist() == p.argmax(axis=1).tolist()
    assert decide(p, TWO, Judgement(threshold=0.3)).tolist() == [0, 0, 1, 1]
    assert decide(p, TWO, Judgement(threshold=0.8)).tolist() == [0, 0, 0, 0]
    assert decide(p, TWO, Judgement(threshold=0.6, positive="no")).tolist() == [0, 0, 1, 1]
    gone = Judgement(threshold=0.3, positive="gone")
    assert decide(p, TWO, gone).tolist() == [0, 0, 1, 1]


def test_of_more_classes_the_most_probable_is_predicted() -> None:
    p = np.random.default_rng(0).dirichlet(np.ones(3), 20)
    found = decide(p, ("a", "b", "c"), Judgement(threshold=0.9))
    assert found.tolist() == p.argmax(axis=1).tolist()


@pytest.mark.parametrize("fields", [{"threshold": -0.1}, {"threshold": 1.5}, {"positive": 3}])
def test_what_is_no_threshold_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(fields))):
        Judgement(**fields)


@pytest.mark.parametrize(
    "fields", [{}, {"threshold": 0.9}, {"threshold": 0.95, "positive": "class 0"}]
)
def test_every_way_of_predicting_decides_alike(model: Model, fields: dict[str, object]) -> None:
    X = np.asarray(blobs(120, classes=2, seed=3).X, float)
    chosen = with_judgement(model, **fields)
    expected = decide(chosen.predict_proba(X), tuple(chosen.classes), chosen.project.judgement)
    expected = np.array(chosen.classes)[expected]
    np.testing.assert_array_equal(chosen.predict(X), expected)
    assert chosen.trained is not None
    np.testing.assert_array_equal(predict(chosen.project, chosen.trained, X).values, expected)
    np.testing.assert_array_equal(chosen.as_estimator().predict(X), expected)
    if fields:
        assert (expected != model.predict(X)).any()


def test_a_threshold_is_saved_and_opened(model: Model, tmp_path: Path) -> None:
    chosen = with_judgement(model, threshold=0.8, positive="class 1", false_negative=7.0)
    chosen.save(tmp_path / "m.h5")
    assert engine.load(tmp_path / "m.h5").project.judgement == chosen.project.judgement


def test_figures_are_those_of_the_threshold() -> None:
    prepared = blobs(200, classes=2, seed=1)
    network, judgement = Network(small(1, "sigmoid"), 4), Judgement(threshold=0.7)
    found = evaluate_rows(network, prepared, np.arange(200), judgement)
    predicted = (network.predict(prepared.X)[:, 0] > 0.7).astype(int)
    assert found["accuracy"] == accuracy_score(prepared.y, predicted)
    balanced = balanced_accuracy_score(prepared.y, predicted)
    assert found["balanced_accuracy"] == pytest.approx(balanced)
    facts, fitted = prepared.facts, prepared.preprocessing
    sampled = Evaluation(facts, fitted, 200, kept=50, judgement=judgement)
    sampled.add(prepared.y, network.predict(prepared.X))
    assert sampled.figures()["accuracy"] == found["accuracy"]


# ── looks at the test rows ──────────────────────────────────────────────────────────────────


def test_looks_are_counted_anew_when_the_design_changes() -> None:
    project = project_of(small())
    assert looks(project) == 0
    assert looks_words(project).startswith("The test rows have not been looked at since")
    project = looked(looked(project))
    assert looks(project) == 2
    assert "looked at 2 times since the design last changed." in looks_words(project)
    wider = project.edited(design=small().add(layers.Dropout(0.1), after=["n2"]))
    assert looks(wider) == 0
    once = looked(wider)
    assert looks(once) == 1
    assert "looked at once since the design last changed (3 in all)." in looks_words(once)
    renamed = once.edited(name="other", training=once.training.edited(epochs=7))
    assert looks(renamed) == 1


def test_looks_are_saved_and_opened(tmp_path: Path) -> None:
    project = looked(project_of(small()))
    Model(project).save(tmp_path / "m.h5")
    again = engine.load(tmp_path / "m.h5").project
    assert looks(again) == 1
    assert Project().test_looks.total == 0
