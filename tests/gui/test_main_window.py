"""The window as a whole: its pages, its title, its dialogs, and the panels it holds together."""

import gc
import weakref
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine import layers
from engine.events import Measured
from gui import app, requests
from gui.dialogs.about import AboutDialog
from gui.dialogs.shortcuts import ShortcutsDialog
from gui.dialogs.table import TableDialog
from gui.document import Focus
from gui.gallery import Card
from gui.main_window import MainWindow
from gui.welcome import RecentFile
from tests.gui.conftest import close
from tests.gui.person import Person, panel


def test_it_begins_on_the_welcome_page(window: MainWindow) -> None:
    assert window.pages.currentWidget() is window.welcome
    assert not window.tool_bar.isVisible()
    assert not window.status.isVisible()


def test_a_card_of_the_welcome_page_begins_a_design(person: Person, window: MainWindow) -> None:
    card = next(each for each in window.welcome.findChildren(Card) if each.entry.name == "wine")
    person.qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    person.until(lambda: window.document.prepared is not None)
    assert window.pages.currentWidget() is window.workbench
    assert window.tool_bar.isVisible()
    assert window.status.isVisible()
    assert set(window.canvas.scene.layers) == {n.id for n in window.document.project.design.nodes}


def test_one_can_go_back_from_the_welcome_page(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    person.do("new")
    assert window.pages.currentWidget() is window.welcome
    assert window.document.project.name == "xor"
    person.do("back")
    assert window.pages.currentWidget() is window.workbench


def test_recent_files_are_on_the_welcome_page(
    person: Person, window: MainWindow, tmp_path: Path
) -> None:
    person.begin("xor")
    person.save_to(tmp_path / "mine.h5")
    person.do("new")
    row = window.welcome.findChildren(RecentFile)[-1]
    row.click()
    person.until(lambda: window.pages.currentWidget() is window.workbench)
    assert window.document.path == tmp_path / "mine.h5"


def test_the_title_names_the_document_and_marks_changes(
    person: Person, window: MainWindow, tmp_path: Path
) -> None:
    person.begin("xor")
    assert window.windowTitle() == "xor[*] – Glasswork"
    assert not window.isWindowModified()
    person.add(layers.Dropout())
    assert window.isWindowModified()
    person.save_to(tmp_path / "mine.h5")
    assert window.windowTitle() == "mine.h5[*] – Glasswork"
    assert not window.isWindowModified()


def test_help_is_shown_in_dialogs(person: Person) -> None:
    person.do("shortcuts")
    person.dialog(ShortcutsDialog).reject()
    person.do("about")
    person.dialog(AboutDialog).reject()


def test_panels_are_shown_what_the_run_says(person: Person, window: MainWindow) -> None:
    person.begin("iris", epochs=4)
    person.train_to_the_end()
    assert panel(window, "loss").plots[0].isVisible()
    assert window.tool_bar.progress.words.text() == "epoch <b>4</b> of 4"


def test_what_panels_ask_for_is_done(person: Person, window: MainWindow, tmp_path: Path) -> None:
    person.begin("iris")
    asks = panel(window, "inspector").requested.emit
    first = window.document.project.design.nodes[1].id
    asks(requests.ChangeFocus(Focus(layers=(first,))))
    assert window.document.focus.layers == (first,)
    assert window.canvas.scene.selected_layers() == (first,)
    asks(requests.Edit("Rename", window.document.project.edited(name="flowers")))
    assert window.commands["undo"].text() == "&Undo Rename"
    table = tmp_path / "t.csv"
    table.write_text("a,b\n1,2\n3,4\n")
    asks(requests.ChooseData())
    person.choose_file(table)
    person.dialog(TableDialog).reject()


def test_what_training_left_is_measured_when_a_file_is_opened(
    person: Person, window: MainWindow, tmp_path: Path
) -> None:
    person.begin("iris", epochs=2)
    person.train_to_the_end()
    person.save_to(tmp_path / "mine.h5")
    person.begin("xor")
    told: list[Measured] = []
    window.measurer.measured.connect(told.extend)
    person.open(tmp_path / "mine.h5")
    person.until(lambda: bool(told))
    confusion = next(each for each in told if each.name == "judgement")
    assert confusion.arrays["matrix"].sum() == 15


def test_a_layer_chosen_in_the_list_is_appended(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    window.layers.layer_chosen.emit(layers.Dropout())
    assert window.document.project.design.nodes[-1].name == "dropout_1"


def test_nothing_of_a_closed_window_is_left(qtbot: QtBot, window: MainWindow) -> None:
    second = app.create_window()
    second.show()
    parts = [weakref.ref(part) for part in (second, second.canvas, second.runner, second.document)]
    close(second)
    del second
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    left = [part for part in QApplication.topLevelWidgets() if isinstance(part, MainWindow)]
    assert left == [window]
    assert [part() for part in parts] == [None] * len(parts)
