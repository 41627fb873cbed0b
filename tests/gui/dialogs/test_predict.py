"""Predicting new rows: the same figures as the engine's, said what was filled in, exported."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from engine import Trainer
from engine.data import DataRecipe, load_dataset, prepare, source_for
from engine.events import TrainingFinished
from engine.project import Project, Trained
from engine.templates import fitting
from gui.dialogs.predict import PredictDialog
from gui.pages.preview import ROWS
from gui.runner import Runner


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.shutdown()


def trained_on(path: Path) -> tuple[Project, Trained]:
    recipe = DataRecipe(source=source_for(path))
    prepared = prepare(load_dataset(recipe), recipe)
    project = fitting("made", recipe.edited(target=prepared.facts.target_name), prepared.facts)
    project = project.edited(training=project.training.edited(epochs=2))
    last = list(Trainer(project, prepared=prepared).run())[-1]
    assert isinstance(last, TrainingFinished)
    return project, last.trained


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    rows = [f"{20 + row % 30},{'abc'[row % 3]},{'=yes' if row % 2 else 'no'}" for row in range(60)]
    path.write_text("age,town,bought\n" + "\n".join(rows))
    return path


@pytest.fixture
def dialog(qtbot: QtBot, runner: Runner, table: Path) -> PredictDialog:
    made = PredictDialog(*trained_on(table), runner)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def wait(qtbot: QtBot, dialog: PredictDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.progress.isVisible(), timeout=20_000)


def answer(dialog: PredictDialog, path: Path | None) -> None:
    """Chooses a file in the open file dialog, or gives up choosing."""
    asked = next(each for each in dialog.findChildren(QFileDialog) if each.isVisible())
    if path is None:
        asked.reject()
    else:
        asked.findChild(QLineEdit).setText(str(path))
        asked.accept()


@pytest.fixture
def new_rows(tmp_path: Path) -> Path:
    path = tmp_path / "new.csv"
    path.write_text("town,age\na,25\nzz,30\nb,\n")
    return path


def test_it_begins_by_asking_for_a_file(dialog: PredictDialog) -> None:
    assert dialog.counts.text().startswith("Choose a file")
    assert not dialog.export_button.isEnabled()


def test_it_shows_the_first_predictions_and_what_was_filled_in(
    qtbot: QtBot, dialog: PredictDialog, new_rows: Path
) -> None:
    assert dialog.body.sentence == "Needs the columns age, town"
    qtbot.mouseClick(dialog.choose_button, Qt.MouseButton.LeftButton)
    answer(dialog, new_rows)
    wait(qtbot, dialog)
    assert dialog.title.text() == "3 predictions"
    assert "new.csv" in dialog.counts.text()
    model = dialog.preview.rows
    names = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    assert names == ["prediction", "probability_=yes", "probability_no", "town", "age"]
    assert [model.index(row, 3).data() for row in range(3)] == ["a", "zz", "b"]
    assert model.rowCount() == 3
    assert dialog.predictions is not None
    assert model.index(1, 0).data() == dialog.predictions.values[1]
    said = " ".join(dialog.messages.sentences)
    assert "town: 1 unknown" in said
    assert "age: 1 missing" in said


def test_predictions_are_exported_whole_and_harmless(
    qtbot: QtBot,
    dialog: PredictDialog,
    table: Path,
    tmp_path: Path,
) -> None:
    dialog.open_file(table)
    wait(qtbot, dialog)
    out = tmp_path / "out.csv"
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    answer(dialog, out)
    wait(qtbot, dialog)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][0] == "prediction"
    assert len(rows) == 61
    assert {row[0] for row in rows[1:]} <= {"'=yes", "no"}
    assert dialog.messages.sentences[0] == "Wrote 60 predictions to out.csv."


def test_rows_that_do_not_fit_say_why(
    qtbot: QtBot, dialog: PredictDialog, tmp_path: Path, new_rows: Path
) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("age\n4\n5\n")
    dialog.open_file(new_rows)
    wait(qtbot, dialog)
    dialog.open_file(wrong)
    wait(qtbot, dialog)
    assert len(dialog.messages.sentences) == 1
    assert "town" in dialog.messages.sentences[0]
    assert dialog.preview.rows.rowCount() == 0
    assert not dialog.export_button.isEnabled()


def test_a_place_that_cannot_be_written_keeps_the_predictions(
    qtbot: QtBot, dialog: PredictDialog, new_rows: Path, tmp_path: Path
) -> None:
    dialog.open_file(new_rows)
    wait(qtbot, dialog)
    dialog.export_to(tmp_path / "nowhere" / "out.csv")
    wait(qtbot, dialog)
    assert len(dialog.messages.sentences) == 1
    assert dialog.preview.rows.rowCount() == 3
    assert dialog.export_button.isEnabled()


def test_giving_up_choosing_changes_nothing(
    qtbot: QtBot, dialog: PredictDialog, new_rows: Path
) -> None:
    dialog.open_file(new_rows)
    wait(qtbot, dialog)
    for button in (dialog.choose_button, dialog.export_button):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        answer(dialog, None)
    assert dialog.title.text() == "3 predictions"
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_a_regression_has_one_column_and_long_tables_show_their_beginning(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    path = tmp_path / "line.csv"
    path.write_text("x,y\n" + "\n".join(f"{row},{row * 1.5 + 0.25}" for row in range(ROWS + 50)))
    dialog = PredictDialog(*trained_on(path), runner)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.open_file(path)
    wait(qtbot, dialog)
    names = [dialog.preview.rows.headerData(at, Qt.Orientation.Horizontal) for at in range(3)]
    assert names == ["prediction", "x", "y"]
    assert dialog.preview.rows.rowCount() == ROWS
    assert f"the first {ROWS} are shown" in dialog.counts.text()
