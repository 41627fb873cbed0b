"""Initial weights: their spread and limits as defined, the same every time, keyed by their use."""

import numpy as np
import pytest
from scipy import stats

from engine import seeds
from engine.design import Design
from engine.initializers import Constant, Initializer, Orthogonal, RandomNormal, RandomUniform
from engine.layers import Dense, Dropout, Input
from engine.network import Network

INPUTS, OUTPUTS = 150, 100


def uniform(variance: float) -> tuple[str, float]:
    return "uniform", float(np.sqrt(3 * variance))


def truncated(variance: float) -> tuple[str, float]:
    return "truncated", float(np.sqrt(variance) / stats.truncnorm(-2, 2).std())


# The distribution of each, by its published definition; a new initializer needs a line here.
DEFINITIONS: dict[str, tuple[str, float]] = {
    "zeros": ("constant", 0.0),
    "constant": ("constant", 1.0),
    "random_normal": ("normal", 0.05),
    "random_uniform": ("uniform", 0.05),
    "glorot_normal": truncated(2 / (INPUTS + OUTPUTS)),
    "glorot_uniform": uniform(2 / (INPUTS + OUTPUTS)),
    "he_normal": truncated(2 / INPUTS),
    "he_uniform": uniform(2 / INPUTS),
    "lecun_normal": truncated(1 / INPUTS),
    "lecun_uniform": uniform(1 / INPUTS),
    "orthogonal": ("orthogonal", 1.0),
}


def drawn(kind: str, seed: int = 0, shape: tuple[int, ...] = (INPUTS, OUTPUTS)) -> np.ndarray:
    return Initializer.parse(kind).draw(shape, np.random.default_rng(seed))


def test_every_initializer_has_a_definition() -> None:
    assert set(DEFINITIONS) == set(Initializer.family)


@pytest.mark.parametrize("kind", DEFINITIONS)
def test_values_follow_the_definition(kind: str) -> None:
    values, (family, size) = drawn(kind), DEFINITIONS[kind]
    assert values.shape == (INPUTS, OUTPUTS)
    if family == "constant":
        assert (values == size).all()
    elif family == "orthogonal":
        np.testing.assert_allclose(values.T @ values, np.eye(OUTPUTS), atol=1e-12)
    else:
        distribution = {
            "normal": stats.norm(0, size),
            "uniform": stats.uniform(-size, 2 * size),
            "truncated": stats.truncnorm(-2, 2, 0, size),
        }[family]
        assert stats.kstest(values.ravel(), distribution.cdf).pvalue > 0.01
        assert values.std() == pytest.approx(distribution.std(), rel=0.03)
        assert np.abs(values).max() <= max(distribution.support()) + 1e-12


@pytest.mark.parametrize("kind", DEFINITIONS)
def test_the_same_generator_gives_the_same_values(kind: str) -> None:
    np.testing.assert_array_equal(drawn(kind), drawn(kind))
    random = DEFINITIONS[kind][0] != "constant"
    assert random == (not np.array_equal(drawn(kind), drawn(kind, seed=1)))


@pytest.mark.parametrize("kind", DEFINITIONS)
@pytest.mark.parametrize("shape", [(1, 1), (3, 7), (5,)])
def test_any_shape_can_be_filled(kind: str, shape: tuple[int, ...]) -> None:
    values = drawn(kind, shape=shape)
    assert values.shape == shape
    assert np.isfinite(values).all()


def test_orthogonal_rows_where_there_are_more_columns() -> None:
    q = Orthogonal(gain=2.0).draw((5, 9), np.random.default_rng(0))
    np.testing.assert_allclose(q @ q.T, 4 * np.eye(5), atol=1e-12)


def test_orthogonal_prefers_no_sign() -> None:
    """Without fixing the signs, a QR decomposition gives mostly negative diagonals."""
    draws = [drawn("orthogonal", seed, (4, 4)) for seed in range(400)]
    assert np.abs(np.mean(draws, axis=0)).max() < 0.1


def test_options_matter() -> None:
    generator = np.random.default_rng(0)
    assert (Constant(value=-3.0).draw((2, 2), generator) == -3).all()
    normal = RandomNormal(mean=5.0, stddev=0.5).draw((100, 100), generator)
    assert normal.mean() == pytest.approx(5, abs=0.02)
    assert normal.std() == pytest.approx(0.5, rel=0.03)
    assert np.abs(RandomUniform(limit=2.0).draw((100, 100), generator)).max() > 1.9


# ── keyed by their use ──────────────────────────────────────────────────────────────────────


def test_generators_are_keyed_by_seed_layer_and_purpose() -> None:
    keys = [(0, "n1", "a"), (1, "n1", "a"), (0, "n2", "a"), (0, "n1", "b"), (0, "n1a", "")]
    first = [seeds.generator(*key).random() for key in keys]
    assert len(set(first)) == len(keys)
    assert first == [seeds.generator(*key).random() for key in keys]


def test_the_numbers_of_a_key_never_change() -> None:
    """Files promise to go on bit for bit: a release must not deal other numbers."""
    assert seeds.generator(0, "", "order 0").permutation(8).tolist() == [5, 7, 1, 4, 2, 3, 0, 6]


def test_an_added_layer_changes_no_other_initial_weights() -> None:
    design = Design.chain(Input(), Dense(6), Dense(3))
    before = Network(design, 4).arrays()
    after = Network(design.add(Dropout(), after=["dense_1"]).add(Dense(9), after=["dense_2"]), 4)
    for key, array in before.items():
        np.testing.assert_array_equal(after.arrays()[key], array)


def test_layers_alike_begin_differently() -> None:
    arrays = Network(Design.chain(Input(), Dense(4), Dense(4)), 4).arrays()
    assert not np.array_equal(arrays["n2", "kernel"], arrays["n3", "kernel"])
    assert not arrays["n2", "bias"].any()
