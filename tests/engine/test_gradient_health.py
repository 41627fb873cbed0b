"""Gradients that vanish or explode are named, and no others."""

import numpy as np
import pytest

from engine.gradient_health import Finding, findings

LAYERS = ("first", "middle", "last")


def steady(*sizes: float, times: int = 10) -> np.ndarray:
    draw = np.random.default_rng(0)
    return np.array([sizes]) * draw.uniform(0.7, 1.4, (times, len(sizes)))


def test_healthy_gradients_are_not_named() -> None:
    assert findings(LAYERS, steady(0.01, 0.03, 0.1)) == ()
    assert findings(LAYERS, steady(1e-9, 1e-9, 1e-9)) == ()
    assert findings(LAYERS, np.zeros((10, 3))) == ()
    assert findings(LAYERS, np.empty((0, 3))) == ()


def test_vanishing_is_named_with_how_much_smaller() -> None:
    (found,) = findings(LAYERS, steady(1e-7, 1e-4, 1e-1))
    assert (found.kind, found.layer, found.other) == ("vanishing", "first", "last")
    assert found.times == pytest.approx(1e6, rel=0.6)
    assert found.measurements == 5


def test_one_batch_or_too_few_say_nothing() -> None:
    sizes = steady(1e-7, 1e-4, 1e-1)
    assert findings(LAYERS, sizes[:4]) == ()
    sizes[-2, 0] = 1e-2
    assert findings(LAYERS, sizes) == ()


def test_small_gradients_behind_the_largest_are_no_vanishing() -> None:
    assert findings(LAYERS, steady(1e-1, 1e-4, 1e-7)) == ()


def test_exploding_is_named_against_what_was_usual() -> None:
    sizes = steady(0.01, 0.01, 0.01, times=12)
    sizes[7:, 1] *= 1000
    assert findings(LAYERS, sizes[:11]) == ()
    (found,) = findings(LAYERS, sizes)
    assert (found.kind, found.layer, found.other) == ("exploding", "middle", "")
    assert 300 < found.times < 2000


def test_gradients_that_are_not_finite_have_exploded_at_once() -> None:
    sizes = steady(0.01, 0.01, 0.01, times=2)
    sizes[-1, 1] = np.nan
    assert findings(LAYERS, sizes) == (Finding("exploding", "middle", np.inf, 1),)


def test_a_single_layer_cannot_vanish_but_explode() -> None:
    sizes = steady(0.01, times=12)
    assert findings(("only",), sizes) == ()
    sizes[7:] *= 1000
    assert [each.layer for each in findings(("only",), sizes)] == ["only"]
