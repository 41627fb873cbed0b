"""The tool bar: buttons that keep their words, and a pause that becomes a resume."""

from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QToolButton

from gui import theme
from gui.main_window import MainWindow
from tests.gui.person import Person


def buttons(window: MainWindow) -> dict[str, QToolButton]:
    found = window.tool_bar.findChildren(QToolButton)
    return {b.defaultAction().objectName(): b for b in found if b.defaultAction()}


def picture(icon: QIcon) -> QImage:
    return icon.pixmap(16).toImage()


def test_pause_becomes_resume_in_both_themes(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    person.do("light")
    person.train_for_long()
    pause = buttons(window)["pause"]
    assert (pause.text(), picture(pause.icon())) == ("Pause", picture(theme.icon("pause")))
    person.pause()
    assert (pause.text(), picture(pause.icon())) == ("Resume", picture(theme.icon("play")))
    person.do("dark")
    assert picture(pause.icon()) == picture(theme.icon("play"))
    person.do("pause")
    assert (pause.text(), picture(pause.icon())) == ("Pause", picture(theme.icon("pause")))


def test_step_and_reset_offer_their_other_kind(window: MainWindow) -> None:
    found = buttons(window)
    assert found["step_batch"].text() == "Step"
    assert [a.objectName() for a in found["step_batch"].menu().actions()] == [
        "step_batch",
        "step_epoch",
    ]
    assert [a.objectName() for a in found["reset"].menu().actions()] == ["reset", "new_seed"]


def test_words_and_icon_of_a_button_outlast_changes_of_its_action(
    person: Person, window: MainWindow
) -> None:
    person.begin("xor", epochs=2)
    person.train_to_the_end()
    found = buttons(window)
    assert found["step_batch"].text() == "Step"
    assert picture(found["train"].icon()) == picture(theme.icon("play", "on_accent"))
    assert picture(window.commands["train"].icon()) == picture(theme.icon("play"))


def test_progress_is_told_and_forgotten_with_another_document(
    person: Person, window: MainWindow
) -> None:
    progress = window.tool_bar.progress
    person.begin("xor", epochs=3)
    person.train_to_the_end()
    assert progress.words.text() == "epoch <b>3</b> of 3"
    person.do("new")
    window.files.begin_template("iris")
    person.answer("Discard")
    assert progress.words.text() == ""
    assert progress.bar.isHidden()


def test_the_buttons_are_there_only_with_a_project(person: Person, window: MainWindow) -> None:
    assert not window.tool_bar.isVisible()
    person.begin("xor")
    assert window.tool_bar.isVisible()
