"""Rows follow the data recipe: loaded in the background, said, and tried again where they fail."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from engine import templates
from engine.data.sources import TableFile
from engine.project import Position
from gui.document import State
from gui.main_window import MainWindow
from tests.gui.person import Person


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "flowers.csv"
    lines = [f"{row % 7 + 0.5},{'red' if row % 2 else 'blue'}" for row in range(60)]
    path.write_text("\n".join(["size,colour", *lines]))
    return path


def begin_with(window: MainWindow, table: Path) -> None:
    """Begins with a table that is read from its place, as those too large to be kept are."""
    project, _ = templates.for_table(table)
    assert project.data is not None
    data = project.data.edited(source=TableFile(path=str(table)))
    away = table.rename(table.with_name("away.csv"))
    window.document.replace(State(project.model_copy(update={"data": data})))
    window.show_workbench()
    assert away.exists()


def close_warnings(window: MainWindow) -> int:
    boxes = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    for box in boxes:
        box.close()
    return len(boxes)


def test_rows_are_loaded_and_said(person: Person, window: MainWindow) -> None:
    window.files.begin_template("iris")
    assert window.loader.busy
    person.until(lambda: not window.loader.busy)
    assert person.notes[-1] == "iris: 150 rows are ready."
    assert window.status.note.text() == person.notes[-1]
    assert window.document.facts is not None
    assert window.document.facts.rows == 150


def test_of_two_data_sets_in_one_moment_the_last_is_loaded(
    person: Person, window: MainWindow
) -> None:
    window.files.begin_template("digits")
    window.files.begin_template("xor")
    person.until(lambda: window.document.prepared is not None)
    person.qtbot.wait(200)
    assert window.document.facts is not None
    assert window.document.facts.rows == 4
    assert not any("1,797" in note for note in person.notes)


def test_another_split_is_dealt_and_undone(person: Person, window: MainWindow) -> None:
    person.begin("iris")
    project = window.document.project
    assert project.data is not None
    split = project.data.split.edited(test=0.5)
    data = project.data.edited(split=split)
    window.document.edit("Change test", project=project.model_copy(update={"data": data}))
    assert window.document.prepared is None
    person.until(lambda: window.document.prepared is not None)
    assert window.document.facts.split[2] == 75
    person.do("undo")
    person.until(lambda: window.document.prepared is not None)
    assert window.document.facts.split[2] == 30


def test_a_table_that_is_gone_is_said_once_and_tried_again_by_training(
    person: Person, window: MainWindow, table: Path
) -> None:
    begin_with(window, table)
    person.question()
    assert close_warnings(window) == 1
    project = window.document.project
    for x in range(3):
        moved = (Position(id=project.design.nodes[0].id, x=float(x), y=0.0),)
        window.document.edit("Move", project=project.edited(layout=moved))
    person.qtbot.wait(150)
    assert close_warnings(window) == 0
    person.do("train")
    assert any(note.startswith("The data is not loaded yet") for note in person.notes)
    person.question()
    assert close_warnings(window) == 1
    table.with_name("away.csv").rename(table)
    person.do("train")
    person.until(lambda: window.document.prepared is not None)
    assert person.notes[-1] == "flowers: 60 rows are ready."
