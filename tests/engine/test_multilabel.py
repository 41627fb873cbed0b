"""Several labels a row, of which it may have any: from arrays to figures, predictions and files."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, f1_score, log_loss

import engine
from engine import data, layers, metrics, predictions
from engine.data import DataRecipe
from engine.data.fitted import Target
from engine.data.sources.given import Given
from engine.design import Design
from engine.errors import DataError
from engine.events import EpochDone, TrainingFinished
from engine.losses import BinaryCrossentropy
from engine.problems import problems
from engine.project import Project, TrainingRecipe
from engine.templates import fitting
from engine.trainer import Trainer

DRAW = np.random.default_rng(0)
X = DRAW.standard_normal((200, 5))
Y = (X[:, :3] + 0.1 * DRAW.standard_normal((200, 3)) > 0.3).astype(int)
RECIPE = DataRecipe(source=Given())


def prepared() -> data.Prepared:
    return data.prepare(data.from_arrays(X, Y), RECIPE)


@pytest.fixture(scope="module")
def trained() -> tuple[Project, list[object]]:
    project = fitting("labels", RECIPE, prepared().facts)
    project = project.edited(training=TrainingRecipe(epochs=60, optimizer={"kind": "adam"}))
    return project, list(Trainer(project, X, Y).run())


def finished(events: list[object]) -> engine.Trained:
    last = events[-1]
    assert isinstance(last, TrainingFinished)
    return last.trained


def test_columns_of_0_and_1_are_labels() -> None:
    facts = prepared().facts
    assert (facts.task, facts.targets) == ("multilabel", 3)
    assert facts.classes == ("target_1", "target_2", "target_3")
    assert facts.class_counts == tuple(Y.sum(axis=0))
    np.testing.assert_array_equal(prepared().y, Y)
    numbers = data.prepare(data.from_arrays(X, Y), RECIPE.edited(task="regression"))
    assert numbers.facts.task == "regression"
    assert data.prepare(data.from_arrays(X, Y * 2), RECIPE).facts.task == "regression"
    one_hot = data.prepare(data.from_arrays(X, np.eye(3)[np.arange(200) % 3]), RECIPE)
    assert one_hot.facts.task == "classification"


def test_what_is_no_label_is_refused() -> None:
    target = Target("target", labels=("a", "b"))
    table = data.from_arrays(X, Y).features
    for wrong, said in ((Y, "needs 2 columns"), (Y[:, :2] * 3, "0 and 1 only")):
        with pytest.raises(DataError, match=said):
            target.encode(wrong, table)


def test_training_finds_the_labels(trained: tuple[Project, list[object]]) -> None:
    project, events = trained
    *_, last = (each.record for each in events if isinstance(each, EpochDone))
    model = engine.Model(project, finished(events))
    rows = prepared().rows.validation
    found = model.predict(X[rows])
    assert last.validation["accuracy"] == accuracy_score(Y[rows], found) > 0.6
    assert model.classes.tolist() == ["target_1", "target_2", "target_3"]
    np.testing.assert_array_equal(found, model.predict_proba(X[rows]) > 0.5)


def test_figures_are_those_of_scikit_learn(trained: tuple[Project, list[object]]) -> None:
    project, events = trained
    probabilities = engine.Model(project, finished(events)).predict_proba(X)
    ready = prepared()
    found = metrics.evaluate(ready.y, probabilities, ready.facts, ready.preprocessing)
    labels = probabilities > 0.5
    assert found["accuracy"] == accuracy_score(Y, labels)
    assert found["label_accuracy"] == (labels == Y).mean()
    assert found["f1_macro"] == pytest.approx(f1_score(Y, labels, average="macro"))
    each = [log_loss(Y[:, place], probabilities[:, place]) for place in range(3)]
    assert found["loss"] == pytest.approx(np.mean(each), rel=1e-6)
    nothing = metrics.evaluate(np.zeros((4, 3)), np.zeros((4, 3)), ready.facts, ready.preprocessing)
    assert nothing == {"accuracy": 1.0, "loss": 0.0, "label_accuracy": 1.0}


def test_smoothed_labels_are_trained_on_and_plain_ones_scored() -> None:
    facts = prepared().facts
    loss = BinaryCrossentropy(label_smoothing=0.2)
    project = fitting("labels", RECIPE, facts)
    project = project.edited(training=TrainingRecipe(epochs=150, loss=loss))
    *_, last = Trainer(project, X, Y).run()
    assert isinstance(last, TrainingFinished)
    probabilities = engine.Model(project, last.trained).predict_proba(X)
    assert np.median(probabilities[Y == 0]) == pytest.approx(0.1, abs=0.06)
    assert last.trained.history[-1].training["accuracy"] > 0.7
    assert last.trained.history[-1].validation["loss"] > 0.3  # of smoothed targets, as in training


def test_predictions_and_files(trained: tuple[Project, list[object]], tmp_path: Path) -> None:
    project, events = trained
    found = predictions.predict(project, finished(events), X[:4])
    names = "target_1", "target_2", "target_3"
    assert found.columns == (
        *(f"prediction_{name}" for name in names),
        *(f"probability_{name}" for name in names),
    )
    predictions.write(found, tmp_path / "p.csv")
    rows = np.loadtxt(tmp_path / "p.csv", delimiter=",", skiprows=1)
    np.testing.assert_array_equal(rows[:, :3], found.values)
    np.testing.assert_allclose(rows[:, 3:], found.probabilities, rtol=1e-6)
    model = engine.Model(project, finished(events))
    model.save(tmp_path / "m.h5")
    again = engine.load(tmp_path / "m.h5")
    np.testing.assert_array_equal(again.predict_proba(X), model.predict_proba(X))
    assert again.trained is not None
    assert again.trained.facts == finished(events).facts


@pytest.mark.parametrize(
    ("last", "recipe", "said"),
    [
        (layers.Dense(2, activation="sigmoid"), {}, "gives 2 outputs, but the data has 3 labels"),
        (layers.Dense(3, activation="softmax"), {}, "each label a probability of its own"),
        (layers.Dense(3, activation="sigmoid"), {"loss": "huber"}, "no loss for several labels"),
        (layers.Dense(3, activation="sigmoid"), {}, ""),
        (layers.Dense(3, activation="sigmoid"), {"loss": "mean_squared_error"}, ""),
    ],
)
def test_a_design_has_to_fit_the_labels(
    last: layers.Layer, recipe: dict[str, str], said: str
) -> None:
    design = Design.chain(layers.Input(), last)
    project = Project(design=design, data=RECIPE, training=TrainingRecipe.model_validate(recipe))
    found = [each.message for each in problems(project, prepared().facts)]
    assert (not found) if not said else said in found[0]
