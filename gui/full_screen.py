"""The canvas alone on the whole screen, and everything as it was afterwards."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Qt

if TYPE_CHECKING:
    from gui.main_window import MainWindow

_ANY = (1 << 24) - 1  # Qt's own QWIDGETSIZE_MAX


class FullScreen(QObject):
    """Hides what is around the canvas for a while; every key goes on working."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._docks: QByteArray | None = None
        self._before = Qt.WindowState.WindowNoState

    @property
    def is_on(self) -> bool:
        """Whether the canvas is alone."""
        return self._docks is not None

    def toggle(self) -> None:
        """To the whole screen, or back."""
        if self._docks is None:
            self._enter()
        else:
            self._leave(self._docks)
        self._window.canvas.setFocus()

    def _enter(self) -> None:
        window = self._window
        self._docks, self._before = window.workbench.saveState(), window.windowState()
        for dock in window.workbench.docks.values():
            dock.hide()
        self._show_bars(False)
        window.setWindowState(self._before | Qt.WindowState.WindowFullScreen)

    def _leave(self, docks: QByteArray) -> None:
        self._docks = None
        self._show_bars(True)
        self._window.setWindowState(self._before)
        self._window.workbench.restoreState(docks)

    def _show_bars(self, shown: bool) -> None:
        """The menus' height goes to nothing, since those of a hidden bar would have no keys."""
        window = self._window
        window.menuBar().setMaximumHeight(_ANY if shown else 0)
        window.tool_bar.setVisible(shown)
        window.status.setVisible(shown)
