"""Measurements beside scikit-learn's, and by hand."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix, log_loss, roc_auc_score

from engine.data.dataset import Prepared
from engine.data.fitted import CategoryColumn, NumberColumn, Target
from engine.data.preprocessing import Preprocessing
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
    found = judge.outputs("validation", np.arange(len(values)), len(values))
    return Scene(
        network,
        facts,
        preprocessing,
        found.values,
        found.truth,
        logits,
        found.matrix,
        rows=found.rows,
        total=found.total,
    )


def check_weights() -> None:
    network = Network(lively(), 4)
    arrays = ALL["weights"](scene(blobs(), network), "n4")
    assert set(arrays) == {"gamma", "beta", "moving_mean", "moving_variance"}
    for name, array in arrays.items():
        np.testing.assert_array_equal(array, network.view("n4", name))
        assert not np.shares_memory(array, network.view("n4", name))
    assert ALL["weights"](scene(blobs(), network), "n1") == {}


def check_judgement() -> None:
    for outputs, last, classes in ((3, "softmax", 3), (1, "sigmoid", 2), (2, "softmax", 2)):
        prepared = blobs(classes=classes)
        network = Network(small(outputs, last), 4, seed=2)
        probabilities = prepared.preprocessing.probabilities(network.predict(prepared.X))
        expected = confusion_matrix(prepared.y, probabilities.argmax(axis=1), labels=range(classes))
        for logits in (False, True):
            found = ALL["judgement"](scene(prepared, network, logits=logits), "")
            np.testing.assert_array_equal(found["matrix"], expected)
            np.testing.assert_allclose(found["outputs"], probabilities, atol=1e-6)
            np.testing.assert_array_equal(found["truth"], prepared.y)
            np.testing.assert_array_equal(found["rows"], np.arange(120))
    seen = scene(prepared, network)
    few = ALL["judgement"](replace(seen, most=50), "")
    np.testing.assert_array_equal(few["rows"], np.arange(120)[::3])
    np.testing.assert_array_equal(few["truth"], prepared.y[::3])
    assert (few["total"], few["matrix"].sum()) == (120, 120)
    prepared, network = noisy_plane(scale=4.0, mean=10.0), Network(small(1, "linear"), 3)
    found = ALL["judgement"](scene(prepared, network), "")
    np.testing.assert_allclose(found["truth"], prepared.y * 4 + 10, rtol=1e-6)
    np.testing.assert_allclose(found["outputs"], network.predict(prepared.X) * 4 + 10, rtol=1e-6)


def check_scores() -> None:
    """More of it in tests/engine/judgement."""
    prepared, network = blobs(), Network(small(), 4, seed=2)
    probabilities = network.predict(prepared.X)
    found = ALL["scores"](scene(prepared, network), "")
    for each, area in enumerate(found["areas"]):
        assert area == pytest.approx(roc_auc_score(prepared.y == each, probabilities[:, each]))
    assert found["log_loss"] == pytest.approx(log_loss(prepared.y, probabilities), rel=1e-5)
    assert found["matrix"].sum() == 120
    np.testing.assert_array_equal(found["counted"], [120, 120])
    assert ALL["scores"](scene(noisy_plane(), Network(small(1, "linear"), 3)), "") == {}


def check_feature() -> None:
    prepared, network = noisy_plane(), Network(small(1, "linear"), 3)
    columns = (NumberColumn("x0", 0.0, 5.0, 2.0), CategoryColumn("c", ("a", "b")))
    prepared.X[:, 1:] = [[0, 1]] * 79 + [[0, 0]]
    fitted = Preprocessing(columns, Target("y", mean=(0.0,), scale=(1.0,)))
    made = replace(scene(prepared, network), preprocessing=fitted, prepared=prepared)
    found = ALL["feature"](made, "x0")
    np.testing.assert_allclose(found["values"], prepared.X[:, 0] * 2 + 5, rtol=1e-6)
    np.testing.assert_allclose(found["truth"], prepared.y, rtol=1e-6)
    assert ALL["feature"](made, "c")["values"].tolist() == [1.0] * 79 + [-1.0]
    assert ALL["feature"](made, "gone") == {}


def check_afresh() -> None:
    """More of it, and of the next two, in test_curve_probes.py."""
    seen = replace(scene(blobs(), Network(small(), 4)), figures={"loss": 0.5})
    assert ALL["afresh"](seen, "") == {"loss": 0.5, "counted": 120, "total": 120}


def nothing_without_rows(name: str) -> Callable[[], None]:
    """Of probes with a file of tests of their own."""

    def check() -> None:
        assert ALL[name](scene(blobs(), Network(small(), 4)), "") == {}

    return check


# A new probe needs a line here.
CHECKS: dict[str, Callable[[], None]] = {
    "weights": check_weights,
    "judgement": check_judgement,
    "scores": check_scores,
    "feature": check_feature,
    "afresh": check_afresh,
    **{
        name: nothing_without_rows(name)
        for name in (
            *("boundary", "gradients", "flow", "units"),
            *("updates", "activations", "lit", "spread", "penalty", "gradient_norm"),
        )
    },
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
