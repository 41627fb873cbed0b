"""Menus filled elsewhere: layers to insert, panels to show, files opened lately."""

from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from engine.layers import Dropout, Layer
from gui.main_window import MainWindow
from tests.gui.person import Person


def entries(menu: QMenu) -> list[QAction]:
    return [action for action in menu.actions() if not action.isSeparator()]


def entry(menu: QMenu, words: str) -> QAction:
    return next(action for action in entries(menu) if action.text() == words)


def recent(window: MainWindow) -> QMenu:
    menu = window.commands.submenus["[recent]"]
    menu.aboutToShow.emit()
    return menu


def test_every_kind_of_layer_can_be_inserted(window: MainWindow) -> None:
    menu = window.commands.submenus["[layers]"]
    listed = [each for each in entries(menu) if each.menu() is None]
    kinds = [each for each in listed if each.objectName() not in window.commands.by_id]
    assert sorted(each.text() for each in kinds) == sorted(kind.label for kind in Layer.members())
    assert all(action.toolTip() for action in entries(menu))


def test_inserting_adds_the_layer_after_the_last(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    before = window.document.project.design
    entry(window.commands.submenus["[layers]"], "Dropout").trigger()
    design = window.document.project.design
    added = design.nodes[-1]
    assert len(design.nodes) == len(before.nodes) + 1
    assert isinstance(added.layer, Dropout)
    assert design.parents(added.id) == before.outputs


def test_every_panel_can_be_closed_and_shown_again(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    person.until(window.workbench.isVisible)
    menu = window.commands.submenus["[panels]"]
    assert [a.text() for a in entries(menu)][:2] == ["Layers", "Curves"]
    loss = window.workbench.docks["loss"]
    entry(menu, "Curves").trigger()
    assert loss.isHidden()
    entry(menu, "Curves").trigger()
    assert not loss.isHidden()


def test_without_recent_files_the_menu_says_so(window: MainWindow) -> None:
    assert [(a.text(), a.isEnabled()) for a in entries(recent(window))] == [
        ("No recent files", False)
    ]


def test_a_saved_file_is_offered_opened_and_forgotten(
    person: Person, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "R&D.h5"
    person.begin("xor")
    person.save_to(path)
    person.begin("iris")
    first = entries(recent(window))[0]
    assert first.text() == f"R&&D.h5  ({tmp_path})"
    first.trigger()
    person.until(lambda: window.document.path == path)
    assert window.document.project.name == "xor"
    entry(recent(window), "Forget these files").trigger()
    assert [a.text() for a in entries(recent(window))] == ["No recent files"]


def test_every_built_in_data_set_begins_a_project_that_fits(
    qtbot: QtBot, window: MainWindow
) -> None:
    menu = window.commands.submenus["[sets]"]
    menu.aboutToShow.emit()
    assert {each.text() for each in menu.actions()} >= {"Circles", "Blobs", "Noisy regression"}
    entry(menu, "Circles").trigger()
    qtbot.waitUntil(lambda: window.document.prepared is not None, timeout=20_000)
    assert window.document.project.name == "circles"
    assert not window.document.problems
