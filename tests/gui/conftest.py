"""Makes every test of the window strict: no leaked widgets, no Qt warnings, no errors in slots.

The last two are pytest-qt's work: it fails a test on an exception in a slot, and, by
`qt_log_level_fail` in pyproject.toml, on a warning from Qt.
"""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui import app, language
from gui.main_window import MainWindow
from gui.settings import Settings
from tests.gui.person import Person


@pytest.fixture(autouse=True)
def no_leaked_widgets(qapp: QApplication) -> Iterator[None]:
    """Fails a test that leaves a top-level widget behind; `qtbot.addWidget` closes one."""
    app.application()
    before = qapp.topLevelWidgets()
    yield
    _delete_what_is_due()
    if _new(qapp, before):
        gc.collect()  # a window and its parts hold each other
        _delete_what_is_due()
    leaked = _new(qapp, before)
    names = ", ".join(repr(widget) for widget in leaked)
    for widget in leaked:
        widget.deleteLater()  # so that the next test is not blamed for it
    gc.freeze()  # what is left of hundreds of windows is not gone through in every later test
    assert not leaked, f"left behind: {names}"


@pytest.fixture(scope="session", autouse=True)
def english(qapp: QApplication, home: Path) -> None:
    """The program's own words, with their plural forms."""
    language.wear(Settings(home))


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The whole program's window on its welcome page, with settings of its own."""
    monkeypatch.setenv("GLASSWORK_HOME", str(tmp_path / "home"))
    window = app.create_window()
    window.complete()
    with qtbot.waitActive(window):
        window.show()
    yield window
    close(window)


def close(window: MainWindow) -> None:
    """Closes without a question."""
    window.runner.shutdown()
    window.document.mark_saved(Path("left.h5"))
    window.close()
    window.deleteLater()


@pytest.fixture
def person(qtbot: QtBot, window: MainWindow) -> Person:
    """Somebody at that window."""
    return Person(qtbot, window)


def _new(application: QApplication, before: list[QWidget]) -> list[QWidget]:
    return [widget for widget in application.topLevelWidgets() if widget not in before]


def _delete_what_is_due() -> None:
    """Carries out every `deleteLater`, which without a running event loop nobody would."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
