"""Rows on their way into a plan, and the live figures that come out."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, mean_absolute_error, mean_squared_error, r2_score
from sklearn.utils.class_weight import compute_class_weight

from engine.gathering import Gathering
from engine.losses import CategoricalCrossentropy, Loss, MeanSquaredError
from engine.network import Network
from engine.plan import Plan
from engine.scores import Scores, add_up, predicted
from tests.engine.helpers.rows import blobs, noisy_plane, of_classes
from tests.engine.helpers.training import small

FLOAT = np.dtype("float32")


def plan_of(rows: int, *, outputs: int = 3, weighted: bool = False) -> Plan:
    return Network(small(outputs, "linear"), 4).plan(
        rows, training=True, loss=MeanSquaredError(), weighted=weighted
    )


def gathered(loss: Loss, *, balanced: bool = False, outputs: int = 3) -> Gathering:
    return Gathering(blobs(50, validation=10), loss, outputs, FLOAT, balanced)


def test_rows_arrive_with_their_targets_and_ones() -> None:
    prepared, gathering = blobs(50, validation=10), gathered(MeanSquaredError())
    gathering.shuffle(0, 3)
    plan = plan_of(16)
    truth = gathering.fill(plan, 10, 16)
    chosen = gathering.order[10:26]
    np.testing.assert_array_equal(plan.input[:, :-1], prepared.X[chosen])
    assert (plan.input[:, -1] == 1).all()
    np.testing.assert_array_equal(truth, prepared.y[chosen])
    np.testing.assert_array_equal(plan.targets, np.eye(3)[prepared.y[chosen]])


def test_an_epoch_deals_every_training_row_once_in_its_own_order() -> None:
    gathering = gathered(MeanSquaredError())
    np.testing.assert_array_equal(gathering.order, np.arange(40))
    orders = []
    for epoch in (0, 1, 0):
        gathering.shuffle(7, epoch)
        assert sorted(gathering.order) == list(range(40))
        orders.append(gathering.order)
    np.testing.assert_array_equal(orders[0], orders[2])
    assert not np.array_equal(orders[0], orders[1])


def test_smoothed_targets() -> None:
    gathering, plan = gathered(CategoricalCrossentropy(label_smoothing=0.3)), plan_of(8)
    truth = gathering.fill(plan, 0, 8)
    np.testing.assert_allclose(plan.targets, 0.7 * np.eye(3)[truth] + 0.1, rtol=1e-6)


def test_one_output_stands_for_the_second_of_two_classes() -> None:
    gathering = Gathering(blobs(30, classes=2), MeanSquaredError(), 1, FLOAT, False)
    plan = plan_of(8, outputs=1)
    truth = gathering.fill(plan, 0, 8)
    np.testing.assert_array_equal(plan.targets[:, 0], truth)


def test_balanced_weights_are_those_of_scikit_learn() -> None:
    draw = np.random.default_rng(0)
    y = np.concatenate([np.arange(3), draw.choice(3, 37, p=[0.7, 0.2, 0.1])])
    prepared = of_classes(draw.standard_normal((40, 4)), y, classes=4)
    gathering = Gathering(prepared, MeanSquaredError(), 4, FLOAT, True)
    assert gathering.class_weights is not None
    # scikit-learn knows the three classes that have rows; here the fourth is one of four.
    expected = compute_class_weight("balanced", classes=np.arange(3), y=y) * 3 / 4
    np.testing.assert_allclose(gathering.class_weights, [*expected, 0], rtol=1e-6)
    plan = plan_of(8, outputs=4, weighted=True)
    truth = gathering.fill(plan, 0, 8)
    assert plan.weights is not None
    np.testing.assert_array_equal(plan.weights, gathering.class_weights[truth])


def test_targets_of_regression_are_taken_as_they_are() -> None:
    prepared = noisy_plane()
    gathering = Gathering(prepared, MeanSquaredError(), 1, np.dtype("float64"), False)
    plan = Network(small(1, "linear"), 3, dtype="float64").plan(
        5, training=True, loss=MeanSquaredError()
    )
    gathering.fill(plan, 0, 5)
    np.testing.assert_array_equal(plan.targets, prepared.y[:5])


# ── figures ─────────────────────────────────────────────────────────────────────────────────


def scores(*, classes: bool, scale: float = 1, mean: float = 0) -> Scores:
    facts = blobs().facts if classes else noisy_plane().facts
    return Scores(facts, np.array([scale]), np.array([mean]))


def test_figures_of_classes_are_those_of_scikit_learn() -> None:
    draw = np.random.default_rng(0)
    outputs, truth = draw.random((3, 40)), draw.integers(0, 3, 40)
    outputs[:, 5] = 0.5  # of classes that are level, the first one counts
    losses, kept = draw.random(40), scores(classes=True)
    hits = kept.hits(outputs, truth, logits=False)
    figures = kept.figures(kept.by_batch(losses, hits, 4).sum(axis=0))
    assert figures["loss"] == pytest.approx(losses.mean())
    assert figures["accuracy"] == pytest.approx(accuracy_score(truth, outputs.argmax(axis=0)))
    clear = kept.sums(outputs[:, 6:], truth[6:], losses[6:], logits=False)
    found = outputs[:, 6:].argmax(axis=0)
    assert kept.figures(clear)["accuracy"] == pytest.approx(accuracy_score(truth[6:], found))


def test_figures_of_numbers_are_those_of_scikit_learn() -> None:
    draw = np.random.default_rng(0)
    outputs, truth = draw.standard_normal((2, 1, 40))
    kept = scores(classes=False, scale=20.0, mean=300.0)
    hits = kept.hits(outputs, truth, logits=False)
    figures = kept.figures(kept.by_batch(draw.random(40), hits, 4).sum(axis=0))
    actual, found = truth.ravel() * 20 + 300, outputs.ravel() * 20 + 300
    assert figures["mae"] == pytest.approx(mean_absolute_error(actual, found))
    assert figures["rmse"] == pytest.approx(mean_squared_error(actual, found) ** 0.5)
    assert figures["r2"] == pytest.approx(r2_score(actual, found))


def test_a_target_that_never_changes_has_no_r2() -> None:
    kept = scores(classes=False)
    sums = kept.sums(np.ones((1, 4)), np.zeros((1, 4)), np.ones(4), logits=False)
    assert np.isnan(kept.figures(sums)["r2"])


def test_sums_are_the_same_however_rows_were_dealt() -> None:
    draw = np.random.default_rng(0)
    outputs, truth = draw.standard_normal((2, 1, 12 * 33))
    losses, kept = draw.random(12 * 33), scores(classes=False)
    nothing = np.zeros(kept.size)
    hits = kept.hits(outputs, truth, logits=False)
    together = add_up(nothing, kept.by_batch(losses, hits, 12))
    for size in (1, 3, 5):
        found = nothing
        for at in range(0, 12, size):
            rows = slice(33 * at, 33 * (at + size))
            hits = kept.hits(outputs[:, rows], truth[:, rows], logits=False)
            batches = len(losses[rows]) // 33
            found = add_up(found, kept.by_batch(losses[rows], hits, batches))
        np.testing.assert_array_equal(found, together)


def test_one_output_is_a_class_above_a_half_or_as_a_logit_above_0() -> None:
    outputs = np.array([[-0.1, 0.2, 0.6]])
    np.testing.assert_array_equal(predicted(outputs, logits=True), [0, 1, 1])
    np.testing.assert_array_equal(predicted(outputs, logits=False), [0, 0, 1])
    np.testing.assert_array_equal(predicted(np.eye(3)[[2, 0, 1]].T, logits=False), [2, 0, 1])


def test_weights_of_rows_multiply_those_of_classes() -> None:
    rows = np.arange(1.0, 51.0)
    prepared = replace(blobs(50), weights=rows)
    gathering = Gathering(prepared, MeanSquaredError(), 3, FLOAT, True)
    plan = plan_of(50, weighted=True)
    truth = gathering.fill(plan, 0, 50)
    assert gathering.weighted
    assert gathering.class_weights is not None
    np.testing.assert_allclose(plan.weights, gathering.class_weights[truth] * rows, rtol=1e-6)
