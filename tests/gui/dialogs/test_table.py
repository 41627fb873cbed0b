"""A table of one's own: read in the background, looked at, decided upon, made into a project."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from engine.data.sources import TableFile
from engine.layers import Dense
from engine.project import Project
from gui.dialogs.table import TableDialog
from gui.pages.column_table import FILL, KIND, MISSING, NAME, SCALING
from gui.runner import Runner

Opened = Callable[[Path], TableDialog]


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.shutdown()


@pytest.fixture
def opened(qtbot: QtBot, runner: Runner) -> Opened:
    def open_and_wait(path: Path) -> TableDialog:
        dialog = TableDialog(path, runner)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        wait(qtbot, dialog)
        return dialog

    return open_and_wait


def wait(qtbot: QtBot, dialog: TableDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.progress.isVisible(), timeout=20_000)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    lines = ["id,age,town,income,bought"]
    for row in range(80):
        income = "" if row % 10 == 0 else str(1000 + 17 * row)
        town, bought = "abc"[row % 3], "yes" if row % 2 else "no"
        lines.append(f"{row + 1},{20.5 + row % 37},{town},{income},{bought}")
    path.write_text("\n".join(lines))
    return path


def answer(dialog: TableDialog, path: Path | None) -> None:
    """Chooses a file in the open file dialog, or gives up choosing."""
    asked = next(each for each in dialog.findChildren(QFileDialog) if each.isVisible())
    if path is None:
        asked.reject()
    else:
        asked.findChild(QLineEdit).setText(str(path))
        asked.accept()


def cells(dialog: TableDialog, section: int) -> list[object]:
    model = dialog.columns.columns
    return [model.index(row, section).data() for row in range(model.rowCount())]


def choose(dialog: TableDialog, column: str, section: int, text: str) -> None:
    index = dialog.columns.columns.index(cells(dialog, NAME).index(column), section)
    dialog.columns.edit(index)
    box = dialog.columns.viewport().findChildren(QComboBox)[-1]
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


def test_it_shows_what_was_found(opened: Opened, people: Path) -> None:
    dialog = opened(people)
    assert dialog.title.text() == "people.csv"
    assert dialog.counts.text() == "80 rows · 5 columns, 3 of them used as input"
    assert cells(dialog, NAME) == ["bought", "id", "age", "town", "income"]
    assert cells(dialog, KIND) == ["to predict", "ignore", "number", "category", "number"]
    assert cells(dialog, MISSING) == ["–", "–", "–", "–", "8"]
    assert cells(dialog, FILL) == [None, None, "mean", "most frequent", "mean"]
    assert any("id: " in sentence for sentence in dialog.messages.sentences)
    assert dialog.target.summary.text() == "2 classes: no 40 · yes 40"
    assert dialog.target.split_summary.text() == "56 train · 8 val · 16 test"


def test_it_shows_the_first_rows(opened: Opened, people: Path) -> None:
    model = opened(people).preview.rows
    names = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    assert names == ["id", "age", "town", "income", "bought"]
    assert [model.index(0, at).data() for at in range(5)] == ["1", "20.5", "a", "–", "no"]
    assert model.headerData(0, Qt.Orientation.Vertical) == "1"


def test_the_window_lives_while_a_file_is_read(qtbot: QtBot, runner: Runner, people: Path) -> None:
    started = time.monotonic()
    dialog = TableDialog(people, runner)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    assert time.monotonic() - started < 2
    assert dialog.progress.isVisible()
    assert not dialog.build_button.isEnabled()
    assert not dialog.body.isVisible()
    dialog.reject()


def test_a_file_that_cannot_be_read_says_why_and_another_can_be_chosen(
    qtbot: QtBot, opened: Opened, people: Path, tmp_path: Path
) -> None:
    ragged = tmp_path / "ragged.csv"
    ragged.write_text("a,b,c\n1,2,3\n4,5\n")
    dialog = opened(ragged)
    assert len(dialog.messages.sentences) == 1
    assert "line 3 has 2 fields, expected 3" in dialog.messages.sentences[0]
    assert not dialog.build_button.isEnabled()
    qtbot.mouseClick(dialog.choose_button, Qt.MouseButton.LeftButton)
    answer(dialog, people)
    wait(qtbot, dialog)
    assert dialog.title.text() == "people.csv"
    assert dialog.build_button.isEnabled()
    qtbot.mouseClick(dialog.choose_button, Qt.MouseButton.LeftButton)
    answer(dialog, None)
    assert dialog.title.text() == "people.csv"


def test_arrays_come_with_their_target(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "points.npz"
    X = np.arange(60.0).reshape(30, 2)
    np.savez(path, X=X, y=X.sum(axis=1) + 0.5)
    dialog = opened(path)
    assert not dialog.target.target_box.isEnabled()
    assert dialog.target.summary.text() == "numbers from 1.5 to 117.5"
    assert dialog.target.task_box.currentText() == "Regression (found)"


# ── deciding ────────────────────────────────────────────────────────────────────────────────────


def test_another_target_brings_its_own_task_and_columns(
    qtbot: QtBot, opened: Opened, people: Path
) -> None:
    dialog = opened(people)
    box = dialog.target.target_box
    box.setCurrentText("income")
    box.activated.emit(box.currentIndex())
    wait(qtbot, dialog)
    assert cells(dialog, NAME) == ["income", "id", "age", "town", "bought"]
    assert dialog.target.task_box.currentText() == "Regression (found)"
    assert "8 missing" in dialog.target.summary.text()
    assert dialog.seen is not None
    assert dialog.seen.recipe.target == "income"


def test_the_task_can_be_changed(opened: Opened, people: Path) -> None:
    dialog = opened(people)
    box = dialog.target.task_box
    assert box.currentText() == "Classification (found)"
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert dialog.seen is not None
    assert dialog.seen.recipe.task == "regression"
    assert dialog.seen.task == "regression"
    assert box.currentText() == "Regression"


@pytest.mark.parametrize(
    ("column", "section", "text", "field", "value"),
    [
        ("town", KIND, "ignore", "kind", "ignore"),
        ("age", KIND, "category", "kind", "category"),
        ("income", FILL, "most frequent", "missing", "most_frequent"),
        ("income", SCALING, "minmax", "scaling", "minmax"),
    ],
)
def test_what_was_guessed_can_be_changed(
    opened: Opened, people: Path, column: str, section: int, text: str, field: str, value: str
) -> None:
    dialog = opened(people)
    choose(dialog, column, section, text)
    assert dialog.seen is not None
    changed = next(each for each in dialog.seen.recipe.columns if each.name == column)
    assert getattr(changed, field) == value
    assert cells(dialog, section)[cells(dialog, NAME).index(column)] == text


def test_the_target_is_not_an_input(opened: Opened, people: Path) -> None:
    model = opened(people).columns.columns
    flags = model.index(0, KIND).flags()
    assert not flags & Qt.ItemFlag.ItemIsEditable


def test_the_split_can_be_changed_and_enter_does_not_leave(
    qtbot: QtBot, opened: Opened, people: Path
) -> None:
    dialog = opened(people)
    box = dialog.target.form.editor("test").box
    box.lineEdit().selectAll()
    qtbot.keyClicks(box.lineEdit(), "0.5")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert not dialog.progress.isVisible()
    assert dialog.target.split_summary.text() == "32 train · 8 val · 40 test"


# ── building ────────────────────────────────────────────────────────────────────────────────────


def test_ok_gives_a_project_that_fits(qtbot: QtBot, opened: Opened, people: Path) -> None:
    dialog = opened(people)
    choose(dialog, "town", KIND, "ignore")
    with qtbot.waitSignal(dialog.project_chosen, timeout=20_000) as chosen:
        qtbot.mouseClick(dialog.build_button, Qt.MouseButton.LeftButton)
    (project,) = chosen.args
    assert isinstance(project, Project)
    assert project.data is not None
    assert isinstance(project.data.source, TableFile)
    assert project.data.target == "bought"
    kinds = {column.name: column.kind for column in project.data.columns}
    assert kinds == {"id": "ignore", "age": "number", "town": "ignore", "income": "number"}
    output = project.design.node(project.design.outputs[0]).layer
    assert isinstance(output, Dense)
    assert output.units == 1


def test_rows_that_cannot_be_learned_from_say_why_and_nothing_is_lost(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    path = tmp_path / "one.csv"
    path.write_text("a,b\n" + "\n".join(f"{row},same" for row in range(30)))
    dialog = opened(path)
    choose(dialog, "a", SCALING, "none")
    with qtbot.assertNotEmitted(dialog.project_chosen):
        dialog.build()
        wait(qtbot, dialog)
    assert "one class only" in dialog.messages.sentences[0]
    assert dialog.isVisible()
    assert dialog.seen is not None
    assert dialog.seen.recipe.columns[0].scaling == "none"
    assert dialog.counts.text().startswith("30 rows")


def test_many_notes_do_not_fill_the_dialog(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    head = ",".join(f"t{number}" for number in range(9))
    rows = "\n".join(",".join(f"w{row}x{at}" for at in range(9)) for row in range(40))
    path.write_text(
        f"{head},n,y\n"
        + "\n".join(f"{line},{at},{'ab'[at % 2]}" for at, line in enumerate(rows.split("\n")))
    )
    dialog = opened(path)
    assert len(dialog.messages.sentences) == 6
    assert dialog.messages.sentences[-1].startswith("And ")
