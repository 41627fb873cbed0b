"""Actions that look inside the network, in the real window."""

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from gui.panels.activations import ActivationsPanel
from gui.panels.gradients import GradientsPanel
from tests.gui.person import Person


def test_gradients_colour_the_links_and_a_row_is_sent_through(
    window: MainWindow, person: Person
) -> None:
    window.files.begin_template("iris")
    person.qtbot.waitUntil(lambda: window.document.prepared is not None, timeout=20_000)
    assert not window.commands["play_row"].isEnabled()
    window.commands["show_gradients"].trigger()
    legend = window.canvas.lights.legend
    assert legend.isVisible()
    assert "appear with the first batch" in legend.title
    window.training.train()
    person.qtbot.waitUntil(lambda: "for one row" in legend.title, timeout=20_000)
    person.qtbot.waitUntil(lambda: window.training.state == "idle", timeout=60_000)
    window.commands["show_gradients"].trigger()
    assert not legend.isVisible()
    gradients = cast(GradientsPanel, window.workbench.docks["gradients"].widget())
    assert not gradients.isVisible()

    before = QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, True)
    window.commands["play_row"].trigger()
    pulse = window.canvas.lights.pulse
    person.qtbot.waitUntil(lambda: pulse.is_running, timeout=20_000)
    person.qtbot.waitUntil(lambda: not pulse.is_running, timeout=20_000)
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, before)
    activations = cast(ActivationsPanel, window.workbench.docks["activations"].widget())
    assert activations.on_cards.isChecked()
