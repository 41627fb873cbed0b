"""Training on rows that stay in their file: as good as from memory, resumed exactly, bounded."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import gathering, judging
from engine.control import Control, Wanted
from engine.data import DataRecipe, load_dataset, prepare, source_for
from engine.data.dataset import Prepared
from engine.data.streaming.window import Windows
from engine.errors import TrainingError
from engine.evaluation import Evaluation, evaluate_rows
from engine.events import EpochDone, Measured, Paused
from engine.metrics import evaluate
from engine.network import Network
from engine.trainer import Trainer
from tests.engine.helpers.streamed import prepared_from, rows_of, write_hdf5, write_npy
from tests.engine.helpers.training import (
    assert_same_training,
    finished,
    lively,
    of_kind,
    project_of,
    small,
    trainer_of,
    until,
)

ROOT = Path(__file__).parents[2]


def small_windows(monkeypatch: pytest.MonkeyPatch, window: int = 100, block: int = 4) -> None:
    """Windows of so many rows of six columns, so that a small file has several."""

    def made(X: Any, rows: np.ndarray, dtype: np.dtype) -> Windows:
        size = (X.shape[1] + 1) * dtype.itemsize
        return Windows(X, rows, dtype, window * size, block * size)

    monkeypatch.setattr(gathering, "Windows", made)


def held(prepared: Prepared) -> Prepared:
    """The same rows in memory."""
    return replace(prepared, X=prepared.X[np.arange(prepared.facts.rows)])


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_a_file_within_one_window_trains_as_from_memory(tmp_path: Path, precision: str) -> None:
    # Scaled, float64 rows would differ: those in memory have been float32 in between.
    scaling = "standard" if precision == "float32" else "none"
    prepared = prepared_from(write_npy(tmp_path, *rows_of()), scaling=scaling)
    options: dict[str, Any] = {"epochs": 3, "batch_size": 32, "precision": precision}
    ends = [
        finished(list(trainer_of(lively(), each, **options).run())).trained
        for each in (prepared, held(prepared))
    ]
    assert_same_training(*ends)


@pytest.mark.parametrize("shuffle", [True, False])
@pytest.mark.parametrize("stop", [1, 3, 9, 14])
def test_training_resumes_bit_for_bit_in_any_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: int, shuffle: bool
) -> None:
    small_windows(monkeypatch)
    prepared = prepared_from(write_npy(tmp_path, *rows_of()))
    options: dict[str, Any] = {"epochs": 3, "batch_size": 32, "shuffle": shuffle}
    whole = finished(list(trainer_of(lively(), prepared, **options).run())).trained
    control = Control()
    trainer = trainer_of(lively(), prepared, control=control, **options)
    events = trainer.run()
    for _ in range(stop):
        control.step("batch")
        paused = until(events, Paused).trained
    again = prepared_from(tmp_path / "X.npy")
    resumed = trainer_of(lively(), again, trained=paused, **options)
    assert_same_training(finished(list(resumed.run())).trained, whole)


def test_class_weights_are_those_of_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = prepared_from(write_npy(tmp_path, *rows_of()))
    weights = np.linspace(0.5, 2, prepared.facts.rows)
    weighted = replace(prepared, weights=weights)
    options: dict[str, Any] = {"epochs": 2, "class_weights": "balanced"}
    ends = [
        finished(list(trainer_of(small(), each, **options).run())).trained
        for each in (weighted, held(weighted))
    ]
    assert_same_training(*ends)


@pytest.mark.parametrize("task", ["classes", "numbers"])
def test_validation_is_measured_in_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, task: str
) -> None:
    X, y = rows_of()
    target = y if task == "classes" else X @ np.arange(6.0)
    prepared = prepared_from(write_hdf5(tmp_path / "d.h5", X=X, y=target))
    design = small() if task == "classes" else small(1, "linear")
    found = []
    for each in (prepared, held(prepared)):
        monkeypatch.setattr("engine.data.dataset.BLOCK_NUMBERS", 6 * 7)
        control = Control(frozenset({Wanted("judgement")}), every_time=True)
        found.append(list(trainer_of(design, each, control=control, epochs=2).run()))
    streamed, memory = (of_kind(events, EpochDone)[-1].record for events in found)
    for name, value in memory.validation.items():
        assert streamed.validation[name] == pytest.approx(value, rel=1e-5)
    streamed, memory = (of_kind(events, Measured)[-1].arrays for events in found)
    for name in memory:
        np.testing.assert_allclose(streamed[name], memory[name], rtol=1e-4, atol=1e-4)


def test_of_many_rows_a_sample_is_kept_and_all_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "KEPT_ROWS", 10)
    monkeypatch.setattr("engine.data.dataset.BLOCK_NUMBERS", 6 * 7)
    prepared = prepared_from(write_npy(tmp_path, *rows_of()))
    found = trainer_of(small(), prepared, epochs=1).session.measure("validation")
    assert found is not None
    assert len(found.values) == 10
    np.testing.assert_array_equal(found.truth, prepared.y[prepared.rows.validation[::6]])
    assert found.matrix is not None
    assert found.matrix.sum() == 60


@pytest.mark.parametrize("task", ["classes", "numbers", "labels"])
def test_evaluation_in_blocks_is_that_of_all_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, task: str
) -> None:
    monkeypatch.setattr("engine.data.dataset.BLOCK_NUMBERS", 6 * 50)
    X, y = rows_of()
    labels = np.random.default_rng(0).integers(0, 2, (600, 2))
    target = {"classes": y, "numbers": X[:, :2] * 3.0 + 50, "labels": labels}[task]
    prepared = prepared_from(write_hdf5(tmp_path / "d.h5", X=X, y=target))
    last = {"classes": small(), "numbers": small(2, "linear"), "labels": small(2, "sigmoid")}[task]
    network, rows = Network(last, 6), np.arange(600)
    outputs = network.predict(prepared.X[rows])
    expected = evaluate(prepared.y, outputs, prepared.facts, prepared.preprocessing)
    assert evaluate_rows(network, prepared, rows) == pytest.approx(expected)
    sampled = Evaluation(prepared.facts, prepared.preprocessing, 600, kept=100)
    for part in np.array_split(rows, 7):
        sampled.add(prepared.y[part], outputs[part])
    found = sampled.figures()
    rough = {"auc", "median_absolute_error", "f1_macro"} if task == "labels" else {
        "auc", "median_absolute_error"
    }  # fmt: skip
    assert found.keys() == expected.keys()
    for name in found:
        assert found[name] == pytest.approx(expected[name], rel=0.2 if name in rough else 1e-6)


def test_rows_sorted_by_class_are_learned_as_well_as_from_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    X, y = rows_of(3000, classes=5)
    order = np.argsort(y, kind="stable")
    prepared = prepared_from(write_npy(tmp_path, X[order], y[order]))
    options: dict[str, Any] = {"epochs": 6, "batch_size": 32}

    def accuracy(rows: Prepared) -> float:
        trained = finished(list(trainer_of(small(5), rows, **options).run())).trained
        return trained.history[-1].validation["accuracy"]

    memory = accuracy(held(prepared))
    small_windows(monkeypatch, window=300, block=4)
    assert accuracy(prepared) > memory - 0.02
    assert memory > 0.8


def test_all_rows_in_one_batch_do_not_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = prepared_from(write_npy(tmp_path, *rows_of()))
    assert trainer_of(small(), prepared, batch_size="all").session.batch == 420
    small_windows(monkeypatch)
    with pytest.raises(TrainingError, match="choose a number as the batch size"):
        trainer_of(small(), prepared, batch_size="all")


def test_a_file_that_changes_while_training_ends_it_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_windows(monkeypatch)
    prepared = prepared_from(write_npy(tmp_path, *rows_of()))
    trainer = trainer_of(small(), prepared, epochs=5)
    events = trainer.run()
    until(events, EpochDone)
    np.save(tmp_path / "X.npy", np.zeros((3, 6)))
    end = finished(list(events))
    assert end.reason == "rows lost"
    assert end.message.startswith("Cannot open X.npy: it has changed")
    assert end.message.endswith("What had been trained is kept.")
    assert end.trained.progress.epoch == 1
    assert all(np.isfinite(array).all() for array in end.trained.weights.values())


def test_a_value_that_is_not_finite_is_named_while_training(tmp_path: Path) -> None:
    X, y = rows_of()
    fitted = prepared_from(write_npy(tmp_path, X, y))
    X[fitted.rows.train[5], 2] = np.inf
    recipe = DataRecipe(source=source_for(write_npy(tmp_path, X, y)))
    prepared = prepare(load_dataset(recipe), recipe, fitted.preprocessing)
    end = finished(list(Trainer(project_of(small(), epochs=1), prepared=prepared).run()))
    assert end.reason == "rows lost"
    assert f"row {fitted.rows.train[5] + 1:,}, column x2" in end.message.lower()


# ── memory ──────────────────────────────────────────────────────────────────────────────────

CHILD = """
import json, re, sys
from pathlib import Path
from engine.data import DataRecipe, load_dataset, prepare, source_for
from engine.session import Session
from tests.engine.helpers.training import project_of, small
recipe = DataRecipe(source=source_for(sys.argv[1]))
prepared = prepare(load_dataset(recipe), recipe)
session = Session(project_of(small(), batch_size=256), prepared, None)
session.begin_epoch()
while not session.epoch_ended:
    session.advance()
session.measure("validation")
most = re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]
print(json.dumps([prepared.facts.rows, int(most)]))
"""


def peak(path: Path) -> tuple[int, int]:
    """(rows, MiB at the most) of one epoch in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path)],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    rows, most = json.loads(done.stdout)
    return rows, most // 1024


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads Linux's figures")
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    draw, found = np.random.default_rng(0), []
    block = draw.random((1000, 784), np.float32)
    for name, repeats in (("small", 40), ("large", 200)):
        folder = tmp_path / name
        folder.mkdir()
        array = np.lib.format.open_memmap(folder / "X.npy", "w+", np.float32, (1000 * repeats, 784))
        for place in range(repeats):
            array[1000 * place : 1000 * (place + 1)] = block
        del array
        np.save(folder / "y.npy", np.tile(np.arange(1000) % 3, repeats))
        found.append(peak(folder / "X.npy"))
    (few, small_peak), (many, large_peak) = found
    assert (few, many) == (40_000, 200_000)  # 120 and 598 MiB
    assert large_peak < small_peak + 40
