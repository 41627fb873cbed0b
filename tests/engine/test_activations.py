"""Activations against plain formulas, at any size of input, in and out of place."""

import numpy as np
import pytest
from scipy.special import erf, expit, softmax

from engine.activations import Activation, Elu, LeakyRelu, Linear
from engine.design import Design
from engine.layers import Activation as ActivationLayer
from engine.layers import Dense, Input
from engine.network import Network

SELU_SCALE, SELU_ALPHA = 1.0507009873554805, 1.6732632423543772
FORMULAS = {
    "linear": lambda z: z,
    "relu": lambda z: np.where(z > 0, z, 0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.3 * z),
    "elu": lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))),
    "selu": lambda z: SELU_SCALE * np.where(z > 0, z, SELU_ALPHA * np.expm1(np.minimum(z, 0))),
    "gelu": lambda z: z * (1 + erf(z / np.sqrt(2))) / 2,
    "silu": lambda z: z * expit(z),
    "sigmoid": expit,
    "tanh": np.tanh,
    "softplus": lambda z: np.logaddexp(0, z),
    "softmax": lambda z: softmax(z, axis=1),
}
KINDS = sorted(FORMULAS)


def test_every_activation_has_a_formula() -> None:
    assert set(FORMULAS) == set(Activation.family)


def applied(activation: str | Activation, Z: np.ndarray, dtype: str = "float64") -> np.ndarray:
    design = Design.chain(Input(), ActivationLayer(activation))
    return Network(design, Z.shape[1], dtype=dtype).predict(Z)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("kind", KINDS)
def test_value_is_the_formula(kind: str, dtype: str) -> None:
    Z = np.random.default_rng(0).standard_normal((50, 6)) * 3
    found = applied(kind, Z, dtype)
    assert found.dtype == dtype
    tolerance = 1e-12 if dtype == "float64" else 2e-6
    np.testing.assert_allclose(found, FORMULAS[kind](Z), rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("kind", KINDS)
def test_stays_finite_at_any_size(kind: str, dtype: str) -> None:
    Z = np.array([[-1e4, -50, -1e-30, 0, 1e-30, 50, 1e4]])
    with np.errstate(over="ignore"):
        expected = FORMULAS[kind](Z)
    np.testing.assert_allclose(applied(kind, Z, dtype), expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_within_a_dense_layer_it_is_the_same(kind: str) -> None:
    X = np.random.default_rng(1).standard_normal((20, 3))
    inside = Network(Design.chain(Input(), Dense(5, activation=kind)), 3, dtype="float64")
    plain = Network(Design.chain(Input(), Dense(5)), 3, dtype="float64", weights=inside.arrays())
    np.testing.assert_allclose(
        inside.predict(X), FORMULAS[kind](plain.predict(X)), rtol=1e-12, atol=1e-14
    )


def test_options_matter() -> None:
    Z = np.array([[-2.0, 3.0]])
    np.testing.assert_allclose(applied(LeakyRelu(alpha=0.1), Z), [[-0.2, 3.0]])
    np.testing.assert_allclose(applied(Elu(alpha=0.5), Z), [[0.5 * np.expm1(-2), 3.0]])
    np.testing.assert_allclose(applied(Elu(alpha=2.0), Z), [[2 * np.expm1(-2), 3.0]])


@pytest.mark.parametrize("kind", KINDS)
def test_every_activation_can_be_shown(kind: str) -> None:
    activation = Activation.parse(kind)
    assert activation.formula
    op = activation.op(7)
    assert (op is None) == (activation == Linear())
    assert op is None or op.output_width == 7
