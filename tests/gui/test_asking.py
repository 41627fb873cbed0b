"""Questions that hold up nothing: each answer calls what belongs to it, once."""

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gui import asking
from gui.asking import Role
from tests.gui.person import take


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def ask(parent: QWidget) -> tuple[QMessageBox, list[str]]:
    said: list[str] = []
    choices = (
        ("Keep", Role.AcceptRole, lambda: said.append("keep")),
        ("Drop", Role.DestructiveRole, lambda: said.append("drop")),
        ("Wait", Role.RejectRole, None),
    )
    asking.choose(parent, "Keep it?", "It is yours.", choices)
    gc.collect()
    return parent.findChildren(QMessageBox)[-1], said


@pytest.mark.parametrize(("words", "calls"), [("Keep", ["keep"]), ("Drop", ["drop"]), ("Wait", [])])
def test_a_button_calls_what_belongs_to_it(parent: QWidget, words: str, calls: list[str]) -> None:
    box, said = ask(parent)
    next(button for button in box.buttons() if button.text() == words).click()
    assert said == calls


def test_the_first_choice_is_the_default_and_escape_rejects(qtbot: QtBot, parent: QWidget) -> None:
    box, said = ask(parent)
    assert box.defaultButton().text() == "Keep"
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert said == []
    box, said = ask(parent)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert said == ["keep"]


def test_a_warning_is_a_title_and_a_sentence(parent: QWidget) -> None:
    asking.warn(parent, "Not saved", "the disk is full")
    box = parent.findChild(QMessageBox)
    assert (box.text(), box.informativeText()) == ("Not saved.", "The disk is full")


def test_an_answered_question_is_gone(parent: QWidget, qapp: QApplication) -> None:
    box, _ = ask(parent)
    box.buttons()[0].click()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert parent.findChildren(QMessageBox) == []


def test_a_file_to_write_gets_the_usual_ending(
    qtbot: QtBot, parent: QWidget, tmp_path: Path
) -> None:
    chosen: list[Path] = []
    asking.save_path(parent, "Save", tmp_path / "iris.h5", "Models (*.h5)", chosen.append)
    dialog = parent.findChild(QFileDialog)
    assert [Path(name).name for name in dialog.selectedFiles()] == ["iris.h5"]
    take(dialog, tmp_path / "mine")
    assert chosen == [tmp_path / "mine.h5"]


def test_a_file_to_read_is_handed_over(qtbot: QtBot, parent: QWidget, tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("a,b\n1,2\n")
    chosen: list[Path] = []
    asking.open_path(parent, "Open", str(tmp_path), "Data (*.csv)", chosen.append)
    take(parent.findChild(QFileDialog), path)
    assert chosen == [path]


def test_giving_up_calls_nothing(parent: QWidget, tmp_path: Path) -> None:
    chosen: list[Path] = []
    asking.open_path(parent, "Open", str(tmp_path), "Data (*.csv)", chosen.append)
    parent.findChild(QFileDialog).reject()
    assert chosen == []
