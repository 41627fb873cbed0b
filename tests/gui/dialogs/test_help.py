"""The dialogs of the Help menu."""

import platform

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.dialogs import about
from gui.dialogs.about import AboutDialog
from gui.dialogs.shortcuts import ShortcutsDialog, keys_of


def test_about_says_what_it_runs_on(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Glasswork" in texts
    assert any(platform.python_version() in text for text in texts)
    assert about._version("no such package") == "from source"


def test_every_action_with_keys_is_listed_and_no_other(qtbot: QtBot) -> None:
    train, plain = QAction("&Train"), QAction("Plain")
    train.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("F5")])
    assert keys_of([train, plain]) == [("Ctrl+Return or F5", "Train")]
    dialog = ShortcutsDialog([train, plain])
    qtbot.addWidget(dialog)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Ctrl+Return or F5" in texts
    assert "Plain" not in texts
    assert "Wheel" in texts
