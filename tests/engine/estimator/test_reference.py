"""The same numbers as scikit-learn's MLPs, step by step, where both begin with the same weights."""

from typing import Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.datasets import (
    load_breast_cancer,
    load_diabetes,
    load_digits,
    make_multilabel_classification,
    make_regression,
)
from sklearn.metrics import log_loss
from sklearn.model_selection import cross_val_score
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from engine import Design, NetworkClassifier, NetworkRegressor, layers
from engine.network import Network

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")

ROWS = 400
SEED = {"random_state": 0}
SETTINGS: dict[str, Any] = {"hidden_layer_sizes": (12,), "max_iter": 4, "shuffle": False} | SEED
SGD: dict[str, Any] = {"solver": "sgd", "learning_rate_init": 0.1}


def digits(dtype: str = "float64") -> tuple[np.ndarray, np.ndarray]:
    X, y = load_digits(return_X_y=True)
    return (X[:ROWS] / 16).astype(dtype), y[:ROWS]


def labels() -> tuple[np.ndarray, np.ndarray]:
    return make_multilabel_classification(ROWS, 10, n_classes=4, random_state=0)


def numbers(targets: int = 1) -> tuple[np.ndarray, np.ndarray]:
    X, y = make_regression(ROWS, 10, n_targets=targets, noise=3.0, random_state=0)
    return X, y / y.std()


def peer_of(ours: Any, X: np.ndarray, y: np.ndarray, weights: np.ndarray | None = None) -> Any:
    """scikit-learn's MLP with the parameters of `ours`, trained from the same initial weights."""
    kind = MLPClassifier if isinstance(ours, NetworkClassifier) else MLPRegressor
    known = kind().get_params()
    parameters = {name: value for name, value in ours.get_params().items() if name in known}
    theirs = kind(**parameters | {"max_iter": 1, "warm_start": True}).fit(X, y)
    model = ours.model_
    network = Network(
        model.project.design, X.shape[1], seed=model.trained.seed, dtype=ours.coefs_[0].dtype.name
    )
    layers = [each for each in model.project.design.order if (each, "kernel") in network.views]
    theirs.coefs_ = [network.views[each, "kernel"].copy() for each in layers]
    theirs.intercepts_ = [network.views[each, "bias"].copy() for each in layers]
    theirs.t_, theirs.loss_curve_, theirs.best_loss_ = 0, [], np.inf
    theirs._no_improvement_count = 0
    return theirs.set_params(max_iter=ours.max_iter).fit(X, y, sample_weight=weights)


CASES = {
    "adam": (NetworkClassifier(**SETTINGS), digits),
    "strong penalty": (NetworkClassifier(**SETTINGS, alpha=5.0, activation="logistic"), digits),
    "one batch": (NetworkClassifier(**SETTINGS, alpha=5.0, batch_size=ROWS), digits),
    "nesterov": (NetworkClassifier(**SETTINGS, **SGD), digits),
    "momentum": (NetworkClassifier(**SETTINGS, **SGD, nesterovs_momentum=False), digits),
    "plain": (NetworkClassifier(**SETTINGS, **SGD, momentum=0.0, activation="tanh"), digits),
    "invscaling": (NetworkClassifier(**SETTINGS, **SGD, learning_rate="invscaling"), digits),
    "labels": (NetworkClassifier(**SETTINGS, **SGD), labels),
    "numbers": (NetworkRegressor(**SETTINGS, alpha=1.0), numbers),
    "several numbers": (NetworkRegressor(**SETTINGS, **SGD), lambda: numbers(3)),
    "no hidden layer": (NetworkRegressor(**SETTINGS | {"hidden_layer_sizes": ()}), numbers),
}


@pytest.mark.parametrize("case", CASES)
def test_the_weights_are_those_of_scikit_learn(case: str) -> None:
    estimator, rows = CASES[case]
    X, y = rows()
    ours = clone(estimator).set_params(random_state=3).fit(X, y)
    theirs = peer_of(ours, X, y)
    for mine, other in zip(ours.coefs_, theirs.coefs_, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-9, atol=1e-12)
    for mine, other in zip(ours.intercepts_, theirs.intercepts_, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-9, atol=1e-12)
    # The penalty in the loss is worked out once an epoch, and taken to move evenly in between.
    np.testing.assert_allclose(ours.loss_curve_, theirs.loss_curve_, rtol=2e-3)
    assert ours.best_loss_ == pytest.approx(theirs.best_loss_, rel=2e-3)
    same = ("n_iter_", "t_", "n_layers_", "n_outputs_", "out_activation_", "n_features_in_")
    assert [getattr(ours, name) for name in same] == [getattr(theirs, name) for name in same]
    np.testing.assert_allclose(ours.predict(X), theirs.predict(X), rtol=1e-9, atol=1e-12)


def test_in_one_batch_the_losses_are_those_of_scikit_learn_to_the_last_digits() -> None:
    X, y = digits()
    ours = clone(CASES["one batch"][0]).fit(X, y)
    np.testing.assert_allclose(ours.loss_curve_, peer_of(ours, X, y).loss_curve_, rtol=1e-12)


def test_weights_of_rows_count_as_in_scikit_learn() -> None:
    X, y = digits()
    weights = np.random.default_rng(0).uniform(0.1, 3, ROWS)
    ours = NetworkClassifier(**SETTINGS, alpha=2.0, batch_size=ROWS).fit(X, y, weights)
    theirs = peer_of(ours, X, y, weights)
    np.testing.assert_allclose(ours.coefs_[0], theirs.coefs_[0], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(ours.loss_curve_, theirs.loss_curve_, rtol=1e-12)


def test_float32_rows_are_computed_in_float32_as_in_scikit_learn() -> None:
    X, y = digits("float32")
    ours = NetworkClassifier(**SETTINGS).fit(X, y)
    assert ours.coefs_[0].dtype == np.float32
    assert ours.predict_proba(X).dtype == np.float32
    np.testing.assert_allclose(ours.coefs_[0], peer_of(ours, X, y).coefs_[0], atol=1e-5)
    asked = NetworkClassifier(**SETTINGS, precision="float64").fit(X, y)
    assert asked.coefs_[0].dtype == np.float64


def test_an_adaptive_rate_falls_when_scikit_learn_lets_it_fall() -> None:
    X, y = digits()
    fast = {"learning_rate_init": 0.3, "learning_rate": "adaptive", "tol": 0.02}
    ours = NetworkClassifier(
        (12,), solver="sgd", **SEED, **fast, n_iter_no_change=2, shuffle=False, max_iter=100
    ).fit(X, y)
    theirs = peer_of(ours, X, y)
    assert ours.n_iter_ == theirs.n_iter_ < 100
    np.testing.assert_allclose(ours.coefs_[0], theirs.coefs_[0], rtol=1e-7, atol=1e-9)


def test_training_ends_in_the_epoch_in_which_it_does_in_scikit_learn() -> None:
    X, y = digits()
    ours = NetworkClassifier((12,), **SEED, tol=0.02, n_iter_no_change=3, shuffle=False).fit(X, y)
    assert ours.n_iter_ == peer_of(ours, X, y).n_iter_ < 200


@pytest.mark.parametrize("alpha", [0.1, 3.0])
def test_lbfgs_finds_the_optimum_of_scikit_learn(alpha: float) -> None:
    # Without a hidden layer there is one optimum.
    X, y = digits()
    options: dict[str, Any] = {"hidden_layer_sizes": (), "solver": "lbfgs", "tol": 1e-8} | SEED
    ours = NetworkClassifier(**options, alpha=alpha, max_iter=2000).fit(X, y)
    theirs = MLPClassifier(**options, alpha=alpha, max_iter=2000).fit(X, y)
    assert ours.loss_ == pytest.approx(theirs.loss_, rel=1e-5)
    np.testing.assert_allclose(ours.predict_proba(X), theirs.predict_proba(X), atol=1e-3)
    assert len(ours.loss_curve_) == ours.n_iter_
    assert ours.loss_curve_[-1] == ours.loss_ == ours.best_loss_


def test_lbfgs_begins_where_scikit_learn_does_and_does_as_well() -> None:
    X, y = numbers(2)
    ours = NetworkRegressor((8,), **SEED, solver="lbfgs", activation="tanh", max_iter=150).fit(X, y)
    theirs = peer_of(ours, X, y)
    assert ours.loss_ < 1.5 * theirs.loss_


def test_the_loss_is_what_it_says() -> None:
    X, y = digits()
    ours = NetworkClassifier((8,), **SEED, solver="lbfgs", alpha=2.0, max_iter=30).fit(X, y)
    squares = sum(float(np.square(each).sum()) for each in ours.coefs_)
    expected = log_loss(y, ours.predict_proba(X)) + 0.5 * 2.0 * squares / ROWS
    assert ours.loss_ == pytest.approx(expected, rel=1e-9)
    X, y = numbers(2)
    regressor = NetworkRegressor((8,), **SEED, solver="lbfgs", alpha=0.0, max_iter=30).fit(X, y)
    half = 0.5 * np.square(regressor.predict(X) - y).mean()
    assert regressor.loss_ == pytest.approx(half, rel=1e-9)


def test_a_designs_own_penalties_are_part_of_the_loss() -> None:
    X, y = digits()
    last = layers.Dense(10, activation="softmax", l1=0.01, l2=0.02)
    design = Design.chain(layers.Input(), last)
    ours = NetworkClassifier(design=design, solver="lbfgs", alpha=0.0, max_iter=50).fit(X, y)
    (W,) = ours.coefs_
    penalty = 0.01 * np.abs(W).sum() + 0.02 * np.square(W).sum()
    expected = log_loss(y, ours.predict_proba(X)) + penalty
    assert ours.loss_ == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("kind", ["two classes", "classes", "labels", "numbers"])
def test_predictions_are_a_forward_pass_over_coefs_and_intercepts(kind: str) -> None:
    X, y = labels() if kind == "labels" else numbers() if kind == "numbers" else digits()
    y = y > 4 if kind == "two classes" else y
    estimator: Any = NetworkRegressor if kind == "numbers" else NetworkClassifier
    fitted = estimator((9, 7), max_iter=5, **SEED).fit(X, y)
    a = X
    for W, b in zip(fitted.coefs_[:-1], fitted.intercepts_[:-1], strict=True):
        a = np.maximum(a @ W + b, 0)
    z = a @ fitted.coefs_[-1] + fitted.intercepts_[-1]
    if kind == "numbers":
        np.testing.assert_allclose(fitted.predict(X), z[:, 0], rtol=1e-9)
        return
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True) if kind == "classes" else 1 / (1 + np.exp(-z))
    expected = np.hstack((1 - p, p)) if kind == "two classes" else p
    np.testing.assert_allclose(fitted.predict_proba(X), expected, rtol=1e-9)
    np.testing.assert_allclose(fitted.predict_log_proba(X), np.log(expected), rtol=1e-7)


PROBLEMS = {
    "digits": (NetworkClassifier(), MLPClassifier(), load_digits),
    "breast cancer": (NetworkClassifier(), MLPClassifier(), load_breast_cancer),
    "diabetes": (NetworkRegressor(), MLPRegressor(), load_diabetes),
}


@pytest.mark.parametrize("problem", PROBLEMS)
def test_it_is_as_good_as_scikit_learn(problem: str) -> None:
    *pair, rows = PROBLEMS[problem]
    X, y = rows(return_X_y=True)
    y = (y - y.mean()) / y.std() if problem == "diabetes" else y
    options: dict[str, Any] = {"hidden_layer_sizes": (20,), "max_iter": 60, "random_state": 0}
    ours, theirs = (
        cross_val_score(make_pipeline(StandardScaler(), each.set_params(**options)), X, y, cv=3)
        for each in pair
    )
    assert ours.mean() > theirs.mean() - 0.03
