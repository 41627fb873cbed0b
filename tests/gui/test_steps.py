"""Building in steps: between events, all at once for who asks, and waiting for jobs."""

import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from gui.runner import Job, Runner
from gui.steps import Part, Steps


class House(QObject):
    """Has two parts, built in steps with a breath between them."""

    floor: Part[str] = Part()
    roof: Part[str] = Part()

    def __init__(self, fails: bool = False) -> None:
        super().__init__()
        self.seen_by_a_step = ""
        self.steps = Steps(self._build(fails), self)

    def complete(self) -> None:
        self.steps.finish()

    def _build(self, fails: bool) -> Iterator[None]:
        self.floor = "oak"
        yield
        if fails:
            raise RuntimeError("no tiles")
        self.seen_by_a_step = self.floor
        yield
        self.roof = "tiles"


def test_nothing_is_built_before_it_begins(qtbot: QtBot) -> None:
    house = House()
    qtbot.wait(20)
    assert "_floor" not in vars(house)
    assert not house.steps.are_over


def test_between_steps_events_are_served(qtbot: QtBot) -> None:
    events: list[str] = []

    def build() -> Iterator[None]:
        for name in "abc":
            events.append(name)
            house.startTimer(0)
            yield

    class Served(QObject):
        def timerEvent(self, event: object) -> None:
            events.append("event")
            self.killTimer(event.timerId())

    house = Served()
    steps = Steps(build(), house)
    with qtbot.waitSignal(steps.over):
        steps.begin()
    assert "".join(each[0] for each in events).startswith("aebec")


def test_a_part_asked_for_early_is_there_and_so_is_everything_else(qtbot: QtBot) -> None:
    house = House()
    with qtbot.waitSignal(house.steps.over):
        assert house.floor == "oak"
    assert vars(house)["_roof"] == "tiles"
    assert house.steps.are_over


def test_a_part_that_is_there_already_is_given_only_once_everything_is(qtbot: QtBot) -> None:
    house = House()
    house.steps.begin()
    while "_floor" not in vars(house):
        QCoreApplication.processEvents()
    assert not house.steps.are_over
    assert house.floor == "oak"
    assert house.steps.are_over


def test_a_step_may_use_what_was_built_before_it() -> None:
    house = House()
    house.complete()
    assert house.seen_by_a_step == "oak"


def test_asking_again_builds_nothing_anew() -> None:
    house = House()
    assert house.roof is house.roof
    house.steps.begin()
    assert house.steps.are_over


def test_a_job_is_waited_for_without_holding_up_events(
    qtbot: QtBot, runner: Runner, slowly: Callable[[object], str]
) -> None:
    done: list[str] = []

    def build() -> Iterator[Job | None]:
        yield runner.job(slowly, done.append, done.append)
        done.append("after")

    steps = Steps(build(), runner)
    steps.begin()
    qtbot.wait(10)
    assert done == []
    qtbot.waitUntil(lambda: steps.are_over)
    assert "after" in done


def test_who_cannot_wait_waits_for_the_job(runner: Runner, slowly: Callable[[object], str]) -> None:
    began = time.monotonic()

    def build() -> Iterator[Job | None]:
        yield runner.job(slowly, lambda _: None, lambda _: None)

    steps = Steps(build(), runner)
    steps.finish()
    assert steps.are_over
    assert time.monotonic() - began > 0.05


def test_what_was_stopped_can_still_be_finished(qtbot: QtBot) -> None:
    house = House()
    house.steps.begin()
    house.steps.stop()
    qtbot.wait(20)
    assert "_floor" not in vars(house)
    assert house.roof == "tiles"


def test_a_part_that_could_not_be_built_says_so() -> None:
    house = House(fails=True)
    with pytest.raises(RuntimeError, match="no tiles"):
        house.complete()
    with pytest.raises(AttributeError, match="roof has not been built"):
        _ = house.roof


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.shutdown()


@pytest.fixture
def slowly() -> Callable[[object], str]:
    def work(_: object) -> str:
        time.sleep(0.1)
        return "job"

    return work
