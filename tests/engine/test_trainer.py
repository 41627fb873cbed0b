"""A training as a list of events: what happens, in which order, with which figures."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine.control import Control, Wanted
from engine.data.dataset import Prepared, Rows
from engine.design import Design
from engine.errors import TrainingError
from engine.events import (
    BatchesDone,
    EpochDone,
    Measured,
    Paused,
    TrainingFinished,
    TrainingStarted,
)
from engine.layers import Dense, Dropout, Input
from engine.network import Network
from engine.project import EarlyStopping, Trained
from engine.session import CHUNK_BATCHES
from engine.trainer import Trainer
from tests.engine.helpers.rows import blobs, noisy_plane, of_classes, of_numbers
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


# ── learning rates ──────────────────────────────────────────────────────────────────────────


def seen_rates(**recipe: Any) -> list[float]:
    events = train(small(), blobs(40), batch_size=10, optimizer={"kind": "sgd"}, **recipe)
    return [record.learning_rate for record in finished(events).trained.history]


def test_warm_up_comes_before_the_schedule() -> None:
    step = {"kind": "step", "every": 2, "by": 0.1}
    rates = seen_rates(epochs=6, warmup=2, schedule=step)
    # The rate of an epoch is that of its first batch, the first of eight in the warm-up.
    assert rates == pytest.approx([0.01 / 8, 0.01 * 5 / 8, 0.01, 0.01, 0.001, 0.001])


def test_a_schedule_ends_with_the_last_epoch_also_after_part_of_one_to_warm_up() -> None:
    cosine = {"kind": "cosine", "floor": 0.25}
    trainer = trainer_of(small(), blobs(40), epochs=4, batch_size=40, warmup=0.5, schedule=cosine)
    assert trainer.session.rate_at(20, 10) == 0.001
    trainer.session.epoch = 4
    assert trainer.session.rate_at(0, 10) == pytest.approx(0.00025)


def test_one_cycle_rises_and_falls() -> None:
    rates = seen_rates(epochs=10, schedule="one_cycle")
    assert rates[0] == pytest.approx(0.01 / 25)
    assert np.argmax(rates) == 3
    assert rates[3] == pytest.approx(0.01)
    assert (np.diff(rates[3:]) < 0).all()


def test_the_rate_moves_within_an_epoch() -> None:
    trainer = trainer_of(small(), blobs(40), epochs=1, batch_size=10, schedule="cosine")
    rates = [trainer.session.rate_at(row, 10) for row in (0, 10, 20, 30)]
    assert rates == pytest.approx(0.0005 * (1 + np.cos(np.pi * np.arange(4) / 4)))


def test_the_rate_falls_on_a_plateau() -> None:
    plateau = {"kind": "reduce_on_plateau", "by": 0.1, "patience": 2, "least": 0.01}
    rate = {"kind": "sgd", "learning_rate": 1e-30}
    trainer = trainer_of(
        small(), blobs(40), epochs=9, batch_size=40, schedule=plateau, optimizer=rate, shuffle=False
    )
    history = finished(list(trainer.run())).trained.history
    factors = [record.learning_rate / 1e-30 for record in history]
    # The first epoch is the best; each two after it without progress are a drop, down to 0.01.
    assert factors == pytest.approx([1, 1, 1, 0.1, 0.1, 0.01, 0.01, 0.01, 0.01])


def test_a_learning_rate_changed_while_it_runs() -> None:
    control = Control()
    trainer = trainer_of(small(), blobs(40), control=control, epochs=3, batch_size=40)
    events = trainer.run()
    until(events, EpochDone)
    control.learning_rate = 0.5
    later = list(events)
    assert [each.learning_rate for each in of_kind(later, BatchesDone)] == [0.5, 0.5]
    progress = finished(later).trained.progress
    assert (progress.learning_rate, progress.recipe_rate) == (0.5, 0.001)


# ── limits on gradients and weights ─────────────────────────────────────────────────────────


def one_step(**recipe: Any) -> float:
    """The length of the change that one step of SGD with rate 1 makes."""
    design = small()
    before = Network(design, 4).arrays()
    rate = {"kind": "sgd", "learning_rate": 1.0}
    end = finished(
        train(design, blobs(40), epochs=1, batch_size="all", optimizer=rate, **recipe)
    ).trained.weights
    change = np.concatenate([(end[key] - before[key]).ravel() for key in before])
    if "clip_value" in recipe:
        return float(np.abs(change).max())
    return float(np.linalg.norm(change))


def test_gradients_are_clipped_by_norm() -> None:
    free = one_step()
    assert free > 0.1
    assert one_step(clip_norm=0.1) == pytest.approx(0.1, rel=1e-5)
    assert one_step(clip_norm=100) == free


def test_gradients_are_clipped_by_value() -> None:
    assert one_step(clip_value=0.01) == pytest.approx(0.01, rel=1e-3)
    assert one_step(clip_value=0.01, clip_norm=1e-3) <= 0.001


def test_weight_vectors_stay_within_their_norm() -> None:
    design = Design.chain(
        Input(), Dense(8, activation="tanh", max_norm=0.5), Dense(3, activation="softmax")
    )
    weights = finished(train(design, blobs(), epochs=20, optimizer="momentum")).trained.weights
    limited = np.linalg.norm(weights["n2", "kernel"], axis=0)
    assert limited.max() <= 0.5 + 1e-5
    assert limited.max() > 0.49
    assert np.linalg.norm(weights["n3", "kernel"], axis=0).max() > 0.5


def test_penalties_make_weights_small() -> None:
    def length(**options: float) -> float:
        design = Design.chain(
            Input(), Dense(8, activation="tanh", **options), Dense(3, activation="softmax")
        )
        weights = finished(train(design, blobs(), epochs=30, optimizer="momentum")).trained.weights
        return float(np.abs(weights["n2", "kernel"]).sum())

    free = length()
    assert length(l2=0.1) < free / 2
    assert length(l1=0.1) < free / 2


def test_balanced_weights_help_the_rare_class() -> None:
    draw = np.random.default_rng(0)
    y = (np.arange(400) % 20 == 0).astype(int)
    X = draw.standard_normal((400, 2)) + 1.2 * y[:, None]
    prepared = of_classes(X, y)

    def recall(class_weights: str) -> float:
        weights = finished(
            train(small(2), prepared, epochs=60, class_weights=class_weights)
        ).trained.weights
        found = Network(small(2), 2, weights=weights).predict(prepared.X).argmax(axis=1)
        return float(found[y == 1].mean())

    assert recall("balanced") > recall("none") + 0.3


# ── ending early ────────────────────────────────────────────────────────────────────────────


def overfitting() -> Prepared:
    draw = np.random.default_rng(3)
    return of_classes(draw.standard_normal((60, 6)), draw.integers(0, 2, 60), validation=30)


def test_early_stopping_returns_to_the_best_epoch() -> None:
    recipe = {"epochs": 200, "optimizer": {"kind": "adam", "learning_rate": 0.05}}
    stopping = EarlyStopping(patience=5)
    events = train(small(2), overfitting(), early_stopping=stopping, **recipe)
    end = finished(events)
    assert end.reason == "early"
    losses = [record.validation["loss"] for record in end.trained.history]
    best = int(np.argmin(losses))
    assert len(losses) == best + 1 + 5
    assert end.message == f"Stopped early after epoch {best + 6}; the best was epoch {best + 1}."
    shorter = finished(train(small(2), overfitting(), **(recipe | {"epochs": best + 1})))
    assert_same(end.trained.weights, shorter.trained.weights)


def test_early_stopping_may_keep_the_last_weights() -> None:
    recipe = {"epochs": 200, "optimizer": {"kind": "adam", "learning_rate": 0.05}}
    stopping = EarlyStopping(patience=3, restore_best=False)
    end = finished(train(small(2), overfitting(), early_stopping=stopping, **recipe))
    assert end.reason == "early"
    assert end.trained.best == {}
    same = finished(
        train(small(2), overfitting(), **(recipe | {"epochs": len(end.trained.history)}))
    )
    assert_same(end.trained.weights, same.trained.weights)


def test_the_best_weights_are_restored_after_the_last_epoch_too() -> None:
    recipe = {"optimizer": {"kind": "adam", "learning_rate": 0.05}}
    stopping = EarlyStopping(patience=1000)
    end = finished(train(small(2), overfitting(), epochs=40, early_stopping=stopping, **recipe))
    assert end.reason == "completed"
    best = end.trained.progress.best_epoch
    assert best < 40
    shorter = finished(train(small(2), overfitting(), epochs=best, **recipe))
    assert_same(end.trained.weights, shorter.trained.weights)


def test_without_validation_the_training_loss_is_watched() -> None:
    rate = {"kind": "sgd", "learning_rate": 1e-30}
    end = finished(
        train(
            small(),
            blobs(40),
            epochs=50,
            batch_size="all",
            shuffle=False,
            optimizer=rate,
            early_stopping=EarlyStopping(patience=2),
        )
    )
    assert end.reason == "early"
    assert len(end.trained.history) == 3


# ── control ─────────────────────────────────────────────────────────────────────────────────


def test_stop_ends_before_the_next_batch() -> None:
    control = Control()
    events = trainer_of(small(), blobs(400), control=control, epochs=5, batch_size=2).run()
    until(events, BatchesDone)
    control.stop = True
    (end,) = list(events)
    assert isinstance(end, TrainingFinished)
    assert end.reason == "stopped"
    assert end.message == "Stopped in epoch 1."
    assert end.trained.progress.row == 2 * CHUNK_BATCHES


def test_pause_hands_out_what_there_is_until_resumed() -> None:
    control = Control()
    control.paused = True
    events = trainer_of(small(), blobs(400), control=control, epochs=1, batch_size=2).run()
    paused = until(events, Paused)
    assert paused.trained.progress.row == 2 * CHUNK_BATCHES
    again = next(events)
    assert isinstance(again, Paused)
    assert_same_training(paused.trained, again.trained)
    control.paused = False
    later = list(events)
    assert not of_kind(later, Paused)
    straight = finished(train(small(), blobs(400), epochs=1, batch_size=2)).trained
    assert_same_training(finished(later).trained, straight)


def test_stop_ends_a_pause() -> None:
    control = Control()
    control.paused = True
    events = trainer_of(small(), blobs(400), control=control, epochs=2, batch_size=2).run()
    until(events, Paused)
    control.stop = True
    assert finished(list(events)).reason == "stopped"


def test_step_by_batches_and_by_epochs() -> None:
    control = Control()
    control.step("batch")
    events = trainer_of(small(), blobs(40), control=control, epochs=3, batch_size=10).run()
    assert until(events, Paused).trained.progress.row == 10
    control.step("batch")
    assert until(events, Paused).trained.progress.row == 20
    control.step("batch")
    control.step("batch")
    progress = until(events, Paused).trained.progress
    assert (progress.epoch, progress.row) == (1, 0)
    control.step("epoch")
    assert until(events, Paused).trained.progress.epoch == 2
    control.paused = False
    assert finished(list(events)).reason == "completed"


def test_steps_change_nothing() -> None:
    control = Control()
    control.step("batch")
    events = trainer_of(lively(), blobs(45), control=control, epochs=2, batch_size=10).run()
    seen = []
    for event in events:
        seen.append(event)
        if isinstance(event, Paused):
            control.step("batch")
    assert len(of_kind(seen, BatchesDone)) == 10
    straight = finished(train(lively(), blobs(45), epochs=2, batch_size=10)).trained
    assert_same_training(finished(seen).trained, straight)


# ── measurements ────────────────────────────────────────────────────────────────────────────

WEIGHTS = Wanted("weights", "n2")
CONFUSION = Wanted("confusion")


def test_what_is_wanted_is_measured_once_an_ask() -> None:
    control = Control(frozenset({WEIGHTS, CONFUSION}))
    trainer = trainer_of(small(), blobs(60, validation=20), control=control, epochs=3)
    events = trainer.run()
    next(events)
    control.ask()
    measured = of_kind(list(events), Measured)
    assert [(each.name, each.layer, each.part) for each in measured] == [
        ("weights", "n2", ""),
        ("confusion", "", "validation"),
    ]
    kernel, bias = measured[0].arrays["kernel"], measured[0].arrays["bias"]
    assert (kernel.shape, bias.shape) == ((4, 8), (8,))
    assert measured[1].arrays["matrix"].sum() == 20


def test_what_is_wanted_every_time_comes_at_every_chance() -> None:
    control = Control(frozenset({WEIGHTS, CONFUSION}), every_time=True)
    events = train(small(), blobs(60), control=control, epochs=3, batch_size=40)
    measured = of_kind(events, Measured)
    assert [each.name for each in measured] == ["weights", "weights", "confusion"] * 3
    assert {each.part for each in measured if each.name == "confusion"} == {"training"}
    kernels = [each.arrays["kernel"] for each in measured if each.name == "weights"]
    assert not np.array_equal(kernels[0], kernels[-1])


def test_measured_arrays_are_read_only_copies() -> None:
    control = Control(frozenset({WEIGHTS, CONFUSION}), every_time=True)
    events = train(small(), blobs(60), control=control, epochs=2)
    for each in of_kind(events, Measured):
        for array in each.arrays.values():
            assert not array.flags.writeable


def test_predictions_are_measured_in_the_target_s_units() -> None:
    control = Control(frozenset({Wanted("predictions"), CONFUSION}), every_time=True)
    prepared = noisy_plane(validation=20, scale=10.0, mean=5.0)
    events = train(small(1, "linear"), prepared, control=control, epochs=1)
    measured = {each.name: each.arrays for each in of_kind(events, Measured)}
    assert not measured["confusion"]
    actual = prepared.y[prepared.rows.validation] * 10 + 5
    np.testing.assert_allclose(measured["predictions"]["actual"], actual, rtol=1e-5)
    assert measured["predictions"]["predicted"].shape == (20, 1)


def test_what_is_handed_out_is_read_only() -> None:
    end = finished(train(lively(), blobs(60), epochs=1)).trained
    arrays = [*end.weights.values(), *(a for slot in end.slots.values() for a in slot.values())]
    assert arrays
    assert not any(array.flags.writeable for array in arrays)


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
    prepared = blobs(600)
    trainer = trainer_of(small(), prepared, epochs=3, batch_size=2)
    events = trainer.run()
    until(events, EpochDone)
    next(events)
    trainer.session.network.parameters[...] = np.nan
    end = finished(list(events))
    assert end.reason == "not finite"
    good = finished(train(small(), prepared, epochs=1, batch_size=2)).trained
    assert_same(end.trained.weights, good.weights)


# ── beginning ───────────────────────────────────────────────────────────────────────────────


def test_a_design_that_does_not_fit_is_refused_in_one_sentence() -> None:
    with pytest.raises(TrainingError, match=r"dense_2 gives 2 output\(s\), but the data has 3"):
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
