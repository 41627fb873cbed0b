"""What the Help menu shows."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from gui.actions import Actions
from gui.command_list import Command, commands_of
from gui.look import Look
from gui.settings import Settings


class Help:
    """Dialogs about the program and what can be done in it, over `window`."""

    def __init__(self, window: QWidget, actions: Actions, settings: Settings, look: Look) -> None:
        self._window, self._actions = window, actions
        self._settings, self._look = settings, look

    def show_commands(self) -> None:
        """Every command, found by a few letters."""
        from gui.dialogs.command_palette import CommandPalette

        commands = [each for each in commands_of(self._actions) if each.id != "commands"]
        CommandPalette(commands, self._settings.recent_commands, self._do, self._window).open()

    def show_shortcuts(self) -> None:
        """What the keys and the mouse do."""
        from gui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._window).open()

    def show_preferences(self) -> None:
        """What a person may choose about the program."""
        from gui.dialogs.preferences import PreferencesDialog

        PreferencesDialog(self._settings, self._look, self._window).open()

    def show_about(self) -> None:
        """Version and licence."""
        from gui.dialogs.about import AboutDialog

        AboutDialog(self._window).open()

    def _do(self, command: Command) -> None:
        """Once the palette has gone, so that the window has the keyboard again."""
        self._settings.add_recent_command(command.id)
        QTimer.singleShot(0, command.action, command.action.trigger)
