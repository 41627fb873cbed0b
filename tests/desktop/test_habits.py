"""Habits of the program, by real keys: finding a command, going back in history, preferences."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from gui import theme
from gui.dialogs.command_palette import CommandPalette
from gui.dialogs.history import HistoryDialog
from gui.dialogs.preferences import PreferencesDialog
from gui.main_window import MainWindow
from gui.panels.outline import OutlinePanel
from gui.settings import Settings
from tests.desktop.hand import Hand
from tests.desktop.test_scenario import begin_digits, names


def opened(qtbot: QtBot, window: MainWindow, kind: type[QDialog]) -> QDialog:
    """The dialog of that kind, once it is to be seen, with the keyboard."""

    def shown() -> list[QDialog]:
        return [each for each in window.findChildren(kind) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()))
    return shown()[0]


def focus(hand: Hand, dialog: QDialog) -> None:
    """Gives the dialog the keyboard, which no window manager does here."""
    Hand(hand._qtbot, dialog).take_focus()


def test_a_command_is_found_by_a_few_letters(qtbot: QtBot, window: MainWindow, hand: Hand) -> None:
    begin_digits(qtbot, window, hand)
    hand.press("ctrl+shift+p")
    palette = opened(qtbot, window, CommandPalette)
    focus(hand, palette)
    hand.write("outl")
    hand.press("Return")
    outline = next(each for each in window.workbench.panels if isinstance(each, OutlinePanel))
    qtbot.waitUntil(outline.isVisible)
    assert not window.findChildren(
        CommandPalette, options=Qt.FindChildOption.FindDirectChildrenOnly
    )


def test_a_click_in_the_history_goes_back_to_that_step(
    qtbot: QtBot, window: MainWindow, hand: Hand
) -> None:
    begin_digits(qtbot, window, hand)
    begun = names(window)
    hand.click(window.canvas.layer_center(window.document.project.design.nodes[1].id))
    hand.press("ctrl+d")
    hand.press("ctrl+d")
    assert len(names(window)) == len(begun) + 2
    hand.press("ctrl+shift+h")
    history = opened(qtbot, window, HistoryDialog)
    assert isinstance(history, HistoryDialog)
    view = history.list
    hand.click(view.viewport().mapToGlobal(view.visualRect(view.model().index(0, 0)).center()))
    assert names(window) == begun
    history.close()


def test_theme_and_language_are_chosen_in_the_preferences(
    qtbot: QtBot, window: MainWindow, hand: Hand
) -> None:
    hand.press("ctrl+comma")
    dialog = opened(qtbot, window, PreferencesDialog)
    assert isinstance(dialog, PreferencesDialog)
    focus(hand, dialog)
    dialog.theme.setFocus()
    hand.press("Up")  # from the system's to the one above it
    assert theme.current().name == "dark"
    dialog.language.setFocus()
    hand.press("End")
    assert Settings().language == dialog.language.currentData() != "system"
    assert dialog.note.isVisible()
    hand.press("Escape")
    qtbot.waitUntil(lambda: not window.findChildren(PreferencesDialog))
