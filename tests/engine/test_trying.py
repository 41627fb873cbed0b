"""Rows of a person's own making: the fields they are set in, and what comes of them."""

from pathlib import Path

import numpy as np
import pytest

import engine
from engine import data
from engine.data.dataset import Dataset, Prepared, Table
from engine.data.fitted import NumberColumn, Target
from engine.data.preprocessing import Preprocessing
from engine.data.recipe import DataRecipe
from engine.data.sources.given import Given
from engine.predictions import Predictor
from engine.project import Project, Trained
from engine.trainer import Trainer
from engine.trying import (
    ChoiceField,
    NumberField,
    actual_of,
    fields_of,
    part_of,
    row_of,
    table_of,
)


@pytest.fixture(scope="module")
def table() -> Dataset:
    """Ages with a gap, a weight, and a colour that decides."""
    draw = np.random.default_rng(0)
    age = draw.integers(18, 80, 60).astype(float)
    age[3] = np.nan
    weight = draw.normal(70, 10, 60)
    colour = draw.choice(["blue", "red"], 60).astype(object)
    colour[5] = None
    target = np.where(draw.random(60) < 0.5, "no", "yes").astype(object)
    names = ("age", "weight", "colour")
    return Dataset("people", Table(names, (age, weight, colour)), target, "answer")


@pytest.fixture(scope="module")
def prepared(table: Dataset) -> Prepared:
    return data.prepare(table, DataRecipe(source=Given(), target="answer"))


def test_each_column_is_a_field_with_the_range_of_the_data(prepared: Prepared) -> None:
    age, weight, colour = fields_of(prepared.preprocessing, prepared.dataset)
    values = prepared.dataset.features
    assert isinstance(age, NumberField)
    assert age.whole
    assert (age.low, age.high) == (np.nanmin(values.column("age")), np.nanmax(values.column("age")))
    assert isinstance(weight, NumberField)
    assert not weight.whole
    assert weight.low <= weight.start <= weight.high
    assert isinstance(colour, ChoiceField)
    assert colour.choices == ("blue", "red")
    assert colour.start in colour.choices


def test_without_the_rows_ranges_are_what_scaling_knows(prepared: Prepared) -> None:
    age, *_ = fields_of(prepared.preprocessing, None)
    fitted = prepared.preprocessing.used[0]
    assert isinstance(age, NumberField)
    assert isinstance(fitted, NumberColumn)
    assert (age.low + age.high) / 2 == pytest.approx(fitted.shift)
    assert age.high - age.low == pytest.approx(6 * fitted.scale)


def test_a_constant_column_can_be_moved_all_the_same() -> None:
    rows = Table(("x", "z"), (np.full(20, 2.0), np.arange(20.0)))
    known = data.prepare(
        Dataset("x", rows, np.arange(20.0), "y"), DataRecipe(source=Given(), task="regression")
    )
    first = fields_of(known.preprocessing, known.dataset)[0]
    assert isinstance(first, NumberField)
    assert first.low == 2.0
    assert first.high > first.low


def test_a_row_comes_back_as_it_was_prepared(prepared: Prepared) -> None:
    for row in (0, 3, 5, 59):
        cells = row_of(prepared.dataset, prepared.preprocessing, row)
        found, _ = prepared.preprocessing.transform(table_of(prepared.preprocessing, cells))
        np.testing.assert_array_equal(found[0], prepared.X[np.array([row])][0])
    assert row_of(prepared.dataset, prepared.preprocessing, 3)[0] is None


def test_every_row_has_its_part_and_its_truth(prepared: Prepared, table: Dataset) -> None:
    parts = [part_of(prepared, row) for row in range(60)]
    assert [parts.count(each) for each in ("training", "validation", "test")] == list(
        prepared.facts.split
    )
    assert table.target is not None
    assert [actual_of(prepared, row) for row in range(60)] == list(table.target)


def trained(name: str) -> tuple[Project, Prepared, Trained]:
    project = engine.new(name)
    project = project.edited(training=project.training.edited(epochs=2))
    trainer = Trainer(project)
    end = list(trainer.run())[-1]
    return project, trainer.prepared, end.trained  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["digits", "diabetes"])
def test_it_predicts_what_the_model_predicts_of_the_same_row(name: str) -> None:
    project, rows, end = trained(name)
    predictor = Predictor(project, end)
    everything = predictor(rows.dataset.features)
    for row in (0, 17):
        cells = row_of(rows.dataset, end.preprocessing, row)
        found = predictor(table_of(end.preprocessing, cells))
        assert found.values[0] == pytest.approx(everything.values[row])
        np.testing.assert_allclose(
            found.probabilities[0], everything.probabilities[row], rtol=1e-4, atol=1e-6
        )


def test_a_regressions_truth_is_in_its_own_units() -> None:
    _, rows, _ = trained("diabetes")
    assert rows.dataset.target is not None
    assert actual_of(rows, 7) == pytest.approx(float(rows.dataset.target[7]), rel=1e-5)


def test_labels_are_listed_and_several_numbers_have_no_single_truth() -> None:
    draw = np.random.default_rng(0)
    X, both = draw.normal(size=(30, 2)), draw.normal(size=(30, 2))
    labels = (both > 0).astype(float)
    names = ("a", "b")
    for target, row, said in ((labels, None, None), (both, 0, None)):
        rows = data.prepare(
            Dataset("t", Table(names, tuple(X.T)), target, "y"), DataRecipe(source=Given())
        )
        if row is None:
            assert rows.facts.task == "multilabel"
            both_there = int(np.argmax(labels.sum(axis=1) == 2))
            assert actual_of(rows, both_there) == "y_1, y_2"
            assert actual_of(rows, int(np.argmax(labels.sum(axis=1) == 0))) == "none"
        else:
            assert actual_of(rows, row) is said


def test_rows_of_a_streamed_file_are_read_where_they_lie(tmp_path: Path) -> None:
    draw = np.random.default_rng(0)
    X, y = draw.random((300, 3)).astype(np.float32), draw.random(300).astype(np.float32)
    np.save(tmp_path / "x.npy", X)
    np.save(tmp_path / "y.npy", y)
    recipe = data.recipe_for_file(tmp_path / "x.npy", str(tmp_path / "y.npy"))
    rows = data.prepare(data.load_dataset(recipe, tmp_path), recipe)
    cells = row_of(rows.dataset, rows.preprocessing, 290)
    assert cells == tuple(float(value) for value in X[290])


def test_a_column_of_numbers_written_as_text_has_the_range_that_scaling_knows() -> None:
    number = NumberColumn("n", 1.0, 1.0, 2.0)
    known = Preprocessing((number,), Target("y", mean=(0.0,), scale=(1.0,)))
    for values in (np.array(["1", "3"], object), np.array([np.nan, np.nan])):
        rows = Dataset("t", Table(("n",), (values,)), None, "y")
        assert fields_of(known, rows) == (NumberField("n", -5.0, 7.0, 1.0),)
