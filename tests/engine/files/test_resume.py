"""Training goes on from a file bit for bit as if it had never stopped."""

from pathlib import Path

import numpy as np
import pytest

from engine import Design, Trainer, layers
from engine.control import Control
from engine.events import EpochDone, TrainingFinished
from engine.files import read, save
from engine.project import EarlyStopping, Project, Trained, TrainingRecipe
from tests.engine.files.test_saving import assert_same_arrays


def rows() -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(1)
    X = draw.normal(size=(120, 6))
    return X, (X[:, 0] + X[:, 1] ** 2 > 0.5).astype(int)


def project(optimizer: str) -> Project:
    design = Design.chain(
        layers.Input(),
        layers.Dense(units=8, activation="relu"),
        layers.BatchNormalization(),
        layers.Dropout(rate=0.3),
        layers.GaussianNoise(),
        layers.Dense(units=2, activation="softmax"),
    )
    training = TrainingRecipe.model_validate(
        {
            "epochs": 6,
            "batch_size": 16,
            "optimizer": optimizer,
            "schedule": "reduce_on_plateau",
            "early_stopping": EarlyStopping(patience=50),
            "seed": 7,
        }
    )
    return Project(name="resume", design=design, training=training)


def trained(project: Project, before: Trained | None = None, epochs: int | None = None) -> Trained:
    """To the end, or until so many epochs are done."""
    control, done = Control(), 0
    for event in Trainer(project, *rows(), trained=before, control=control).run():
        if isinstance(event, EpochDone):
            done += 1
            control.stop = done == epochs
        if isinstance(event, TrainingFinished):
            return event.trained
    raise AssertionError("training did not finish")


@pytest.mark.parametrize("optimizer", ["adam", "sgd", "nadam"])
def test_training_goes_on_as_if_it_had_never_stopped(tmp_path: Path, optimizer: str) -> None:
    path, whole = tmp_path / "half.h5", trained(project(optimizer))
    save(path, project(optimizer), trained(project(optimizer), epochs=3))
    opened = read(path)
    assert opened.notes == ()
    resumed = trained(opened.project, opened.trained)
    assert_same_arrays(resumed.weights, whole.weights)
    assert list(resumed.slots) == list(whole.slots)
    for slot in whole.slots:
        assert_same_arrays(resumed.slots[slot], whole.slots[slot])
    assert [each.training for each in resumed.history] == [each.training for each in whole.history]
    assert resumed.progress.random == whole.progress.random
