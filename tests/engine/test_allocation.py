"""A training step allocates nothing: everything it needs was made when it was bound."""

import tracemalloc
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from engine import layers
from engine.design import Design
from engine.layers import Layer
from engine.losses import Auto, Loss
from engine.network import Network
from engine.optimizers import Optimizer
from engine.project import TrainingRecipe
from engine.steps import Steps
from engine.update import Update
from tests.engine.helpers.designs import LAYERS, around
from tests.engine.helpers.rows import blobs
from tests.engine.helpers.training import small, trainer_of

ROWS, WIDTH, STEPS = 256, 64, 30
# A tensor of 400 units takes 400 KiB; NumPy keeps 32 KiB for a loop that repeats a row or column.
MOST = 64 << 10
# What an event tells of a chunk of 64 batches is found in a few arrays more.
MOST_WITH_FIGURES = 96 << 10


def peak(run: Callable[[], None], steps: int = STEPS) -> int:
    """The most bytes that were held at any time beyond those held after a first step."""
    tracemalloc.start()
    try:
        run()
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        for _ in range(steps):
            run()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


def step_of(
    design: Design, loss: str = "categorical_crossentropy", **recipe: object
) -> Callable[[], None]:
    network = Network(design, WIDTH)
    plan = network.plan(ROWS, training=True, loss=Loss.parse(loss))
    said = TrainingRecipe.model_validate(recipe)
    slots = {name: np.ones_like(network.parameters) for name in said.optimizer.slots}
    update = Update(network, plan.gradients, slots, said)
    steps = Steps(plan, update, said.optimizer.numbers)
    return partial(steps.run, 1, said.optimizer.at(np.array([1e-6]), np.array([1.0])))


def wide(layer: Layer) -> Design:
    """So wide that any array of rows would be seen."""
    if isinstance(layer, layers.Dense):
        layer = layer.edited(units=400, max_norm=3.0)
    if layer.max_inputs == 1:
        return Design.chain(
            layers.Input(), layers.Dense(400), layer, layers.Dense(3, activation="softmax")
        )
    design = Design.chain(layers.Input(), layers.Dense(400))
    design = design.add(layers.Dense(400), after=["dense_1"])
    design = design.add(layer, after=["dense_1", "dense_2"])
    return design.add(layers.Dense(3, activation="softmax"), after=[design.nodes[-1].id])


@pytest.mark.parametrize("kind", sorted(set(LAYERS) - {"input"}))
def test_a_step_of_every_layer(kind: str) -> None:
    assert peak(step_of(wide(LAYERS[kind]()))) <= MOST


@pytest.mark.parametrize("optimizer", sorted(Optimizer.family))
def test_a_step_of_every_optimizer(optimizer: str) -> None:
    step = step_of(wide(layers.Dense(5)), optimizer=optimizer, clip_norm=1e-3, clip_value=1e-3)
    assert peak(step) <= MOST


@pytest.mark.parametrize("loss", sorted(set(Loss.family) - {Auto.kind}))
def test_a_step_of_every_loss(loss: str) -> None:
    """With the last op that it fuses with, and after another one."""
    for last in ("sigmoid", "softmax"):
        assert peak(step_of(around(layers.Dense(5), outputs=400, activation=last), loss)) <= MOST


def test_a_thousand_steps_and_the_figures_of_their_events() -> None:
    session = trainer_of(small(10, hidden=64), blobs(6_400, classes=10), batch_size=32).session
    session.begin_epoch()
    numbers = session.recipe.optimizer.at(np.full(64, 1e-3), np.arange(1.0, 65))

    def chunk() -> None:
        session.row = 0
        session.advance()

    assert session.advance().rows == 64 * 32
    assert peak(partial(session.steps[32].run, 64, numbers), steps=1_000 // 64 + 1) <= MOST
    assert peak(chunk, steps=1_000 // 64 + 1) <= MOST_WITH_FIGURES
