"""A loaded model takes rows as a person has them and answers in the data's own terms."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import engine
from engine import layers
from engine.data.fitted import NumberColumn, Target
from engine.data.preprocessing import Preprocessing
from engine.design import Design
from engine.errors import DataError, GlassworkError
from engine.files import save
from engine.network import Network
from engine.project import Project
from tests.engine.files.models import CLASSES, settled, small_design, small_project, trained_of

COLUMNS = [(0.1, "round"), (0.5, "square"), (-2.0, "round"), (7.0, "oval")]


def table() -> object:
    pandas = pytest.importorskip("pandas")
    names = [f"x{place}" for place in range(3)]
    frame = pandas.DataFrame({name: [value for value, _ in COLUMNS] for name in names})
    frame["shape"] = [shape for _, shape in COLUMNS]
    return frame


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "colours.h5"
    save(path, small_project(), trained_of(small_design()))
    return path


def regression(path: Path, mean: float = 0.0, scale: float = 1.0) -> engine.Model:
    design = Design.chain(layers.Input(), layers.Dense(units=1))
    prepared = Preprocessing((NumberColumn("x"),), Target("y", (), (mean,), (scale,)))
    trained = trained_of(small_design())
    facts = replace(trained.facts, width=1, task="regression", classes=(), targets=1)
    weights = settled(design, 1)
    trained = replace(
        trained, weights=weights, slots={}, best={}, facts=facts, preprocessing=prepared
    )
    save(path, Project(name="prices", design=design), trained)
    return engine.load(path)


def of_classes(classes: tuple[str, ...]) -> engine.Model:
    trained = trained_of(small_design())
    prepared = Preprocessing(trained.preprocessing.columns, Target("colour", classes))
    return engine.Model(small_project(), replace(trained, preprocessing=prepared))


def test_labels_and_probabilities_agree(path: Path) -> None:
    model = engine.load(path)
    labels, shares = model.predict(table()), model.predict_proba(table())
    assert tuple(model.classes) == CLASSES
    assert shares.shape == (4, 3)
    np.testing.assert_allclose(shares.sum(axis=1), 1, atol=1e-6)
    assert list(labels) == [CLASSES[place] for place in shares.argmax(axis=1)]


def test_prepared_rows_are_what_the_network_takes(path: Path) -> None:
    model = engine.load(path)
    prepared = model.prepare(table())
    assert prepared.shape == (4, 5)
    assert prepared.dtype == np.float32
    assert model.trained is not None
    network = Network(model.project.design, 5, weights=model.trained.weights)
    np.testing.assert_array_equal(model.predict_proba(table()), network.predict(prepared))


def test_a_saved_copy_predicts_the_same_bit_for_bit(path: Path) -> None:
    model, copy = engine.load(path), path.with_name("copy.h5")
    model.save(copy)
    again = engine.load(copy)
    np.testing.assert_array_equal(again.predict_proba(table()), model.predict_proba(table()))
    assert again.project == model.project
    assert again.history == model.history
    assert len(model.history) == 2
    assert again.notes == ()


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        (("3", "10", "-1"), np.array([3, 10, -1], np.int64)),
        (("0.5", "1.0", "2.5"), np.array([0.5, 1.0, 2.5])),
        (("01", "2", "3"), np.array(["01", "2", "3"], object)),
    ],
)
def test_classes_are_numbers_where_all_are(classes: tuple[str, ...], expected: np.ndarray) -> None:
    model = of_classes(classes)
    assert model.classes.dtype == expected.dtype
    assert list(model.classes) == list(expected)
    assert model.predict(table()).dtype == expected.dtype


def test_values_come_in_their_own_units(path: Path) -> None:
    X = np.array([[1.0], [2.0]])
    plain = regression(path).predict(X)
    scaled = regression(path, mean=100.0, scale=10.0).predict(X)
    np.testing.assert_allclose(scaled, plain * 10 + 100, rtol=1e-6)
    assert plain.shape == (2,)


def test_values_have_no_probabilities(path: Path) -> None:
    with pytest.raises(GlassworkError, match="prices predicts values"):
        regression(path).predict_proba([[1.0]])


def test_rows_of_the_wrong_width_are_said(path: Path) -> None:
    with pytest.raises(DataError):
        engine.load(path).predict(np.zeros((2, 9)))


def test_a_project_that_was_not_trained_says_so(path: Path) -> None:
    save(path, small_project())
    model = engine.load(path)
    assert model.trained is None
    assert model.history == ()
    for ask in (model.predict, model.predict_proba, model.prepare):
        with pytest.raises(GlassworkError, match="colours has not been trained yet"):
            ask(table())
