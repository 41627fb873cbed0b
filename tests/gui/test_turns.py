"""Parts of the window hear everything, in order, and one after the other."""

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from engine.events import BatchesDone, Event
from gui.main_window import MainWindow
from gui.panels.loss import LossPanel
from gui.turns import Turns
from tests.gui.person import Person, panel


def batches(count: int, start: int = 0) -> list[Event]:
    return [BatchesDone(float(start + i), 0, 1, 0.5, {}, 0.1, 1, 0.1) for i in range(count)]


class Part:
    """Notes what it was told, and in which call."""

    def __init__(self) -> None:
        self.calls: list[list[Event]] = []

    def show(self, events: Sequence[Event]) -> None:
        self.calls.append(list(events))

    @property
    def heard(self) -> list[Event]:
        return [event for call in self.calls for event in call]


@pytest.fixture
def turns(qtbot: QtBot) -> Iterator[Turns]:
    owner = QObject()
    yield Turns(owner)
    owner.deleteLater()


def test_everybody_hears_everything_in_its_order(qtbot: QtBot, turns: Turns) -> None:
    parts = [Part(), Part()]
    for part in parts:
        turns.add(part.show, 5, lambda: True)
    told: list[Event] = []
    for start in range(0, 50, 10):
        told += batches(10, start)
        turns.tell(told[start:])
        qtbot.wait(3)
    qtbot.waitUntil(lambda: all(len(part.heard) == len(told) for part in parts))
    assert parts[0].heard == parts[1].heard == told


def test_only_one_is_told_at_a_time(qtbot: QtBot, turns: Turns) -> None:
    parts = [Part() for _ in range(3)]
    for part in parts:
        turns.add(part.show, 5, lambda: True)
    turns.tell(batches(1))
    counts: list[int] = []
    while sum(counts) < 6:
        turns._next()
        counts.append(sum(len(part.calls) for part in parts))
    assert counts == [1, 2, 3]


def test_what_is_told_often_is_shown_at_most_so_often(qtbot: QtBot, turns: Turns) -> None:
    quick, slow, unseen = Part(), Part(), Part()
    turns.add(quick.show, 10, lambda: True)
    turns.add(slow.show, 100, lambda: True)
    turns.add(unseen.show, 10, lambda: False)
    for step in range(100):
        turns.tell(batches(1, step))
        qtbot.wait(3)
    assert len(quick.calls) > len(slow.calls) > 1
    assert len(unseen.calls) <= 2
    turns.finish()
    assert quick.heard == slow.heard == unseen.heard


def test_finish_tells_at_once_and_forget_not_at_all(turns: Turns) -> None:
    part = Part()
    turns.add(part.show, 1000, lambda: True)
    turns.tell(batches(3))
    turns.finish()
    assert len(part.heard) == 3
    turns.finish()
    assert len(part.calls) == 1
    turns.tell(batches(3))
    turns.forget()
    turns.finish()
    assert len(part.heard) == 3


def test_after_a_run_the_window_shows_its_last_figures(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    last = person.train_to_the_end().history[-1]
    loss = panel(window, "loss")
    assert isinstance(loss, LossPanel)
    assert loss._lines.curves.last == last
    text = f"{last.training['loss']:.3g}"
    person.qtbot.waitUntil(lambda: text in loss.plots[0].legend.text)
    assert f"<b>{last.epoch:,}</b>" in window.tool_bar.progress.words.text()
