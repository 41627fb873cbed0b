"""Sections through the space of the data, beside predictions of rows made by hand."""

from importlib import import_module
from typing import Any

import numpy as np
import pytest

from engine import data
from engine.data.dataset import Dataset, Prepared, Table
from engine.design import Design
from engine.layers import Dense, Input
from engine.network import Network
from engine.probes import ARRAY_PROBES, Scene
from engine.probes.section import Section, axis_of, spread_of, telling
from engine.project import Project
from tests.engine.helpers.rows import blobs, noisy_plane, of_classes, of_numbers
from tests.engine.helpers.training import small


def look(prepared: Prepared, network: Network, section: Section | None = None) -> Any:
    scene = Scene(
        network, prepared.facts, prepared.preprocessing, prepared=prepared, setting=section
    )
    return ARRAY_PROBES["boundary"](scene, "")


def flats() -> Prepared:
    """A table with two numbers and a category between them."""
    draw = np.random.default_rng(3)
    area, age = draw.uniform(20, 120, 60), draw.uniform(0, 50, 60)
    kind = np.array([("old", "new", "new")[place % 3] for place in range(60)], dtype=object)
    table = Table(("area", "kind", "age"), (area, kind, age))
    dataset = Dataset("flats", table, 5 * area - age + 30.0, "rent")
    return data.prepare(dataset, data.recipe_of(Project()))


def test_the_winner_over_two_features_with_the_others_at_their_mean() -> None:
    prepared, network = blobs(120, validation=20), Network(small(), 4, seed=1)
    found = look(prepared, network, Section(("x2", "x0"), resolution=9))
    assert found["features"].tolist() == ["x2", "x0"]
    assert found["values"].shape == found["winner"].shape == (9, 9)
    rows = np.tile(prepared.X[prepared.rows.train].mean(axis=0), (81, 1))
    rows[:, 2], rows[:, 0] = np.tile(found["x"], 9), np.repeat(found["y"], 9)
    shares = network.predict(rows.astype(np.float32))
    np.testing.assert_array_equal(found["winner"].ravel(), shares.argmax(axis=1))
    np.testing.assert_allclose(found["values"].ravel(), shares.max(axis=1), rtol=1e-5)
    seen = np.concatenate((prepared.rows.train, prepared.rows.validation))
    assert found["x"][0] < prepared.X[seen, 2].min() < prepared.X[seen, 2].max() < found["x"][-1]


def test_the_others_can_be_held_at_a_row_and_one_class_looked_at() -> None:
    prepared, network = blobs(60), Network(small(), 4, seed=1)
    found = look(prepared, network, Section(("x0", "x1"), row=7, output=2, resolution=5))
    rows = np.tile(prepared.X[7], (25, 1))
    rows[:, 0], rows[:, 1] = np.tile(found["x"], 5), np.repeat(found["y"], 5)
    expected = network.predict(rows)[:, 2].reshape(5, 5)
    np.testing.assert_allclose(found["values"], expected, rtol=1e-5)
    assert "winner" not in found
    np.testing.assert_array_equal(found["truth"], prepared.y[found["row"]] == 2)


def test_one_sigmoid_stands_for_two_classes() -> None:
    prepared, network = blobs(60, classes=2), Network(small(1, "sigmoid"), 4, seed=1)
    found = look(prepared, network, Section(("x0", "x1"), resolution=5))
    second = look(prepared, network, Section(("x0", "x1"), output=1, resolution=5))["values"]
    np.testing.assert_array_equal(found["winner"], second > 0.5)
    np.testing.assert_allclose(found["values"], np.maximum(second, 1 - second), rtol=1e-6)


def test_axes_are_in_the_columns_own_units_and_categories_are_places() -> None:
    prepared = flats()
    network = Network(small(1, "linear"), prepared.facts.width, seed=1)
    found = look(prepared, network, Section(("area", "kind"), resolution=11))
    assert found["names"].tolist() == ["area", "kind", "age"]
    assert found["values"].shape == (2, 11)
    assert found["y_categories"].tolist() == ["new", "old"]
    raw = Table(
        ("area", "kind", "age"),
        (
            np.tile(found["x"], 2),
            np.repeat(np.array(["new", "old"], dtype=object), 11),
            np.full(22, mean_age(prepared)),
        ),
    )
    X, _ = prepared.preprocessing.transform(raw)
    expected = prepared.preprocessing.decode(network.predict(X)).reshape(2, 11)
    np.testing.assert_allclose(found["values"], expected, rtol=1e-4)


def mean_age(prepared: Prepared) -> float:
    return float(prepared.dataset.features.column("age")[prepared.rows.train].mean())


def test_categories_that_are_held_are_the_most_frequent() -> None:
    prepared = flats()
    network = Network(small(1, "linear"), prepared.facts.width, seed=1)
    found = look(prepared, network, Section(("area", "age"), resolution=4))
    raw = Table(
        ("area", "kind", "age"),
        (
            np.tile(found["x"], 4),
            np.full(16, "new", dtype=object),
            np.repeat(found["y"], 4),
        ),
    )
    X, _ = prepared.preprocessing.transform(raw)
    expected = prepared.preprocessing.decode(network.predict(X)).reshape(4, 4)
    np.testing.assert_allclose(found["values"], expected, rtol=1e-4)


def test_points_are_training_and_validation_rows_and_never_test_rows() -> None:
    prepared = flats()
    network = Network(small(1, "linear"), prepared.facts.width)
    found = look(prepared, network, Section(("area", "kind")))
    rows = prepared.rows
    assert found["row"].tolist() == [*rows.train, *rows.validation]
    assert found["validation"].sum() == len(rows.validation)
    table = prepared.dataset.features
    np.testing.assert_allclose(found["points"][:, 0], table.column("area")[found["row"]], rtol=1e-5)
    assert [("new", "old")[int(place)] for place in found["points"][:, 1]] == list(
        table.column("kind")[found["row"]]
    )
    assert prepared.dataset.target is not None
    np.testing.assert_allclose(found["truth"], prepared.dataset.target[found["row"]], rtol=1e-5)


def test_of_one_feature_it_is_a_curve_with_points_at_what_is_true() -> None:
    draw = np.random.default_rng(0)
    x = draw.normal(size=(50, 1))
    prepared = of_numbers(x, x[:, 0] ** 2, scale=3.0, mean=1.0)
    design = Design.chain(Input(), Dense(4, activation="tanh"), Dense(1))
    network = Network(design, 1, seed=2)
    found = look(prepared, network)
    assert found["features"].tolist() == ["x0"]
    expected = network.predict(found["x"][:, None].astype(np.float32)) * 3 + 1
    np.testing.assert_allclose(found["values"], expected.T, rtol=1e-5)
    np.testing.assert_allclose(found["points"][:, 1], prepared.y[:, 0] * 3 + 1, rtol=1e-5)


def test_without_a_choice_it_takes_the_columns_that_tell_most() -> None:
    draw = np.random.default_rng(0)
    X = draw.normal(size=(200, 5))
    prepared = of_numbers(X, 3 * X[:, 3] - 2 * X[:, 1] + 0.1 * X[:, 0])
    assert telling(prepared) == ("x1", "x3")
    assert telling(flats()) == ("area", "age")
    network = Network(small(1, "linear"), 5)
    assert look(prepared, network)["features"].tolist() == ["x1", "x3"]
    X[:, 2] = 1.0
    assert "x2" not in telling(of_numbers(X, X[:, 0]))


@pytest.mark.parametrize("features", [("gone", "x1"), ("x1", "x1")])
def test_columns_that_are_gone_or_named_twice_leave_a_curve(features: tuple[str, str]) -> None:
    prepared, network = noisy_plane(), Network(small(1, "linear"), 3)
    assert look(prepared, network, Section(features))["features"].tolist() == ["x1"]


def test_very_wide_rows_are_looked_at_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    prepared, network = blobs(60), Network(small(), 4, seed=1)
    whole = look(prepared, network, Section(("x0", "x1"), resolution=20))
    monkeypatch.setattr(import_module("engine.probes.boundary"), "BLOCK_NUMBERS", 200)
    parts = look(prepared, network, Section(("x0", "x1"), resolution=20))
    np.testing.assert_allclose(whole["values"], parts["values"], rtol=1e-5)


def test_classes_tell_by_the_share_of_variance_that_they_explain() -> None:
    draw = np.random.default_rng(0)
    y = draw.integers(0, 3, 300)
    X = draw.normal(size=(300, 4))
    X[:, 1] += 2 * y
    X[:, 3] -= 3 * (y == 1)
    assert telling(of_classes(X, y)) == ("x1", "x3")
    prepared = blobs(30)
    spread = spread_of(prepared, {})
    with pytest.raises(KeyError):
        axis_of(prepared, spread, "gone", 5)
