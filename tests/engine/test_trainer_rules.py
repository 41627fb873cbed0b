"""What decides how far a training goes: rates, limits, balance, early stopping."""

from typing import Any

import numpy as np
import pytest

from engine.control import Control
from engine.data.dataset import Prepared
from engine.design import Design
from engine.events import (
    BatchesDone,
    EpochDone,
)
from engine.layers import Dense, Input
from engine.network import Network
from engine.project import EarlyStopping
from tests.engine.helpers.rows import blobs, of_classes
from tests.engine.helpers.training import (
    assert_same,
    finished,
    of_kind,
    small,
    train,
    trainer_of,
    until,
)

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
    # What has ended early has ended: one epoch more is one epoch more.
    further = finished(train(small(2), overfitting(), trained=end.trained, epochs=1))
    assert further.trained.progress.epoch == best + 7


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
