"""Losses against plain formulas, scikit-learn and Keras; stable at the largest logits."""

from typing import Any

import numpy as np
import pytest
from scipy.special import log_softmax, softmax, xlogy
from sklearn.metrics import log_loss

from engine.losses import (
    Auto,
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Huber,
    Loss,
    LossSite,
    MeanSquaredError,
    resolve,
)
from engine.ops import Sigmoid, Softmax

OUTPUTS, ROWS = 4, 7


def huber(a: np.ndarray, t: np.ndarray) -> np.ndarray:
    e = np.abs(a - t)
    return np.where(e <= 1, e**2 / 2, e - 0.5).mean(axis=1)


# What each loss is for rows of outputs and targets `(rows, outputs)`, without any fusing.
REFERENCES = {
    "mean_squared_error": lambda a, t: ((a - t) ** 2).mean(axis=1),
    "half_squared_error": lambda a, t: ((a - t) ** 2).sum(axis=1) / 2,
    "mean_absolute_error": lambda a, t: np.abs(a - t).mean(axis=1),
    "huber": huber,
    "categorical_crossentropy": lambda a, t: -xlogy(t, a / a.sum(axis=1, keepdims=True)).sum(1),
    "binary_crossentropy": lambda a, t: -(xlogy(t, a) + xlogy(1 - t, 1 - a)).mean(axis=1),
}
KERAS = {
    "mean_squared_error": "MeanSquaredError",
    "mean_absolute_error": "MeanAbsoluteError",
    "huber": "Huber",
    "categorical_crossentropy": "CategoricalCrossentropy",
    "binary_crossentropy": "BinaryCrossentropy",
}
KINDS = sorted(set(Loss.family) - {Auto.kind})
FUSED = [kind for kind in KINDS if Loss.family[kind]().fuses]  # type: ignore[attr-defined]


def test_every_loss_has_a_reference() -> None:
    assert sorted(REFERENCES) == KINDS
    assert {*KINDS} - {*KERAS} == {"half_squared_error"}


def example(kind: str, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """(outputs, targets), `(rows, outputs)`, in the range that the loss is for."""
    draw = np.random.default_rng(seed)
    if "crossentropy" not in kind:
        return 2 * draw.standard_normal((ROWS, OUTPUTS)), draw.standard_normal((ROWS, OUTPUTS))
    outputs = draw.uniform(0.05, 0.95, (ROWS, OUTPUTS))
    return outputs, np.eye(OUTPUTS)[draw.integers(0, OUTPUTS, ROWS)]


def gradient(
    loss: Loss,
    outputs: np.ndarray,
    targets: np.ndarray,
    weights: np.ndarray | None = None,
    *,
    fused: bool = False,
) -> np.ndarray:
    """The gradient that the kernels leave, as `(rows, outputs)`."""
    found = np.full(outputs.T.shape, np.nan, outputs.dtype)
    scale, offset = loss.target_terms(*outputs.T.shape, fused=fused)
    laid = (targets.T * scale + offset).astype(outputs.dtype)
    site = LossSite(np.ascontiguousarray(outputs.T), laid, found, weights)
    for kernel in loss.bind(site, fused=fused):
        kernel()
    return found.T


@pytest.mark.parametrize("kind", KINDS)
def test_value_is_the_formula(kind: str) -> None:
    outputs, targets = example(kind)
    loss = Loss.parse(kind)
    expected = REFERENCES[kind](outputs, targets)
    np.testing.assert_allclose(loss.rows(outputs.T, targets.T, fused=False), expected, rtol=1e-12)
    weights = np.linspace(0, 3, ROWS)
    assert loss.value(outputs.T, targets.T, fused=False) == pytest.approx(expected.mean())
    assert loss.value(outputs.T, targets.T, weights, fused=False) == pytest.approx(
        (expected * weights).mean()
    )


@pytest.mark.parametrize("kind", KINDS)
def test_several_batches_are_computed_at_once(kind: str) -> None:
    pairs = [example(kind, seed) for seed in range(3)]
    loss = Loss.parse(kind)
    outputs = np.stack([a.T for a, _ in pairs])
    targets = np.stack([t.T for _, t in pairs])
    together = loss.rows(outputs, targets, fused=False)
    assert together.shape == (3, ROWS)
    for row, (a, t) in zip(together, pairs, strict=True):
        np.testing.assert_array_equal(row, loss.rows(a.T, t.T, fused=False))


@pytest.mark.parametrize("fused", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_working_in_its_arguments_changes_no_loss(kind: str, fused: bool) -> None:
    outputs, targets = (each.T.copy() for each in example(kind))
    loss = Loss.parse(kind)
    expected = loss.rows(outputs, targets, fused=fused)
    found = loss.rows(outputs, targets, fused=fused, overwrite=True)
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("fused", [False, True])
@pytest.mark.parametrize("smoothing", [0.0, 0.2])
@pytest.mark.parametrize("kind", ["categorical_crossentropy", "binary_crossentropy"])
def test_rows_of_one_class_each(kind: str, smoothing: float, fused: bool) -> None:
    loss = Loss.parse(kind).edited(label_smoothing=smoothing)
    outputs = example(kind)[0].T.copy()
    truth = np.random.default_rng(1).integers(0, OUTPUTS, ROWS)
    codes = loss.targets(np.eye(OUTPUTS))
    expected = loss.rows(outputs, codes[truth].T, fused=fused)
    np.testing.assert_allclose(loss.class_rows(outputs, truth, codes, fused=fused), expected)
    lent = loss.class_rows(outputs, truth, codes, fused=fused, overwrite=True)
    np.testing.assert_allclose(lent, expected)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_gradient_is_that_of_the_mean(kind: str, weighted: bool) -> None:
    outputs, targets = example(kind)
    loss = Loss.parse(kind)
    weights = np.linspace(0.5, 3, ROWS) if weighted else None
    found = gradient(loss, outputs, targets, weights)
    step = 1e-6
    for index in np.ndindex(outputs.shape):
        ends = []
        for sign in (1, -1):
            moved = outputs.copy()
            moved[index] += sign * step
            ends.append(loss.value(moved.T, targets.T, weights, fused=False))
        assert found[index] == pytest.approx((ends[0] - ends[1]) / (2 * step), abs=1e-7, rel=1e-6)


@pytest.mark.parametrize("kind", FUSED)
def test_fused_is_the_same_as_unfused(kind: str) -> None:
    logits = np.random.default_rng(1).standard_normal((ROWS, OUTPUTS)) * 3
    _, targets = example(kind)
    loss = Loss.parse(kind)
    outputs = softmax(logits, axis=1) if loss.fuses is Softmax else 1 / (1 + np.exp(-logits))
    np.testing.assert_allclose(
        loss.rows(logits.T, targets.T, fused=True),
        loss.rows(outputs.T, targets.T, fused=False),
        rtol=1e-9,
    )
    share = ROWS if loss.fuses is Softmax else ROWS * OUTPUTS
    np.testing.assert_allclose(
        gradient(loss, logits, targets, fused=True), (outputs - targets) / share, atol=1e-15
    )


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("size", [50.0, 1e4])
@pytest.mark.parametrize("kind", FUSED)
def test_fused_is_stable_at_large_logits(kind: str, size: float, dtype: str) -> None:
    signs = np.random.default_rng(2).choice([-1.0, 0.0, 1.0], (ROWS, OUTPUTS))
    logits, loss = (size * signs).astype(dtype), Loss.parse(kind)
    _, targets = example(kind)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        values = loss.rows(logits.T, targets.T.astype(dtype), fused=True)
        slope = gradient(loss, logits, targets, fused=True)
    wide = logits.astype(float)
    if loss.fuses is Softmax:
        expected = -(targets * log_softmax(wide, axis=1)).sum(axis=1)
        pull = (softmax(wide, axis=1) - targets) / ROWS
    else:
        expected = (np.logaddexp(0, wide) - targets * wide).mean(axis=1)
        pull = (np.exp(-np.logaddexp(0, -wide)) - targets) / (ROWS * OUTPUTS)
    np.testing.assert_allclose(values, expected, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(slope, pull, atol=1e-7)


@pytest.mark.parametrize("kind", FUSED)
def test_certain_and_wrong_probabilities_stay_finite(kind: str) -> None:
    targets = np.eye(OUTPUTS)[:, ::-1]
    loss, outputs = Loss.parse(kind), np.eye(OUTPUTS)
    assert np.isfinite(loss.rows(outputs.T, targets.T, fused=False)).all()
    assert np.isfinite(gradient(loss, outputs, targets)).all()


def test_cross_entropy_is_log_loss() -> None:
    outputs, targets = example("categorical_crossentropy")
    outputs /= outputs.sum(axis=1, keepdims=True)
    found = CategoricalCrossentropy().value(outputs.T, targets.T, fused=False)
    assert found == pytest.approx(log_loss(targets.argmax(1), outputs, labels=range(OUTPUTS)))
    one, truth = outputs[:, :1], targets[:, :1]
    found = BinaryCrossentropy().value(one.T, truth.T, fused=False)
    assert found == pytest.approx(log_loss(truth[:, 0], one[:, 0], labels=[0, 1]))


def test_label_smoothing_moves_the_targets() -> None:
    np.testing.assert_allclose(
        CategoricalCrossentropy(label_smoothing=0.2).targets(np.eye(4)[:1]),
        [[0.85, 0.05, 0.05, 0.05]],
    )
    np.testing.assert_allclose(
        BinaryCrossentropy(label_smoothing=0.2).targets(np.array([[0.0], [1.0]])), [[0.1], [0.9]]
    )
    np.testing.assert_array_equal(MeanSquaredError().targets(np.eye(2)), np.eye(2))


def test_huber_turns_at_its_delta() -> None:
    a, t = np.array([[0.3], [5.0], [-5.0]]), np.zeros((3, 1))
    loss = Huber(delta=2.0)
    np.testing.assert_allclose(loss.rows(a.T, t.T, fused=False), [0.045, 8.0, 8.0])
    np.testing.assert_allclose(gradient(loss, a, t), np.array([[0.3], [2.0], [-2.0]]) / 3)


def test_automatic_follows_the_task_and_the_last_op() -> None:
    assert resolve(Auto(), "regression", None).kind == "mean_squared_error"
    assert resolve(Auto(), "classification", Softmax(3)).kind == "categorical_crossentropy"
    assert resolve(Auto(), "classification", Sigmoid(1)).kind == "binary_crossentropy"
    chosen = Huber(delta=3.0)
    assert resolve(chosen, "regression", None) is chosen
    for unresolved in (
        lambda: Auto().rows(np.ones((1, 1)), np.ones((1, 1)), fused=False),
        lambda: gradient(Auto(), np.ones((1, 1)), np.ones((1, 1))),
    ):
        with pytest.raises(TypeError, match="resolve"):
            unresolved()


@pytest.mark.parametrize("kind", sorted(Loss.family))
def test_every_loss_says_what_it_is_for(kind: str) -> None:
    loss = Loss.parse(kind)
    assert loss.tip
    assert loss.tasks
    assert loss.formula or kind == Auto.kind


@pytest.mark.interop
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
@pytest.mark.parametrize("kind", sorted(KERAS))
def test_value_and_gradient_are_those_of_keras(kind: str) -> None:
    import keras
    import torch

    outputs, targets = example(kind)
    weights = np.linspace(0.5, 2, ROWS)
    loss = Loss.parse(kind)
    peer: Any = getattr(keras.losses, KERAS[kind])()
    tensor = torch.tensor(outputs, dtype=torch.float64, requires_grad=True)
    value = peer(torch.tensor(targets), tensor, sample_weight=torch.tensor(weights))
    value.backward()
    assert loss.value(outputs.T, targets.T, weights, fused=False) == pytest.approx(
        value.item(), rel=1e-6
    )
    assert tensor.grad is not None
    np.testing.assert_allclose(
        gradient(loss, outputs, targets, weights), tensor.grad.numpy(), rtol=1e-5, atol=1e-9
    )


@pytest.mark.interop
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
@pytest.mark.parametrize("kind", FUSED)
def test_smoothed_and_from_logits_is_that_of_keras(kind: str) -> None:
    import keras
    import torch

    logits = np.random.default_rng(3).standard_normal((ROWS, OUTPUTS)) * 4
    _, targets = example(kind)
    loss = Loss.parse({"kind": kind, "label_smoothing": 0.15})
    peer: Any = getattr(keras.losses, KERAS[kind])(from_logits=True, label_smoothing=0.15)
    tensor = torch.tensor(logits, dtype=torch.float64, requires_grad=True)
    value = peer(torch.tensor(targets), tensor)
    value.backward()
    smooth = loss.targets(targets)
    assert loss.value(logits.T, smooth.T, fused=True) == pytest.approx(value.item(), rel=1e-6)
    assert tensor.grad is not None
    np.testing.assert_allclose(
        gradient(loss, logits, smooth, fused=True), tensor.grad.numpy(), rtol=1e-5, atol=1e-8
    )
