"""Every format of export writes a file, and says why where it cannot."""

from pathlib import Path

import h5py
import pytest

from engine import layers
from engine.errors import FileError
from engine.export import EXPORTERS, Format, export
from engine.files import read
from tests.engine.files.models import small_design, small_project, trained_of

FORMATS = pytest.mark.parametrize("chosen", EXPORTERS.values(), ids=lambda each: each.name)


@FORMATS
def test_a_format_says_what_it_is(chosen: Format) -> None:
    assert EXPORTERS[chosen.name] is chosen
    assert chosen.suffix.startswith(".")
    assert chosen.label
    assert chosen.tip.endswith(".")


@FORMATS
def test_a_format_writes_a_trained_model(tmp_path: Path, chosen: Format) -> None:
    path = tmp_path / f"model{chosen.suffix}"
    export(small_project(), trained_of(small_design()), chosen.name, path)
    assert path.stat().st_size > 0


@FORMATS
def test_a_design_that_cannot_run_is_refused_with_its_reason(
    tmp_path: Path, chosen: Format
) -> None:
    design = small_design().add(layers.Dropout(), after=["dense_1"], splice=False)
    project, path = small_project().edited(design=design), tmp_path / "model"
    with pytest.raises(FileError, match="dropout_2 leads nowhere"):
        export(project, trained_of(small_design()), chosen.name, path)
    assert not path.exists()


@FORMATS
def test_what_was_not_trained_is_not_exported(tmp_path: Path, chosen: Format) -> None:
    with pytest.raises(FileError, match="colours has not been trained yet"):
        export(small_project(), None, chosen.name, tmp_path / "model")


def test_a_format_that_does_not_exist_is_refused_naming_those_that_do(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"no format 'pmml'; known are .*keras"):
        export(small_project(), trained_of(small_design()), "pmml", tmp_path / "model")


def test_keras_gets_the_network_alone_with_the_same_weights(tmp_path: Path) -> None:
    path, trained = tmp_path / "model.h5", trained_of(small_design())
    export(small_project(), trained, "keras", path)
    with h5py.File(path) as file:
        assert set(file) == {"model_weights"}
    opened = read(path).trained
    assert opened is not None
    arrays = zip(opened.weights.values(), trained.weights.values(), strict=True)
    assert all((a == b).all() for a, b in arrays)
