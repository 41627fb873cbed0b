"""The status bar: problems, counts, seed, threads, the newest score, and the state of the file."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine import layers, templates
from engine.design import Design
from engine.project import Position
from gui import status as status_module
from gui.document import Document, State
from gui.elided import ElidedLabel
from gui.main_window import MainWindow
from gui.status import MOST_LISTED, Status
from tests.gui.panels.runs import classification, project
from tests.gui.person import Person


@pytest.fixture
def document(qapp: QApplication) -> Document:
    document = Document()
    document.replace(State(project(classification(), epochs=1)))
    return document


@pytest.fixture
def bar(qtbot: QtBot, document: Document) -> Status:
    bar = Status(document)
    qtbot.addWidget(bar)
    bar.resize(1200, 40)
    bar.show()
    return bar


# ── beside a document ───────────────────────────────────────────────────────────────────────


def test_without_problems_it_says_so(bar: Status, document: Document) -> None:
    document.edit("Choose", project=templates.new("iris"))
    assert bar.problems.text() == "no problems"
    assert bar.problems.toolTip() == "Ready to train"
    bar.problems.click()


def test_an_error_is_told_with_its_mending(qtbot: QtBot, bar: Status, document: Document) -> None:
    assert bar.problems.text() == "1 problem: no data is chosen"
    assert bar.problems.toolTip() == "no data is chosen. Choose a data set."
    with qtbot.waitSignal(bar.problem_chosen) as chosen:
        bar.problems.click()
    assert chosen.args == ["data"]


def test_warnings_are_counted_apart(bar: Status, document: Document) -> None:
    document.edit("Choose", project=templates.new("iris"))
    plain = Design.chain(
        layers.Input(), *(layers.Dense(4) for _ in range(3)), layers.Dense(3, activation="softmax")
    )
    document.edit("Stack", project=document.project.edited(design=plain, layout=()))
    document.set_prepared(classification())
    assert bar.problems.text().startswith("3 warnings: dense_1 has no activation")


def test_of_many_problems_the_first_are_listed_and_the_others_counted(
    bar: Status, document: Document
) -> None:
    document.edit("Choose", project=templates.new("iris"))
    plain = Design.chain(
        layers.Input(), *(layers.Dense(4) for _ in range(40)), layers.Dense(3, activation="softmax")
    )
    document.edit("Stack", project=document.project.edited(design=plain, layout=()))
    document.set_prepared(classification())
    *listed, more = bar.problems.toolTip().splitlines()
    assert len(listed) == MOST_LISTED
    assert more == f"And {len(document.problems) - MOST_LISTED} more"
    assert listed[0].startswith("dense_1 has no activation")


def test_parameters_and_seed_follow_the_document(bar: Status, document: Document) -> None:
    assert (bar.parameters.text(), bar.seed.text()) == ("", "seed 0")
    document.set_prepared(classification())
    assert bar.parameters.text() == f"{4 * 5 + 5 + 5 * 3 + 3:,} parameters"


def test_a_sentence_is_shown_for_a_while(
    qtbot: QtBot, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status_module, "NOTE_MS", 20)
    bar = Status(document)
    qtbot.addWidget(bar)
    bar.tell("Saved iris.h5.")
    assert bar.note.text() == "Saved iris.h5."
    qtbot.waitUntil(lambda: bar.note.text() == "")


def test_dragging_a_card_works_out_no_problem_anew(bar: Status, document: Document) -> None:
    long = Design.chain(layers.Input(), *(layers.Dense(2) for _ in range(20)))
    document.replace(State(document.project.edited(design=long)))
    known = document.problems
    for x in range(3):
        places = (Position(id=long.nodes[0].id, x=float(x), y=0.0),)
        document.edit("Move", project=document.project.edited(layout=places), merge="drag")
        assert document.problems is known
    assert bar.problems.text().startswith("1 problem: no data is chosen")


def test_a_long_sentence_is_shortened_and_whole_in_its_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText("a sentence that is much longer than its room " * 3)
    label.resize(120, 24)
    label.show()
    assert label.minimumSizeHint().width() == 0
    assert label.toolTip() == label.text()
    assert not label.grab().isNull()


# ── in the window ───────────────────────────────────────────────────────────────────────────


def test_the_score_is_a_share_with_its_counts(person: Person, window: MainWindow) -> None:
    person.begin("iris", epochs=3)
    assert window.status.score.text() == ""
    last = person.train_to_the_end().history[-1]
    words = re.fullmatch(
        r"validation accuracy <b>([\d.]+)%</b> \((\d+) of (\d+)\)", window.status.score.text()
    )
    assert words
    assert int(words[3]) == 15
    assert int(words[2]) == round(15 * last.validation["accuracy"])
    assert window.status.seed.text() == "seed 0 · 1 thread"
    person.do("reset")
    assert window.status.score.text() == ""
    assert window.status.seed.text() == "seed 0"


def test_without_validation_rows_the_score_is_that_of_training(
    person: Person, window: MainWindow
) -> None:
    person.begin("xor", epochs=2)
    person.train_to_the_end()
    assert re.fullmatch(r"training accuracy <b>[\d.]+%</b> \(\d of 4\)", window.status.score.text())


def test_the_score_of_a_regression_is_in_the_target_s_unit(
    person: Person, window: MainWindow
) -> None:
    person.begin("diabetes", epochs=2)
    person.train_to_the_end()
    assert re.fullmatch(r"validation RMSE <b>[\d.]+</b>", window.status.score.text())


def test_a_card_moved_while_training_leaves_the_score(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    person.train_for_long()
    person.until(lambda: bool(window.status.score.text()))
    window.document.edit("Move", project=window.document.project.edited(layout=()))
    assert window.status.score.text() != ""


def test_the_state_of_the_file_is_told(person: Person, window: MainWindow, tmp_path: Path) -> None:
    person.begin("xor")
    assert window.status.file.text() == "not saved yet"
    person.save_to(tmp_path / "mine.h5")
    assert window.status.file.text() == "mine.h5 · saved"
    person.add(layers.Dropout())
    assert window.status.file.text() == "mine.h5 · changed"
    person.do("undo")
    assert window.status.file.text() == "mine.h5 · saved"


def test_a_problem_leads_to_its_layer_or_its_panel(person: Person, window: MainWindow) -> None:
    person.begin("iris")
    person.add(layers.Dense(7, activation="softmax"))
    window.canvas.clearFocus()
    person.qtbot.mouseClick(window.status.problems, Qt.MouseButton.LeftButton)
    design = window.document.project.design
    assert window.document.focus.layers == design.outputs
    window.workbench.docks["training"].hide()
    window.host.go_to("training")
    assert window.workbench.docks["training"].isVisible()
    window.host.go_to("elsewhere")


def test_the_bar_changes_its_colours_with_the_theme(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    person.do("light")
    before = window.status.problems.styleSheet()
    person.do("dark")
    assert window.status.problems.styleSheet() != before
