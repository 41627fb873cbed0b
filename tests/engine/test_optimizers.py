"""Optimizers step for step against their published rules, and against Keras."""

from collections.abc import Iterator
from math import sqrt
from typing import Any

import numpy as np
import pytest

from engine.optimizers import Nadam, Optimizer
from engine.update import BLOCK, Stepper

SIZE, STEPS = 40, 50


def gradients() -> list[np.ndarray]:
    """What 50 steps are given: noise about a slowly turning direction, and some zeros."""
    draw = np.random.default_rng(0)
    base = draw.standard_normal(SIZE)
    found = [base * np.cos(t / 9) + 0.3 * draw.standard_normal(SIZE) for t in range(STEPS)]
    for each in found:
        each[:3] = 0
    return found


def rates(base: float) -> list[float]:
    """The learning rate of each step: it moves, as under a schedule."""
    return [base * (1 - t / (2 * STEPS)) for t in range(STEPS)]


def give(numbers: dict[str, np.ndarray], optimizer: Optimizer, rate: float, step: int) -> None:
    """Puts the values of a step where its kernels read them."""
    values = optimizer.at(np.array(rate), np.array(float(step)))
    for array, value in zip(numbers.values(), values, strict=True):
        array[...] = value


def stepped(optimizer: Optimizer, gs: list[np.ndarray], dtype: str = "float64") -> list[np.ndarray]:
    """The weights after each step."""
    w = np.linspace(-1, 1, len(gs[0])).astype(dtype)
    g = np.zeros_like(w)
    slots = {name: np.full_like(w, optimizer.initial()) for name in optimizer.slots}
    numbers = {name: np.zeros((), w.dtype) for name in optimizer.numbers}
    kernels = Stepper(optimizer, w, g, slots).kernels(numbers)
    found = []
    for number, (each, rate) in enumerate(zip(gs, rates(optimizer.learning_rate), strict=False), 1):
        g[...] = each
        give(numbers, optimizer, rate, number)
        for kernel in kernels:
            kernel()
        found.append(w.copy())
    return found


# ── the published rules ─────────────────────────────────────────────────────────────────────

Rule = Iterator[np.ndarray]


def sgd(o: Any, w: np.ndarray) -> Rule:
    for g, rate in zip(gradients(), rates(o.learning_rate), strict=True):
        w = w - rate * g
        yield w


def momentum(o: Any, w: np.ndarray) -> Rule:
    v = np.zeros_like(w)
    for g, rate in zip(gradients(), rates(o.learning_rate), strict=True):
        v = o.momentum * v - rate * g
        w = w + v
        yield w


def nesterov(o: Any, w: np.ndarray) -> Rule:
    v = np.zeros_like(w)
    for g, rate in zip(gradients(), rates(o.learning_rate), strict=True):
        v = o.momentum * v - rate * g
        w = w + o.momentum * v - rate * g
        yield w


def rmsprop(o: Any, w: np.ndarray) -> Rule:
    v = np.zeros_like(w)
    for g, rate in zip(gradients(), rates(o.learning_rate), strict=True):
        v = o.rho * v + (1 - o.rho) * g**2
        w = w - rate * g / np.sqrt(v + o.epsilon)
        yield w


def adagrad(o: Any, w: np.ndarray) -> Rule:
    v = np.full_like(w, 0.1)
    for g, rate in zip(gradients(), rates(o.learning_rate), strict=True):
        v = v + g**2
        w = w - rate * g / np.sqrt(v + o.epsilon)
        yield w


def adam(o: Any, w: np.ndarray, decay: float = 0.0) -> Rule:
    m, v = np.zeros_like(w), np.zeros_like(w)
    pairs = zip(gradients(), rates(o.learning_rate), strict=True)
    for t, (g, rate) in enumerate(pairs, 1):
        w = w - rate * decay * w
        m = o.beta_1 * m + (1 - o.beta_1) * g
        v = o.beta_2 * v + (1 - o.beta_2) * g**2
        alpha = rate * sqrt(1 - o.beta_2**t) / (1 - o.beta_1**t)
        w = w - alpha * m / (np.sqrt(v) + o.epsilon)
        yield w


def adamw(o: Any, w: np.ndarray) -> Rule:
    return adam(o, w, o.weight_decay)


def nadam(o: Any, w: np.ndarray) -> Rule:
    m, v, product = np.zeros_like(w), np.zeros_like(w), 1.0
    pairs = zip(gradients(), rates(o.learning_rate), strict=True)
    for t, (g, rate) in enumerate(pairs, 1):
        now = o.beta_1 * (1 - 0.5 * 0.96**t)
        later = o.beta_1 * (1 - 0.5 * 0.96 ** (t + 1))
        product *= now
        m = o.beta_1 * m + (1 - o.beta_1) * g
        v = o.beta_2 * v + (1 - o.beta_2) * g**2
        hat = later * m / (1 - product * later) + (1 - now) * g / (1 - product)
        w = w - rate * hat / (np.sqrt(v / (1 - o.beta_2**t)) + o.epsilon)
        yield w


RULES = {
    "sgd": sgd,
    "momentum": momentum,
    "nesterov": nesterov,
    "rmsprop": rmsprop,
    "adagrad": adagrad,
    "adam": adam,
    "adamw": adamw,
    "nadam": nadam,
}
# (class, options) of each in Keras; the rate is set before each step.
KERAS: dict[str, tuple[str, dict[str, Any]]] = {
    "sgd": ("SGD", {}),
    "momentum": ("SGD", {"momentum": 0.9}),
    "nesterov": ("SGD", {"momentum": 0.9, "nesterov": True}),
    "rmsprop": ("RMSprop", {}),
    "adagrad": ("Adagrad", {}),
    "adam": ("Adam", {}),
    "adamw": ("AdamW", {}),
    "nadam": ("Nadam", {}),
}


def test_every_optimizer_has_a_rule() -> None:
    assert set(RULES) == set(KERAS) == set(Optimizer.family)


@pytest.mark.parametrize("kind", RULES)
def test_follows_the_published_rule(kind: str) -> None:
    optimizer = Optimizer.parse(kind)
    expected = RULES[kind](optimizer, np.linspace(-1, 1, SIZE))
    for found, wanted in zip(stepped(optimizer, gradients()), expected, strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("kind", RULES)
def test_single_precision_stays_close(kind: str) -> None:
    optimizer = Optimizer.parse(kind)
    narrow = stepped(optimizer, gradients(), "float32")
    assert narrow[-1].dtype == np.float32
    np.testing.assert_allclose(narrow[-1], stepped(optimizer, gradients())[-1], atol=1e-5)


@pytest.mark.parametrize("kind", RULES)
def test_blocks_change_nothing(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    optimizer = Optimizer.parse(kind)
    draw = np.random.default_rng(1)
    gs = [draw.standard_normal(BLOCK + 17) for _ in range(3)]
    several = stepped(optimizer, gs)[-1]
    monkeypatch.setattr("engine.update.BLOCK", 10**9)
    np.testing.assert_array_equal(several, stepped(optimizer, gs)[-1])


@pytest.mark.parametrize("kind", RULES)
def test_goes_downhill(kind: str) -> None:
    optimizer = Optimizer.parse(kind).edited(learning_rate=0.01)
    w, g = np.array([2.0, -3.0]), np.zeros(2)
    slots = {name: np.full(2, optimizer.initial()) for name in optimizer.slots}
    numbers = {name: np.zeros((), w.dtype) for name in optimizer.numbers}
    kernels = Stepper(optimizer, w, g, slots).kernels(numbers)
    for number in range(1, 200):
        g[...] = 2 * w
        give(numbers, optimizer, 0.01, number)
        for kernel in kernels:
            kernel()
    assert (np.abs(w) < [1.999, 2.999]).all()


def test_slots_with_one_name_mean_one_thing() -> None:
    """What one optimizer leaves is only taken up by another under the same name."""
    velocity = {k for k, each in Optimizer.family.items() if "velocity" in each().slots}  # type: ignore[attr-defined]
    assert velocity == {"momentum", "nesterov"}


def test_nadam_forgets_its_beginning() -> None:
    of_sum, of_g, of_square_sum = Nadam().at(np.array(1.0), np.array(100_000))
    assert of_sum == pytest.approx(0.9 * 0.1)
    assert of_g == pytest.approx(0.1)
    assert of_square_sum == pytest.approx(0.001)


@pytest.mark.parametrize("kind", RULES)
def test_every_optimizer_says_what_it_does(kind: str) -> None:
    optimizer = Optimizer.parse(kind)
    assert optimizer.tip
    assert optimizer.formula


@pytest.mark.interop
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
@pytest.mark.parametrize("kind", KERAS)
def test_is_that_of_keras(kind: str) -> None:
    import keras

    name, options = KERAS[kind]
    optimizer = Optimizer.parse(kind)
    peer = getattr(keras.optimizers, name)(learning_rate=optimizer.learning_rate, **options)
    variable = keras.Variable(np.linspace(-1, 1, SIZE), dtype="float64")
    peer.build([variable])
    steps = zip(
        stepped(optimizer, gradients()), gradients(), rates(optimizer.learning_rate), strict=True
    )
    for found, g, rate in steps:
        peer.learning_rate = rate
        peer.apply([keras.ops.convert_to_tensor(g, dtype="float64")])
        wanted = np.asarray(keras.ops.convert_to_numpy(variable.value), float)
        np.testing.assert_allclose(found, wanted, rtol=1e-6, atol=1e-6 * np.abs(wanted).max())
