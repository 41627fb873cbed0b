"""The start: the welcome page first, the rest after it or at once for who acts, a named file."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path

import h5py
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from engine import files, templates
from engine.layers import Layer
from gui import app
from gui.action_table import ACTIONS
from gui.dialogs.table import TableDialog
from gui.main_window import MainWindow
from gui.welcome import Opening
from tests.gui.conftest import close
from tests.gui.person import Person

HEAVY = {"numpy", "pydantic", "pyqtgraph", "h5py", "pandas", "scipy", "sklearn", "qtawesome"}
FIRST_PAINT = """
import json, sys
from PySide6.QtCore import QEvent, QObject, QTimer
from gui import app

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not modules:
            modules.extend(sys.modules)
            QTimer.singleShot(0, window.close)
        return False

modules = []
watch = Watch()
application = app.application()
application.installEventFilter(watch)
window = app.create_window()
window.show()
application.exec()
print(json.dumps(modules))
"""

Fresh = Callable[..., MainWindow]


class PaintWatch(QObject):
    """Notes which parts of a window there are when it is first painted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.parts: set[str] | None = None
        window.welcome.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self.parts is None:
            self.parts = set(vars(self.parent()))
        return False


@pytest.fixture
def fresh(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., MainWindow]]:
    """Makes windows of which nothing but the welcome page has been built."""
    monkeypatch.setenv("GLASSWORK_HOME", str(tmp_path / "home"))
    made: list[MainWindow] = []

    def make(path: Path | None = None) -> MainWindow:
        made.append(app.create_window(path))
        return made[-1]

    yield make
    for window in made:
        close(window)


def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    modules = set(json.loads(done.stdout.splitlines()[-1]))
    assert {name.partition(".")[0] for name in modules} & HEAVY == set()
    assert {name for name in modules if name.startswith(("gui.panels", "gui.canvas"))} == set()


def test_the_welcome_page_is_painted_before_anything_else_is_built(
    qtbot: QtBot, fresh: Fresh
) -> None:
    window = fresh()
    watch = PaintWatch(window)
    window.show()
    qtbot.waitUntil(lambda: window.steps.are_over)
    assert watch.parts is not None
    assert watch.parts & {"_document", "_canvas", "_workbench"} == set()
    assert window.pages.currentWidget() is window.welcome
    assert not window.tool_bar.isVisible()
    assert not window.status.isVisible()


def test_building_changes_nothing_that_is_seen(qtbot: QtBot, fresh: Fresh) -> None:
    window = fresh()
    with qtbot.waitExposed(window):
        window.show()
    before = window.grab().toImage()
    qtbot.waitUntil(lambda: window.steps.are_over)
    assert window.grab().toImage() == before


def test_events_are_served_while_the_rest_is_built(qtbot: QtBot, fresh: Fresh) -> None:
    window = fresh()
    ticks: list[bool] = []
    timer = QTimer(window, interval=1)
    timer.timeout.connect(lambda: ticks.append(window.steps.are_over))
    window.show()
    timer.start()
    qtbot.waitUntil(lambda: window.steps.are_over)
    assert ticks.count(False) > 10


def test_a_card_clicked_at_once_begins_a_design(qtbot: QtBot, fresh: Fresh) -> None:
    window = fresh()
    with qtbot.waitExposed(window):
        window.show()
    qtbot.mouseClick(window.welcome.gallery.cards[0], Qt.MouseButton.LeftButton)
    assert window.pages.currentWidget() is window.workbench
    assert window.document.project.name == "xor"
    Person(qtbot, window).until(lambda: window.document.prepared is not None)


def test_an_action_triggered_at_once_is_carried_out(qtbot: QtBot, fresh: Fresh) -> None:
    window = fresh()
    with qtbot.waitActive(window):
        window.show()
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert window.findChild(QFileDialog) is not None
    Person(qtbot, window).dialog(QFileDialog).reject()


def test_keys_of_what_cannot_be_done_yet_do_nothing(qtbot: QtBot, fresh: Fresh) -> None:
    window = fresh()
    with qtbot.waitActive(window):
        window.show()
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert window.findChild(QFileDialog) is None


def test_a_menu_opened_at_once_is_full(fresh: Fresh) -> None:
    window = fresh()
    bar = window.menuBar()
    insert = next(each.menu() for each in bar.actions() if each.text() == "&Insert")
    insert.aboutToShow.emit()
    words = {action.text() for action in insert.actions()}
    assert words >= {kind.label for kind in Layer.members()}


def test_parts_are_there_for_who_asks_right_after_making_a_window(fresh: Fresh) -> None:
    window = fresh()
    assert window.commands["save"].isEnabled() is False
    assert {panel.name for panel in window.workbench.panels} >= {"loss", "weights", "data"}
    assert window.steps.are_over


def test_every_action_calls_something_that_there_is(window: MainWindow) -> None:
    assert [spec.id for spec in ACTIONS if not callable(attrgetter(spec.call)(window))] == []


def test_a_window_closed_at_once_asks_nothing_and_builds_no_more(
    qtbot: QtBot, fresh: Fresh
) -> None:
    window = fresh()
    with qtbot.waitExposed(window):
        window.show()
    window.close()
    assert not window.isVisible()
    built = set(vars(window))
    qtbot.wait(100)
    assert set(vars(window)) == built
    assert not window.steps.are_over


def test_a_named_file_is_said_to_be_opened_until_it_is(
    qtbot: QtBot, fresh: Fresh, tmp_path: Path
) -> None:
    path = tmp_path / "mine.h5"
    files.save(path, templates.new("xor"))
    window = fresh(path)
    window.show()
    page = window.pages.currentWidget()
    assert isinstance(page, Opening)
    assert page.text() == "Opening mine.h5…"
    assert window.windowTitle() == "mine.h5[*] – Glasswork"
    pages: list[int] = []
    window.pages.currentChanged.connect(pages.append)
    Person(qtbot, window).until(lambda: window.document.path == path)
    assert window.pages.currentWidget() is window.workbench
    assert pages[-1:] == [window.pages.indexOf(window.workbench)]
    assert window.pages.indexOf(window.welcome) not in pages


def test_a_named_file_that_cannot_be_opened_leaves_the_welcome_page(
    qtbot: QtBot, fresh: Fresh, tmp_path: Path
) -> None:
    path = tmp_path / "mine.h5"
    path.write_text("no model")
    window = fresh(path)
    window.show()
    person = Person(qtbot, window)
    assert "mine.h5" in person.question().text()
    person.answer("OK")
    person.until(lambda: window.pages.currentWidget() is window.welcome)
    assert window.windowTitle() == "untitled[*] – Glasswork"


def write_csv(path: Path) -> None:
    path.write_text("a,b\n1,2\n3,4\n")


def write_hdf5(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file["X"], file["y"] = np.ones((4, 2)), np.arange(4)


@pytest.mark.parametrize(("name", "write"), [("t.csv", write_csv), ("t.h5", write_hdf5)])
def test_named_data_is_shown_over_the_welcome_page(
    qtbot: QtBot, fresh: Fresh, tmp_path: Path, name: str, write: Callable[[Path], None]
) -> None:
    write(tmp_path / name)
    window = fresh(tmp_path / name)
    window.show()
    Person(qtbot, window).dialog(TableDialog).reject()
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.welcome)
    assert window.windowTitle() == "untitled[*] – Glasswork"


def test_a_file_that_was_read_before_all_is_built_is_opened_in_a_whole_window(
    qtbot: QtBot, fresh: Fresh, tmp_path: Path
) -> None:
    path = tmp_path / "mine.h5"
    files.save(path, templates.new("xor"))
    window = fresh(path)
    window.steps.begin()
    qtbot.waitUntil(lambda: "_files" in vars(window))
    window.steps.stop()
    opened = vars(window)["_files"].opened
    with qtbot.waitSignal(opened, timeout=20_000):
        pass
    assert window.steps.are_over
    assert set(window.canvas.scene.layers) == {n.id for n in window.document.project.design.nodes}
