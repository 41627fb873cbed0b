"""Starting: one application, a window to be shown by the caller, and the file that was named."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine import files, templates
from gui import app, formula
from gui.main_window import MainWindow
from tests.gui.conftest import close
from tests.gui.person import Person


def test_there_is_one_application_with_the_program_s_name(qapp: QApplication) -> None:
    assert app.application() is qapp
    assert qapp.applicationName() == "Glasswork"


def test_a_window_is_made_but_not_shown(window: MainWindow) -> None:
    second = app.create_window()
    assert not second.isVisible()
    assert second.windowTitle() == "untitled[*] – Glasswork"
    close(second)


def test_a_window_opens_the_file_that_was_named(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "mine.h5"
    files.save(path, templates.new("xor"))
    second = app.create_window(str(path))
    second.show()
    Person(qtbot, second).until(lambda: second.document.path == path)
    assert second.windowTitle() == "mine.h5[*] – Glasswork"
    assert second.pages.currentWidget() is second.workbench
    close(second)


def test_running_serves_the_window_until_it_is_closed(
    qapp: QApplication, window: MainWindow
) -> None:
    window.close()
    shown: list[MainWindow] = []

    def quit_soon() -> None:
        shown.extend(
            w for w in qapp.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()
        )
        shown[0].close()
        shown[0].deleteLater()

    QTimer.singleShot(50, qapp, quit_soon)
    assert app.run() == 0
    assert len(shown) == 1


def test_formulas_are_made_ready_after_the_window_has_come_up(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.wait(300)
    formula.svg.cache_clear()
    second = app.create_window()
    second.show()
    qtbot.waitUntil(lambda: formula.svg.cache_info().currsize == 1)
    close(second)
