"""The command palette: every action is found, done, or said why it cannot be done now."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from engine import layers
from gui.action_table import ACTIONS
from gui.command_list import commands_of
from gui.dialogs.command_palette import COMMAND, CommandPalette
from gui.main_window import MainWindow
from gui.reasons import REASONS
from tests.gui.person import Person


def opened(person: Person) -> CommandPalette:
    person.do("commands")
    return person.dialog(CommandPalette)


def listed(palette: CommandPalette) -> list[str]:
    return [palette.list.item(row).text() for row in range(palette.list.count())]


def test_everything_in_the_menus_is_listed(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    found = {command.id: command for command in commands_of(window.commands)}
    assert {spec.id for spec in ACTIONS} <= found.keys()
    assert found["train"].menu == "Train"
    assert found["train"].keys == "Ctrl+Return"
    assert found["View > Panels: Curves"].words == "Curves"
    assert found["Insert: Dropout"].words == "Dropout"
    palette = opened(person)
    assert "Find a command" not in listed(palette)
    palette.close()


def test_a_command_is_found_by_letters_and_done_with_enter(
    person: Person, window: MainWindow
) -> None:
    person.begin("xor")
    palette = opened(person)
    person.qtbot.keyClicks(palette.search, "drop")
    assert listed(palette)[0] == "Dropout"
    person.press(Qt.Key.Key_Return, palette.search)
    person.until(
        lambda: any(
            isinstance(each.layer, layers.Dropout) for each in window.document.project.design.nodes
        )
    )


def test_arrow_keys_move_and_the_latest_come_first_the_next_time(
    person: Person, window: MainWindow
) -> None:
    palette = opened(person)
    person.qtbot.keyClicks(palette.search, "theme")
    names = listed(palette)
    person.press(Qt.Key.Key_Down, palette.search)
    assert palette.list.currentRow() == 1
    person.press(Qt.Key.Key_Return, palette.search)
    person.until(lambda: window.settings.theme != "system")
    palette = opened(person)
    assert listed(palette)[0] == names[1]
    person.press(Qt.Key.Key_Escape, palette.search)
    assert not palette.isVisible()


def test_what_cannot_be_done_says_why_and_stays(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    palette = opened(person)
    person.qtbot.keyClicks(palette.search, "duplicate")
    command = palette.list.item(0).data(COMMAND)
    assert command.reason == "Select a layer first"
    assert command.spoken == "Duplicate, Edit, Ctrl+D, Select a layer first"
    person.press(Qt.Key.Key_Return, palette.search)
    assert palette.isVisible()
    person.qtbot.keyClicks(palette.search, "xyzzy")
    assert palette.none.isVisible()
    person.press(Qt.Key.Key_Return, palette.search)
    assert palette.isVisible()
    palette.close()


def test_reasons_follow_from_what_is_open_and_selected(person: Person, window: MainWindow) -> None:
    assert window.commands.reason("train") == "Begin or open a project first"
    assert window.commands.reason("back") == "No design waits behind this page"
    person.begin("xor")
    assert window.commands.reason("train") == ""
    assert window.commands.reason("undo") == "There is nothing to undo"
    person.add(layers.Dropout(0.5))
    assert window.commands.reason("undo") == ""


def test_every_condition_has_its_reason() -> None:
    assert {need for spec in ACTIONS for need in spec.needs} <= REASONS.keys()


def test_it_is_painted_in_both_states(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    palette = opened(person)
    QApplication.processEvents()
    assert not palette.grab().isNull()
    palette.close()
