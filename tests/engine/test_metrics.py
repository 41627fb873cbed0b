"""Figures against scikit-learn's."""

import numpy as np
import pytest
from sklearn import metrics as reference

from engine import metrics
from engine.data import DataFacts, Preprocessing
from engine.data.fitted import NumberColumn, Target


def facts(classes: tuple[str, ...], targets: int = 1) -> DataFacts:
    task = "classification" if classes else "regression"
    return DataFacts("t", 50, 1, task, classes, targets, "t", ("x",))


def preprocessing(target: Target) -> Preprocessing:
    return Preprocessing((NumberColumn("x"),), target)


@pytest.mark.parametrize("classes", [2, 5])
def test_classification_matches_scikit_learn(classes: int) -> None:
    generator = np.random.default_rng(classes)
    actual = generator.integers(0, classes, 200)
    outputs = generator.dirichlet(np.ones(classes), 200)
    names = tuple(map(str, range(classes)))
    found = metrics.evaluate(actual, outputs, facts(names), preprocessing(Target("t", names)))
    predicted = outputs.argmax(axis=1)
    scores = outputs[:, 1] if classes == 2 else outputs
    expected = {
        "accuracy": reference.accuracy_score(actual, predicted),
        "loss": reference.log_loss(actual, outputs),
        "majority_share": np.bincount(actual).max() / 200,
        "balanced_accuracy": reference.balanced_accuracy_score(actual, predicted),
        "f1_macro": reference.f1_score(actual, predicted, average="macro"),
        "auc": reference.roc_auc_score(actual, scores, multi_class="ovr"),
    }
    assert found == pytest.approx(expected, rel=1e-9)
    np.testing.assert_array_equal(
        metrics.confusion_matrix(actual, predicted, classes),
        reference.confusion_matrix(actual, predicted),
    )


def test_one_sigmoid_output_counts_as_two_classes() -> None:
    names = ("no", "yes")
    two = preprocessing(Target("t", names))
    y, p = np.array([0, 1, 1, 0]), np.array([[0.2], [0.9], [0.4], [0.3]])
    both = np.concatenate((1 - p, p), axis=1)
    assert metrics.evaluate(y, p, facts(names), two) == metrics.evaluate(y, both, facts(names), two)


def test_a_class_that_does_not_occur_leaves_out_the_area_under_the_curve() -> None:
    names = ("a", "b", "c")
    outputs = np.array([[0.8, 0.1, 0.1], [0.2, 0.7, 0.1]])
    target = preprocessing(Target("t", names))
    found = metrics.evaluate(np.array([0, 1]), outputs, facts(names), target)
    assert found["accuracy"] == found["balanced_accuracy"] == found["f1_macro"] == 1
    assert "auc" not in found


@pytest.mark.parametrize("targets", [1, 2])
def test_regression_is_in_the_units_of_the_target(targets: int) -> None:
    generator = np.random.default_rng(targets)
    y, outputs = generator.normal(size=(2, 40, targets)).astype(np.float32)
    target = preprocessing(Target("t", (), (100.0,) * targets, (20.0,) * targets))
    found = metrics.evaluate(y, outputs, facts((), targets), target)
    actual, predicted = y.astype(float) * 20 + 100, outputs.astype(float) * 20 + 100
    assert found["mae"] == pytest.approx(reference.mean_absolute_error(actual, predicted))
    assert found["rmse"] == pytest.approx(np.sqrt(reference.mean_squared_error(actual, predicted)))
    assert found["median_absolute_error"] == pytest.approx(
        reference.median_absolute_error(actual, predicted)
    )
    if targets == 1:
        assert found["r2"] == pytest.approx(reference.r2_score(actual, predicted))


def test_figures_that_the_rows_do_not_allow_are_left_out() -> None:
    target = preprocessing(Target("t", (), (0.0,), (1.0,)))
    found = metrics.evaluate(np.ones((1, 1)), np.zeros((1, 1)), facts(()), target)
    assert found["mae"] == 1
    assert "r2" not in found
