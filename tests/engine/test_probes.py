"""Measurements beside scikit-learn's, and by hand."""

from collections.abc import Callable

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix

from engine.data.dataset import Prepared
from engine.judging import Judge
from engine.network import Network
from engine.probes import ARRAY_PROBES, ROW_PROBES, Scene
from engine.scores import Scores
from tests.engine.helpers.rows import blobs, noisy_plane
from tests.engine.helpers.training import lively, small

ALL = {**ARRAY_PROBES, **ROW_PROBES}


def scene(prepared: Prepared, network: Network, *, logits: bool = False) -> Scene:
    values = network.predict(prepared.X, logits=logits)
    facts, preprocessing = prepared.facts, prepared.preprocessing
    scale, mean = np.ones(values.shape[1]), np.zeros(values.shape[1])
    judge = Judge(Scores(facts, scale, mean), len(values), logits=logits)
    for rows in np.array_split(np.arange(len(values)), 3):
        judge.add(values[rows], prepared.y[rows], np.zeros(len(rows)))
    found = judge.outputs("validation")
    return Scene(network, facts, preprocessing, found.values, found.truth, logits, found.matrix)


def check_weights() -> None:
    network = Network(lively(), 4)
    arrays = ALL["weights"](scene(blobs(), network), "n4")
    assert set(arrays) == {"gamma", "beta", "moving_mean", "moving_variance"}
    for name, array in arrays.items():
        np.testing.assert_array_equal(array, network.view("n4", name))
        assert not np.shares_memory(array, network.view("n4", name))
    assert ALL["weights"](scene(blobs(), network), "n1") == {}


def check_confusion() -> None:
    for outputs, last, classes in ((3, "softmax", 3), (1, "sigmoid", 2), (2, "softmax", 2)):
        prepared = blobs(classes=classes)
        network = Network(small(outputs, last), 4, seed=2)
        values = network.predict(prepared.X)
        found = values.argmax(axis=1) if outputs > 1 else (values[:, 0] > 0.5).astype(int)
        expected = confusion_matrix(prepared.y, found, labels=range(classes))
        for logits in (False, True):
            seen = scene(prepared, network, logits=logits)
            np.testing.assert_array_equal(ALL["confusion"](seen, "")["matrix"], expected)
    assert ALL["confusion"](scene(noisy_plane(), Network(small(1, "linear"), 3)), "") == {}


def check_predictions() -> None:
    prepared, network = noisy_plane(scale=4.0, mean=10.0), Network(small(1, "linear"), 3)
    found = ALL["predictions"](scene(prepared, network), "")
    np.testing.assert_allclose(found["actual"], prepared.y * 4 + 10, rtol=1e-6)
    np.testing.assert_allclose(found["predicted"], network.predict(prepared.X) * 4 + 10, rtol=1e-6)
    assert ALL["predictions"](scene(blobs(), Network(small(), 4)), "") == {}


def check_boundary() -> None:
    """More of it in test_boundary.py."""
    assert ALL["boundary"](scene(blobs(), Network(small(), 4)), "") == {}


# A new probe needs a line here.
CHECKS: dict[str, Callable[[], None]] = {
    "weights": check_weights,
    "boundary": check_boundary,
    "confusion": check_confusion,
    "predictions": check_predictions,
}


def test_every_probe_has_a_check() -> None:
    assert set(CHECKS) == set(ALL)


@pytest.mark.parametrize("name", CHECKS)
def test_measures(name: str) -> None:
    CHECKS[name]()


@pytest.mark.parametrize("name", sorted(ROW_PROBES))
def test_without_rows_nothing_is_measured(name: str) -> None:
    prepared, network = blobs(), Network(small(), 4)
    assert ROW_PROBES[name](Scene(network, prepared.facts, prepared.preprocessing), "") == {}
