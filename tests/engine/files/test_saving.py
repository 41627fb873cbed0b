"""What is saved comes back bit for bit, whole or not at all."""

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import h5py
import numpy as np
import pytest

from engine import layers
from engine.data.recipe import DataRecipe
from engine.data.sources.iris import Iris
from engine.data.sources.table_file import TableFile
from engine.design import Design
from engine.errors import DataError, FileError
from engine.files import read, save
from engine.files.packing import packed
from engine.files.writing import write
from engine.network import Network
from engine.project import EarlyStopping, Project, Trained, TrainingRecipe
from tests.engine.files.models import WIDTH, facts, small_design, small_project, trained_of


def assert_same_arrays(a: Mapping, b: Mapping) -> None:
    assert list(a) == list(b)
    for key in a:
        assert a[key].dtype == b[key].dtype
        assert a[key].tobytes() == b[key].tobytes()
        assert a[key].shape == b[key].shape


def assert_same(a: Trained, b: Trained) -> None:
    assert_same_arrays(a.weights, b.weights)
    assert_same_arrays(a.best, b.best)
    assert list(a.slots) == list(b.slots)
    for slot in a.slots:
        assert_same_arrays(a.slots[slot], b.slots[slot])
    for field in ("progress", "history", "preprocessing", "facts", "seed"):
        assert getattr(a, field) == getattr(b, field)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "colours.h5"


def test_everything_comes_back_bit_for_bit(path: Path) -> None:
    project, trained = small_project(), trained_of(small_design())
    save(path, project, trained)
    opened = read(path)
    assert opened.project == project
    assert opened.trained is not None
    assert_same(opened.trained, trained)
    assert opened.notes == ()


def test_arrays_that_come_back_are_read_only(path: Path) -> None:
    save(path, small_project(), trained_of(small_design()))
    opened = read(path)
    assert opened.trained is not None
    assert not any(array.flags.writeable for array in opened.trained.weights.values())


def test_every_recipe_comes_back(path: Path) -> None:
    training = TrainingRecipe(
        epochs=7,
        batch_size="all",
        optimizer="sgd",
        schedule="cosine",
        early_stopping=EarlyStopping(patience=3),
        precision="float64",
        seed=2**32 - 1,
    )
    project = Project(name='a "name" é', design=small_design(), training=training)
    save(path, project)
    assert read(path).project == project


def test_weights_in_double_precision_keep_every_bit(path: Path) -> None:
    project = small_project().edited(training=TrainingRecipe(precision="float64"))
    trained = trained_of(small_design())
    weights = {key: array.astype(np.float64) / 3 for key, array in trained.weights.items()}
    trained = replace(trained, weights=weights)
    save(path, project, trained)
    opened = read(path)
    assert opened.trained is not None
    assert_same(opened.trained, trained)


def test_a_project_without_layers_or_data_comes_back(path: Path) -> None:
    save(path, Project())
    assert read(path).project == Project()
    assert read(path).trained is None


def test_an_untrained_project_of_known_width_is_a_keras_model_with_its_first_weights(
    path: Path,
) -> None:
    project = small_project()
    save(path, project, facts=facts())
    assert read(path).trained is None
    expected = Network(project.design, WIDTH, seed=project.training.seed).arrays()
    with h5py.File(path) as file:
        assert "model_config" in file.attrs
        kernel = file["model_weights/dense_1/dense_1/kernel"]
        assert isinstance(kernel, h5py.Dataset)
        np.testing.assert_array_equal(kernel[()], expected["n2", "kernel"])


def test_a_design_that_cannot_run_keeps_its_weights_without_a_keras_model(path: Path) -> None:
    trained = trained_of(small_design())
    design = small_design().add(layers.Dropout(), after=["dense_1"], splice=False)
    project = small_project().edited(design=design)
    save(path, project, trained)
    with h5py.File(path) as file:
        assert "model_config" not in file.attrs
    opened = read(path)
    assert opened.project == project
    assert opened.trained is not None
    assert_same(opened.trained, trained)


def test_arrays_that_begin_anew_after_an_edit_still_lack_when_reopened(path: Path) -> None:
    trained = trained_of(small_design())
    kept = {key: array for key, array in trained.weights.items() if key[0] != "n6"}
    save(path, small_project(), replace(trained, weights=kept, slots={}, best={}))
    opened = read(path)
    assert opened.trained is not None
    assert_same_arrays(opened.trained.weights, kept)


def test_plain_numbers_of_numpy_and_views_of_mappings_are_kept(path: Path) -> None:
    trained = trained_of(small_design())
    random = MappingProxyType({"n4": MappingProxyType({"state": 2**100})})
    progress = replace(trained.progress, random=random, seconds=np.float64(0.5))
    save(path, small_project(), replace(trained, progress=progress))
    opened = read(path)
    assert opened.trained is not None
    assert opened.trained.progress.random == {"n4": {"state": 2**100}}
    assert opened.trained.progress.seconds == 0.5


def test_names_that_only_differ_in_signs_stay_apart(path: Path) -> None:
    design = Design.chain(layers.Input())
    for name in ("a.b", "a:b", "a_b_2"):
        design = design.add(layers.Dense(units=5), name=name, after=[design.nodes[-1].id])
    trained = trained_of(design)
    save(path, Project(design=design), trained)
    opened = read(path)
    assert opened.trained is not None
    assert_same_arrays(opened.trained.weights, trained.weights)


def test_outputs_that_this_computer_does_not_reproduce_are_noted(path: Path) -> None:
    content = packed(small_project(), trained_of(small_design()), None)
    content.arrays["glasswork/proof/outputs"] = content.arrays["glasswork/proof/outputs"] + 0.5
    content.seal()
    write(path, content)
    opened = read(path)
    assert opened.trained is not None
    assert len(opened.notes) == 1
    assert "outputs differ from the saved ones by up to 0.5" in opened.notes[0]


def test_a_network_whose_outputs_overflow_is_saved_without_a_proof(path: Path) -> None:
    design = Design.chain(layers.Input(), layers.Dense(units=2), layers.Dense(units=1))
    trained = trained_of(design)
    weights = {key: np.full_like(array, 3e38) for key, array in trained.weights.items()}
    save(path, Project(design=design), replace(trained, weights=weights))
    opened = read(path)
    assert opened.notes == ()
    assert opened.trained is not None
    assert_same_arrays(opened.trained.weights, weights)


def test_weights_that_would_not_be_opened_again_are_not_saved(path: Path) -> None:
    trained = trained_of(small_design())
    weights = dict(trained.weights)
    weights["n2", "bias"] = np.full(6, np.nan, np.float32)
    with pytest.raises(FileError, match="not saved, since the bias of layer dense_1 holds NaN"):
        save(path, small_project(), replace(trained, weights=weights))
    assert not path.exists()


def test_a_history_longer_than_an_attribute_comes_back(path: Path) -> None:
    trained = trained_of(small_design())
    history = tuple(replace(trained.history[1], epoch=epoch) for epoch in range(1, 5001))
    save(path, small_project(), replace(trained, history=history))
    opened = read(path)
    assert opened.trained is not None
    assert opened.trained.history == history


def test_many_layers_with_long_and_strange_names_come_back(path: Path) -> None:
    design = Design.chain(layers.Input())
    for number in range(1200):
        name = f"a.b:c é {number} " + "n" * 60
        design = design.add(
            layers.Activation(function="tanh"), name=name, after=[design.nodes[-1].id]
        )
    project = Project(design=design)
    save(path, project, facts=facts())
    assert read(path).project == project


def test_a_file_keeps_its_rights_and_a_link_its_target(path: Path) -> None:
    save(path, small_project())
    path.chmod(0o640)
    link = path.with_name("link.h5")
    link.symlink_to(path)
    save(link, small_project().edited(name="second"))
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert read(path).project.name == "second"


def test_nothing_but_the_file_is_left_beside_it(path: Path) -> None:
    save(path, small_project())
    save(path, small_project())
    assert [each.name for each in path.parent.iterdir()] == [path.name]


# ── failures ────────────────────────────────────────────────────────────────────────────────

SAVE_IN_LITTLE_SPACE = """
import resource, sys
from engine.files import save
from engine.errors import FileError
from tests.engine.files.models import small_project
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    save(sys.argv[1], small_project().edited(name="n" * 60_000))
except FileError as error:
    print(error)
"""


def test_a_disk_without_room_leaves_the_previous_version_intact(path: Path) -> None:
    save(path, small_project())
    before = path.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", SAVE_IN_LITTLE_SPACE, str(path)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
        check=False,
    )
    assert "not saved" in done.stdout, done.stderr
    assert "the previous version is intact" in done.stdout
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_file_that_another_program_has_locked_is_not_replaced(path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    save(path, small_project())
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(FileError, match=r"colours\.h5: not saved .*locked.*intact"):
            save(path, small_project())


@pytest.fixture
def nobody(tmp_path: Path) -> Iterator[None]:
    """Runs the test without a superuser's rights."""
    if not hasattr(os, "geteuid"):
        pytest.skip("rights of files work otherwise here")
    before = os.geteuid()
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() == "root" and "pytest" in str(folder):
            folder.chmod(0o755)
    if before == 0:
        os.seteuid(65534)
    yield
    os.seteuid(before)


def test_a_folder_without_permission_is_named(path: Path, nobody: None) -> None:
    with pytest.raises(FileError, match="no permission"):
        save(Path("/glasswork.h5"), small_project())


def test_a_read_only_file_is_not_replaced(path: Path, request: pytest.FixtureRequest) -> None:
    save(path, small_project())
    path.chmod(0o444)
    request.getfixturevalue("nobody")
    with pytest.raises(FileError, match=r"no permission .*; the previous version is intact"):
        save(path, small_project())


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="it is a folder"):
        save(tmp_path, small_project())


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="its folder does not exist"):
        save(tmp_path / "nowhere" / "a.h5", small_project())


def test_a_name_that_is_too_long_is_said(tmp_path: Path) -> None:
    assert os.strerror(errno.ENAMETOOLONG)
    with pytest.raises(FileError, match="name is too long"):
        save(tmp_path / ("n" * 300 + ".h5"), small_project())


def test_a_file_that_could_never_be_opened_again_is_not_written(path: Path) -> None:
    trained = trained_of(small_design())
    huge = np.broadcast_to(np.float32(0), (2**15, 2**15, 2))
    with pytest.raises(FileError, match="not saved, since its arrays take"):
        save(path, small_project(), replace(trained, best={("n2", "kernel"): huge}))
    assert not path.exists()


# ── a table of one's own ────────────────────────────────────────────────────────────────────


def project_with_table(folder: Path) -> Project:
    table = folder / "colours.csv"
    table.write_bytes(b"a,b\n1,x\n2,y\n\xc3\xa9,z\n")
    recipe = DataRecipe(source=TableFile.open(table, delimiter=","), target="b")
    return small_project().edited(data=recipe)


def test_a_table_travels_in_the_file(path: Path) -> None:
    project = project_with_table(path.parent)
    save(path, project)
    (path.parent / "colours.csv").unlink()
    opened = read(path).project
    assert opened == project
    assert opened.data is not None
    assert opened.data.source.load(opened.data, None).features.rows == 3


def test_a_table_left_out_is_found_beside_the_file_that_has_moved(path: Path) -> None:
    project = project_with_table(path.parent)
    save(path, project, include_data=False)
    assert b"1,x" not in path.read_bytes()
    moved = path.parent / "elsewhere"
    moved.mkdir()
    for name in ("colours.csv", "colours.h5"):
        (path.parent / name).rename(moved / name)
    opened = read(moved / "colours.h5").project
    assert opened.data is not None
    assert isinstance(opened.data.source, TableFile)
    assert opened.data.source.path == str(moved / "colours.csv")
    assert opened.data.source.content is None
    assert opened.data.source.load(opened.data, None).features.rows == 3


def test_a_table_left_out_that_has_changed_since_is_refused_by_name(path: Path) -> None:
    project = project_with_table(path.parent)
    save(path, project, include_data=False)
    (path.parent / "colours.csv").write_text("a,b\n1,x\n")
    opened = read(path).project
    assert opened.data is not None
    with pytest.raises(DataError, match=r"colours\.csv.*changed"):
        opened.data.source.load(opened.data, None)


def test_a_built_in_set_is_kept_by_name(path: Path) -> None:
    project = small_project().edited(data=DataRecipe(source=Iris()))
    save(path, project)
    assert read(path).project == project
