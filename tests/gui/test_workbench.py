"""The docks: their first sizes and their titles, closing and restoring them, what is kept."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QToolButton
from pytestqt.qtbot import QtBot

from engine.control import Wanted
from gui import app
from gui.main_window import MainWindow
from gui.workbench import BOTTOM_HEIGHT, LEFT_WIDTH, RIGHT_WIDTH, Dock, TitleBar
from tests.gui.conftest import close
from tests.gui.person import Person, panel


def begin(person: Person, window: MainWindow, template: str = "xor") -> None:
    window.resize(1280, 800)
    person.begin(template)
    person.until(window.workbench.isVisible)
    person.qtbot.wait(50)


def dock(window: MainWindow, name: str) -> Dock:
    return window.workbench.docks[name]


def has_title(dock: Dock) -> bool:
    return isinstance(dock.titleBarWidget(), TitleBar)


def open_docks(window: MainWindow) -> set[str]:
    return {name for name, each in window.workbench.docks.items() if each.is_open}


def toggle(person: Person, window: MainWindow, name: str) -> None:
    dock(window, name).toggleViewAction().trigger()
    person.qtbot.wait(50)


def test_docks_begin_with_the_sizes_of_the_design(person: Person, window: MainWindow) -> None:
    begin(person, window)
    assert dock(window, "palette").width() == pytest.approx(LEFT_WIDTH, abs=2)
    assert dock(window, "inspector").width() == pytest.approx(RIGHT_WIDTH, abs=2)
    assert dock(window, "loss").height() == pytest.approx(BOTTOM_HEIGHT, abs=30)
    assert dock(window, "loss").width() > dock(window, "confusion").width()
    assert dock(window, "palette").y() < dock(window, "data").y()
    assert dock(window, "inspector").y() < dock(window, "training").y()


class FirstPaint(QObject):
    """Notes how wide the layers' dock is, and whether the loss has a title, when first painted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window, self.seen = window, []
        dock(window, "palette").widget().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.seen:
            self.seen = [dock(self.window, "palette").width(), has_title(dock(self.window, "loss"))]
        return False


def test_docks_are_in_their_places_when_they_are_first_seen(
    person: Person, window: MainWindow
) -> None:
    first = FirstPaint(window)
    begin(person, window)
    person.until(lambda: bool(first.seen))
    assert first.seen == [pytest.approx(LEFT_WIDTH, abs=2), False]


def test_a_title_is_shown_once_by_the_dock_or_by_its_tab(
    person: Person, window: MainWindow
) -> None:
    begin(person, window)
    assert has_title(dock(window, "confusion"))
    assert not has_title(dock(window, "loss"))
    toggle(person, window, "weights")
    assert has_title(dock(window, "loss"))
    toggle(person, window, "weights")
    assert not has_title(dock(window, "loss"))
    dock(window, "weights").setFloating(True)
    person.qtbot.wait(50)
    assert has_title(dock(window, "weights"))
    assert has_title(dock(window, "loss"))


def test_reset_puts_every_panel_back(person: Person, window: MainWindow) -> None:
    begin(person, window)
    before = open_docks(window)
    toggle(person, window, "data")
    dock(window, "inspector").setFloating(True)
    person.do("reset_layout")
    person.qtbot.wait(50)
    assert open_docks(window) == before
    assert not dock(window, "inspector").isFloating()
    assert dock(window, "palette").y() < dock(window, "data").y()


def test_confusion_gives_way_to_predicted_where_the_target_is_a_number(
    person: Person, window: MainWindow
) -> None:
    begin(person, window, "iris")
    assert {"confusion"} <= open_docks(window)
    assert "predicted" not in open_docks(window)
    begin(person, window, "diabetes")
    assert "predicted" in open_docks(window)
    assert "confusion" not in open_docks(window)
    begin(person, window, "iris")
    assert "confusion" in open_docks(window)
    assert "predicted" not in open_docks(window)


def test_a_panel_that_was_closed_stays_closed(person: Person, window: MainWindow) -> None:
    begin(person, window, "iris")
    toggle(person, window, "confusion")
    begin(person, window, "xor")
    assert "confusion" not in open_docks(window)


def test_the_next_window_stands_as_the_last_one_did(
    qtbot: QtBot, person: Person, window: MainWindow
) -> None:
    begin(person, window)
    toggle(person, window, "data")
    window.workbench.resizeDocks([dock(window, "inspector")], [350], Qt.Orientation.Horizontal)
    qtbot.wait(50)
    window.close()
    second = app.create_window()
    second.show()
    begin(Person(qtbot, second), second)
    assert "data" not in open_docks(second)
    assert dock(second, "inspector").width() == pytest.approx(350, abs=2)
    close(second)


def test_docks_that_nobody_has_seen_are_not_what_is_remembered(
    qtbot: QtBot, person: Person, window: MainWindow
) -> None:
    window.close()
    assert window.settings.window("docks") is None
    second = app.create_window()
    second.show()
    begin(Person(qtbot, second), second)
    assert dock(second, "palette").width() == pytest.approx(LEFT_WIDTH, abs=2)
    close(second)


def test_only_what_can_be_seen_is_measured(person: Person, window: MainWindow) -> None:
    begin(person, window, "iris")
    assert window.workbench.wanted() == {Wanted("judgement")}
    with person.qtbot.waitSignal(window.workbench.wanted_changed):
        dock(window, "weights").raise_()
    person.until(lambda: not panel(window, "loss").isVisible())
    assert {each.probe for each in window.workbench.wanted()} == {"judgement", "weights"}
    toggle(person, window, "confusion")
    assert {each.probe for each in window.workbench.wanted()} == {"weights"}


def test_the_buttons_of_a_title_show_under_the_pointer_and_float_and_close(
    person: Person, window: MainWindow
) -> None:
    begin(person, window)
    inspector = dock(window, "inspector")
    bar = inspector.titleBarWidget()
    floats, closes = bar.findChildren(QToolButton)
    assert not closes.isVisible()
    middle = QPointF(5, 5)
    QApplication.sendEvent(bar, QEnterEvent(middle, middle, middle))
    assert closes.isVisible()
    floats.click()
    assert inspector.isFloating()
    floats.click()
    assert not inspector.isFloating()
    QApplication.sendEvent(bar, QEvent(QEvent.Type.Leave))
    assert not closes.isVisible()
    closes.click()
    assert not inspector.is_open


def test_every_dock_says_its_panel_s_title(window: MainWindow) -> None:
    for each in window.workbench.panels:
        assert dock(window, each.name).windowTitle() == each.title
        assert dock(window, each.name).findChild(TitleBar).findChild(QLabel).text() == each.title
    assert isinstance(window.workbench, QMainWindow)
    assert window.workbench.sizeHint().width() >= window.minimumWidth()
