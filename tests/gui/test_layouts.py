"""The layouts of Ctrl+1 to Ctrl+4: what each shows, how large, and the way back."""

import pytest

from gui.layouts import LAYOUTS
from gui.main_window import MainWindow
from tests.gui.person import Person
from tests.gui.test_workbench import begin, dock, open_docks


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_shows_its_panels_and_no_others(
    person: Person, window: MainWindow, name: str
) -> None:
    begin(person, window)
    person.do(f"layout_{name}")
    person.qtbot.wait(50)
    assert open_docks(window) == set(LAYOUTS[name].panels) - {"predicted", "residuals"}


def test_the_panel_that_fits_the_data_is_shown(person: Person, window: MainWindow) -> None:
    begin(person, window, "diabetes")
    person.do("layout_judge")
    assert "predicted" in open_docks(window)
    assert "confusion" not in open_docks(window)


def test_layouts_give_room_to_what_they_are_for(person: Person, window: MainWindow) -> None:
    begin(person, window)
    sizes = {}
    for name in ("build", "train", "judge"):
        person.do(f"layout_{name}")
        person.qtbot.wait(80)
        sizes[name] = window.canvas.height()
    assert sizes["build"] > sizes["train"] > sizes["judge"]
    person.do("layout_explain")
    person.qtbot.wait(80)
    assert dock(window, "weights").widget().isVisible()
    assert not dock(window, "loss").widget().isVisible()


def test_the_layout_is_left_for_that_of_a_new_window(person: Person, window: MainWindow) -> None:
    begin(person, window)
    before = open_docks(window)
    person.do("layout_build")
    person.do("reset_layout")
    person.qtbot.wait(50)
    assert open_docks(window) == before


def test_a_layout_takes_floating_panels_back(person: Person, window: MainWindow) -> None:
    begin(person, window)
    dock(window, "loss").setFloating(True)
    person.do("layout_train")
    assert not dock(window, "loss").isFloating()
