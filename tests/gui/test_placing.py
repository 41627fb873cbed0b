"""Placing layers in the whole window: keys, menus, blocks of one's own, several windows."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QLabel
from pytestqt.qtbot import QtBot

from gui import app
from gui.document import Focus
from gui.main_window import MainWindow
from tests.gui.conftest import close
from tests.gui.person import Person


def test_insert_finds_a_layer_and_puts_it_behind_the_selection(
    person: Person, window: MainWindow
) -> None:
    person.begin("xor")
    document = window.document
    last = document.project.design.nodes[-1].id
    document.set_focus(Focus(layers=(last,)))
    window.canvas.setFocus()
    person.press(Qt.Key.Key_Insert)
    box = window.canvas.adding.box
    assert box.isVisible()
    QTest.keyClicks(box.search, "dropout")
    QTest.keyClick(box.search, Qt.Key.Key_Return)
    new = document.project.design.nodes[-1]
    assert document.project.design.parents(new.id) == (last,)
    person.do("undo")
    assert not document.project.design.has(new.id)


def test_a_block_of_one_s_own_is_in_the_list_of_every_window(
    qtbot: QtBot, person: Person, window: MainWindow
) -> None:
    person.begin("xor")
    nodes = window.document.project.design.nodes
    window.document.set_focus(Focus(layers=tuple(node.id for node in nodes[1:])))
    other = app.create_window()
    other.complete()
    person.do("save_block")
    dialog = person.dialog(QInputDialog)
    dialog.setTextValue("My head")
    dialog.accept()
    assert "My head" in [chip.label for chip in window.layers.chips]
    qtbot.waitUntil(lambda: "My head" in [chip.label for chip in other.layers.chips])
    close(other)


def test_a_preset_of_the_menu_is_one_step(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    presets = [each.menu() for each in window.commands.submenus["[layers]"].actions()]
    (menu,) = [each for each in presets if each is not None]
    menu.actions()[1].trigger()
    assert window.document.undo_stack.undoText() == "Add Residual block"


def test_training_allows_copies_and_blocks_but_no_placing(
    person: Person, window: MainWindow
) -> None:
    person.begin("xor")
    person.train_for_long()
    enabled = {each: window.commands[each].isEnabled() for each in ("quick_add", "stack")}
    assert enabled == {"quick_add": False, "stack": False}
    window.canvas.adding.open()
    assert not window.canvas.adding.box.isVisible()
    person.do("stop")
    person.until_idle()


def test_a_broken_block_is_told_in_the_list_of_layers(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    (home / "blocks").mkdir(parents=True)
    (home / "blocks" / "bad.json").write_text('{"glasswork": "layers", "layers": [{}]}', "utf-8")
    monkeypatch.setenv("GLASSWORK_HOME", str(home))
    window = app.create_window()
    window.complete()
    said = [label.text() for label in window.layers.findChildren(QLabel)]
    assert '⚠ bad.json is left out: layer 1: kind is missing, such as "dense".' in said
    close(window)
