"""Schedules by their formulas, and what is decided once an epoch."""

import math
from collections.abc import Sequence
from typing import Any

import pytest

from engine.project import EarlyStopping, Progress
from engine.schedules import (
    Constant,
    Cosine,
    Exponential,
    OneCycle,
    ReduceOnPlateau,
    Schedule,
    Step,
)
from engine.watching import Plateau, Stopper

# (schedule, epochs, {epoch: factor}); a new schedule needs a line here.
TABLE: dict[str, tuple[Schedule, dict[float, float]]] = {
    "constant": (Constant(), {0: 1, 50.5: 1, 100: 1}),
    "step": (Step(every=10, by=0.5), {0: 1, 9.99: 1, 10: 0.5, 25: 0.25, 100: 0.5**10}),
    "exponential": (Exponential(by=0.9), {0: 1, 0.5: 0.9**0.5, 1: 0.9, 100: 0.9**100}),
    "cosine": (
        Cosine(floor=0.1),
        {0: 1, 25: 0.1 + 0.45 * (1 + math.sqrt(0.5)), 50: 0.55, 100: 0.1, 150: 0.1},
    ),
    "one_cycle": (
        OneCycle(rise=0.2, start=10, end=100),
        {0: 0.1, 10: 0.55, 20: 1, 60: (1 + 0.001) / 2, 100: 0.001, 120: 0.001},
    ),
    "reduce_on_plateau": (ReduceOnPlateau(), {0: 1, 100: 1}),
}


def test_every_schedule_has_figures() -> None:
    assert set(TABLE) == set(Schedule.family)


@pytest.mark.parametrize("kind", TABLE)
def test_factors(kind: str) -> None:
    schedule, expected = TABLE[kind]
    found = {epoch: schedule.factor(epoch, 100) for epoch in expected}
    assert found == pytest.approx(expected)


@pytest.mark.parametrize("kind", TABLE)
def test_factors_stay_between_0_and_1(kind: str) -> None:
    schedule = Schedule.parse(kind)
    factors = [schedule.factor(epoch / 10, 30) for epoch in range(301)]
    assert all(0 <= factor <= 1 for factor in factors)
    assert schedule.factor(0.0, 1) <= 1


@pytest.mark.interop
def test_cosine_and_exponential_are_those_of_keras() -> None:
    import keras

    cosine: Any = keras.optimizers.schedules.CosineDecay(1.0, 100, alpha=0.1)
    exponential: Any = keras.optimizers.schedules.ExponentialDecay(1.0, 1, 0.9)
    for epoch in range(0, 100, 9):
        assert TABLE["cosine"][0].factor(epoch, 100) == pytest.approx(float(cosine(epoch)), 1e-6)
        assert TABLE["exponential"][0].factor(epoch, 100) == pytest.approx(
            float(exponential(epoch)), 1e-5
        )


# ── stopping early ──────────────────────────────────────────────────────────────────────────


def stops_after(losses: Sequence[float], **recipe: float) -> int | None:
    stopper = Stopper(EarlyStopping.model_validate(recipe), Progress())
    for epoch, loss in enumerate(losses, 1):
        stopper.improved(epoch, loss)
        if stopper.due:
            return epoch
    return None


@pytest.mark.parametrize(
    ("recipe", "losses", "epoch"),
    [
        ({"patience": 2}, [3, 2, 1, 1, 1, 1], 5),
        ({"patience": 2}, [3, 4, 2, 4, 1, 4], None),
        ({"patience": 1}, [3, 3], 2),
        ({"patience": 0}, [1, 2, 3, 4], None),
        ({"patience": 2, "min_delta": 0.5}, [3, 2.6, 2.5, 1], 3),
        ({"patience": 2, "min_delta": 0.5}, [3, 2.4, 1.8, 1.2], None),
    ],
)
def test_patience(recipe: dict[str, float], losses: list[float], epoch: int | None) -> None:
    assert stops_after(losses, **recipe) == epoch


def test_the_best_epoch_is_remembered() -> None:
    stopper = Stopper(EarlyStopping(patience=5), Progress())
    assert [stopper.improved(i, loss) for i, loss in enumerate([3, 1, 2], 1)] == [True, True, False]
    assert (stopper.best, stopper.best_epoch, stopper.wait) == (1, 2, 1)
    assert stopper.keeps_best
    assert not Stopper(EarlyStopping(patience=0), Progress()).keeps_best
    assert not Stopper(EarlyStopping(patience=5, restore_best=False), Progress()).keeps_best


def factors(losses: Sequence[float], schedule: Schedule) -> list[float]:
    plateau = Plateau(schedule, Progress())
    found = []
    for loss in losses:
        plateau.watch(loss)
        found.append(plateau.factor)
    return found


def test_a_plateau_lowers_the_factor() -> None:
    schedule = ReduceOnPlateau(by=0.1, patience=2, least=0.005)
    losses = [3, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1]
    assert factors(losses, schedule) == pytest.approx(
        [1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.005, 0.005, 0.005]
    )
    assert factors(losses, Constant()) == [1.0] * len(losses)


def test_a_plateau_goes_on_from_where_it_stood() -> None:
    schedule = ReduceOnPlateau(by=0.5, patience=2)
    first = Plateau(schedule, Progress())
    for loss in (3, 3):
        first.watch(loss)
    second = Plateau(schedule, Progress(plateau=first.state))
    second.watch(3)
    assert second.state == (0.5, 3, 0)
