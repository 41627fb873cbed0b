"""Ops beside plain NumPy in float64, and the promises that plans rely on."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from engine import ops
from engine.initializers import Zeros
from engine.ops.activations import Elementwise
from engine.ops.base import Kernels, Op, Parameter, Site
from engine.ops.merge import Merge
from engine.ops.normalization import Normalization

ROWS, WIDTH = 6, 4


def concrete(family: type[Op] = Op) -> Iterator[type[Op]]:
    """Every op that can be placed."""
    for member in family.__subclasses__():
        yield from concrete(member)
        if not member.__subclasses__() or member not in (Elementwise, Merge, Normalization):
            yield member


# One of each; a new op needs a line here.
OPS: dict[type[Op], Callable[[], Op]] = {
    ops.Gemm: lambda: ops.Gemm(WIDTH, 3),
    ops.Add: lambda: ops.Add(WIDTH, 3),
    ops.Mul: lambda: ops.Mul(WIDTH, 3),
    ops.Mean: lambda: ops.Mean(WIDTH, 3),
    ops.Concat: lambda: ops.Concat((2, WIDTH, 1)),
    ops.Dropout: lambda: ops.Dropout(WIDTH, 0.5),
    ops.GaussianNoise: lambda: ops.GaussianNoise(WIDTH, 0.5),
    ops.BatchNormalization: lambda: ops.BatchNormalization(WIDTH, 0.9, 1e-3),
    ops.LayerNormalization: lambda: ops.LayerNormalization(WIDTH, 1e-3),
    ops.LeakyRelu: lambda: ops.LeakyRelu(WIDTH, 0.2),
    ops.Relu: lambda: ops.Relu(WIDTH),
    ops.Elu: lambda: ops.Elu(WIDTH, 0.7),
    ops.Selu: lambda: ops.Selu(WIDTH),
    ops.Gelu: lambda: ops.Gelu(WIDTH),
    ops.Silu: lambda: ops.Silu(WIDTH),
    ops.Sigmoid: lambda: ops.Sigmoid(WIDTH),
    ops.Tanh: lambda: ops.Tanh(WIDTH),
    ops.Softplus: lambda: ops.Softplus(WIDTH),
    ops.Softmax: lambda: ops.Softmax(WIDTH),
}
EACH = pytest.mark.parametrize("kind", OPS, ids=lambda each: each.__name__)


def test_every_op_has_a_case() -> None:
    assert set(OPS) == set(concrete())
    assert {kind.__name__ for kind in OPS} | {"Op", "Parameter"} == set(ops.__all__)


class Bench:
    """An op bound to buffers of its own; `x` may be shared with `y` to work in place."""

    def __init__(self, op: Op, *, in_place: bool = False, training: bool = True, seed: int = 0):
        self.op = op
        draw = np.random.default_rng(seed)
        widths = self.widths()
        self.x = [self.tensor(width) for width in widths]
        for x in self.x:
            x[:-1] = draw.standard_normal((len(x) - 1, ROWS))
        self.y = self.x[0] if in_place else self.tensor(op.output_width)
        self.dy = self.tensor(op.output_width)
        self.dy[:-1] = draw.standard_normal((op.output_width, ROWS))
        self.dx = [self.dy] if in_place else [self.tensor(width) for width in widths]
        self.parameters = draw.standard_normal(op.block_size)
        self.gradients = np.full(op.block_size, np.nan)
        self.state = draw.uniform(0.5, 2, op.state_size)
        self.kernels = self.bind(training, self.dx)

    def widths(self) -> list[int]:
        op: Any = self.op
        if isinstance(op, ops.Gemm):
            return [op.inputs]
        if isinstance(op, ops.Concat):
            return list(op.widths)
        return [op.width] * getattr(op, "count", 1)

    def tensor(self, width: int) -> np.ndarray:
        return np.ones((width + 1, ROWS))

    def bind(self, training: bool, dx: list[np.ndarray] | list[None]) -> Kernels:
        return self.op.bind(
            Site(
                tuple(self.x),
                self.y,
                tuple(dx),
                self.dy,
                self.parameters,
                self.gradients,
                self.state,
                np.random.default_rng(9),
                training,
            )
        )

    def forward(self) -> np.ndarray:
        for kernel in self.kernels.forward:
            kernel()
        return self.y[:-1].copy()

    def backward(self) -> list[np.ndarray]:
        for kernel in self.kernels.backward:
            kernel()
        return [each[:-1].copy() for each in self.dx]


@EACH
def test_the_row_of_ones_is_left_alone(kind: type[Op]) -> None:
    bench = Bench(OPS[kind]())
    bench.forward()
    bench.backward()
    # A gradient's last row belongs to the ones: it may hold anything, a tensor's may not.
    for tensor in (*bench.x, bench.y):
        assert (tensor[-1] == 1).all()


@EACH
def test_a_pass_can_be_repeated(kind: type[Op]) -> None:
    if kind in (ops.Dropout, ops.GaussianNoise):
        bench = Bench(OPS[kind]())
        assert not np.array_equal(bench.forward(), bench.forward())
        return
    bench = Bench(OPS[kind]())
    first, slopes = bench.forward(), bench.backward()
    np.testing.assert_array_equal(bench.forward(), first)
    for again, before in zip(bench.backward(), slopes, strict=True):
        np.testing.assert_array_equal(again, before)


@EACH
def test_inputs_are_kept_where_the_op_does_not_work_in_place(kind: type[Op]) -> None:
    bench = Bench(OPS[kind]())
    before, above = [x.copy() for x in bench.x], bench.dy.copy()
    bench.forward()
    bench.backward()
    for x, was in zip(bench.x, before, strict=True):
        np.testing.assert_array_equal(x, was)
    np.testing.assert_array_equal(bench.dy, above)


@pytest.mark.parametrize("kind", [kind for kind in OPS if kind.in_place], ids=lambda k: k.__name__)
def test_in_place_is_the_same_as_apart(kind: type[Op]) -> None:
    apart, shared = Bench(OPS[kind]()), Bench(OPS[kind](), in_place=True)
    np.testing.assert_array_equal(shared.forward(), apart.forward())
    np.testing.assert_array_equal(shared.backward()[0], apart.backward()[0])


@EACH
def test_a_gradient_that_nobody_wants_is_not_computed(kind: type[Op]) -> None:
    bench, whole = Bench(OPS[kind]()), Bench(OPS[kind]())
    bench.dx = []
    bench.kernels = bench.bind(True, [None] * len(bench.x))
    np.testing.assert_array_equal(bench.forward(), whole.forward())
    bench.backward()
    whole.backward()
    assert len(bench.kernels.backward) < len(whole.kernels.backward)
    np.testing.assert_array_equal(bench.gradients, whole.gradients)


@EACH
def test_parameters_are_views_of_the_flat_vectors(kind: type[Op]) -> None:
    op = OPS[kind]()
    block, state = np.zeros(op.block_size), np.zeros(op.state_size)
    views = op.views(block, state)
    assert list(views) == [each.name for each in op.parameters]
    for each in op.parameters:
        assert views[each.name].shape == each.shape
        views[each.name][...] = 1
    assert block.sum() == op.trained_size
    assert state.sum() == op.state_size


@EACH
def test_every_op_says_what_it_computes(kind: type[Op]) -> None:
    assert kind.__doc__
    assert OPS[kind]().output_width == Bench(OPS[kind]()).forward().shape[0]


def test_a_parameter_counts_its_numbers() -> None:
    assert Parameter("kernel", (3, 5), Zeros()).size == 15


# ── merging, noise and normalisation ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (ops.Add, lambda xs: np.sum(xs, axis=0)),
        (ops.Mul, lambda xs: np.prod(xs, axis=0)),
        (ops.Mean, lambda xs: np.mean(xs, axis=0)),
    ],
)
@pytest.mark.parametrize("count", [1, 2, 5])
def test_merges(kind: Any, expected: Callable[[Any], np.ndarray], count: int) -> None:
    bench = Bench(kind(WIDTH, count))
    np.testing.assert_allclose(bench.forward(), expected([x[:-1] for x in bench.x]), rtol=1e-13)


def test_concatenate() -> None:
    bench = Bench(OPS[ops.Concat]())
    np.testing.assert_array_equal(bench.forward(), np.vstack([x[:-1] for x in bench.x]))
    np.testing.assert_array_equal(np.vstack(bench.backward()), bench.dy[:-1])


def test_dropout_keeps_its_share_and_the_mean() -> None:
    bench = Bench(ops.Dropout(WIDTH, 0.3))
    bench.x[0][:-1] = 1
    draws = np.stack([bench.forward() for _ in range(2000)])
    assert set(np.unique(draws)) == {0, 1 / 0.7}
    assert (draws == 0).mean() == pytest.approx(0.3, abs=0.01)
    last, slopes = draws[-1], bench.backward()[0]
    np.testing.assert_allclose(slopes, bench.dy[:-1] * last)


def test_noise_has_the_spread_asked_for() -> None:
    bench = Bench(ops.GaussianNoise(WIDTH, 0.5))
    noise = np.stack([bench.forward() for _ in range(2000)]) - bench.x[0][:-1]
    assert noise.mean() == pytest.approx(0, abs=0.01)
    assert noise.std() == pytest.approx(0.5, rel=0.02)


def test_batch_normalisation_over_rows() -> None:
    bench = Bench(OPS[ops.BatchNormalization]())
    x, moving = bench.x[0][:-1].copy(), bench.state.copy()
    gamma, beta = np.split(bench.parameters[:, None], 2)
    mean, variance = x.mean(axis=1), x.var(axis=1)
    expected = gamma * (x - mean[:, None]) / np.sqrt(variance[:, None] + 1e-3) + beta
    np.testing.assert_allclose(bench.forward(), expected, rtol=1e-12)
    figures = 0.9 * moving + 0.1 * np.concatenate([mean, variance])
    np.testing.assert_allclose(bench.state, figures, rtol=1e-12)


def test_batch_normalisation_outside_training_uses_the_moving_figures() -> None:
    bench = Bench(OPS[ops.BatchNormalization](), training=False)
    x = bench.x[0][:-1].copy()
    gamma, beta = np.split(bench.parameters[:, None], 2)
    mean, variance = np.split(bench.state[:, None].copy(), 2)
    expected = gamma * (x - mean) / np.sqrt(variance + 1e-3) + beta
    np.testing.assert_allclose(bench.forward(), expected, rtol=1e-12)
    np.testing.assert_array_equal(bench.state, np.vstack([mean, variance])[:, 0])


def test_layer_normalisation_over_units() -> None:
    bench = Bench(OPS[ops.LayerNormalization]())
    x = bench.x[0][:-1].copy()
    gamma, beta = np.split(bench.parameters[:, None], 2)
    unit = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-3)
    np.testing.assert_allclose(bench.forward(), gamma * unit + beta, rtol=1e-12)


def test_a_product_without_bias_leaves_its_last_column_at_0() -> None:
    bench = Bench(ops.Gemm(WIDTH, 3, bias=False))
    bench.forward()
    bench.backward()
    assert not bench.gradients.reshape(3, WIDTH + 1)[:, -1].any()
    assert "bias" not in bench.op.views(bench.parameters, bench.state)
