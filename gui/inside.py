"""Actions that look inside the network: gradients on the links, a row sent through the layers."""

from typing import cast

from gui.panels.activations import ActivationsPanel
from gui.panels.gradients import GradientsPanel
from gui.workbench import Workbench


class Inside:
    """Asks the panels that measure what is to be seen; they stay closed where they are."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench

    def toggle_gradients(self) -> None:
        """Colours the links by the gradients that flow through them, or no longer."""
        cast(GradientsPanel, self._workbench.docks["gradients"].widget()).toggle_links()

    def play(self) -> None:
        """Sends the chosen row through the network once."""
        cast(ActivationsPanel, self._workbench.docks["activations"].widget()).play()
