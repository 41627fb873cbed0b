"""Overfitting and plateaus: found where they are, and not where curves only jitter."""

import numpy as np
import pytest

from engine import data, templates
from engine.data.dataset import Prepared
from engine.design import Design
from engine.diagnosis import diagnose, diagnose_losses, noise
from engine.events import TrainingFinished
from engine.layers import Dense, Input
from engine.project import EpochRecord, Project, TrainingRecipe
from engine.trainer import Trainer
from tests.engine.helpers.rows import of_classes

EPOCHS = np.arange(1, 101)


def falling(draw: np.random.Generator, jitter: float = 0.01) -> np.ndarray:
    return np.exp(-EPOCHS / 30) + 0.1 + jitter * draw.standard_normal(100)


def rising_from(best: int, draw: np.random.Generator, jitter: float = 0.005) -> np.ndarray:
    after = np.maximum(0, EPOCHS - best)
    before = np.maximum(0, best - EPOCHS)
    return 0.4 + 0.01 * before + 0.003 * after + jitter * draw.standard_normal(100)


@pytest.mark.parametrize("seed", range(20))
def test_overfitting_is_named_with_its_evidence(seed: int) -> None:
    draw = np.random.default_rng(seed)
    (found,) = diagnose_losses(EPOCHS, falling(draw, 0.001), rising_from(34, draw))
    assert found.kind == "overfitting"
    assert abs(found.since - 34) <= 4
    assert f"at epoch {found.since} (" in found.message
    assert found.message.endswith(": overfitting.")
    assert f"risen for {100 - found.since} epochs" in found.message


def test_a_rise_while_training_loss_rises_too_is_no_overfitting() -> None:
    draw = np.random.default_rng(0)
    rising = rising_from(34, draw)
    assert diagnose_losses(EPOCHS, rising, rising) == ()


def test_a_rise_is_not_called_at_once() -> None:
    draw = np.random.default_rng(0)
    training, validation = falling(draw, 0.001), rising_from(34, draw, 0.0)
    for end in range(1, 39):
        assert diagnose_losses(EPOCHS[:end], training[:end], validation[:end]) == ()
    end = next(
        end
        for end in range(39, 100)
        if diagnose_losses(EPOCHS[:end], training[:end], validation[:end])
    )
    assert end <= 34 + 20


def test_curves_that_only_jitter_are_hardly_ever_called_overfitting() -> None:
    """Flat validation loss with noise of 1 % to 20 %, looked at after every epoch of 100."""
    alarms = 0
    for seed in range(90):
        draw = np.random.default_rng(seed)
        share = (0.01, 0.05, 0.2)[seed % 3]
        training = falling(draw, 0.002)
        validation = 0.5 * (1 + share * draw.standard_normal(100))
        alarms += any(
            each.kind == "overfitting"
            for end in range(2, 101)
            for each in diagnose_losses(EPOCHS[:end], training[:end], validation[:end])
        )
    assert alarms <= 1


def test_overfitting_that_has_levelled_off_is_still_named() -> None:
    """Risen to three times its best within 15 epochs, and since then only noise."""
    draw = np.random.default_rng(5)
    risen = 0.02 + 0.04 * (1 - np.exp(-np.maximum(0, EPOCHS - 15) / 8))
    before = 0.01 * np.maximum(0, 15 - EPOCHS)
    validation = risen + before + 0.005 * draw.standard_normal(100) * (EPOCHS > 15)
    (found,) = diagnose_losses(EPOCHS, falling(draw, 0.001), validation)
    assert found.kind == "overfitting"


def test_a_validation_loss_that_still_falls_is_nothing() -> None:
    draw = np.random.default_rng(1)
    assert diagnose_losses(EPOCHS, falling(draw), falling(draw) + 0.05) == ()


@pytest.mark.parametrize("length", [20, 40])
def test_a_plateau_is_named_with_its_evidence(length: int) -> None:
    draw = np.random.default_rng(length)
    drop = np.linspace(1.5, 0.7, 60)
    flat = 0.693 + 0.0003 * draw.standard_normal(length)
    losses = np.concatenate((drop, flat))
    epochs = np.arange(1, len(losses) + 1)
    (found,) = diagnose_losses(epochs, losses, np.empty(0))
    assert found.kind == "plateau"
    assert found.since >= 60
    assert "hardly changed" in found.message
    assert "(0.693 → 0.693)" in found.message


def test_slow_progress_is_no_plateau() -> None:
    losses = np.linspace(1.0, 0.9, 100)
    assert diagnose_losses(EPOCHS, losses, np.empty(0)) == ()


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3])
def test_noise_that_would_hide_progress_is_not_called_a_plateau(share: float) -> None:
    draw = np.random.default_rng(3)
    losses = (1.0 - 0.004 * EPOCHS) * (1 + share * draw.standard_normal(100))
    assert diagnose_losses(EPOCHS, losses, np.empty(0)) == ()


def test_noise_is_measured_beside_a_trend() -> None:
    draw = np.random.default_rng(0)
    values = np.linspace(5, 1, 5000) + 0.1 * draw.standard_normal(5000)
    assert noise(values) == pytest.approx(0.1, rel=0.05)
    assert noise(values[:2]) == 0.0


def test_short_or_odd_histories_say_nothing() -> None:
    assert diagnose(()) == ()
    record = EpochRecord(1, {"loss": 1.0}, {}, 0.1, 0.1, 10)
    assert diagnose([record] * 3) == ()
    mixed = [EpochRecord(1, {"loss": 1.0}, {"loss": 1.0}, 0.1, 0.1, 10), record]
    assert diagnose(mixed) == ()
    assert diagnose_losses(EPOCHS, np.full(100, np.nan), np.empty(0)) == ()


def trained(project: Project, prepared: Prepared) -> tuple[EpochRecord, ...]:
    last = list(Trainer(project, prepared=prepared).run())[-1]
    assert isinstance(last, TrainingFinished)
    return last.trained.history


def test_a_wide_network_on_noise_overfits() -> None:
    draw = np.random.default_rng(0)
    X, y = draw.standard_normal((120, 10)).astype(np.float32), draw.integers(0, 2, 120)
    layers = Dense(64, "relu"), Dense(2, "softmax")
    design = Design.chain(Input(), *layers)
    project = Project(design=design, training=TrainingRecipe(epochs=80))
    history = trained(project, of_classes(X, y, validation=40))
    (found,) = diagnose(history)
    assert found.kind == "overfitting"


def test_weights_that_cannot_move_are_a_plateau() -> None:
    draw = np.random.default_rng(0)
    X, y = draw.standard_normal((120, 10)).astype(np.float32), draw.integers(0, 2, 120)
    project = Project(
        design=Design.chain(Input(), Dense(2, "softmax")),
        training=TrainingRecipe.model_validate(
            {"epochs": 60, "optimizer": {"kind": "sgd", "learning_rate": 1e-9}}
        ),
    )
    (found,) = diagnose(trained(project, of_classes(X, y, validation=40)))
    assert found.kind == "plateau"


@pytest.mark.parametrize("name", ["wine", "iris"])
def test_templates_that_learn_well_are_left_in_peace(name: str) -> None:
    project = templates.new(name)
    recipe = project.data
    assert recipe is not None
    project = project.edited(training=project.training.edited(epochs=25))
    prepared = data.prepare(data.load_dataset(recipe), recipe)
    assert diagnose(trained(project, prepared)) == ()
