"""The theme and the places of panels: chosen in the View menu, and kept between two windows."""

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from gui import app, theme
from gui.main_window import MainWindow
from gui.settings import Settings
from tests.gui.conftest import close
from tests.gui.person import Person


@pytest.mark.parametrize("name", ["dark", "light"])
def test_a_theme_is_put_on_while_the_program_runs_and_remembered(
    person: Person, window: MainWindow, name: str
) -> None:
    person.do(name)
    assert theme.current().name == name
    assert window.palette().window().color() == theme.color("window")
    assert Settings().theme == name
    second = app.create_window()
    assert second.commands[name].isChecked()
    assert theme.current().name == name
    close(second)


def test_the_system_s_theme_can_be_followed_again(person: Person) -> None:
    person.do("dark")
    person.do("system")
    assert Settings().theme == "system"


def test_the_canvas_and_panels_change_with_the_theme(
    qtbot: QtBot, person: Person, window: MainWindow
) -> None:
    person.begin("xor")
    person.do("light")
    qtbot.wait(30)
    light = window.grab().toImage()
    person.do("dark")
    qtbot.wait(30)
    dark = window.grab().toImage()
    for part in (window.canvas, *(p for p in window.workbench.panels if p.isVisible())):
        corner = part.mapTo(window, part.rect().bottomLeft()) + QPoint(4, -4)
        assert light.pixelColor(corner).lightness() > 200, part
        assert dark.pixelColor(corner).lightness() < 60, part


def test_resetting_the_panels_forgets_the_remembered_window(
    person: Person, window: MainWindow
) -> None:
    person.begin("xor")
    window.close()
    assert Settings().window("docks") is not None
    window.show()
    person.do("reset_layout")
    assert Settings().window("docks") is None
