"""Compiled designs beside a recomputation in plain NumPy; buffers shared where nothing is lost."""

import numpy as np
import pytest
from scipy.special import expit, softmax

from engine.design import Design
from engine.errors import DesignError
from engine.layers import Activation, Add, Average, Concatenate, Dense, Dropout, Input, Multiply
from engine.losses import BinaryCrossentropy, CategoricalCrossentropy, MeanSquaredError
from engine.network import MOST_ROWS, PREDICTION_NUMBERS, Network
from engine.ops import Gelu, Softmax
from tests.engine.helpers.designs import LAYERS, around, random_design
from tests.engine.helpers.training import lively, small


def rows(count: int = 9, width: int = 4) -> np.ndarray:
    return np.random.default_rng(0).standard_normal((count, width))


def forked() -> Design:
    """dense_1 is read by four layers, through an alias too."""
    design = Design.chain(Input(), Dense(3, activation="tanh"))
    design = design.add(Activation("linear"), "alias", after=["dense_1"])
    design = design.add(Activation("relu"), "bent", after=["dense_1"], splice=False)
    design = design.add(Multiply(), "product", after=["dense_1", "alias", "bent"])
    design = design.add(Average(), "mean", after=["bent", "product"])
    design = design.add(Concatenate(), "both", after=["mean", "dense_1", "input"])
    return design.add(Dense(2, activation="softmax"), "out", after=["both"])


def test_a_graph_with_several_consumers_is_what_numpy_says() -> None:
    network, X = Network(forked(), 4, dtype="float64", seed=3), rows()
    ids = {node.name: node.id for node in forked().nodes}
    a = np.tanh(X @ network.view(ids["dense_1"], "kernel"))
    bent = np.maximum(a, 0)
    product = a * a * bent
    mean = (bent + product) / 2
    both = np.hstack([mean, a, X])
    expected = {
        "input": X,
        "dense_1": a,
        "alias": a,
        "bent": bent,
        "product": product,
        "mean": mean,
        "both": both,
        "out": softmax(both @ network.view(ids["out"], "kernel"), axis=1),
    }
    found = network.explain(X)
    assert set(found) == set(ids.values())
    for name, value in expected.items():
        np.testing.assert_allclose(found[ids[name]], value, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(network.predict(X), expected["out"], rtol=1e-12)


@pytest.mark.parametrize("seed", range(30))
def test_shared_buffers_change_nothing(seed: int) -> None:
    design, X = random_design(seed), rows()
    network = Network(design, 4, dtype="float64", seed=seed)
    every = network.explain(X)
    np.testing.assert_allclose(network.predict(X), every[design.outputs[0]], rtol=1e-13)
    assert set(every) == set(design.order)


def training_gradient(design: Design, *, share: bool) -> np.ndarray:
    network = Network(design, 4, dtype="float64")
    generators = {
        step.layer: np.random.default_rng(len(step.layer))
        for step in network.steps
        if step.op.random
    }
    plan = network.plan(
        9, training=True, loss=CategoricalCrossentropy(), share=share, generators=generators
    )
    plan.input[:, :-1] = rows()
    plan.targets[...] = np.eye(3)[np.arange(9) % 3]
    plan.run()
    return plan.gradients


@pytest.mark.parametrize("seed", range(30))
def test_shared_buffers_change_no_gradient(seed: int) -> None:
    design = random_design(seed)
    np.testing.assert_array_equal(
        training_gradient(design, share=True), training_gradient(design, share=False)
    )


@pytest.mark.parametrize("kind", sorted(set(LAYERS) - {"input"}))
def test_predictions_do_not_depend_on_the_rows_beside_them(kind: str) -> None:
    network = Network(around(LAYERS[kind]()), 4, dtype="float64")
    X = rows(MOST_ROWS + 5)
    whole = network.predict(X)
    assert whole.shape == (len(X), 3)
    for count in (1, 2, 17):
        np.testing.assert_allclose(network.predict(X[:count]), whole[:count], rtol=1e-12)
    np.testing.assert_allclose(network.predict(X[-3:]), whole[-3:], rtol=1e-12)


def test_no_rows_give_no_predictions() -> None:
    assert Network(small(), 4).predict(np.empty((0, 4))).shape == (0, 3)


def test_wide_layers_are_predicted_in_smaller_blocks() -> None:
    network = Network(Design.chain(Input(), Dense(60_000), Dense(1)), 2)
    network.predict(rows(100, 2))
    (plan,) = network._prediction_plans.values()
    assert plan.rows == PREDICTION_NUMBERS // 60_000 == 17


@pytest.mark.parametrize(("last", "link"), [("softmax", softmax), ("sigmoid", expit)])
def test_logits_leave_out_the_last_softmax_or_sigmoid(last: str, link: object) -> None:
    network, X = Network(small(3, last), 4, dtype="float64"), rows()
    logits = network.predict(X, logits=True)
    expected = softmax(logits, axis=1) if last == "softmax" else expit(logits)
    np.testing.assert_allclose(network.predict(X), expected, rtol=1e-12)
    assert not np.allclose(logits, expected)


def test_noise_is_silent_outside_training() -> None:
    network, X = Network(lively(), 4), rows()
    np.testing.assert_array_equal(network.predict(X), network.predict(X))
    behind = Network(small().add(Dropout(0.9), after=["dense_2"]), 4)
    np.testing.assert_array_equal(behind.predict(X), Network(small(), 4).predict(X))


def test_a_loss_fuses_with_the_last_op_of_its_kind_alone() -> None:
    def fused(last: str, loss: type) -> bool:
        return Network(small(3, last), 4).plan(5, training=True, loss=loss()).fused

    assert fused("softmax", CategoricalCrossentropy)
    assert fused("sigmoid", BinaryCrossentropy)
    assert not fused("sigmoid", CategoricalCrossentropy)
    assert not fused("softmax", MeanSquaredError)


def test_the_last_op_with_and_without_noise() -> None:
    network = Network(small().add(Dropout(), after=["dense_2"]), 4)
    assert type(network.last_op).__name__ == "Dropout"
    assert isinstance(network.output_op, Softmax)
    plain = Network(Design.chain(Input(), Dropout()), 4)
    assert plain.output_op is None
    assert Network(Design.chain(Input()), 4).last_op is None
    assert isinstance(Network(Design.chain(Input(), Activation("gelu")), 4).output_op, Gelu)


def test_slots_hold_batches_apart() -> None:
    network = Network(small(), 4, dtype="float64")
    plan = network.plan(3, slots=2, training=True, loss=CategoricalCrossentropy())
    plan.input[:, :-1] = rows(6)
    plan.targets[...] = np.eye(3)[[0, 1, 2, 0, 1, 2]]
    gradients = []
    for slot in range(2):
        plan.run(slot)
        gradients.append(plan.gradients.copy())
    whole = network.plan(6, training=True, loss=CategoricalCrossentropy())
    whole.input[:], whole.targets[:] = plan.input, plan.targets
    whole.run()
    np.testing.assert_allclose(np.mean(gradients, axis=0), whole.gradients, rtol=1e-10, atol=1e-15)
    np.testing.assert_allclose(np.hstack(list(plan.outputs)), whole.outputs[0], rtol=1e-12)


def test_weights_of_rows_count_them_as_often() -> None:
    network = Network(small(), 4, dtype="float64")

    def gradient(X: np.ndarray, y: np.ndarray, weights: np.ndarray | None) -> np.ndarray:
        plan = network.plan(
            len(X), training=True, loss=CategoricalCrossentropy(), weighted=weights is not None
        )
        plan.input[:, :-1], plan.targets[...] = X, np.eye(3)[y]
        if plan.weights is not None:
            plan.weights[...] = weights
        plan.run()
        return plan.gradients

    X, y, times = rows(4), np.array([0, 1, 2, 1]), np.array([1, 3, 2, 2])
    twice = gradient(np.repeat(X, times, axis=0), np.repeat(y, times), None)
    np.testing.assert_allclose(
        gradient(X, y, times * 4 / times.sum()), twice, rtol=1e-10, atol=1e-15
    )


# ── arrays ──────────────────────────────────────────────────────────────────────────────────


def test_arrays_are_read_only_copies() -> None:
    network = Network(lively(), 4)
    arrays = network.arrays()
    before = {key: array.copy() for key, array in arrays.items()}
    network.parameters += 1
    for key, array in arrays.items():
        assert not array.flags.writeable
        np.testing.assert_array_equal(array, before[key])


def test_all_parameters_lie_in_one_vector() -> None:
    network = Network(lively(), 4)
    for key, view in network.views.items():
        owner = network.parameters if network.parameter(key).trained else network.state
        assert np.shares_memory(view, owner)
    assert network.parameters.flags.c_contiguous
    assert network.dtype == np.float32


def test_weights_are_loaded_or_refused_by_shape() -> None:
    source = Network(small(), 4, seed=5)
    network = Network(small(), 4, weights=source.arrays())
    np.testing.assert_array_equal(network.predict(rows()), source.predict(rows()))
    with pytest.raises(DesignError, match=r"dense_1: kernel has shape \(4, 8\), .* \(6, 8\)"):
        Network(small(), 6, weights=source.arrays())


def test_a_design_with_problems_is_not_compiled() -> None:
    with pytest.raises(DesignError, match=r"the design is empty\. Drag an Input"):
        Network(Design(), 4)
    merged = Design.chain(Input(), Dense(3)).add(Add(), after=["input", "dense_1"])
    with pytest.raises(DesignError, match="inputs of one width"):
        Network(merged, 4)


def test_an_input_alone_gives_its_rows() -> None:
    network = Network(Design.chain(Input()), 4, dtype="float64")
    np.testing.assert_array_equal(network.predict(rows()), rows())
    np.testing.assert_array_equal(network.explain(rows())["n1"], rows())
