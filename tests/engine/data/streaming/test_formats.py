"""IDX, NPY and HDF5 as other programs write them, whole and damaged."""

import errno
import gzip
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from engine.data import DataRecipe, load_dataset, prepare, recipe_for_file, source_for
from engine.data.loading import read_table
from engine.data.sources import ArrayFile, Hdf5File, IdxFile, NpyFile
from engine.data.streaming.store import RowStore
from engine.data.streaming.unpacking import TemporaryRows
from engine.errors import DataError
from engine.files import save
from engine.templates import new
from tests.engine.helpers.streamed import (
    idx_bytes,
    images,
    prepared_from,
    rows_of,
    write_hdf5,
    write_idx,
    write_mnist,
    write_npy,
)

# ── IDX ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("packed", ["", ".gz"])
def test_labels_and_a_test_pair_are_found_beside_images(tmp_path: Path, packed: str) -> None:
    path = write_mnist(tmp_path, packed, test=True)
    source = source_for(path)
    assert isinstance(source, IdxFile)
    assert source.test == f"t10k-images-idx3-ubyte{packed}"
    found = prepared_from(path, scaling="minmax")
    assert found.facts.split == (54, 6, 24)
    assert found.facts.classes == ("0", "1", "2")
    assert found.facts.image_shape == (5, 4)
    assert found.rows.test.tolist() == list(range(60, 84))
    pixels = np.concatenate([images(60, 0)[0], images(24, 1)[0]]).reshape(84, 20)
    np.testing.assert_allclose(found.X[np.arange(84)], _ranged(pixels, found), atol=1e-6)
    np.testing.assert_array_equal(found.y[:60], images(60, 0)[1])


def _ranged(pixels: np.ndarray, found) -> np.ndarray:
    """All pixels share the range that they have in the training rows."""
    train = pixels[found.rows.train].astype(float)
    return (pixels - train.min()) / (train.max() - train.min())


@pytest.mark.parametrize(
    ("image_file", "label_file"),
    [
        ("train-images.idx3-ubyte", "train-labels.idx1-ubyte"),
        ("train-images-idx3-ubyte", "train-labels-idx1-ubyte.gz"),
        ("train-images.idx3-ubyte.gz", "train-labels-idx1-ubyte"),
        ("emnist-letters-train-images-idx3-ubyte", "emnist-letters-train-labels-idx1-ubyte"),
    ],
)
def test_names_come_with_dots_and_dashes(tmp_path: Path, image_file: str, label_file: str) -> None:
    pixels, labels = images()
    write_idx(tmp_path / image_file, pixels)
    write_idx(tmp_path / label_file, labels)
    facts = prepared_from(tmp_path / image_file).facts
    assert (facts.name.endswith("train-images"), facts.rows) == (True, 60)


def test_labels_may_be_named(tmp_path: Path) -> None:
    pixels, labels = images()
    write_idx(tmp_path / "pictures.idx3", pixels)
    write_idx(tmp_path / "other", labels)
    recipe = recipe_for_file(tmp_path / "pictures.idx3", str(tmp_path / "other"))
    assert recipe.source.labels == "other"
    assert load_dataset(recipe).rows == 60


@pytest.mark.parametrize("kind", ["i1", "i2", "i4", "f4", "f8"])
def test_every_type_of_idx_is_read(tmp_path: Path, kind: str) -> None:
    pixels, labels = images()
    write_idx(tmp_path / "train-images-idx3-ubyte", (pixels // 2).astype(kind))
    write_idx(tmp_path / "train-labels-idx1-ubyte", labels)
    found = prepared_from(tmp_path / "train-images-idx3-ubyte", scaling="none")
    np.testing.assert_array_equal(found.X[np.arange(60)], pixels.reshape(60, 20) // 2)


def test_many_classes_are_classes_when_they_are_labels(tmp_path: Path) -> None:
    pixels, _ = images(200)
    write_idx(tmp_path / "train-images-idx3-ubyte", pixels)
    write_idx(tmp_path / "train-labels-idx1-ubyte", (np.arange(200) % 47).astype(np.uint8))
    facts = prepared_from(tmp_path / "train-images-idx3-ubyte").facts
    assert (facts.task, len(facts.classes)) == ("classification", 47)


def test_labels_chosen_in_place_of_images_are_told(tmp_path: Path) -> None:
    write_mnist(tmp_path)
    _refused(lambda: prepared_from(tmp_path / "train-labels-idx1-ubyte"), ["labels, not images"])


def _images(folder: Path) -> Path:
    return folder / "train-images-idx3-ubyte"


def _cut(folder: Path) -> None:
    _images(folder).write_bytes(_images(folder).read_bytes()[:-30])


def _magic(folder: Path) -> None:
    _images(folder).write_bytes(b"\x01\x02\x08\x03" + _images(folder).read_bytes()[4:])


def _header(folder: Path) -> None:
    _images(folder).write_bytes(_images(folder).read_bytes()[:9])


def _empty(folder: Path) -> None:
    _images(folder).write_bytes(b"")


def _no_labels(folder: Path) -> None:
    (folder / "train-labels-idx1-ubyte").unlink()


def _fewer_labels(folder: Path) -> None:
    write_idx(folder / "train-labels-idx1-ubyte", images(59)[1])


def _cut_labels(folder: Path) -> None:
    path = folder / "train-labels-idx1-ubyte"
    path.write_bytes(path.read_bytes()[:-3])


def _images_as_labels(folder: Path) -> None:
    shutil.copy(_images(folder), folder / "train-labels-idx1-ubyte")


def _labels_as_images(folder: Path) -> None:
    write_idx(_images(folder), images()[1])


def _no_images(folder: Path) -> None:
    write_idx(_images(folder), np.zeros((0, 5, 4), np.uint8))


def _other_test(folder: Path) -> None:
    write_idx(folder / "t10k-images-idx3-ubyte", np.zeros((9, 3, 3), np.uint8))
    write_idx(folder / "t10k-labels-idx1-ubyte", np.zeros(9, np.uint8))


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (_cut, ["incomplete", "60 rows"]),
        (_magic, ["begins with the bytes 01 02 08 03"]),
        (_header, ["incomplete", "header"]),
        (_empty, ["empty"]),
        (_no_labels, ["labels", "not beside it", "train-labels-idx1-ubyte"]),
        (_fewer_labels, ["59 labels", "60 images"]),
        (_cut_labels, ["incomplete", "60 labels"]),
        (_images_as_labels, ["images, where labels are expected"]),
        (_labels_as_images, ["labels, not images"]),
        (_no_images, ["no images"]),
        (_other_test, ["t10k-images", "3 x 3", "5 x 4", "alike"]),
    ],
)
def test_a_damaged_idx_file_says_what_is_wrong(
    tmp_path: Path, damage: Callable[[Path], None], words: list[str]
) -> None:
    write_mnist(tmp_path)
    damage(tmp_path)
    _refused(lambda: prepared_from(_images(tmp_path)), words)


def _refused(action: Callable[[], object], words: list[str]) -> None:
    with pytest.raises(DataError) as error:
        action()
    said = str(error.value)
    assert "\n" not in said
    assert all(word in said for word in words), said


# ── gzip ────────────────────────────────────────────────────────────────────────────────────


def _packed(folder: Path, content: bytes) -> Path:
    path = folder / "train-images-idx3-ubyte.gz"
    path.write_bytes(content)
    write_idx(folder / "train-labels-idx1-ubyte.gz", images()[1])
    return path


def _flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes((content[middle] ^ 255,)) + content[middle + 1 :]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda whole: gzip.compress(whole)[:-20], ["incomplete"]),
        (lambda whole: gzip.compress(whole)[:-8] + b"12345678", ["damaged"]),
        (lambda whole: _flipped(gzip.compress(whole)), ["damaged"]),
        (lambda whole: gzip.compress(whole[:-5]), ["incomplete", "1,216 bytes"]),
        (lambda whole: gzip.compress(whole + b"more"), ["more than the 1,216 bytes"]),
        (lambda whole: b"\x1f\x8b", ["incomplete"]),
    ],
    ids=["cut", "checksum", "flipped", "too short", "too long", "two bytes"],
)
def test_a_damaged_gzip_file_says_what_is_wrong(
    tmp_path: Path, change: Callable[[bytes], bytes], words: list[str]
) -> None:
    path = _packed(tmp_path, change(idx_bytes(images()[0])))
    _refused(lambda: prepared_from(path), words)


def test_what_is_gzipped_and_no_idx_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    _refused(lambda: source_for(path), ["gzipped", "unpack it first"])


def test_unpacking_tells_how_far_it_is_and_may_be_cancelled(tmp_path: Path) -> None:
    recipe = DataRecipe(source=source_for(write_mnist(tmp_path, ".gz")))
    told: list[str] = []
    dataset = load_dataset(recipe, None, lambda _, text: told.append(text))
    assert "Unpacking train-images-idx3-ubyte.gz, 1.2 KiB of 1.2 KiB" in told
    keeper = dataset.store.parts[0].keeper
    assert isinstance(keeper, TemporaryRows)
    place = keeper.path
    assert place.exists()
    del dataset, keeper
    assert not place.parent.exists(), "it goes with the rows"

    class Cancelled(Exception):
        pass

    def cancel(_: float, text: str) -> None:
        if "Unpacking" in text:
            raise Cancelled

    before = set(place.parent.parent.glob("glasswork-*"))
    with pytest.raises(Cancelled):
        load_dataset(recipe, None, cancel)
    assert set(place.parent.parent.glob("glasswork-*")) == before


def test_a_full_disk_is_said_before_or_while_unpacking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_mnist(tmp_path, ".gz")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
        _refused(lambda: prepared_from(path), ["1.2 KiB", "1000 bytes are free", "TMPDIR"])
    original = Path.open

    def fails(self: Path, mode: str = "r", *rest: object) -> object:
        if mode == "wb" and self.name == "rows":
            raise OSError(errno.ENOSPC, "No space left on device")
        return original(self, mode, *rest)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(Path, "open", fails)
    _refused(lambda: prepared_from(path), ["the disk is full", "TMPDIR"])


# ── NPY ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("features", "targets"),
    [("X.npy", "y.npy"), ("x_train.npy", "y_train.npy"), ("train_images.npy", "train_labels.npy"),
     ("features.npy", "targets.npy"), ("data-1.npy", "target-1.npy")],
)  # fmt: skip
def test_targets_are_found_beside_features(tmp_path: Path, features: str, targets: str) -> None:
    X, y = rows_of()
    np.save(tmp_path / features, X)
    np.save(tmp_path / targets, y)
    source = source_for(tmp_path / features)
    assert isinstance(source, NpyFile)
    assert source.target == targets
    assert prepared_from(tmp_path / features).facts.target_name == Path(targets).stem


def test_targets_of_another_length_do_not_belong_to_it(tmp_path: Path) -> None:
    X, y = rows_of()
    assert isinstance(source_for(write_npy(tmp_path, X, y[:-1])), ArrayFile)
    recipe = recipe_for_file(tmp_path / "X.npy", "y.npy")
    _refused(lambda: load_dataset(recipe), ["y.npy", "599 targets", "600 rows"])


def test_a_large_array_is_streamed_with_its_last_column_as_the_target(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.data.loading.EMBED_LIMIT", 1000)
    X, y = rows_of()
    np.save(tmp_path / "rows.npy", np.column_stack((X, y)))
    found = prepared_from(tmp_path / "rows.npy", scaling="none")
    assert isinstance(found.dataset.store, RowStore)
    assert found.facts.feature_names == tuple(f"x{place}" for place in range(6))
    np.testing.assert_array_equal(found.y, y)
    np.testing.assert_array_equal(found.X[np.array([5, 3])], X[[5, 3]])
    rows = read_table(tmp_path / "rows.npy")
    assert isinstance(rows, RowStore)
    assert rows.width == 7


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.asfortranarray(np.ones((9, 3))), ["column by column", "ascontiguousarray"]),
        (np.ones((9, 3), complex), ["complex128", "numbers"]),
        (np.ones((0, 3)), ["(0, 3)", "no rows"]),
        (np.array(["a", "b"]), ["numbers"]),
        (np.array([None, 1]), ["pickle"]),
    ],
    ids=["fortran", "complex", "no rows", "text", "objects"],
)
def test_an_array_that_cannot_be_streamed_says_why(
    tmp_path: Path, array: np.ndarray, words: list[str]
) -> None:
    np.save(tmp_path / "rows.npy", array)
    source = NpyFile.open(tmp_path / "rows.npy")
    _refused(lambda: load_dataset(DataRecipe(source=source)), words)


def test_a_damaged_array_says_what_is_wrong(tmp_path: Path) -> None:
    path = write_npy(tmp_path, *rows_of())
    whole = path.read_bytes()
    for content, words in ((whole[:-9], ["incomplete", "600 rows"]), (b"\x93NUMPY", ["damaged"])):
        path.write_bytes(content)
        source = NpyFile.open(path, target="y.npy")
        _refused(lambda source=source: load_dataset(DataRecipe(source=source)), words)
    np.save(path, np.ones((600, 5, 4)))
    source = NpyFile.open(path)
    _refused(lambda: load_dataset(DataRecipe(source=source)), ["(600, 5, 4)", "no target column"])


def test_other_arrays_in_the_folder_may_be_the_target(tmp_path: Path) -> None:
    X, y = rows_of()
    path = write_npy(tmp_path, X, y)
    np.save(tmp_path / "z.npy", y * 2.5)
    np.save(tmp_path / "short.npy", y[:7])
    assert source_for(path).choices(None).targets == ("y.npy", "z.npy", "")


# ── HDF5 ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "options",
    [{}, {"chunks": (7, 2)}, {"compression": "gzip"}, {"compression": "lzf", "shuffle": True}],
    ids=["whole", "chunks", "gzip", "lzf"],
)
def test_data_sets_are_found_by_name(tmp_path: Path, options: dict[str, object]) -> None:
    X, y = rows_of()
    path = write_hdf5(tmp_path / "d.h5", **{"train/X": (X, options), "train/y": y})
    source = source_for(path)
    assert isinstance(source, Hdf5File)
    found = prepared_from(path, scaling="none")
    np.testing.assert_array_equal(found.X[np.arange(600)], X)
    np.testing.assert_array_equal(found.y, y)
    assert isinstance(found.dataset.store, RowStore)
    assert (found.dataset.store.parts[0].keeper is None) == (not options)


def test_data_sets_may_be_named(tmp_path: Path) -> None:
    X, y = rows_of()
    path = write_hdf5(tmp_path / "d.h5", big=np.ones((600, 9)), small=X, a=y * 2.0, b=y)
    choices = source_for(path).choices(None)
    assert choices.features == ("big", "small")
    assert choices.targets == ("a", "b", "small")
    recipe = recipe_for_file(path, "b", "small")
    dataset = load_dataset(recipe)
    assert (dataset.target_name, len(dataset.features.names)) == ("b", 6)
    for target, features, words in (
        ("c", "small", ["no data set 'c'", "a, b, big, small"]),
        ("b", "tall", ["no data set 'tall'"]),
    ):
        recipe = recipe_for_file(path, target, features)
        _refused(lambda recipe=recipe: load_dataset(recipe), words)


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"X": np.ones((9, 2)), "y": np.ones(8)}, ["a target for each of the 9 rows of X"]),
        ({"y": np.ones(8)}, ["rows of several columns"]),
        ({}, ["(none)", "rows of several columns"]),
        ({"X": np.array([[b"a", b"b"]] * 4), "y": np.ones(4)}, ["rows of several columns"]),
        ({"X": np.ones((0, 2)), "y": np.ones(0)}, ["no rows"]),
        ({"X": np.ones((9, 2)), "y": np.ones((9, 65))}, ["65 columns", "64"]),
    ],
)
def test_an_hdf5_file_without_rows_to_learn_from_says_so(
    tmp_path: Path, arrays: dict[str, np.ndarray], words: list[str]
) -> None:
    path = write_hdf5(tmp_path / "d.h5", **arrays)
    _refused(lambda: prepared_from(path), words)


def test_a_target_of_other_rows_is_refused(tmp_path: Path) -> None:
    path = write_hdf5(tmp_path / "d.h5", X=np.ones((9, 2)), y=np.ones(8))
    recipe = recipe_for_file(path, "y")
    _refused(lambda: load_dataset(recipe), ["X has 9 rows and y 8"])


def test_a_model_is_not_data(tmp_path: Path) -> None:
    save(tmp_path / "m.h5", new("xor"))
    _refused(lambda: prepared_from(tmp_path / "m.h5"), ["a model, not rows of data"])


def test_damaged_hdf5_is_refused(tmp_path: Path) -> None:
    path = write_hdf5(tmp_path / "d.h5", X=np.ones((900, 20)), y=np.ones(900))
    whole = path.read_bytes()
    for content in (whole[:3000], whole[:100], b"\x89HDF\r\n\x1a\n" + bytes(500)):
        path.write_bytes(content)
        _refused(lambda: prepared_from(path), ["d.h5"])


def test_links_to_other_files_are_not_followed(tmp_path: Path) -> None:
    import h5py

    write_hdf5(tmp_path / "other.h5", X=np.ones((9, 2)))
    path = write_hdf5(tmp_path / "d.h5", y=np.ones(9))
    with h5py.File(path, "a") as file:
        file["X"] = h5py.ExternalLink("other.h5", "/X")
    _refused(lambda: prepared_from(path), ["rows of several columns"])


def test_rows_to_predict_are_the_features(tmp_path: Path) -> None:
    X, y = rows_of()
    rows = read_table(write_hdf5(tmp_path / "d.h5", X=X, y=y))
    assert isinstance(rows, RowStore)
    np.testing.assert_array_equal(rows.take(np.arange(600)), X)
    pixels = read_table(write_mnist(tmp_path))
    assert isinstance(pixels, RowStore)
    assert (pixels.rows, pixels.width) == (60, 20)


def test_one_hot_targets_become_classes(tmp_path: Path) -> None:
    X, y = rows_of()
    found = prepared_from(write_hdf5(tmp_path / "d.h5", X=X, y=np.eye(3)[y]))
    np.testing.assert_array_equal(found.y, y)
    assert any("one-hot" in note for note in found.facts.notes)


def test_a_file_that_moved_or_changed_is_said(tmp_path: Path) -> None:
    path = write_npy(tmp_path, *rows_of())
    recipe = DataRecipe(source=source_for(path))
    again = DataRecipe.model_validate_json(recipe.model_dump_json())
    assert prepare(load_dataset(again), again).facts.rows == 600
    moved = path.rename(tmp_path / "moved.npy")
    _refused(lambda: load_dataset(again), ["there is no file"])
    moved.rename(path)
    np.save(path, rows_of(seed=1)[0])
    _refused(lambda: load_dataset(again), ["has changed since it was chosen"])
