"""Backward kernels against central differences in float64, over kinds and over whole graphs."""

from typing import Any

import numpy as np
import pytest

from engine import layers
from engine.activations import Activation
from engine.design import Design
from engine.layers import Layer
from engine.losses import Auto, Loss
from tests.engine.helpers.designs import LAYERS, all_activations, around, random_design
from tests.engine.helpers.numeric import Check

TOLERANCE = 1e-6
KINK = 1e-4
ROWS = 5

LOSSES = sorted(set(Loss.family) - {Auto.kind})
SMOOTHED = [kind for kind in LOSSES if "label_smoothing" in Loss.family[kind].model_fields]
REGULARISERS: dict[str, dict[str, float]] = {
    "none": {},
    "l1": {"l1": 0.03},
    "l2": {"l2": 0.05},
    "both": {"l1": 0.02, "l2": 0.04},
}
# The kinds whose slope jumps somewhere: those points are drawn again.
OF_PROBABILITIES = ("categorical_crossentropy", "binary_crossentropy")


def checked(design: Design, loss: Loss, *, width: int = 3, weighted: bool = False) -> Check:
    """A batch drawn so that no value is within 1e-4 of a bend."""
    for seed in range(60):
        draw = np.random.default_rng(seed)
        outputs = 3
        one_hot = np.eye(outputs)[draw.integers(0, outputs, ROWS)]
        targets = loss.targets(one_hot)
        if "crossentropy" not in loss.kind:
            targets = 1.5 * draw.standard_normal((ROWS, outputs))
        weights = draw.uniform(0.2, 3, ROWS) if weighted else None
        check = Check(design, draw.standard_normal((ROWS, width)), targets, loss, weights, seed)
        if check.nearest_kink() > KINK:
            return check
    raise AssertionError("no batch keeps its distance from every bend")


def last_activation(loss: Loss, wanted: str) -> str:
    """What the last layer applies: losses of probabilities need some, in their own range."""
    if loss.kind not in OF_PROBABILITIES or wanted in ("softmax", "sigmoid"):
        return wanted
    return "softmax" if loss.kind == "categorical_crossentropy" else "sigmoid"


@pytest.mark.parametrize("regulariser", REGULARISERS)
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", all_activations())
def test_of_activation_loss_and_regulariser(activation: str, loss: str, regulariser: str) -> None:
    kind = Loss.parse(loss)
    options: dict[str, Any] = REGULARISERS[regulariser]
    design = Design.chain(
        layers.Input(),
        layers.Dense(4, activation=activation, **options),
        layers.Dense(3, activation=last_activation(kind, activation), **options),
    )
    check = checked(design, kind, weighted=regulariser == "both")
    assert np.abs(check.analytic()).max() > 1e-4
    assert check.error() <= TOLERANCE


@pytest.mark.parametrize("activation", ["softmax", "sigmoid", "softplus"])
@pytest.mark.parametrize("loss", SMOOTHED)
def test_of_smoothed_labels_with_weights(loss: str, activation: str) -> None:
    smoothed = Loss.parse({"kind": loss, "label_smoothing": 0.2})
    design = Design.chain(
        layers.Input(), layers.Dense(3, activation=last_activation(smoothed, activation))
    )
    assert checked(design, smoothed, weighted=True).error() <= TOLERANCE


def test_every_kind_of_layer_has_a_case() -> None:
    assert set(LAYERS) == set(Layer.family)


@pytest.mark.parametrize("kind", sorted(set(LAYERS) - {"input"}))
@pytest.mark.parametrize("loss", ["categorical_crossentropy", "mean_squared_error"])
def test_of_every_layer(kind: str, loss: str) -> None:
    last = "softmax" if loss == "categorical_crossentropy" else "linear"
    check = checked(around(LAYERS[kind](), activation=last), Loss.parse(loss))
    assert check.error() <= TOLERANCE


@pytest.mark.parametrize("kind", sorted(set(LAYERS) - {"input"}))
def test_of_every_layer_as_the_first_and_the_last(kind: str) -> None:
    layer = LAYERS[kind]()
    if layer.max_inputs == 1:
        design = Design.chain(layers.Input(), layer, layers.Dense(3), LAYERS[kind]())
        loss = Loss.parse("mean_squared_error")
    else:
        design = Design.chain(layers.Input(), layers.Dense(3))
        design = design.add(layer, after=["dense_1", "input"])
        loss = Loss.parse("mean_squared_error")
    if isinstance(layer, layers.Dense):
        design = Design.chain(layers.Input(), layer, layer.edited(units=3))
    if isinstance(layer, layers.Concatenate):
        design = design.add(layers.Dense(3), after=["concatenate_1"])
    assert checked(design, loss).error() <= TOLERANCE


@pytest.mark.parametrize("seed", range(40))
def test_of_random_graphs(seed: int) -> None:
    assert checked(random_design(seed), Loss.parse("categorical_crossentropy")).error() <= TOLERANCE


def test_random_graphs_hold_every_kind_of_layer() -> None:
    designs = [random_design(seed) for seed in range(40)]
    kinds = {node.layer.kind for design in designs for node in design.nodes}
    assert kinds == set(Layer.family)
    assert any(len(design.children(n.id)) > 2 for design in designs for n in design.nodes)


@pytest.mark.parametrize("function", all_activations())
def test_an_alias_and_its_original_may_both_be_read(function: str) -> None:
    design = Design.chain(layers.Input(), layers.Dense(3, activation=function))
    design = design.add(layers.Activation("linear"), "alias", after=["dense_1"])
    for merge in (layers.Add(), layers.Multiply(), layers.Average(), layers.Concatenate()):
        merged = design.add(merge, after=["dense_1", "alias"])
        merged = merged.add(layers.Dense(3, activation="softmax"), after=[merged.nodes[-1].id])
        check = checked(merged, Loss.parse("categorical_crossentropy"))
        assert check.error() <= TOLERANCE, merge.kind


@pytest.mark.parametrize("function", sorted(set(all_activations()) - {"linear"}))
def test_two_activations_one_after_the_other(function: str) -> None:
    for second in ("relu", "softmax", "gelu", "silu", "elu"):
        if function == "relu" and second in ("relu", "elu"):
            continue  # the zeros of one lie on the bend of the other
        chain = Design.chain(
            layers.Input(),
            layers.Dense(4, activation=function),
            layers.Activation(Activation.parse(second)),
            layers.Dropout(0.3),
            layers.Dense(3),
        )
        assert checked(chain, Loss.parse("mean_squared_error")).error() <= TOLERANCE, second
