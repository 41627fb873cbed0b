"""A training as a list of events: what happens, in which order, with which figures."""

from dataclasses import replace

import numpy as np
import pytest

from engine.data.dataset import Prepared, Rows
from engine.design import Design
from engine.errors import TrainingError
from engine.events import (
    BatchesDone,
    EpochDone,
    TrainingFinished,
    TrainingStarted,
)
from engine.layers import Dense, Dropout, Input
from engine.network import Network
from engine.project import Trained
from engine.session import CHUNK_BATCHES
from engine.trainer import Trainer
from tests.engine.helpers.rows import blobs, noisy_plane, of_numbers
from tests.engine.helpers.training import (
    assert_same,
    assert_same_training,
    finished,
    largest_difference,
    lively,
    of_kind,
    project_of,
    small,
    train,
    trainer_of,
    until,
)

# ── the list of events ──────────────────────────────────────────────────────────────────────


def test_the_events_of_a_small_run() -> None:
    events = train(small(), blobs(100, validation=20), epochs=2, batch_size=32)
    assert [type(event) for event in events] == [
        TrainingStarted,
        *[BatchesDone, BatchesDone, EpochDone] * 2,
        TrainingFinished,
    ]
    started = events[0]
    assert isinstance(started, TrainingStarted)
    assert (started.epoch, started.epochs, started.batches, started.rows) == (0, 2, 3, 80)
    assert (started.threads, started.notes) == (1, ())
    batches = of_kind(events, BatchesDone)
    assert [each.rows for each in batches] == [64, 16, 64, 16]
    assert [each.x for each in batches] == pytest.approx([0.8, 1.0, 1.8, 2.0])
    assert [each.batch for each in batches] == [2, 3, 2, 3]
    assert [each.epoch for each in batches] == [0, 0, 1, 1]
    first = of_kind(events, EpochDone)[0].record
    assert first.epoch == 1
    assert first.rows == 80
    assert first.learning_rate == 0.001
    assert set(first.training) == set(first.validation) == {"loss", "accuracy"}
    assert first.training["loss"] == pytest.approx(
        sum(each.loss * each.rows for each in batches[:2]) / 80
    )
    end = finished(events)
    assert end.reason == "completed"
    assert end.message == "Trained for 2 epochs."
    assert [record.epoch for record in end.trained.history] == [1, 2]


def test_a_chunk_holds_many_batches_but_never_two_epochs() -> None:
    events = train(small(), blobs(CHUNK_BATCHES * 2 + 40), epochs=2, batch_size=1)
    chunks = [each.rows for each in of_kind(events, BatchesDone)]
    assert chunks == [CHUNK_BATCHES, CHUNK_BATCHES, 40] * 2


@pytest.mark.parametrize(
    ("batch", "steps"), [(1, 50), (7, 8), (32, 2), (50, 1), ("all", 1), (1000, 1)]
)
def test_any_batch_size(batch: int | str, steps: int) -> None:
    trainer = trainer_of(small(), blobs(50), epochs=1, batch_size=batch)
    events = list(trainer.run())
    assert finished(events).trained.progress.step == steps
    assert sum(each.rows for each in of_kind(events, BatchesDone)) == 50
    started = of_kind(events, TrainingStarted)[0]
    assert started.batches == steps
    assert bool(started.notes) == (batch == 1000)


def test_a_batch_larger_than_the_rows_is_noted() -> None:
    events = train(small(), blobs(50), epochs=1, batch_size=1000)
    (note,) = of_kind(events, TrainingStarted)[0].notes
    assert note == (
        "the batch size 1,000 is larger than the 50 training rows, so each step takes all 50"
    )


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_chunks_change_nothing_at_all(precision: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def end() -> Trained:
        recipe = {"epochs": 3, "batch_size": 8, "precision": precision}
        return finished(train(lively(), blobs(90, validation=20), **recipe)).trained

    together = end()
    monkeypatch.setattr("engine.session.CHUNK_BATCHES", 3)
    assert_same_training(together, end())
    monkeypatch.setattr("engine.session.CHUNK_BYTES", 1)
    assert_same_training(together, end())


def test_without_validation_rows_there_are_no_such_figures() -> None:
    record = of_kind(train(small(), blobs(60), epochs=1), EpochDone)[0].record
    assert record.validation == {}
    assert record.training["loss"] > 0


def test_figures_of_regression_are_in_the_target_s_own_units() -> None:
    prepared = noisy_plane(validation=20, scale=50.0, mean=1000.0)
    events = train(small(1, "linear"), prepared, epochs=60, batch_size=8)
    end = finished(events).trained
    network = Network(small(1, "linear"), 3, weights=end.weights)
    rows = prepared.rows.validation
    target = prepared.preprocessing.target
    truth = prepared.y[rows] * target.scale + np.array(target.mean)
    error = network.predict(prepared.X[rows]) * 50 + 1000 - truth
    figures = end.history[-1].validation
    assert figures["mae"] == pytest.approx(np.abs(error).mean(), rel=1e-4)
    assert figures["rmse"] == pytest.approx(np.sqrt(np.square(error).mean()), rel=1e-4)
    assert figures["r2"] == pytest.approx(1 - np.square(error).mean() / truth.var(), rel=1e-4)
    assert figures["r2"] > 0.5


def test_several_targets_at_once() -> None:
    draw = np.random.default_rng(0)
    X = draw.standard_normal((60, 4))
    y = X @ draw.standard_normal((4, 3))
    events = train(
        small(3, "linear"), of_numbers(X, y, validation=12), epochs=150, optimizer="momentum"
    )
    history = finished(events).trained.history
    assert history[-1].validation["loss"] < history[0].validation["loss"] / 5


def test_two_classes_on_one_sigmoid() -> None:
    events = train(small(1, "sigmoid"), blobs(200, classes=2, validation=50), epochs=60)
    assert finished(events).trained.history[-1].validation["accuracy"] > 0.9


def test_noise_behind_the_last_activation_does_not_hide_it() -> None:
    design = small(1, "sigmoid").add(Dropout(0.01), after=["dense_2"])
    prepared = blobs(200, classes=2, validation=50)
    end = finished(train(design, prepared, epochs=60)).trained
    assert end.history[-1].validation["accuracy"] > 0.9


# ── numbers that are not finite ─────────────────────────────────────────────────────────────


def exploding() -> Prepared:
    draw = np.random.default_rng(0)
    return of_numbers(1e4 * draw.standard_normal((40, 3)), draw.standard_normal(40))


def test_a_loss_that_is_not_finite_ends_with_the_last_good_weights() -> None:
    rate = {"kind": "sgd", "learning_rate": 100.0}
    trainer = trainer_of(small(1, "linear"), exploding(), epochs=500, batch_size=10, optimizer=rate)
    backup = trainer.session.network.arrays()
    end = finished(list(trainer.run()))
    assert end.reason == "not finite"
    assert end.message.startswith("The loss was not finite in epoch ")
    for cause in (
        "the data is not scaled or not finite",
        "the learning rate is too high",
        "the initial weights are too large",
        "The last good weights are kept.",
    ):
        assert cause in end.message
    assert all(np.isfinite(array).all() for array in end.trained.weights.values())
    assert_same(end.trained.weights, backup)


def test_the_batch_that_failed_is_named() -> None:
    prepared = blobs(40)
    prepared.X[25] = np.nan
    end = finished(train(small(), prepared, epochs=1, batch_size=10, shuffle=False))
    assert "in epoch 1, batch 3." in end.message


def test_a_validation_loss_that_is_not_finite_ends_too() -> None:
    prepared = blobs(60, validation=20)
    prepared.X[50] = np.inf
    end = finished(train(small(), prepared, epochs=3))
    assert end.reason == "not finite"
    assert end.message.startswith("The validation loss was not finite.")
    assert end.trained.history == ()


def test_weights_that_the_last_step_blew_up_are_not_kept() -> None:
    prepared = of_numbers(np.full((4, 1), 3e38), np.ones(4))
    design = Design.chain(Input(), Dense(1, initializer="zeros"))
    rate = {"kind": "sgd", "learning_rate": 100.0}
    end = finished(train(design, prepared, epochs=1, batch_size="all", optimizer=rate))
    assert end.reason == "not finite"
    assert all(np.isfinite(array).all() for array in end.trained.weights.values())


def test_the_last_good_weights_are_put_aside_now_and_then() -> None:
    prepared = blobs(1100)
    trainer = trainer_of(small(), prepared, epochs=3, batch_size=1)
    events = trainer.run()
    until(events, EpochDone)
    next(events)
    trainer.session.network.parameters[...] = np.nan
    end = finished(list(events))
    assert end.reason == "not finite"
    good = finished(train(small(), prepared, epochs=1, batch_size=1)).trained
    assert_same(end.trained.weights, good.weights)


# ── beginning ───────────────────────────────────────────────────────────────────────────────


def test_a_design_that_does_not_fit_is_refused_in_one_sentence() -> None:
    with pytest.raises(TrainingError, match=r"dense_2 gives 2 outputs, but the data has 3"):
        trainer_of(small(2), blobs())


def test_rows_may_be_handed_over_as_arrays() -> None:
    prepared = blobs(100)
    labels = np.array(["ant", "bee", "cat"])[prepared.y]
    trainer = Trainer(project_of(small(), epochs=30), prepared.X, labels)
    facts = trainer.prepared.facts
    assert (facts.classes, facts.width) == (("ant", "bee", "cat"), 4)
    assert sum(facts.split) == 100
    end = finished(list(trainer.run())).trained
    assert end.history[-1].training["accuracy"] > 0.8
    # Going on takes the columns as they were fitted, whatever the new rows are.
    again = Trainer(project_of(small(), epochs=31), prepared.X * 9, labels, trained=end)
    assert again.prepared.preprocessing == end.preprocessing


def test_rows_come_from_the_recipe() -> None:
    design = Design.chain(Input(), Dense(3, activation="softmax"))
    project = project_of(design, epochs=2).edited(data={"source": "iris"})
    trainer = Trainer(project)
    assert trainer.prepared.facts.split == (105, 15, 30)
    assert finished(list(trainer.run())).reason == "completed"


def test_no_data_is_refused() -> None:
    with pytest.raises(TrainingError, match="no data is chosen"):
        Trainer(project_of(small()))


def test_zero_hidden_layers_are_logistic_regression() -> None:
    from sklearn.linear_model import LogisticRegression

    prepared = blobs(300)
    design = Design.chain(Input(), Dense(3, activation="softmax", l2=0.005))
    rate = {"kind": "momentum", "learning_rate": 0.3}
    end = finished(train(design, prepared, epochs=1500, batch_size="all", optimizer=rate)).trained
    # scikit-learn minimises C Σ loss + ½ Σ W²: C = 1 / (2 · l2 · rows).
    peer = LogisticRegression(C=1 / (2 * 0.005 * 300), max_iter=1000, tol=1e-8)
    peer.fit(prepared.X, prepared.y)
    np.testing.assert_allclose(end.weights["n2", "kernel"].T, peer.coef_, atol=2e-3)


def test_two_runs_are_the_same_bit_for_bit() -> None:
    runs = [finished(train(lively(), blobs(validation=20), epochs=4)).trained for _ in range(2)]
    assert_same_training(*runs)
    other = finished(train(lively(), blobs(validation=20), epochs=4, seed=1)).trained
    assert largest_difference(other.weights, runs[0].weights) > 0.01


def test_double_precision_all_through() -> None:
    end = finished(train(lively(), blobs(), epochs=2, precision="float64")).trained
    assert {array.dtype for array in end.weights.values()} == {np.dtype("float64")}
    single = finished(train(lively(), blobs(), epochs=2)).trained
    assert {array.dtype for array in single.weights.values()} == {np.dtype("float32")}


def test_rows_outside_training_are_never_trained_on() -> None:
    prepared = blobs(100, validation=30)
    poisoned = replace(prepared, X=prepared.X.copy())
    poisoned.X[70:] = 0
    runs = [finished(train(small(), each, epochs=3)).trained for each in (prepared, poisoned)]
    assert_same(runs[0].weights, runs[1].weights)
    fewer = replace(prepared, rows=Rows(np.arange(70), np.arange(0), np.arange(0)))
    assert_same(runs[0].weights, finished(train(small(), fewer, epochs=3)).trained.weights)
