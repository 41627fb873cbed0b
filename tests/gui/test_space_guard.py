"""Space pauses, except where it is a letter or presses what has the focus."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QToolButton

from gui.main_window import MainWindow
from tests.gui.person import Person, panel


def test_space_pauses_and_resumes_from_the_canvas(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    person.train_for_long()
    window.canvas.setFocus()
    person.press(Qt.Key.Key_Space)
    person.until_paused()
    person.press(Qt.Key.Key_Space)
    assert window.training.state == "running"


def test_space_is_a_letter_in_an_editor(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    person.train_for_long()
    search = window.layers.findChild(QLineEdit)
    search.setFocus()
    person.press(Qt.Key.Key_Space, on=search)
    person.qtbot.wait(100)
    assert search.text() == " "
    assert window.training.state == "running"


def test_space_presses_a_focused_button(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    person.train_for_long()
    stop = next(
        each
        for each in window.tool_bar.findChildren(QToolButton)
        if each.defaultAction() is window.commands["stop"]
    )
    stop.setFocus()
    person.press(Qt.Key.Key_Space, on=stop)
    person.until_idle()
    assert person.trained.history


def test_space_ticks_a_focused_box_without_training(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    box = panel(window, "training").findChild(QCheckBox)
    before = box.isChecked()
    box.setFocus()
    person.press(Qt.Key.Key_Space, on=box)
    assert box.isChecked() is not before
    assert window.training.state == "idle"
