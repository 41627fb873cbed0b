"""Whatever is clicked, dragged and typed: no error, no warning of Qt, and nothing left behind.

2,000 events by default, and as many as `--events` says. Errors in slots and warnings fail every
test of the window (see conftest.py).
"""

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QGraphicsItem

from engine.project import Project
from gui.document import State
from gui.main_window import MainWindow
from tests.gui.canvas.mirrored import assert_mirrors
from tests.gui.monkey import Monkey
from tests.gui.person import Person


def graphics_items() -> int:
    """How many items there are, in any scene or in none."""
    gc.collect()
    return sum(isinstance(each, QGraphicsItem) for each in gc.get_objects())


@pytest.mark.timeout(7_200)
def test_a_monkey_breaks_nothing(
    person: Person, window: MainWindow, pytestconfig: pytest.Config
) -> None:
    person.begin("iris", epochs=5)
    empty_of(window)
    before = graphics_items()
    monkey = Monkey(window, seed=7)
    try:
        monkey.play(pytestconfig.getoption("--events"))
    finally:
        monkey.leave()
    person.until(lambda: not window.document.locked)
    window.show_workbench()
    window.canvas._names.hide()
    assert_mirrors(window.canvas, window.document)
    empty_of(window)
    assert graphics_items() == before
    assert len(window.canvas.scene.items()) == 2, "the ghost of a dragged card, and the guides"


def empty_of(window: MainWindow) -> None:
    """No layers, groups and notes, and nothing that could be brought back."""
    window.document.replace(State(Project()))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
