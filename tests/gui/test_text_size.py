"""The size of text and the projector mode: in force at once, in every part, and remembered."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel

from gui import app, theme
from gui.dialogs.preferences import PreferencesDialog
from gui.main_window import MainWindow
from gui.settings import Settings
from tests.gui.conftest import close
from tests.gui.person import Person


@pytest.fixture(autouse=True)
def usual_size() -> Iterator[None]:
    """Leaves the program with text of the usual size."""
    yield
    theme.enlarge(100)
    theme.apply(app.application(), "light")


def size_of(window: MainWindow, text: str) -> float:
    label = next(each for each in window.findChildren(QLabel) if each.text() == text)
    return label.fontInfo().pointSizeF()


def test_all_text_grows_by_one_step_after_the_other(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    before = {text: size_of(window, text) for text in ("Optimizer", "Inspector", "parameters")}
    for _ in range(5):
        person.do("larger")
    assert Settings().text_size == 150
    for text, size in before.items():
        assert size_of(window, text) == pytest.approx(1.5 * size, rel=0.06), text
    person.do("smaller")
    assert Settings().text_size == 140
    person.do("normal")
    assert size_of(window, "Optimizer") == before["Optimizer"]


def test_docks_make_room_and_cards_stay_in_their_frames(person: Person, window: MainWindow) -> None:
    window.resize(1280, 800)
    person.begin("xor")
    person.qtbot.wait(100)
    width = window.workbench.docks["palette"].width()
    window.look.set_text_size(150)
    person.qtbot.wait(100)
    assert window.workbench.docks["palette"].width() == pytest.approx(1.5 * width, abs=4)
    assert theme.scene_font("strong").pointSizeF() < theme.font("strong").pointSizeF()


def test_there_is_a_smallest_and_a_largest_size(person: Person, window: MainWindow) -> None:
    window.look.set_text_size(10)
    assert Settings().text_size == 80
    window.look.set_text_size(900)
    assert Settings().text_size == 200


def test_the_projector_mode_is_one_switch_that_is_remembered(
    person: Person, window: MainWindow
) -> None:
    size, line = theme.font().pointSizeF(), theme.stroke(2)
    person.do("projector")
    assert theme.font().pointSizeF() == pytest.approx(1.5 * size)
    assert theme.stroke(2) > line
    second = app.create_window()
    assert second.commands["projector"].isChecked()
    person.do("projector")
    assert not second.commands["projector"].isChecked()
    assert theme.font().pointSizeF() == size
    close(second)


def test_preferences_take_effect_at_once(person: Person, window: MainWindow) -> None:
    person.do("preferences")
    dialog = person.dialog(PreferencesDialog)
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.theme.activated.emit(dialog.theme.currentIndex())
    dialog.text_size.setValue(120)
    dialog.projector.setChecked(True)
    dialog.autosave.setValue(4)
    assert theme.current().name == "dark"
    assert window.commands["dark"].isChecked()
    assert window.commands["projector"].isChecked()
    kept = Settings()
    assert (kept.theme, kept.text_size, kept.projector, kept.autosave_seconds) == (
        "dark",
        120,
        True,
        4,
    )
    assert dialog.autosave.accessibleName() == "Keep edits aside after"
    dialog.close()
