"""What the Help menu shows."""

from collections.abc import Callable, Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget


class Help:
    """Dialogs about the program, over `window`; `actions` gives those whose keys are listed."""

    def __init__(self, window: QWidget, actions: Callable[[], Iterable[QAction]]) -> None:
        self._window, self._actions = window, actions

    def show_shortcuts(self) -> None:
        """What the keys and the mouse do."""
        from gui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._actions(), self._window).open()

    def show_about(self) -> None:
        """Version and licence."""
        from gui.dialogs.about import AboutDialog

        AboutDialog(self._window).open()
