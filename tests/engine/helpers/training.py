"""Short trainings, and what to look at in them."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import numpy as np

from engine.control import Control
from engine.data.dataset import Prepared
from engine.design import Design
from engine.events import Event, TrainingFinished
from engine.layers import BatchNormalization, Dense, Dropout, GaussianNoise, Input
from engine.project import Arrays, Project, Trained, TrainingRecipe
from engine.trainer import Trainer

E = TypeVar("E")


def small(outputs: int = 3, activation: str = "softmax", hidden: int = 8) -> Design:
    """One hidden layer of tanh."""
    return Design.chain(
        Input(), Dense(hidden, activation="tanh"), Dense(outputs, activation=activation)
    )


def lively(outputs: int = 3) -> Design:
    """A design with everything that a resumption has to carry: noise, masks, moving figures."""
    return Design.chain(
        Input(),
        GaussianNoise(0.1),
        Dense(8, activation="relu", l2=1e-3),
        BatchNormalization(momentum=0.9),
        Dropout(0.25),
        Dense(outputs, activation="softmax", bias=False, max_norm=2.0),
    )


def project_of(design: Design, **recipe: Any) -> Project:
    """A project with that recipe; its rows are handed to the trainer."""
    return Project(design=design, training=TrainingRecipe(**recipe))


def trainer_of(
    design: Design,
    prepared: Prepared,
    *,
    trained: Trained | None = None,
    control: Control | None = None,
    **recipe: Any,
) -> Trainer:
    return Trainer(
        project_of(design, **recipe), trained=trained, prepared=prepared, control=control
    )


def train(design: Design, prepared: Prepared, **options: Any) -> list[Event]:
    """All events of a training."""
    return list(trainer_of(design, prepared, **options).run())


def finished(events: list[Event]) -> TrainingFinished:
    """The last event, which has to be the end."""
    assert isinstance(events[-1], TrainingFinished)
    return events[-1]


def of_kind(events: list[Event], kind: type[E]) -> list[E]:
    return [event for event in events if isinstance(event, kind)]


def until(events: Iterator[Event], kind: type[E]) -> E:
    """The next event of this kind; those before it are passed over."""
    return next(event for event in events if isinstance(event, kind))


def assert_same(a: Arrays, b: Arrays) -> None:
    """The same arrays under the same keys, bit for bit."""
    assert a.keys() == b.keys()
    for key in a:
        assert a[key].dtype == b[key].dtype
        assert a[key].tobytes() == b[key].tobytes(), key


def assert_same_training(a: Trained, b: Trained) -> None:
    """Everything but the clock is the same, bit for bit."""
    assert_same(a.weights, b.weights)
    assert_same(a.best, b.best)
    assert a.slots.keys() == b.slots.keys()
    for name in a.slots:
        assert_same(a.slots[name], b.slots[name])
    assert figures(a) == figures(b)
    assert without_clock(a) == without_clock(b)


def figures(trained: Trained) -> list[tuple[Mapping[str, float], Mapping[str, float], float]]:
    """The history without the seconds."""
    return [(each.training, each.validation, each.learning_rate) for each in trained.history]


def without_clock(trained: Trained) -> dict[str, Any]:
    """Where training stands, without the seconds."""
    return {name: value for name, value in vars(trained.progress).items() if name != "seconds"}


def largest_difference(a: Arrays, b: Arrays) -> float:
    """Over all arrays; the keys must be the same."""
    assert a.keys() == b.keys()
    return max(float(np.abs(a[key] - b[key]).max()) for key in a)
