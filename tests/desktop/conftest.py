"""Real windows on an X server of their own, driven with real mouse and keyboard events."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui import app, theme
from gui.main_window import MainWindow
from tests.desktop.hand import Hand

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.desktop)


@pytest.fixture
def window(qtbot: QtBot, home: Path) -> Iterator[MainWindow]:
    """The program's window as a person finds it, on the welcome page."""
    (home / "settings.ini").unlink(missing_ok=True)
    window = app.create_window()
    theme.apply(app.application(), "light")
    window.move(0, 0)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.runner.shutdown()
    window.document.mark_saved(Path("left.h5"))
    window.close()
    window.deleteLater()


@pytest.fixture
def hand(qtbot: QtBot, window: MainWindow) -> Hand:
    """A hand over that window, which has the keyboard."""
    hand = Hand(qtbot, window)
    hand.take_focus()
    return hand
