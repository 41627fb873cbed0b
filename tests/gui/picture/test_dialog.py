"""The dialog for pictures, and copying one, in the whole window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from engine import layers
from gui.document import Focus, State
from gui.main_window import MainWindow
from gui.picture.dialog import PictureDialog
from tests.gui.person import Person


@pytest.fixture
def dialog(person: Person) -> PictureDialog:
    person.begin("iris")
    person.do("picture")
    return person.dialog(PictureDialog)


def settled(person: Person, dialog: PictureDialog) -> None:
    person.until(lambda: not dialog._soon.isActive())


def choose(dialog: PictureDialog, name: str, value: str) -> None:
    box = dialog.form.lists[name]
    box.setCurrentIndex(box.findData(value))


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
@pytest.mark.parametrize("style", ["drawn", "columns"])
def test_a_picture_is_written_in_each_format_and_style(
    person: Person, dialog: PictureDialog, tmp_path: Path, kind: str, style: str
) -> None:
    choose(dialog, "style", style)
    choose(dialog, "format", kind)
    dialog.save_button.click()
    path = tmp_path / f"figure.{kind}"
    person.choose_file(path)
    person.until(path.exists)
    begins = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[kind]
    assert path.read_bytes().startswith(begins)
    assert dialog.messages.sentences == (f"Wrote figure.{kind}.",)


def test_what_cannot_be_written_is_said_in_one_sentence(
    dialog: PictureDialog, tmp_path: Path
) -> None:
    path = tmp_path / "nowhere" / "figure.svg"
    dialog.save_to(path)
    assert dialog.messages.sentences == (f"{path}: not saved (its folder does not exist).",)


def test_too_many_pixels_are_refused_and_the_next_choice_takes_the_sentence_away(
    person: Person, dialog: PictureDialog, tmp_path: Path
) -> None:
    for _ in range(20):
        person.add(layers.Dense(units=4))
    choose(dialog, "format", "png")
    dialog.form.scale.setValue(800)
    dialog.save_to(tmp_path / "figure.png")
    assert "choose a smaller scale, or SVG or PDF" in dialog.messages.sentences[0]
    dialog.copy()
    assert "choose a smaller scale, or SVG or PDF" in dialog.messages.sentences[0]
    dialog.form.scale.setValue(100)
    assert dialog.messages.sentences == ()


def test_the_preview_follows_the_design(person: Person, dialog: PictureDialog) -> None:
    assert dialog.drawing is not None
    before = dialog.drawing.area.width()
    person.add(layers.Dropout())
    person.until(lambda: dialog.drawing is not None and dialog.drawing.area.width() > before)
    size = dialog.form.size_text.text()
    choose(dialog, "format", "png")
    settled(person, dialog)
    assert "pixels" in dialog.form.size_text.text() != size
    person.window.document.replace(State(person.window.document.project.edited(design={})))
    person.until(lambda: dialog.drawing is None)
    assert not dialog.save_button.isEnabled()
    assert dialog.empty.isVisible()


def test_only_what_concerns_the_style_is_offered(dialog: PictureDialog) -> None:
    form = dialog.form
    assert form.ticks["problems"].isVisible()
    assert not form.neurons.isVisible()
    choose(dialog, "style", "columns")
    assert form.neurons.isVisible()
    assert not form.ticks["problems"].isVisible()
    choose(dialog, "format", "pdf")
    assert not form.ticks["outlines"].isVisible()


def test_the_selected_layers_alone_can_be_shown(person: Person, dialog: PictureDialog) -> None:
    tick = dialog.form.ticks["selected"]
    assert not tick.isEnabled()
    first = person.window.document.project.design.nodes[0].id
    person.window.document.set_focus(Focus(layers=(first,)))
    person.until(tick.isEnabled)
    assert dialog.drawing is not None
    whole = dialog.drawing.area.width()
    tick.click()
    person.until(lambda: dialog.drawing is not None and dialog.drawing.area.width() < whole / 2)


def test_selecting_changes_nothing_in_the_picture(
    person: Person, dialog: PictureDialog, tmp_path: Path
) -> None:
    choose(dialog, "format", "png")
    dialog.save_to(tmp_path / "before.png")
    person.do("select_all")
    settled(person, dialog)
    dialog.save_to(tmp_path / "after.png")
    assert QImage(str(tmp_path / "before.png")) == QImage(str(tmp_path / "after.png"))


def test_a_title_and_problems_make_the_picture_another(
    person: Person, dialog: PictureDialog, tmp_path: Path
) -> None:
    assert dialog.drawing is not None
    before = dialog.drawing.area.height()
    dialog.form.ticks["title"].click()
    settled(person, dialog)
    assert dialog.drawing.area.height() == before + 64
    dialog.form.ticks["problems"].click()
    settled(person, dialog)
    assert dialog.form.choices.problems


def test_the_last_choices_are_those_of_the_next_time_and_of_copying(
    person: Person, dialog: PictureDialog
) -> None:
    choose(dialog, "background", "transparent")
    dialog.close_button.click()
    person.until(lambda: not person.dialogs(PictureDialog))
    QGuiApplication.clipboard().clear()
    person.do("copy_picture")
    data = QGuiApplication.clipboard().mimeData()
    image = QImage.fromData(data.data("image/png"), "PNG")
    assert image.pixelColor(1, 1).alpha() == 0
    assert data.hasFormat("image/svg+xml")
    assert person.notes[-1] == "A picture of the design is on the clipboard."
    person.do("picture")
    assert person.dialog(PictureDialog).form.choices.background == "transparent"


def test_the_dialog_copies_too(dialog: PictureDialog) -> None:
    QGuiApplication.clipboard().clear()
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().mimeData().hasImage()
    assert dialog.messages.sentences == ("The picture is on the clipboard.",)


def test_there_is_nothing_to_copy_of_an_empty_design(person: Person, window: MainWindow) -> None:
    window.show_workbench()
    person.do("copy_picture")
    assert person.notes[-1].startswith("There is nothing to draw yet")


def test_the_dialog_has_a_key_and_words(person: Person, qapp: QApplication) -> None:
    person.begin("xor")
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    person.qtbot.keyClick(person.window, Qt.Key.Key_E, keys)
    dialog = person.dialog(PictureDialog)
    assert dialog.preview.accessibleName() == "Preview"
    assert all(box.accessibleName() for box in dialog.form.lists.values())
