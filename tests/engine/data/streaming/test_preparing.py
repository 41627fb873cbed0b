"""Streamed rows beside the same rows in memory, and beside plain NumPy."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from engine.data import Column, DataRecipe, from_arrays, load_dataset, outlined, prepare, source_for
from engine.data.sources import Given
from engine.data.streaming.moments import Moments
from engine.errors import DataError
from tests.engine.helpers.streamed import prepared_from, rows_of, write_hdf5, write_npy


def both(folder: Path, X: np.ndarray, y: np.ndarray, **recipe: Any) -> tuple[Any, Any]:
    """The rows streamed, and in memory."""
    held = prepare(from_arrays(X, y), DataRecipe(source=Given(), **recipe))
    return prepared_from(write_npy(folder, X, y), **recipe), held


def everything(prepared: Any) -> np.ndarray:
    return prepared.X[np.arange(prepared.facts.rows)]


@pytest.mark.parametrize("scaling", ["standard", "minmax", "none"])
@pytest.mark.parametrize("dtype", ["uint8", "int16", "int64", "float16", "float32", ">f8"])
def test_rows_are_those_that_memory_would_hold(tmp_path: Path, scaling: str, dtype: str) -> None:
    X, y = rows_of(dtype=dtype)
    streamed, held = both(tmp_path, X, y, scaling=scaling)
    for part in ("train", "validation", "test"):
        np.testing.assert_array_equal(getattr(streamed.rows, part), getattr(held.rows, part))
    np.testing.assert_array_equal(streamed.y, held.y)
    np.testing.assert_allclose(everything(streamed), held.X, rtol=2e-6, atol=2e-6)
    assert streamed.facts.class_counts == held.facts.class_counts
    assert streamed.facts.classes == held.facts.classes
    assert streamed.facts.split == held.facts.split


@pytest.mark.parametrize(
    ("scaling", "reference"), [("standard", StandardScaler()), ("minmax", MinMaxScaler())]
)
def test_scaling_is_that_of_scikit_learn_on_the_training_rows(
    tmp_path: Path, scaling: str, reference: Any
) -> None:
    X, y = rows_of(dtype="float64")
    streamed, _ = both(tmp_path, X, y, scaling=scaling)
    expected = reference.fit(X[streamed.rows.train]).transform(X)
    np.testing.assert_allclose(everything(streamed), expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("offset", [0.0, 1e4, 1e9])
def test_a_spread_far_from_zero_keeps_its_digits(tmp_path: Path, offset: float) -> None:
    X = np.random.default_rng(0).standard_normal((5000, 3)) + offset
    found = Moments(3)
    for start in range(0, 5000, 700):
        found.add(X[start : start + 700], np.arange(start, start + 700))
    np.testing.assert_allclose(found.mean, X.mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(np.sqrt(found.squares / 5000), X.std(axis=0), rtol=1e-7)
    y = np.arange(5000) % 2
    streamed, _ = both(tmp_path, X, y)
    train = X[streamed.rows.train]
    expected = (X - train.mean(axis=0)) / train.std(axis=0)
    np.testing.assert_allclose(everything(streamed), expected, atol=2e-5)


def test_blocks_of_different_ranges_merge_as_one() -> None:
    blocks = [np.full((3, 1), 5.0), np.array([[1e6], [1e6 + 2]]), np.zeros((1, 1))]
    found = Moments(1)
    for block in blocks:
        found.add(block, np.arange(len(block)))
    whole = np.concatenate(blocks)
    np.testing.assert_allclose(found.filled(0, 0.0)[:2], (whole.mean(), whole.std()), rtol=1e-12)
    assert found.filled(0, 0.0)[2:] == (0.0, 1e6 + 2)


@pytest.mark.parametrize("missing", ["mean", "zero"])
def test_missing_values_are_filled_as_in_memory(tmp_path: Path, missing: str) -> None:
    X, y = rows_of()
    gaps = np.random.default_rng(1).random(X.shape) < 0.1
    X[gaps] = np.nan
    X[:, 2] = np.nan_to_num(X[:, 2], nan=7)
    columns = tuple(Column(name=f"x{place}", missing=missing) for place in range(6))
    streamed, held = both(tmp_path, X, y, columns=columns)
    np.testing.assert_allclose(everything(streamed), held.X, rtol=1e-5, atol=1e-5)
    (note,) = streamed.facts.notes
    assert "x0 (" in note
    assert "x2" not in note


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ([Column(name="x1", missing="median")], "x1: .* filled with the mean or with 0"),
        ([Column(name="x1", kind="category")], "x1: .* not categories"),
        ([Column(name=f"x{n}", kind="ignore") for n in range(6)], "no column is left"),
    ],
)
def test_what_a_stream_cannot_do_is_said(tmp_path: Path, columns: Any, words: str) -> None:
    X, y = rows_of()
    X[::7, 1] = np.nan
    path = write_npy(tmp_path, X, y)
    with pytest.raises(DataError, match=words):
        prepared_from(path, columns=tuple(columns))


def test_an_infinite_value_is_found_where_it_is(tmp_path: Path) -> None:
    X, y = rows_of()
    path = write_npy(tmp_path, X, y)
    fitted = prepared_from(path)
    train, other = int(fitted.rows.train[17]), int(fitted.rows.validation[3])
    X[train, 4] = np.inf
    with pytest.raises(DataError, match=rf"row {train + 1:,}, column 5: the value is not finite"):
        prepared_from(write_npy(tmp_path, X, y))
    X[train, 4], X[other, 2] = 0, -np.inf
    prepared = prepared_from(write_npy(tmp_path, X, y))
    with pytest.raises(DataError, match=rf"row {other + 1:,}, column x2: the value is not finite"):
        everything(prepared)


def test_an_empty_column_is_named(tmp_path: Path) -> None:
    X, y = rows_of()
    X[:, 3] = np.nan
    with pytest.raises(DataError, match="the column x3 is empty"):
        prepared_from(write_npy(tmp_path, X, y))


def test_columns_may_be_left_out(tmp_path: Path) -> None:
    X, y = rows_of()
    X[:, 1] = 4
    ignored = (Column(name="x0", kind="ignore"), Column(name="x3", kind="ignore"))
    streamed, held = both(tmp_path, X, y, columns=ignored)
    np.testing.assert_allclose(everything(streamed), held.X, rtol=1e-5, atol=1e-6)
    assert streamed.facts.feature_names == ("x1", "x2", "x4", "x5")
    assert any("1 of 4 columns never change" in note for note in streamed.facts.notes)


@pytest.mark.parametrize("shape", [(600,), (600, 2)])
def test_numbers_to_predict_are_standardised(tmp_path: Path, shape: tuple[int, ...]) -> None:
    X, _ = rows_of()
    target = np.random.default_rng(3).normal(1000, 50, shape)
    streamed = prepared_from(write_hdf5(tmp_path / "d.h5", X=X, y=target))
    train = target.reshape(600, -1)[streamed.rows.train]
    expected = (target.reshape(600, -1) - train.mean(axis=0)) / train.std(axis=0)
    np.testing.assert_allclose(streamed.y, expected, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(streamed.preprocessing.decode(streamed.y), target, rtol=1e-6)
    assert streamed.facts.task == "regression"


def test_several_labels_a_row_are_learned(tmp_path: Path) -> None:
    X, _ = rows_of()
    labels = np.random.default_rng(0).integers(0, 2, (600, 3))
    streamed, held = both(tmp_path, X, labels)
    assert streamed.facts.task == held.facts.task == "multilabel"
    np.testing.assert_array_equal(streamed.y, held.y)


@pytest.mark.parametrize(
    ("y", "task", "words"),
    [
        (np.zeros(600), "classification", "one class only, 0"),
        (np.arange(20_000)[:600] + 0.5, "regression", ""),
        (np.where(np.arange(600) == 9, np.nan, 1.0), "auto", r"no value in 1 of 600 .* row 10\)"),
        (np.where(np.arange(600) == 9, np.inf, 1.0), "auto", "row 10, column y: .* not finite"),
        (np.random.default_rng(0).random((600, 2)), "classification", "several columns"),
    ],
)
def test_targets_that_cannot_be_learned_say_why(
    tmp_path: Path, y: np.ndarray, task: str, words: str
) -> None:
    path = write_npy(tmp_path, rows_of()[0], y)
    if not words:
        assert prepared_from(path, task=task).facts.task == task
        return
    with pytest.raises(DataError, match=words):
        prepared_from(path, task=task)


def test_too_many_values_are_no_classes(tmp_path: Path) -> None:
    path = write_npy(tmp_path, np.ones((10_050, 2)), np.arange(10_050))
    with pytest.raises(DataError, match="more than 10,000 different values"):
        prepared_from(path, task="classification")


def test_other_rows_are_prepared_as_the_first_were(tmp_path: Path) -> None:
    X, y = rows_of()
    first = prepared_from(write_npy(tmp_path, X, y))
    other = tmp_path / "other"
    other.mkdir()

    def again(X: np.ndarray, y: np.ndarray) -> Any:
        recipe = DataRecipe(source=source_for(write_npy(other, X, y)))
        return prepare(load_dataset(recipe), recipe, first.preprocessing)

    np.testing.assert_array_equal(everything(again(X + 5, y)), _scaled(first, X + 5))
    with pytest.raises(DataError, match="'7' is not one of the 3 classes"):
        again(X, np.where(y == 0, 7, y))
    with pytest.raises(DataError, match="X has 5 columns, and 6 were trained on"):
        again(X[:, :5], y)


def _scaled(prepared: Any, X: np.ndarray) -> np.ndarray:
    columns = prepared.preprocessing.columns
    shift = np.array([column.shift for column in columns], np.float32)
    factor = np.array([1 / column.scale for column in columns]).astype(np.float32)
    return (X.astype(np.float32) - shift) * factor


def test_targets_of_other_kinds_are_refused_later(tmp_path: Path) -> None:
    X, _ = rows_of()
    draw = np.random.default_rng(0)
    for first, second, words in (
        (draw.random((600, 2)), draw.random((600, 3)), "3 columns, and 2 were trained on"),
        (draw.integers(0, 2, (600, 2)), draw.random((600, 2)), "0 and 1 only"),
    ):
        fitted = prepared_from(write_npy(tmp_path, X, first))
        recipe = DataRecipe(source=source_for(write_npy(tmp_path, X, second)))
        with pytest.raises(DataError, match=words):
            prepare(load_dataset(recipe), recipe, fitted.preprocessing)


def test_the_outline_is_what_preparing_gives(tmp_path: Path) -> None:
    X, y = rows_of()
    for target in (y, y * 1.5):
        recipe = DataRecipe(source=source_for(write_npy(tmp_path, X, target)))
        dataset = load_dataset(recipe)
        assert outlined(dataset, recipe) == prepare(dataset, recipe).facts


def test_progress_is_told_while_looking_through(tmp_path: Path) -> None:
    recipe = DataRecipe(source=source_for(write_npy(tmp_path, *rows_of())))
    told: list[tuple[float, str]] = []
    prepare(load_dataset(recipe), recipe, progress=lambda *step: told.append(step))
    assert told[-1] == (1.0, "Looking through X, 600 of 600 rows")
