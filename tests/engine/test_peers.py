"""Trained results beside scikit-learn's and Keras's: same weights, same steps, same figures."""

import warnings
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_diabetes, load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor

from engine.data.dataset import Prepared
from engine.design import Design
from engine.layers import Dense, Input
from engine.network import Network
from engine.project import Progress, Trained
from tests.engine.helpers.rows import of_classes, of_numbers
from tests.engine.helpers.training import finished, train


def digits() -> Prepared:
    found: Any = load_digits()
    X, y = found.data, found.target
    return of_classes(X[:1000] / 16, y[:1000], validation=300)


def diabetes() -> Prepared:
    found: Any = load_diabetes()
    X, y = found.data, found.target
    return of_numbers(X / X.std(axis=0), (y - y.mean()) / y.std(), validation=100)


def mlp(outputs: int, last: str, l2: float = 0.0) -> Design:
    return Design.chain(
        Input(),
        Dense(16, activation="relu", l2=l2),
        Dense(outputs, activation=last, l2=l2),
    )


def test_digits_are_learned_as_well_as_by_scikit_learn() -> None:
    prepared = digits()
    rows = prepared.rows
    end = finished(train(mlp(10, "softmax"), prepared, epochs=40)).trained
    make: Any = MLPClassifier
    peer = make(
        (16,), alpha=0, batch_size=32, max_iter=40, tol=0, n_iter_no_change=999, random_state=0
    )
    fitted(peer, prepared.X[rows.train], prepared.y[rows.train])
    theirs = peer.score(prepared.X[rows.validation], prepared.y[rows.validation])
    ours = end.history[-1].validation["accuracy"]
    assert ours > 0.9
    assert ours > theirs - 0.02


def started_like(peer: Any, prepared: Prepared, outputs: int, last: str, **recipe: Any) -> Trained:
    """Ours after training from the weights with which scikit-learn's network begins."""
    design = mlp(outputs, last)
    first = train(design, prepared, epochs=1)
    weights = {
        (layer, name): np.asarray(array, float)
        for layer, kernel, bias in zip(("n2", "n3"), peer.coefs_, peer.intercepts_, strict=True)
        for name, array in (("kernel", kernel), ("bias", bias))
    }
    start = replace(
        finished(first).trained, weights=weights, slots={}, history=(), progress=Progress()
    )
    return finished(train(design, prepared, trained=start, **recipe)).trained


SAME = {"batch_size": "all", "precision": "float64", "shuffle": False}


@pytest.mark.parametrize("task", ["classification", "regression"])
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"kind": "nesterov", "learning_rate": 0.05}, {"solver": "sgd", "momentum": 0.9}),
        ({"kind": "sgd", "learning_rate": 0.05}, {"solver": "sgd", "momentum": 0.0}),
    ],
)
def test_losses_step_by_step_are_those_of_scikit_learn(
    task: str, ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    classes = task == "classification"
    prepared = digits() if classes else diabetes()
    rows = prepared.rows.train
    X, y = prepared.X[rows].astype(float), prepared.y[rows]
    make: Any = MLPClassifier if classes else MLPRegressor
    common = {"alpha": 0.0, "batch_size": len(X), "shuffle": False, "learning_rate_init": 0.05}
    peer = make(hidden_layer_sizes=(16,), random_state=1, max_iter=1, **common, **theirs)
    target = y if classes else y[:, 0].astype(float)
    # A rate of next to nothing initialises the weights and leaves them there.
    peer.learning_rate_init = 1e-300
    fitted(peer, X, target)
    # scikit-learn's squared error is halved: twice its rate is the same step.
    optimizer = ours | ({} if classes else {"learning_rate": 0.025})
    end = started_like(
        peer,
        prepared,
        10 if classes else 1,
        "softmax" if classes else "linear",
        epochs=30,
        optimizer=optimizer,
        **SAME,
    )
    again = make(
        hidden_layer_sizes=(16,),
        random_state=1,
        max_iter=30,
        tol=0,
        n_iter_no_change=999,
        **common,
        **theirs,
    )
    fitted(again, X, target)
    losses = [record.training["loss"] for record in end.history]
    factor = 1 if classes else 2
    np.testing.assert_allclose(losses, np.array(again.loss_curve_) * factor, rtol=1e-6)
    np.testing.assert_allclose(end.weights["n3", "kernel"], again.coefs_[1], rtol=1e-4, atol=1e-7)


def fitted(peer: Any, X: np.ndarray, target: np.ndarray) -> None:
    """Fits, though it may be told to end before it has settled."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        peer.fit(X, target)


# ── Keras ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.interop
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
@pytest.mark.parametrize(
    ("ours", "name", "options"),
    [
        ({"kind": "sgd", "learning_rate": 0.1}, "SGD", {"learning_rate": 0.1}),
        ({"kind": "adam", "learning_rate": 0.01}, "Adam", {"learning_rate": 0.01}),
    ],
)
def test_losses_step_by_step_are_those_of_keras(
    ours: dict[str, Any], name: str, options: dict[str, float]
) -> None:
    import keras

    model: Any
    prepared, l2 = digits(), 0.01
    design, rows = mlp(10, "softmax", l2), prepared.rows.train
    begin = Network(design, 64, dtype="float64").arrays()
    regular = keras.regularizers.L2(l2)
    model = keras.Sequential(
        [
            keras.Input((64,), dtype="float64"),
            keras.layers.Dense(16, "relu", kernel_regularizer=regular, dtype="float64"),
            keras.layers.Dense(10, "softmax", kernel_regularizer=regular, dtype="float64"),
        ]
    )
    model.set_weights(
        [begin[layer, array] for layer in ("n2", "n3") for array in ("kernel", "bias")]
    )
    model.compile(getattr(keras.optimizers, name)(**options), "sparse_categorical_crossentropy")
    X, y = prepared.X[rows].astype(float), prepared.y[rows]
    history = model.fit(X, y, batch_size=len(X), epochs=15, shuffle=False, verbose=0).history
    end = finished(train(design, prepared, epochs=15, optimizer=ours, **SAME)).trained
    kernels = [w for w in model.get_weights() if w.ndim == 2]
    np.testing.assert_allclose(end.weights["n2", "kernel"], kernels[0], rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(end.weights["n3", "kernel"], kernels[1], rtol=1e-4, atol=1e-6)
    # Keras adds the penalties to the loss it reports; ours is that of the data alone.
    losses = np.array([record.training["loss"] for record in end.history])
    first = l2 * sum(float(np.square(begin[layer, "kernel"]).sum()) for layer in ("n2", "n3"))
    assert losses[0] + first == pytest.approx(history["loss"][0], rel=1e-5)
    assert losses[-1] < losses[0]
