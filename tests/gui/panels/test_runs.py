"""The table of all runs: what it says, and what a person does with them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine import layers
from engine.runs import Run
from gui.main_window import MainWindow
from gui.panels.runs import RunsPanel
from tests.gui.person import Person

NAME, CHANGED, NOTE = 0, 5, 6


@pytest.fixture
def panel(window: MainWindow) -> RunsPanel:
    panel = next(each for each in window.workbench.panels if isinstance(each, RunsPanel))
    window.workbench.docks["runs"].show()
    window.workbench.docks["runs"].raise_()
    return panel


@pytest.fixture
def two(person: Person, window: MainWindow) -> tuple[Run, ...]:
    """Two runs of iris, the second with another recipe and a layer more, from the beginning."""
    person.begin("iris", epochs=3)
    person.train_to_the_end()
    window.training.reset()
    person.change_training(epochs=4, batch_size=8)
    project = window.document.project
    design = project.design.insert(layers.Dropout(), project.design.links[1])
    window.document.edit("Insert", project=project.model_copy(update={"design": design}))
    person.train_to_the_end()
    return window.document.state.runs


def texts(panel: RunsPanel, column: int) -> list[str]:
    values = panel.table.values
    return [values.text(row, column) for row in range(values.rowCount())]


def choose(panel: RunsPanel, *rows: int) -> None:
    """As with the mouse and Ctrl."""
    selection = panel.table.selectionModel()
    selection.clearSelection()
    for row in rows:
        index = panel.table.model().index(row, 0)
        selection.select(index, selection.SelectionFlag.Select | selection.SelectionFlag.Rows)


def edit(panel: RunsPanel, row: int, column: int, text: str) -> None:
    panel.table.values.setData(panel.table.values.index(row, column), text)


def test_it_says_what_it_is_for_while_there_is_none(panel: RunsPanel) -> None:
    assert panel.body.sentence.startswith("Every training is kept here")
    assert panel.tables() == ()


def test_runs_stand_with_their_result_and_what_was_changed(
    panel: RunsPanel, two: tuple[Run, ...]
) -> None:
    assert texts(panel, NAME) == ["Run 2", "Run 1"]
    assert panel.table.values.columns[1].title == "Accuracy"
    accuracy = two[1].history[-1].validation["accuracy"]
    assert panel.table.values.rows[0][1] == accuracy
    first, second = texts(panel, CHANGED)[::-1]
    assert first == ""
    assert "Batch size 32 → 8" in second
    assert "added dropout" in second
    (table,) = panel.tables()
    assert len(table.rows) == 2
    assert len(table.header) == len(table.rows[0])


def test_one_run_is_described_and_two_are_compared(
    panel: RunsPanel, two: tuple[Run, ...], window: MainWindow
) -> None:
    assert panel.words.text().startswith("Choose two runs")
    choose(panel, 0)
    assert window.document.focus.runs == (two[1].id,)
    assert "Run 2 ran to its end." in panel.words.text()
    assert "Changed since Run 1: " in panel.words.text()
    choose(panel, 0, 1)
    assert panel.words.text().startswith("Run 1 → Run 2\nLoss")
    assert "Epochs 3 → 4" in panel.words.text()
    assert not panel.restore.isEnabled()


def test_renaming_and_noting_are_steps_that_can_be_undone(
    panel: RunsPanel, two: tuple[Run, ...], window: MainWindow
) -> None:
    edit(panel, 0, NAME, "  wider ")
    edit(panel, 0, NOTE, "try again")
    edit(panel, 1, NAME, "   ")
    assert texts(panel, NAME) == ["wider", "Run 1"]
    assert texts(panel, NOTE) == ["try again", ""]
    assert window.document.undo_stack.undoText() == "Note on run"
    window.document.undo()
    window.document.undo()
    assert texts(panel, NAME) == ["Run 2", "Run 1"]
    assert window.document.modified


def test_deleting_can_be_undone_after_another_training(
    panel: RunsPanel, two: tuple[Run, ...], window: MainWindow, person: Person, qtbot: QtBot
) -> None:
    choose(panel, 1)
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    assert texts(panel, NAME) == ["Run 2"]
    assert window.document.focus.runs == ()
    person.train_to_the_end()
    assert texts(panel, NAME) == ["Run 2"]  # it went on
    assert panel.table.values.rows[0][3] > 4
    window.document.undo()
    assert texts(panel, NAME) == ["Run 2", "Run 1"]
    assert panel.table.values.rows[0][3] > 4


def test_restoring_brings_back_design_recipe_and_weights(
    panel: RunsPanel, two: tuple[Run, ...], window: MainWindow
) -> None:
    before = window.document.state
    choose(panel, 1)
    panel.restore.click()
    project, trained = window.document.project, window.document.trained
    assert project.design == two[0].project.design
    assert project.training == two[0].project.training
    assert trained is two[0].trained
    assert project.data is before.project.data
    window.document.undo()
    assert window.document.project is before.project
    assert window.document.trained is before.trained


def test_training_on_after_restoring_makes_that_run_longer(
    panel: RunsPanel, two: tuple[Run, ...], window: MainWindow, person: Person
) -> None:
    choose(panel, 1)
    panel.restore.click()
    person.train_to_the_end()
    runs = {run.name: run for run in window.document.state.runs}
    assert len(runs) == 2
    assert len(runs["Run 1"].history) == 6


def test_while_training_nothing_is_restored(
    panel: RunsPanel, two: tuple[Run, ...], window: MainWindow, person: Person
) -> None:
    choose(panel, 0)
    person.train_for_long()
    assert not panel.restore.isEnabled()
    assert "stop" in panel.restore.toolTip()
    before = window.document.project
    window.training.restore(two[0].id)
    assert window.document.project is before
    edit(panel, 0, NAME, "meanwhile")
    person.do("stop")
    person.until_idle()
    assert "meanwhile" in texts(panel, NAME)


def test_runs_are_in_the_saved_file(
    two: tuple[Run, ...], window: MainWindow, tmp_path: Path, person: Person
) -> None:
    path = tmp_path / "kept.h5"
    done: list[bool] = []
    keep: Callable[[], object] = lambda: done.append(True)  # noqa: E731
    window.files._save(path, keep)
    person.until(lambda: bool(done))
    window.document.mark_saved(path)
    window.files.open_file(path)
    person.until(lambda: window.document.state.runs is not two)
    found = window.document.state.runs
    assert [run.name for run in found] == ["Run 1", "Run 2"]
    assert found[1].trained is window.document.trained
    assert found[0].trained is not None
    assert two[0].trained is not None
    for key, array in two[0].trained.weights.items():
        np.testing.assert_array_equal(found[0].trained.weights[key], array)


def test_a_run_whose_weights_are_gone_is_restored_without(
    panel: RunsPanel, two: tuple[Run, ...], window: MainWindow, person: Person
) -> None:
    bare = (replace(two[0], trained=None), two[1])
    window.document.absorb(window.document.trained, bare)
    choose(panel, 1)
    assert "no longer kept" in panel.words.text()
    panel.restore.click()
    assert window.document.trained is None
    assert "no longer kept" in person.notes[-1]
    window.training.restore("nobody")
    assert window.document.trained is None
