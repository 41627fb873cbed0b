"""Runs in the model file: whole after saving and opening, and never what keeps it from opening."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

import engine
from engine.files import read, save
from engine.files import runs as runs_file
from engine.project import Project, Trained
from engine.runs import Run, Runs
from tests.engine.files.models import small_design, small_project, trained_of


def run_of(identifier: str, project: Project, trained: Trained | None = None) -> Run:
    made = trained or trained_of(small_design())
    return Run(
        id=identifier,
        name=f"Run {identifier}",
        started=1.75e9,
        project=project,
        seed=4,
        history=made.history,
        reason="early",
        epoch=1,
        seconds=2.5,
        threads=2,
        note="a note – with “marks”",
        follows="aa",
        test={"accuracy": 0.75},
        trained=trained,
    )


@pytest.fixture
def saved(tmp_path: Path) -> tuple[Path, Project, Trained, Runs]:
    project, trained = small_project(), trained_of(small_design())
    older = trained_of(small_design(), seed=1)
    other = project.edited(name="other", training=project.training.edited(batch_size=5))
    runs = (run_of("a1", other, older), run_of("b2", project), run_of("c3", project, trained))
    path = tmp_path / "runs.h5"
    save(path, project, trained, runs=runs)
    return path, project, trained, runs


def test_runs_come_back_whole(saved: tuple[Path, Project, Trained, Runs]) -> None:
    path, project, _, runs = saved
    opened = read(path)
    assert not opened.notes
    for found, run in zip(opened.runs, runs, strict=True):
        assert replace(found, trained=None, project=project) == replace(
            run, trained=None, project=project
        )
        assert found.project == run.project
    assert opened.runs[2].trained is opened.trained
    assert opened.runs[2].project.design is opened.project.design
    assert opened.runs[1].trained is None
    first, before = opened.runs[0].trained, runs[0].trained
    assert first is not None
    assert before is not None
    assert first.history == before.history
    assert first.progress == before.progress
    pairs = [(first.weights, before.weights), (first.best, before.best)]
    pairs += [(first.slots[name], before.slots[name]) for name in before.slots]
    for mine, theirs in pairs:
        assert mine.keys() == theirs.keys()
        for key, array in mine.items():
            assert array.dtype == theirs[key].dtype
            np.testing.assert_array_equal(array, theirs[key])
            assert not array.flags.writeable


def test_a_run_of_later_epochs_keeps_those_before_for_its_weights(tmp_path: Path) -> None:
    project, trained = small_project(), trained_of(small_design())
    run = replace(run_of("a1", project, trained), history=trained.history[1:])
    path = tmp_path / "later.h5"
    save(path, project, None, runs=(run,))
    (found,) = read(path).runs
    assert found.history == trained.history[1:]
    assert found.trained is not None
    assert found.trained.history == trained.history


def test_a_run_without_an_epoch_comes_back(tmp_path: Path) -> None:
    run = replace(run_of("a1", small_project()), history=())
    save(tmp_path / "none.h5", small_project(), None, runs=(run,))
    assert read(tmp_path / "none.h5").runs == (run,)


def test_files_without_runs_have_none(tmp_path: Path) -> None:
    save(tmp_path / "plain.h5", small_project())
    opened = read(tmp_path / "plain.h5")
    assert opened.runs == ()
    assert not opened.notes


def test_a_model_keeps_them(saved: tuple[Path, Project, Trained, Runs], tmp_path: Path) -> None:
    model = engine.load(saved[0])
    model.save(tmp_path / "again.h5")
    again = engine.load(tmp_path / "again.h5")
    assert [run.id for run in again.runs] == ["a1", "b2", "c3"]


Harm = Callable[[Any], object]


def _no_curves(group: Any) -> None:
    del group["a1/curves"]


def _other_curves(group: Any) -> None:
    group["a1/curves"][0, 0] += 1


def _other_weights(group: Any) -> None:
    group["a1/content"][3] ^= 1


def _no_text(group: Any) -> None:
    del group["a1"].attrs["run"]


def _no_json(group: Any) -> None:
    group["a1"].attrs["run"] = "{"


def _no_fields(group: Any) -> None:
    group["a1"].attrs["run"] = "{}"


def _number(group: Any) -> None:
    group["a1"].attrs["run"] = 3


@pytest.mark.parametrize(
    "harm",
    [_no_curves, _other_curves, _other_weights, _no_text, _no_json, _no_fields, _number],
)
def test_a_damaged_run_is_left_out_and_told(
    saved: tuple[Path, Project, Trained, Runs], harm: Harm
) -> None:
    path = saved[0]
    with h5py.File(path, "r+") as file:
        harm(file["glasswork/runs"])
    opened = read(path)
    assert [run.id for run in opened.runs] == ["b2", "c3"]
    assert opened.notes == ("1 of its 3 runs is damaged and left out",)
    assert opened.trained is not None


@pytest.mark.parametrize("ids", [3, "a1", ["a1", "a1"], [str(n) for n in range(501)]])
def test_a_damaged_list_is_left_out_and_told(
    saved: tuple[Path, Project, Trained, Runs], ids: object
) -> None:
    path = saved[0]
    with h5py.File(path, "r+") as file:
        names = np.array(ids, dtype=h5py.string_dtype()) if isinstance(ids, list) else ids
        file["glasswork/runs"].attrs["ids"] = names
    opened = read(path)
    assert opened.runs == ()
    assert opened.notes == ("the list of its runs is damaged and was left out",)


def test_ids_that_name_other_groups_are_refused(
    saved: tuple[Path, Project, Trained, Runs],
) -> None:
    with h5py.File(saved[0], "r+") as file:
        names = np.array(["../runs/a1", "b2", "x" * 41], dtype=h5py.string_dtype())
        file["glasswork/runs"].attrs["ids"] = names
    opened = read(saved[0])
    assert [run.id for run in opened.runs] == ["b2"]
    assert opened.notes == ("2 of its 3 runs are damaged and left out",)


def forged(path: Path, **changes: object) -> None:
    """Writes another description of the first run, with a checksum that matches."""
    with h5py.File(path, "r+") as file:
        group: Any = file["glasswork/runs/a1"]
        about = runs_file.ABOUT.validate_json(group.attrs["run"])
        plain = runs_file.ABOUT.dump_python(about) | changes
        text = runs_file.ABOUT.dump_json(plain, warnings=False).decode()
        arrays = {name: np.array(group[name]) for name in ("curves", "content")}
        group.attrs["run"] = text
        group.attrs["checksum"] = runs_file._checksum(text, arrays)


@pytest.mark.parametrize(
    "changes",
    [
        {"started": float("inf")},
        {"first": 9},
        {"columns": ["c"] * 300},
        {"spots": [{"path": "weights/a/b", "dtype": "|O8", "shape": [1]}]},
        {"spots": [{"path": "weights/a/b", "dtype": "<f8", "shape": [1 << 40]}]},
        {"columns": ["epoch", "rows", "seconds", "loss"]},
    ],
)
def test_a_forged_run_is_left_out(
    saved: tuple[Path, Project, Trained, Runs], changes: dict[str, object]
) -> None:
    forged(saved[0], **changes)
    assert [run.id for run in read(saved[0]).runs] == ["b2", "c3"]


def test_weights_that_do_not_fit_the_design_are_left_out(
    saved: tuple[Path, Project, Trained, Runs],
) -> None:
    design = small_design().add(engine.layers.Dense(units=9), after=["dense_1"])
    node = design.node("dense_1")
    wider = design.replace(node.id, engine.layers.Dense(units=11))
    forged(saved[0], project=Project(design=wider).model_dump_json())
    assert [run.id for run in read(saved[0]).runs] == ["b2", "c3"]
