"""Histograms of weights, and how they spread over time, beside NumPy."""

import numpy as np
import pytest

from engine.network import Network
from engine.probes import ARRAY_PROBES, Scene
from engine.spread_history import MOST, SpreadHistory
from tests.engine.helpers.rows import blobs
from tests.engine.helpers.training import small


def test_the_histogram_is_numpys() -> None:
    prepared, network = blobs(), Network(small(), 4, seed=3)
    scene = Scene(network, prepared.facts, prepared.preprocessing, setting="kernel")
    found = ARRAY_PROBES["spread"](scene, "n2")
    counts, edges = np.histogram(network.view("n2", "kernel").astype(float), 60)
    np.testing.assert_array_equal(found["counts"], counts)
    np.testing.assert_allclose(found["edges"], edges)
    assert ARRAY_PROBES["spread"](scene, "n1") == {}
    network.view("n2", "kernel")[...] = np.nan
    assert ARRAY_PROBES["spread"](scene, "n2")["counts"].sum() == 0


def test_a_picture_brings_all_histograms_onto_the_same_bins() -> None:
    draw = np.random.default_rng(0)
    history = SpreadHistory()
    samples = [draw.normal(0, width, 20_000) for width in (0.5, 1.0, 2.0)]
    for time, values in enumerate(samples):
        history.add(float(time), *np.histogram(values, 60))
    times, values, shares = history.picture(9, 20)
    assert (times[0], times[-1], shares.shape) == (0.0, 2.0, (20, 9))
    np.testing.assert_allclose(shares.sum(axis=0), 1.0)
    step = values[1] - values[0]
    edges = np.concatenate(([values[0] - step / 2], values + step / 2))
    for column, sample in ((0, samples[0]), (5, samples[1]), (8, samples[2])):
        expected = np.histogram(sample, edges)[0] / len(sample)
        np.testing.assert_allclose(shares[:, column], expected, atol=0.02)


def test_the_same_time_is_replaced_and_an_earlier_one_begins_anew() -> None:
    history = SpreadHistory()
    edges = np.array([0.0, 1.0, 2.0])
    for time in (1.0, 2.0, 2.0):
        history.add(time, np.array([1, 1]), edges)
    assert len(history) == 2
    history.add(0.5, np.array([3, 1]), edges)
    assert len(history) == 1
    assert history.picture(2, 2)[2][:, 0] == pytest.approx([0.75, 0.25])
    for time in range(1, 3 * MOST):
        history.add(float(time), np.array([1, 1]), edges)
    assert len(history) <= MOST


def test_bins_that_are_always_empty_are_left_out_at_both_ends() -> None:
    history, edges = SpreadHistory(), np.arange(11.0)
    history.add(0.0, np.array([0, 0, 0, 2, 0, 2, 0, 0, 0, 0]), edges)
    history.add(1.0, np.array([0, 0, 0, 0, 0, 0, 1, 0, 0, 0]), edges)
    _, values, shares = history.picture(2, 4)
    np.testing.assert_allclose(values, [3.5, 4.5, 5.5, 6.5])
    np.testing.assert_allclose(shares.T, [[0.5, 0.0, 0.5, 0.0], [0.0, 0.0, 0.0, 1.0]])


def test_a_single_histogram_stands_for_an_epoch() -> None:
    history = SpreadHistory()
    history.add(9.0, np.array([1, 3]), np.array([0.0, 1.0, 2.0]))
    times, _, shares = history.picture(3, 2)
    assert times.tolist() == [9.0, 9.5, 10.0]
    np.testing.assert_allclose(shares, [[0.25] * 3, [0.75] * 3])
