"""The theme and the places of the panels: choosing them, and keeping them between runs."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from gui import layouts, theme
from gui.settings import Settings
from gui.workbench import Workbench


class Look(QObject):
    """What the View menu changes beside the canvas."""

    def __init__(self, settings: Settings, workbench: Workbench) -> None:
        super().__init__(workbench)
        self._settings, self._workbench = settings, workbench

    def light(self) -> None:
        """The light theme."""
        self._choose("light")

    def dark(self) -> None:
        """The dark theme."""
        self._choose("dark")

    def system(self) -> None:
        """The theme of the desktop."""
        self._choose("system")

    def build(self) -> None:
        """The layout for drawing a design."""
        self._lay_out("build")

    def train(self) -> None:
        """The layout for watching a training."""
        self._lay_out("train")

    def explain(self) -> None:
        """The layout for looking inside a network."""
        self._lay_out("explain")

    def judge(self) -> None:
        """The layout for judging what was trained."""
        self._lay_out("judge")

    def reset_layout(self) -> None:
        """Every panel back to where it was in a new window."""
        self._settings.forget_window()
        self._workbench.reset()

    def _lay_out(self, name: str) -> None:
        layouts.apply(self._workbench, name)

    def _choose(self, mode: theme.Mode) -> None:
        self._settings.theme = mode
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, mode)
