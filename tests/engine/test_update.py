"""Penalties, clipping and limits on norms, on the flat vectors."""

import numpy as np
import pytest

from engine.design import Design
from engine.layers import Dense, Input
from engine.network import Network
from engine.optimizers import SGD
from engine.project import TrainingRecipe
from engine.update import Update, clipping, norm_limits, penalties


def clipped(gradients: list[float], **recipe: float) -> np.ndarray:
    vector = np.array(gradients, np.float32)
    for kernel in clipping(vector, TrainingRecipe.model_validate(recipe)):
        kernel()
    return vector


def test_clipping() -> None:
    np.testing.assert_array_equal(clipped([3, -4]), [3, -4])
    np.testing.assert_allclose(clipped([3, -4], clip_value=3.5), [3, -3.5])
    np.testing.assert_allclose(clipped([3, -4], clip_norm=1), [0.6, -0.8], rtol=1e-6)
    np.testing.assert_array_equal(
        clipped([0.3, -0.4], clip_norm=1), np.array([0.3, -0.4], np.float32)
    )
    np.testing.assert_allclose(
        clipped([30, 40], clip_value=1, clip_norm=1), np.full(2, 0.5**0.5), rtol=1e-6
    )
    np.testing.assert_array_equal(clipped([0, 0], clip_norm=1), [0, 0])


def test_penalties_fall_on_the_kernels_that_have_them() -> None:
    design = Design.chain(
        Input(), Dense(2, l1=0.5), Dense(2, l2=0.25), Dense(2, l1=1, l2=1), Dense(1)
    )
    network = Network(design, 2, dtype="float64")
    network.parameters[...] = np.random.default_rng(0).standard_normal(network.parameters.size)
    gradients = np.zeros_like(network.parameters)
    for kernel in penalties(network, gradients):
        kernel()
    found, w = network.trained_views(gradients), network.views
    np.testing.assert_allclose(found["n2", "kernel"], 0.5 * np.sign(w["n2", "kernel"]))
    np.testing.assert_allclose(found["n3", "kernel"], 0.5 * w["n3", "kernel"])
    both = w["n4", "kernel"]
    np.testing.assert_allclose(found["n4", "kernel"], 2 * both + np.sign(both))
    for key in [("n5", "kernel"), *((f"n{i}", "bias") for i in range(2, 6))]:
        assert not found[key].any()


def test_without_penalties_there_is_nothing_to_do() -> None:
    network = Network(Design.chain(Input(), Dense(3)), 2)
    gradients = np.zeros_like(network.parameters)
    assert penalties(network, gradients) == ()
    assert norm_limits(network) == ()
    update = Update(network, gradients, {}, TrainingRecipe(optimizer=SGD()))
    assert len(update.kernels({"rate": np.ones((), np.float32)})) == 2


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_weight_vectors_are_shortened_unit_by_unit(dtype: str) -> None:
    network = Network(Design.chain(Input(), Dense(3, max_norm=2.0)), 2, dtype=dtype)
    kernel = network.view("n2", "kernel")
    kernel[...] = np.array([[3, 0.6, 0], [4, 0.8, 0]])
    network.view("n2", "bias")[...] = 100
    for each in norm_limits(network):
        each()
    np.testing.assert_allclose(kernel, [[1.2, 0.6, 0], [1.6, 0.8, 0]], rtol=1e-6)
    assert (network.view("n2", "bias") == 100).all()


def test_weight_vectors_within_the_limit_are_left_alone() -> None:
    network = Network(Design.chain(Input(), Dense(3, max_norm=100.0)), 2)
    before = network.arrays()
    for each in norm_limits(network):
        each()
    np.testing.assert_array_equal(network.view("n2", "kernel"), before["n2", "kernel"])
