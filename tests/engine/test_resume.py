"""Training goes on from anywhere as if it had never stopped: weights, slots, history, noise."""

from dataclasses import replace
from typing import Any

import pytest

from engine.control import Control
from engine.data.dataset import Prepared
from engine.events import BatchesDone, EpochDone, Paused
from engine.layers import Dense
from engine.optimizers import Optimizer
from engine.project import EarlyStopping, Trained
from tests.engine.helpers.rows import blobs, noisy_plane
from tests.engine.helpers.training import (
    assert_same,
    assert_same_training,
    finished,
    lively,
    of_kind,
    small,
    train,
    trainer_of,
    until,
)

RECIPE: dict[str, Any] = {
    "epochs": 4,
    "batch_size": 16,
    "schedule": "cosine",
    "warmup": 1.5,
    "clip_norm": 1.0,
}


def rows() -> Prepared:
    return blobs(90, validation=20)


def stopped_after(batches: int, **options: Any) -> Trained:
    """What there is after so many batches; 5 are an epoch of `rows`."""
    control = Control()
    control.step("batch")
    trainer = trainer_of(lively(), rows(), control=control, **options)
    events = trainer.run()
    for _ in range(batches - 1):
        until(events, Paused)
        control.step("batch")
    return until(events, Paused).trained


@pytest.mark.parametrize("batches", [1, 4, 5, 6, 13, 19])
def test_from_any_batch(batches: int) -> None:
    straight = finished(train(lively(), rows(), **RECIPE)).trained
    trained = stopped_after(batches, **RECIPE)
    assert trained.progress.step == batches
    again = finished(train(lively(), rows(), trained=trained, **RECIPE)).trained
    assert_same_training(again, straight)


@pytest.mark.parametrize("optimizer", sorted(Optimizer.family))
def test_with_every_optimizer(optimizer: str) -> None:
    recipe = RECIPE | {"optimizer": optimizer}
    straight = finished(train(lively(), rows(), **recipe)).trained
    again = finished(train(lively(), rows(), trained=stopped_after(7, **recipe), **recipe)).trained
    assert_same_training(again, straight)


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_with_early_stopping_and_a_plateau(precision: str) -> None:
    recipe: dict[str, Any] = RECIPE | {
        "epochs": 30,
        "warmup": 0,
        "precision": precision,
        "optimizer": {"kind": "adam", "learning_rate": 0.1},
        "schedule": {"kind": "reduce_on_plateau", "patience": 2, "by": 0.5},
        "early_stopping": EarlyStopping(patience=7),
    }
    straight = finished(train(lively(), rows(), **recipe))
    assert straight.reason == "early"
    assert straight.trained.progress.plateau[0] < 1
    for batches in (8, 43):
        again = finished(
            train(lively(), rows(), trained=stopped_after(batches, **recipe), **recipe)
        )
        assert again.reason == "early"
        assert_same_training(again.trained, straight.trained)


def test_of_regression() -> None:
    recipe: dict[str, Any] = {"epochs": 3, "batch_size": 8}
    design, prepared = small(1, "linear"), noisy_plane(validation=20)
    straight = finished(train(design, prepared, **recipe)).trained
    control = Control()
    control.step("batch")
    paused = until(trainer_of(design, prepared, control=control, **recipe).run(), Paused).trained
    assert paused.progress.sums
    again = finished(train(design, prepared, trained=paused, **recipe)).trained
    assert_same_training(again, straight)


def test_after_the_learning_rate_was_changed_while_running() -> None:
    def changed(events_left: int) -> Trained:
        """Two epochs, the rate changed after the first; then on to the end, or not."""
        control = Control()
        trainer = trainer_of(lively(), rows(), control=control, **RECIPE)
        events = trainer.run()
        until(events, EpochDone)
        control.learning_rate = 0.02
        if not events_left:
            return finished(list(events)).trained
        until(events, BatchesDone)
        control.stop = True
        return finished(list(events)).trained

    again = finished(train(lively(), rows(), trained=changed(1), **RECIPE)).trained
    assert_same_training(again, changed(0))
    assert again.progress.learning_rate == 0.02


def test_a_new_rate_in_the_recipe_wins_over_the_one_changed_while_running() -> None:
    trained = stopped_after(3, **RECIPE)
    trained = replace(trained, progress=replace(trained.progress, learning_rate=0.7))
    kept = trainer_of(lively(), rows(), trained=trained, **RECIPE)
    assert kept.session.rate == 0.7
    recipe: dict[str, Any] = RECIPE | {"optimizer": {"kind": "adam", "learning_rate": 0.3}}
    assert trainer_of(lively(), rows(), trained=trained, **recipe).session.rate == 0.3


def test_training_may_go_on_after_its_end() -> None:
    same: dict[str, Any] = RECIPE | {"schedule": "constant"}
    done = finished(train(lively(), rows(), **same)).trained
    longer: dict[str, Any] = RECIPE | {"schedule": "constant", "epochs": 8}
    straight = finished(train(lively(), rows(), **longer)).trained
    again = finished(train(lively(), rows(), trained=done, **longer)).trained
    assert_same_training(again, straight)
    # With the same recipe: as many epochs again; interrupted there, to that same end.
    twice = trainer_of(lively(), rows(), trained=done, **same)
    assert twice.session.epochs == 8
    events = twice.run()
    until(events, EpochDone)
    twice.control.stop = True
    part = finished(list(events)).trained
    assert part.progress.epoch == 5
    third = trainer_of(lively(), rows(), trained=part, **same)
    assert third.session.epochs == 8


def test_the_seed_of_a_training_stays_when_the_recipe_s_changes() -> None:
    trained = stopped_after(3, **RECIPE)
    reseeded: dict[str, Any] = RECIPE | {"seed": 9}
    again = trainer_of(lively(), rows(), trained=trained, **reseeded)
    assert again.session.seed == 0


def test_another_optimizer_starts_with_slots_of_its_own() -> None:
    trained = finished(train(small(), rows(), epochs=2, optimizer="rmsprop")).trained
    again = trainer_of(small(), rows(), trained=trained, epochs=3, optimizer="momentum")
    assert again.session.step == 0
    assert not again.session.slots["velocity"].any()
    assert_same(again.session.network.arrays(), trained.weights)


def test_missing_arrays_begin_anew() -> None:
    trained = finished(train(small(), rows(), epochs=2)).trained
    fewer = replace(
        trained,
        weights={key: array for key, array in trained.weights.items() if key[0] != "n3"},
        slots={n: {k: a for k, a in s.items() if k[0] != "n3"} for n, s in trained.slots.items()},
    )
    session = trainer_of(small(), rows(), trained=fewer, epochs=3).session
    fresh = trainer_of(small(), rows(), epochs=3).session.network.arrays()
    found = session.network.arrays()
    assert_same({k: found[k] for k in fewer.weights}, fewer.weights)
    for key in fresh:
        if key[0] == "n3":
            assert (found[key] == fresh[key]).all()
    assert not session.slot_views["sum"]["n3", "kernel"].any()


def test_a_layer_added_later_draws_noise_of_its_own() -> None:
    trained = finished(train(lively(), rows(), epochs=1)).trained
    design = lively().replace("dense_1", Dense(8, activation="tanh"))
    events = train(design, rows(), trained=trained, epochs=2)
    assert len(of_kind(events, EpochDone)) == 1
