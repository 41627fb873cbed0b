"""The theme and the places of the panels: choosing them, and keeping them between runs."""

from PySide6.QtCore import QObject, Qt, QTimer

from gui import layouts, theme
from gui.actions import Actions
from gui.dressing import dress
from gui.settings import TEXT_SIZES, Settings
from gui.workbench import Workbench


class Look(QObject):
    """What the View menu changes beside the canvas."""

    def __init__(self, settings: Settings, workbench: Workbench, actions: Actions) -> None:
        super().__init__(workbench)
        self._settings, self._workbench, self._actions = settings, workbench, actions
        theme.notifier.theme_changed.connect(self._tick)
        self._tick()

    def light(self) -> None:
        """The light theme."""
        self.set_theme("light")

    def dark(self) -> None:
        """The dark theme."""
        self.set_theme("dark")

    def system(self) -> None:
        """The theme of the desktop."""
        self.set_theme("system")

    def larger(self) -> None:
        """All text one step larger."""
        self.set_text_size(self._settings.text_size + TEXT_SIZES.step)

    def smaller(self) -> None:
        """All text one step smaller."""
        self.set_text_size(self._settings.text_size - TEXT_SIZES.step)

    def normal(self) -> None:
        """Text as large as everywhere else."""
        self.set_text_size(100)

    def toggle_projector(self) -> None:
        """Large text and thick lines, or back."""
        self.set_projector(not self._settings.projector)

    def set_text_size(self, percent: int) -> None:
        """All text at so many per cent of the system's size."""
        self._settings.text_size = percent
        self._resize()

    def set_projector(self, on: bool) -> None:
        """Whether all is to be seen from afar."""
        self._settings.projector = on
        self._resize()

    def set_theme(self, mode: theme.Mode) -> None:
        """The theme of that name."""
        self._settings.theme = mode
        dress(self._settings)

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

    def show_outline(self) -> None:
        """The list of layers in front, with the keyboard on it."""
        dock = self._workbench.docks["outline"]
        dock.show()
        dock.raise_()
        QTimer.singleShot(
            0, dock, lambda: dock.widget().setFocus(Qt.FocusReason.ShortcutFocusReason)
        )

    def reset_layout(self) -> None:
        """Every panel back to where it was in a new window."""
        self._settings.forget_window()
        self._workbench.reset()

    def _lay_out(self, name: str) -> None:
        layouts.apply(self._workbench, name)

    def _resize(self) -> None:
        dress(self._settings)
        self._workbench.fit_text()

    def _tick(self) -> None:
        """The menus of every window show what has been chosen in any."""
        self._actions[self._settings.theme].setChecked(True)
        self._actions["projector"].setChecked(self._settings.projector)
