"""Several windows: opened from one another, each with a document of its own, closed together."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from engine import layers
from gui import windows
from gui.main_window import MainWindow
from tests.gui.conftest import close
from tests.gui.person import Person


@pytest.fixture
def several(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[MainWindow]]:
    """The list of open windows, with the first in it."""
    made: list[MainWindow] = []
    monkeypatch.setattr(windows, "_open", made)
    windows.add(window)
    yield made
    for each in made:
        if each is not window:
            close(each)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_another_window_has_a_document_of_its_own(
    person: Person, window: MainWindow, several: list[MainWindow]
) -> None:
    person.begin("xor")
    person.do("new_window")
    assert len(several) == 2
    other = several[1]
    assert other.isVisible()
    assert other.size() == window.size()
    assert other.pages.currentWidget() is other.welcome
    other.files.begin_template("iris")
    assert window.document.project.name != other.document.project.name


def test_a_window_is_closed_alone(
    person: Person, window: MainWindow, several: list[MainWindow]
) -> None:
    person.do("new_window")
    several[1].complete()
    several[1].commands["close"].trigger()
    assert several == [window]
    assert window.isVisible()


def test_quitting_closes_all_but_those_that_would_lose_something(
    person: Person, window: MainWindow, several: list[MainWindow]
) -> None:
    person.begin("xor")
    person.add(layers.Dropout(0.5))
    person.do("new_window")
    person.do("quit")
    assert several == [window]
    assert window.isVisible()
    person.answer("Discard")
    assert not window.isVisible()
