"""Preparing rows: against scikit-learn's transformers, and back from plain arrays bit for bit."""

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, StandardScaler

from engine.data import Column, DataRecipe, Dataset, Preprocessing, SplitRecipe, Table, prepare
from engine.data.sources import Given
from engine.errors import DataError

ROWS = 60


def mixed() -> Dataset:
    """Two columns of numbers with gaps, one of categories with gaps, one that is not used."""
    generator = np.random.default_rng(3)
    a, b = generator.normal(50, 9, ROWS), generator.exponential(2.0, ROWS).round(1)
    a[::7], b[3::11] = np.nan, np.nan
    colour = generator.choice(np.array(["red", "green", "blue"], dtype=object), ROWS)
    colour[5::13] = None
    name = np.array([f"row {n}" for n in range(ROWS)], dtype=object)
    target = np.where(np.arange(ROWS) % 3 == 0, "yes", "no").astype(object)
    table = Table(("a", "colour", "name", "b"), (a, colour, name, b))
    return Dataset("mixed", table, target, "bought")


def recipe(**fields: Any) -> DataRecipe:
    return DataRecipe(source=Given(), **fields)


def frame(dataset: Dataset) -> pd.DataFrame:
    columns = zip(dataset.features.names, dataset.features.columns, strict=True)
    return pd.DataFrame(dict(columns))


@pytest.mark.parametrize(
    ("missing", "strategy"),
    [("mean", "mean"), ("median", "median"), ("most_frequent", "most_frequent")],
)
@pytest.mark.parametrize("scaling", ["standard", "minmax", "none"])
def test_numbers_are_filled_and_scaled_as_scikit_learn_does(
    missing: str, strategy: str, scaling: str
) -> None:
    dataset = mixed()
    columns = tuple(
        Column.model_validate({"name": name, "missing": missing, "scaling": scaling})
        for name in ("a", "b")
    )
    prepared = prepare(dataset, recipe(columns=columns))
    raw = np.stack([dataset.features.column("a"), dataset.features.column("b")], axis=1)
    imputer = SimpleImputer(strategy=strategy).fit(raw[prepared.rows.train])
    filled = np.asarray(imputer.transform(raw))
    if scaling != "none":
        scaler = StandardScaler() if scaling == "standard" else MinMaxScaler()
        filled = np.asarray(scaler.fit(filled[prepared.rows.train]).transform(filled))
    found = prepared.X[:, [0, prepared.facts.width - 1]]
    np.testing.assert_allclose(found, filled, rtol=1e-5, atol=1e-6)


def test_categories_are_one_hot_as_scikit_learn_does() -> None:
    dataset = mixed()
    column = Column(name="colour", kind="category", missing="zero")
    prepared = prepare(dataset, recipe(columns=(column,)))
    present = np.array([value is not None for value in dataset.features.column("colour")])
    values = dataset.features.column("colour")[present][:, None]
    expected = np.asarray(OneHotEncoder(sparse_output=False).fit_transform(values))
    np.testing.assert_array_equal(prepared.X[present][:, 1:4], expected)
    assert not prepared.X[~present][:, 1:4].any()
    assert prepared.facts.feature_names == ("a", "colour=blue", "colour=green", "colour=red", "b")


def test_nothing_is_learned_from_the_rows_held_back() -> None:
    dataset = mixed()
    before = prepare(dataset, recipe())
    a = dataset.features.columns[0].copy()
    a[before.rows.test] = 1e6
    table = Table(dataset.features.names, (a, *dataset.features.columns[1:]))
    after = prepare(Dataset("mixed", table, dataset.target, "bought"), recipe())
    assert after.preprocessing == before.preprocessing
    np.testing.assert_array_equal(after.X[before.rows.train], before.X[before.rows.train])


def test_comes_back_from_json_and_plain_arrays_bit_for_bit() -> None:
    prepared = prepare(mixed(), recipe())
    spec, arrays = prepared.preprocessing.to_arrays()
    assert all(array.dtype == np.float64 for array in arrays.values())
    again = Preprocessing.from_arrays(json.loads(json.dumps(spec)), arrays)
    assert again == prepared.preprocessing
    np.testing.assert_array_equal(again.transform(mixed().features)[0], prepared.X)


@pytest.mark.parametrize("damage", ["figure", "column", "kind", "fill", "target"])
def test_damaged_arrays_are_refused(damage: str) -> None:
    spec, arrays = prepare(mixed(), recipe()).preprocessing.to_arrays()
    match damage:
        case "figure":
            arrays["scale"] = arrays["scale"][:-1]
        case "column":
            spec["columns"] = spec["columns"][:-1]
        case "kind":
            spec["columns"][0]["kind"] = "code"
        case "fill":
            spec["columns"][1]["fill"] = "mauve"
        case _:
            del spec["target"]
    with pytest.raises(DataError, match="damaged"):
        Preprocessing.from_arrays(spec, arrays)


def test_tables_frames_and_arrays_give_the_same_rows() -> None:
    dataset = mixed()
    prepared = prepare(dataset, recipe())
    table = frame(dataset)
    shuffled = table[["b", "name", "a", "colour"]].assign(more=1)
    for rows in (dataset.features, table, shuffled, table[["a", "colour", "b"]].to_numpy()):
        found, _ = prepared.preprocessing.transform(rows)
        assert found.dtype == np.float32
        assert found.flags.c_contiguous
        np.testing.assert_array_equal(found, prepared.X)
    np.testing.assert_array_equal(
        prepared.preprocessing.transform(table.to_numpy(object))[0], prepared.X
    )


def test_new_rows_are_noted_where_they_are_unlike_the_old() -> None:
    preprocessing = prepare(mixed(), recipe()).preprocessing
    new = pd.DataFrame({"a": [50.0, None], "b": [1, 2], "colour": ["mauve", "red"]})
    found, notes = preprocessing.transform(new)
    assert not found[0, 1:4].any()
    assert found[1, 1:4].tolist() == [0, 0, 1]
    assert any("a: 1 missing" in note for note in notes)
    assert any("1 unknown" in note and "'mauve'" in note for note in notes)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (pd.DataFrame({"a": [1.0], "b": [2.0]}), "no column 'colour'"),
        (np.zeros((2, 7)), "7 columns, but training used 3"),
        (np.zeros(3), "1 dimensions"),
        (pd.DataFrame({"a": ["x"], "b": [2.0], "colour": ["red"]}), "row 1, column a: 'x'"),
        (pd.DataFrame({"a": [np.inf], "b": [2.0], "colour": ["red"]}), "row 1, column a"),
    ],
)
def test_rows_that_do_not_fit_are_refused(rows: Any, words: str) -> None:
    preprocessing = prepare(mixed(), recipe()).preprocessing
    with pytest.raises(DataError, match=words):
        preprocessing.transform(rows)


def test_classes_are_in_natural_order_and_decode() -> None:
    target = np.array([10.0, 9.0, 2.0] * 20)
    dataset = Dataset("n", Table(("x",), (np.arange(60.0),)), target, "t")
    prepared = prepare(dataset, recipe(task="classification"))
    assert prepared.facts.classes == ("2", "9", "10")
    assert prepared.y[:3].tolist() == [2, 1, 0]
    outputs = np.eye(3, dtype=np.float32)[prepared.y]
    assert prepared.preprocessing.decode(outputs)[:3].tolist() == ["10", "9", "2"]


def test_one_sigmoid_output_stands_for_two_classes() -> None:
    preprocessing = prepare(mixed(), recipe()).preprocessing
    outputs = np.array([[0.9], [0.2]])
    np.testing.assert_allclose(preprocessing.probabilities(outputs), [[0.1, 0.9], [0.8, 0.2]])
    assert preprocessing.decode(outputs).tolist() == ["yes", "no"]


@pytest.mark.parametrize("targets", [1, 3])
def test_values_are_standardised_and_come_back(targets: int) -> None:
    values = np.random.default_rng(0).normal(100, 20, (50, targets))
    table = Table(("x",), (np.arange(50.0),))
    target = values[:, 0] if targets == 1 else values
    prepared = prepare(Dataset("v", table, target, "t"), recipe())
    train = prepared.y[prepared.rows.train]
    assert prepared.facts.task == "regression"
    assert prepared.facts.targets == targets
    np.testing.assert_allclose(train.mean(axis=0), 0, atol=1e-5)
    np.testing.assert_allclose(train.std(axis=0), 1, atol=1e-5)
    np.testing.assert_allclose(prepared.preprocessing.decode(prepared.y), target, rtol=1e-5)


def test_a_class_that_training_never_saw_is_refused() -> None:
    preprocessing = prepare(mixed(), recipe()).preprocessing
    other = Dataset("o", mixed().features, np.array(["maybe"] * ROWS, object), "bought")
    held = recipe(split=SplitRecipe(validation=0, test=0))
    with pytest.raises(DataError, match="row 1, column bought: 'maybe'"):
        prepare(other, held, preprocessing)


def test_whole_numbers_too_large_for_a_float_keep_every_digit_as_categories() -> None:
    table = pd.DataFrame({"id": [2**60 + 1, 2**60 + 3] * 15, "x": range(30)})
    dataset = Dataset("big", Table(("x",), (np.arange(30.0),)), None, "y")
    assert dataset.target is None
    from engine.data.tables import table_of_frame

    assert table_of_frame(table).column("id")[0] == str(2**60 + 1)
