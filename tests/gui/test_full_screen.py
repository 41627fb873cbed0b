"""The canvas alone on the screen, and everything back where it was."""

from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.person import Person


def test_the_canvas_is_alone_until_the_same_key_is_pressed(
    qtbot: QtBot, person: Person, window: MainWindow
) -> None:
    person.begin("iris")
    docks = window.workbench.docks
    shown = {name for name, dock in docks.items() if dock.is_open}
    window.full_screen.toggle()
    assert window.full_screen.is_on
    assert not any(dock.isVisible() for dock in docks.values())
    assert not window.tool_bar.isVisible()
    qtbot.waitUntil(lambda: window.canvas.height() == window.height())
    assert window.commands.by_id["train"].isEnabled()
    window.full_screen.toggle()
    assert not window.full_screen.is_on
    assert {name for name, dock in docks.items() if dock.is_open} == shown
    assert window.tool_bar.isVisible()
    assert window.status.isVisible()
    assert window.menuBar().height() > 0
