"""The dialogs of the Help menu."""

import platform

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.action_table import ACTIONS
from gui.dialogs import about
from gui.dialogs.about import AboutDialog
from gui.dialogs.shortcuts import ShortcutsDialog


def test_about_says_what_it_runs_on(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Glasswork" in texts
    assert any(platform.python_version() in text for text in texts)
    assert about._version("no such package") == "from source"


def test_every_key_of_the_table_is_listed_and_nothing_without_keys(qtbot: QtBot) -> None:
    dialog = ShortcutsDialog()
    qtbot.addWidget(dialog)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    for spec in ACTIONS:
        words = spec.text.replace("&", "").rstrip("…")
        keys = " or ".join(QKeySequence(each).toString() for each in spec.keys)
        assert not keys or (keys in texts and words in texts), spec.id
    assert "About Glasswork" not in texts
    assert "Ctrl+Shift+Z or Ctrl+Y" in texts
    assert "Wheel" in texts
