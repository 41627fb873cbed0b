"""Gradients, units, updates and activations, beside finite differences and NumPy."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.control import Control, Wanted
from engine.data.dataset import Prepared
from engine.design import Design
from engine.events import Measured
from engine.layers import Add, BatchNormalization, Dense, Dropout, Input
from engine.measuring import measure, measured
from engine.network import Network
from engine.probes import ARRAY_PROBES, ROW_PROBES
from engine.probes.section import Section
from engine.session import Session
from tests.engine.helpers.rows import blobs, noisy_plane
from tests.engine.helpers.streamed import prepared_from, rows_of, write_npy
from tests.engine.helpers.training import (
    finished,
    lively,
    of_kind,
    project_of,
    small,
    train,
)


def session_of(design: Design, prepared: Prepared, **recipe: Any) -> Session:
    return Session(project_of(design, **recipe), prepared, None)


def look(session: Session, probe: str, layer: str = "", setting: Any = None) -> Any:
    probes = ARRAY_PROBES if probe in ARRAY_PROBES else ROW_PROBES
    outputs = session.measure("validation") if probe in ROW_PROBES else None
    (found,) = measured(session, probes, [Wanted(probe, layer, setting)], outputs)
    return found.arrays


def loss(session: Session, vector: np.ndarray) -> float:
    """The mean cross-entropy of all training rows with these weights, by hand."""
    network = Network(session.network.design, session.network.widths[0], seed=0, dtype="float64")
    network.parameters[:] = vector
    rows = session.prepared.rows.train
    shares = network.predict(session.prepared.X[rows])
    return float(-np.log(shares[np.arange(len(rows)), session.prepared.y[rows]]).mean())


def test_norms_and_histogram_are_of_the_last_batch() -> None:
    prepared = blobs(60)
    session = session_of(small(), prepared, batch_size="all", precision="float64")
    assert look(session, "gradients") == {}
    start = session.network.parameters.copy()
    session.begin_epoch()
    session.advance()
    expected = np.zeros_like(start)
    for place in range(start.size):
        ends = []
        for step in (1e-5, -1e-5):
            moved = start.copy()
            moved[place] += step
            ends.append(loss(session, moved))
        expected[place] = (ends[0] - ends[1]) / 2e-5
    found = look(session, "gradients")
    assert found["layers"].tolist() == ["n2", "n3"]
    parts = expected[: 5 * 8], expected[5 * 8 :]
    np.testing.assert_allclose(found["norms"], [np.linalg.norm(p) for p in parts], rtol=1e-5)
    np.testing.assert_allclose(found["sizes"], [np.sqrt(np.mean(p**2)) for p in parts], rtol=1e-5)
    for counts, part in zip(found["counts"], parts, strict=True):
        powers = np.log10(np.abs(part))
        np.testing.assert_array_equal(counts, np.histogram(powers, found["edges"])[0])
    assert found["weights"].tolist() == [40, 27]
    assert found["zeros"].tolist() == [0, 0]


def test_the_gradient_that_flows_through_a_link() -> None:
    prepared = blobs(40)
    session = session_of(small(), prepared, precision="float64", shuffle=False)
    found = look(session, "flow")
    assert found["links"].tolist() == [["n1", "n2"], ["n2", "n3"]]
    assert np.isnan(found["sizes"][0])
    network, rows = session.network, prepared.rows.train
    shares = network.predict(prepared.X[rows].astype(float))
    wrong = shares - np.eye(3)[prepared.y[rows]]
    by_row = np.linalg.norm(wrong @ network.view("n3", "kernel").T, axis=1)
    assert found["sizes"][1] == pytest.approx(by_row.mean(), rel=1e-6)


def test_looking_backward_changes_nothing_of_the_training() -> None:
    plain = finished(train(lively(), blobs(90), epochs=3, batch_size=16)).trained
    wanted = frozenset({Wanted("flow"), Wanted("gradients"), Wanted("units"), Wanted("updates")})
    control = Control(wanted | {Wanted("activations")}, every_time=True)
    seen = finished(train(lively(), blobs(90), control=control, epochs=3, batch_size=16)).trained
    for key, array in plain.weights.items():
        np.testing.assert_array_equal(array, seen.weights[key])


def test_gradients_flow_through_noise_norms_and_branches() -> None:
    design = Design.chain(
        Input(), Dense(6, activation="relu"), BatchNormalization(), Dropout(0.5), Dense(6)
    )
    design = design.add(Add(), name="sum", after=["dense_1", "dense_2"])
    design = design.add(Dense(3, activation="softmax"), name="last", after=["sum"])
    found = look(session_of(design, blobs(80)), "flow")
    assert len(found["sizes"]) == 7
    assert np.isfinite(found["sizes"][1:]).all()
    assert (found["sizes"][1:] > 0).all()


def test_dead_and_saturated_units_are_counted_and_listed() -> None:
    design = Design.chain(
        Input(),
        Dense(5, activation="relu"),
        Dense(4, activation="tanh"),
        Dense(3, activation="sigmoid"),
        Dense(3, activation="softmax"),
    )
    prepared = blobs(90, validation=30)
    session = session_of(design, prepared)
    views = session.network.views
    views["n2", "kernel"][:, [1, 3]] = 0.0
    views["n2", "bias"][[1, 3]] = -1.0
    views["n3", "bias"][2] = 30.0
    views["n4", "bias"][0] = -40.0
    found = look(session, "units")
    assert found["layers"].tolist() == ["n2", "n3", "n4"]
    assert found["kinds"].tolist() == ["relu", "tanh", "sigmoid"]
    assert found["widths"].tolist() == [5, 4, 3]
    outputs = session.network.explain(prepared.X[prepared.rows.validation])
    dead = np.flatnonzero((outputs["n2"] <= 0).all(axis=0))
    assert {1, 3} <= set(dead.tolist())
    np.testing.assert_array_equal(found["idle n2"], dead)
    saturated = np.flatnonzero((np.abs(outputs["n3"]) > 0.96).mean(axis=0) >= 0.98)
    np.testing.assert_array_equal(found["idle n3"], saturated)
    assert 2 in saturated
    assert found["idle n4"].tolist() == [0]
    assert found["idle"].tolist() == [len(dead), len(saturated), 1]


def test_a_sigmoid_that_is_the_output_may_be_sure() -> None:
    session = session_of(small(1, "sigmoid"), blobs(classes=2))
    session.network.views["n3", "bias"][0] = 90.0
    assert look_at_training(session, "units")["layers"].tolist() == ["n2"]


def look_at_training(session: Session, probe: str) -> Any:
    outputs = session.measure("training")
    (found,) = measured(session, ROW_PROBES, [Wanted(probe)], outputs)
    return found.arrays


def test_the_ratio_of_the_last_epochs_update_to_the_weights() -> None:
    prepared = blobs(60)
    wanted = frozenset({Wanted("updates"), Wanted("weights", "n3"), Wanted("weights", "n2")})
    control = Control(wanted, every_time=True)
    events = train(small(), prepared, control=control, epochs=2, batch_size="all")
    after = {
        each.layer: each.arrays for each in of_kind(events, Measured) if each.name == "weights"
    }
    first = [e for e in of_kind(events, Measured) if e.name == "weights" and e.epoch == 1.0]
    before = {each.layer: each.arrays for each in first}
    last = [each for each in of_kind(events, Measured) if each.name == "updates"][-1].arrays
    for place, layer in enumerate(last["layers"]):
        flat = [np.concatenate([a.ravel() for a in d[layer].values()]) for d in (before, after)]
        norm = np.linalg.norm(flat[1])
        assert last["norms"][place] == pytest.approx(norm, rel=1e-5)
        change = np.linalg.norm(flat[1] - flat[0])
        assert last["ratios"][place] == pytest.approx(change / norm, rel=1e-4)
    trained = finished(events).trained
    (left,) = measure(project_of(small()), prepared, trained, [Wanted("updates")])
    assert np.isnan(left.arrays["ratios"]).all()
    np.testing.assert_allclose(left.arrays["norms"], last["norms"])


def test_outputs_are_spread_as_numpy_says() -> None:
    prepared = blobs(400, validation=300)
    session = session_of(small(), prepared)
    found = look(session, "activations")
    outputs = session.network.explain(prepared.X[prepared.rows.validation])
    assert found["layers"].tolist() == list(outputs)
    for place, values in enumerate(outputs.values()):
        assert found["means"][place] == pytest.approx(values.mean(), abs=1e-6)
        assert found["deviations"][place] == pytest.approx(values.std(), rel=1e-5)
        counts, edges = np.histogram(values.astype(float), 48)
        assert found["counts"][place].sum() == values.size
        np.testing.assert_allclose(found["edges"][place], edges, rtol=1e-5, atol=1e-7)
        assert np.abs(found["counts"][place] - counts).sum() <= 4  # at the edges, by rounding


def test_what_one_row_lights_up() -> None:
    session = session_of(small(), blobs(30))
    found = look(session, "lit", setting=7)
    expected = session.network.explain(session.prepared.X[7:8])
    assert found.keys() == expected.keys()
    for layer, values in found.items():
        np.testing.assert_array_equal(values, expected[layer][0])
    assert look(session, "lit", setting=30) == {}
    assert look(session, "lit") == {}


def test_weights_that_are_not_finite_are_measured_all_the_same() -> None:
    session = session_of(small(), noisy_rows := blobs(40, validation=10))
    assert noisy_rows.facts.rows == 40
    session.network.parameters[:] = np.nan
    session.gradients[:] = np.nan
    session.has_gradients = True
    assert np.isnan(look(session, "gradients")["norms"]).all()
    assert look(session, "activations")["counts"].shape == (3, 48)
    assert np.isnan(look(session, "flow")["sizes"]).all()


def test_of_regression_the_flow_is_measured_too() -> None:
    found = look(session_of(small(1, "linear"), noisy_plane()), "flow")
    assert found["sizes"][1] > 0


def test_rows_that_stay_in_their_file_are_looked_at_forward_only(tmp_path: Path) -> None:
    prepared = prepared_from(write_npy(tmp_path, *rows_of()))
    session = session_of(small(len(prepared.facts.classes)), prepared, batch_size=32)
    assert look(session, "flow") == {}
    assert look(session, "lit", setting=3)["n1"].shape == (prepared.facts.width,)
    assert look(session, "activations")["counts"][0].sum() > 0
    found = look(session, "boundary", setting=Section(resolution=8))
    assert found["winner"].shape == (8, 8)
    assert len(found["features"]) == 2
