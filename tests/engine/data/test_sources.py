"""Every source that is built in, and files of one's own, as datasets."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from engine.data import (
    DataRecipe,
    Source,
    SplitRecipe,
    found_at,
    from_arrays,
    load_dataset,
    prepare,
    read_table,
    recipe_of,
    source_for,
)
from engine.data.reading.files import EMBED_LIMIT
from engine.data.sources import ArrayFile, Given, TableFile
from engine.errors import DataError
from engine.project import Project

BUILT_IN = [kind for kind in Source.members() if kind.built_in]
UNSPLIT = SplitRecipe(validation=0, test=0)


@pytest.mark.parametrize("kind", BUILT_IN, ids=lambda kind: kind.kind)
def test_a_built_in_set_is_complete_and_the_same_every_time(kind: type[Source]) -> None:
    recipe = DataRecipe(source=kind(), split=UNSPLIT)
    first, second = (load_dataset(recipe) for _ in range(2))
    prepared = prepare(first, recipe)
    assert prepared.facts.name == kind.kind
    assert np.isfinite(prepared.X).all()
    assert prepare(second, recipe).X.tobytes() == prepared.X.tobytes()
    assert Source.parse(kind().dump()) == kind()
    assert kind.tip


@pytest.mark.parametrize("name", ["moons", "circles", "spiral", "blobs", "noisy_regression"])
def test_a_generated_set_follows_its_fields(name: str) -> None:
    def loaded(**fields: Any) -> Any:
        return load_dataset(DataRecipe(source=Source.parse({"kind": name, **fields})))

    few, noisy, other = loaded(samples=33), loaded(noise=1.0), loaded(seed=5)
    assert few.features.rows == 33
    assert noisy.features.rows == other.features.rows > 33
    columns = [*noisy.features.columns, noisy.target]
    if name != "noisy_regression":
        assert noisy.features.columns[0].std() > loaded(noise=0.0).features.columns[0].std()
    again = [*other.features.columns, other.target]
    assert any((a != b).any() for a, b in zip(columns, again, strict=True))


def test_progress_is_told() -> None:
    told: list[tuple[float, str]] = []
    load_dataset(DataRecipe(source=Source.parse("xor")), None, lambda *step: told.append(step))
    assert told == [(0.0, "Reading XOR"), (1.0, "4 rows")]


def table(folder: Path) -> Path:
    path = folder / "rows.csv"
    path.write_text("x,label\n" + "\n".join(f"{n},{'ab'[n % 2]}" for n in range(12)))
    return path


def test_a_table_travels_in_memory_but_not_in_json(tmp_path: Path) -> None:
    source = source_for(table(tmp_path))
    assert isinstance(source, TableFile)
    assert source.content == table(tmp_path).read_bytes()
    recipe = DataRecipe(source=source)
    again = DataRecipe.model_validate_json(recipe.model_dump_json())
    assert isinstance(again.source, TableFile)
    assert again.source.content is None
    assert again.source.sha256 == source.sha256
    assert load_dataset(again).features.rows == 12


def test_a_table_is_found_beside_the_model_file(tmp_path: Path) -> None:
    table(tmp_path)
    recipe = DataRecipe(source=TableFile(path="/gone/rows.csv"), target="label")
    assert load_dataset(recipe, tmp_path).features.names == ("x",)


def test_a_large_table_stays_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(b"x,y\n" + b"1,2\n" * (EMBED_LIMIT // 4))
    source = source_for(path)
    assert isinstance(source, TableFile)
    assert source.content is None


@pytest.mark.parametrize(
    ("fields", "first"),
    [({"decimal": ","}, 1.5), ({"header": "no"}, "x"), ({"delimiter": ";"}, 1.5)],
)
def test_the_reading_can_be_set(fields: dict[str, str], first: float | str, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("x;y\n1,5;a\n2,5;b\n")
    recipe = DataRecipe(source=TableFile.open(path, **fields))
    assert load_dataset(recipe).features.columns[0][0] == first


def saved(folder: Path, **arrays: np.ndarray) -> Path:
    path = folder / "rows.npz"
    np.savez(path, **arrays)  # pyright: ignore[reportArgumentType]
    return path


def test_arrays_of_images_keep_their_shape(tmp_path: Path) -> None:
    images = np.random.default_rng(0).random((20, 4, 3))
    path = saved(tmp_path, x_train=images, y_train=np.arange(20) % 2)
    prepared = prepare(
        load_dataset(recipe := DataRecipe(source=source_for(path), scaling="none")), recipe
    )
    assert prepared.facts.image_shape == (4, 3)
    np.testing.assert_array_equal(prepared.X, images.reshape(20, 12).astype(np.float32))
    rows = prepared.preprocessing.transform(read_table(path))[0]
    np.testing.assert_array_equal(rows, prepared.X)


def test_arrays_are_chosen_by_name(tmp_path: Path) -> None:
    path = saved(tmp_path, a=np.ones((6, 2)), b=np.arange(6.0)[:, None], c=np.zeros(6))
    source = ArrayFile.open(path, features="a", target="b")
    dataset = load_dataset(DataRecipe(source=source))
    assert dataset.target is not None
    assert dataset.target.tolist() == list(range(6))
    with pytest.raises(DataError, match="no array 'z'"):
        load_dataset(DataRecipe(source=source.edited(target="z")))


def test_one_array_has_its_target_in_the_last_column(tmp_path: Path) -> None:
    path = tmp_path / "rows.npy"
    np.save(path, np.arange(12.0).reshape(4, 3))
    dataset = load_dataset(DataRecipe(source=source_for(path)))
    assert dataset.target is not None
    assert dataset.target.tolist() == [2, 5, 8, 11]
    np.save(path, np.arange(4.0))
    with pytest.raises(DataError, match="no target column"):
        load_dataset(DataRecipe(source=source_for(path)))


def test_one_hot_targets_become_classes() -> None:
    dataset = from_arrays(np.zeros((6, 1)), np.eye(3)[[0, 1, 2, 0, 1, 2]])
    assert dataset.target is not None
    assert dataset.target.tolist() == [0, 1, 2, 0, 1, 2]
    assert "one-hot" in dataset.notes[0]


@pytest.mark.parametrize("shape", [(), (3,), (0, 2)])
def test_features_have_rows_and_columns(shape: tuple[int, ...]) -> None:
    with pytest.raises(DataError, match="rows of several columns"):
        from_arrays(np.zeros(shape), np.zeros(3))


def test_rows_of_a_program_take_the_split_of_the_project() -> None:
    frame = pd.DataFrame({"x": range(20), "kind": ["u", "v"] * 10})
    project = Project(data=DataRecipe(source=Given(), split=UNSPLIT))
    prepared = prepare(from_arrays(frame, ["a", "b"] * 10), recipe_of(project))
    assert prepared.facts.feature_names == ("x", "kind=u", "kind=v")
    assert prepared.facts.split == (20, 0, 0)
    assert recipe_of(Project()).source == Given()
    with pytest.raises(DataError, match="given by a program"):
        load_dataset(recipe_of(Project()))


def test_a_table_found_elsewhere_is_read_as_before(tmp_path) -> None:
    before, after = tmp_path / "a.csv", tmp_path / "b.csv"
    before.write_text("x;y\n1,5;2\n")
    source = source_for(before).edited(decimal=",")
    before.rename(after)
    found = found_at(source, after)
    assert (found.name, found.sha256, found.decimal) == ("b.csv", source.sha256, ",")
    after.write_text("x;y\n1,5;3\n")
    assert found_at(source, after).sha256 != source.sha256


def test_arrays_may_be_found_in_place_of_a_table(tmp_path) -> None:
    table, arrays = tmp_path / "a.csv", tmp_path / "a.npy"
    table.write_text("x,y\n1,2\n")
    np.save(arrays, np.ones((3, 2)))
    assert found_at(source_for(table), arrays).kind == source_for(arrays).kind
