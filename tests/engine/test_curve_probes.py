"""What curves are drawn from besides the records of epochs, against other computations."""

from collections.abc import Mapping

import numpy as np
import pytest

from engine.control import Control, Wanted
from engine.data.dataset import Prepared
from engine.design import Design
from engine.events import BatchesDone, Event, Measured, TrainingFinished
from engine.layers import Dense, Dropout, Input
from engine.network import Network
from engine.optimizers import SGD
from engine.project import Trained
from tests.engine.helpers.rows import blobs
from tests.engine.helpers.training import project_of, train, trainer_of

L1, L2, RATE = 1e-3, 1e-2, 0.5


@pytest.fixture(scope="module")
def rows() -> Prepared:
    return blobs(rows=100, validation=20)


def regularised(dropout: float = 0.0) -> Design:
    return Design.chain(
        Input(),
        Dense(8, "tanh", l1=L1, l2=L2),
        Dropout(rate=dropout),
        Dense(3, "softmax", l2=L2),
    )


def found(events: list[Event], probe: str) -> list[Mapping[str, np.ndarray]]:
    return [each.arrays for each in events if isinstance(each, Measured) and each.name == probe]


def watched(*wanted: Wanted) -> Control:
    return Control(frozenset(wanted), every_time=True)


def ended(events: list[Event]) -> Trained:
    assert isinstance(events[-1], TrainingFinished)
    return events[-1].trained


@pytest.mark.parametrize("clip", [0.0, 0.05])
def test_the_gradient_norm_is_that_of_the_step_that_was_taken(rows: Prepared, clip: float) -> None:
    """One step of plain descent moves the weights by the rate times the gradient."""
    control = watched(Wanted("gradient_norm"))
    recipe = {"optimizer": SGD(learning_rate=RATE), "batch_size": "all", "epochs": 1}
    recipe |= {"seed": 3, "precision": "float64"}
    design = regularised()
    project = project_of(design, **recipe)
    start = Network(design, 4, seed=3, dtype="float64").arrays()
    free = ended(train(design, rows, **recipe))
    moved = [free.weights[key] - start[key] for key in start]
    expected = np.sqrt(sum(float(np.square(each).sum()) for each in moved)) / RATE
    events = train(design, rows, control=control, clip_norm=clip, **recipe)
    (arrays,) = found(events, "gradient_norm")
    assert arrays["norm"] == pytest.approx(expected, rel=1e-9)
    assert project.training.clip_norm == 0.0


def test_the_penalty_is_that_of_the_weights(rows: Prepared) -> None:
    events = train(regularised(), rows, control=watched(Wanted("penalty")), epochs=2)
    weights = ended(events).weights
    kernels = [array.astype(float) for (_, name), array in weights.items() if name == "kernel"]
    expected = L2 * sum(np.square(each).sum() for each in kernels) + L1 * np.abs(kernels[0]).sum()
    assert found(events, "penalty")[-1]["penalty"] == pytest.approx(expected, rel=1e-6)


def test_without_a_penalty_there_is_none(rows: Prepared) -> None:
    design = Design.chain(Input(), Dense(3, "softmax"))
    events = train(design, rows, control=watched(Wanted("penalty")), epochs=1)
    assert found(events, "penalty")[-1] == {}


def test_training_loss_afresh_is_without_dropout_on_the_training_rows(rows: Prepared) -> None:
    design = regularised(dropout=0.5)
    control = watched(Wanted("afresh", setting="training"))
    events = train(design, rows, control=control, epochs=3)
    trained, arrays = ended(events), found(events, "afresh")[-1]
    network = Network(design, 4, seed=0, weights=trained.weights)
    part = rows.rows.train
    (X, truth), *_ = rows.blocks(part)
    outputs = network.predict(X).astype(float)
    loss = -np.log(outputs[np.arange(len(truth)), truth]).mean()
    assert arrays["loss"] == pytest.approx(loss, rel=1e-5)
    assert arrays["accuracy"] == pytest.approx((outputs.argmax(axis=1) == truth).mean())
    assert arrays["counted"] == arrays["total"] == len(part)
    assert trained.history[-1].training["loss"] > arrays["loss"]  # with dropout


def test_of_many_rows_a_sample_is_taken() -> None:
    many = blobs(rows=11_000, validation=20)
    control = watched(Wanted("afresh", setting="training"))
    design = Design.chain(Input(), Dense(3, "softmax"))
    events = train(design, many, control=control, epochs=1)
    (arrays,) = found(events, "afresh")
    assert 1_000 < arrays["counted"] <= 10_000 < arrays["total"]


def test_the_learning_rate_comes_with_every_chunk(rows: Prepared) -> None:
    trainer = trainer_of(regularised(), rows, epochs=1, optimizer=SGD(learning_rate=RATE))
    rates = [each.learning_rate for each in trainer.run() if isinstance(each, BatchesDone)]
    assert set(rates) == {RATE}
