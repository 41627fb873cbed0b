"""The runner: real trainings and real work in the background, seen from the GUI's thread."""

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine import layers
from engine.control import Wanted
from engine.design import Design
from engine.errors import DataError
from engine.events import BatchesDone, EpochDone, Event, Measured, Paused, TrainingFinished
from engine.project import Project
from engine.trainer import Trainer
from gui import runner as runner_module
from gui.runner import Report, Runner
from tests.gui.panels.runs import classification, project

ENDLESS = 1_000_000  # epochs
PREPARED = classification()


class Listener:
    """Notes all that a runner says, and in which thread."""

    def __init__(self, runner: Runner) -> None:
        self.events: list[Event] = []
        self.states: list[str] = []
        self.failures: list[str] = []
        self.endings: list[TrainingFinished | None] = []
        self.threads: set[int] = set()
        runner.events_arrived.connect(self._take)
        runner.running_changed.connect(self.states.append)
        runner.failed.connect(self.failures.append)
        runner.finished.connect(self.endings.append)

    def _take(self, events: list[Event]) -> None:
        self.threads.add(threading.get_ident())
        self.events += events

    def of(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture(autouse=True)
def traced_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets coverage see the thread that Qt makes, as it sees those that Python makes."""
    run = runner_module._Training.run

    def traced(self: Any) -> None:
        sys.settrace(threading.gettrace())
        run(self)

    monkeypatch.setattr(runner_module._Training, "run", traced)


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.shutdown()


@pytest.fixture
def listener(runner: Runner) -> Listener:
    return Listener(runner)


def begin(runner: Runner, epochs: int = ENDLESS, **how: Any) -> Project:
    made = project(PREPARED, epochs)
    runner.train(made, PREPARED, None, **how)
    return made


# ── training ────────────────────────────────────────────────────────────────────────────────


def test_a_run_brings_every_figure_to_the_gui_thread(
    qtbot: QtBot, runner: Runner, listener: Listener
) -> None:
    made = begin(runner, epochs=20)
    qtbot.waitUntil(lambda: bool(listener.endings))
    alone = [e for e in Trainer(made, prepared=PREPARED).run() if isinstance(e, EpochDone)]
    assert [e.record.training for e in listener.of(EpochDone)] == [e.record.training for e in alone]
    assert listener.states == ["running", "idle"]
    assert listener.threads == {threading.get_ident()}
    ending = listener.endings[0]
    assert ending is not None
    assert ending.reason == "completed"
    assert listener.events[-1] is ending
    assert listener.failures == []


def test_the_window_gets_short_turns_only_while_training(qtbot: QtBot, runner: Runner) -> None:
    usual = sys.getswitchinterval()
    begin(runner)
    assert sys.getswitchinterval() == pytest.approx(0.0005)
    runner.stop()
    qtbot.waitUntil(lambda: runner.state == "idle")
    assert sys.getswitchinterval() == pytest.approx(usual)


def test_going_on_from_what_training_made(qtbot: QtBot, runner: Runner, listener: Listener) -> None:
    made = begin(runner, epochs=2)
    qtbot.waitUntil(lambda: bool(listener.endings))
    first = listener.endings[0]
    assert first is not None
    longer = made.edited(training=made.training.edited(epochs=5))
    runner.train(longer, PREPARED, first.trained)
    qtbot.waitUntil(lambda: len(listener.endings) == 2)
    assert [e.record.epoch for e in listener.of(EpochDone)] == [1, 2, 3, 4, 5]


def test_pause_holds_still_and_resume_goes_on(
    qtbot: QtBot, runner: Runner, listener: Listener
) -> None:
    begin(runner)
    qtbot.waitUntil(lambda: bool(listener.of(EpochDone)))
    runner.pause()
    qtbot.waitUntil(lambda: runner.state == "paused")
    assert isinstance(listener.events[-1], Paused)
    count = len(listener.events)
    qtbot.wait(150)
    assert len(listener.events) == count
    runner.resume()
    assert runner.state == "running"
    qtbot.waitUntil(lambda: len(listener.events) > count)
    assert listener.states == ["running", "paused", "running"]
    assert len(listener.of(Paused)) == 1


def test_everybody_hears_the_states_in_their_order(
    qtbot: QtBot, runner: Runner, listener: Listener
) -> None:
    def resume(state: str) -> None:
        if state == "paused":
            runner.resume()

    runner.running_changed.connect(resume)
    later = Listener(runner)
    begin(runner)
    runner.pause()
    qtbot.waitUntil(lambda: len(later.states) == 3)
    assert listener.states == later.states == ["running", "paused", "running"]


def test_stop_ends_a_paused_run(qtbot: QtBot, runner: Runner, listener: Listener) -> None:
    begin(runner)
    runner.pause()
    qtbot.waitUntil(lambda: runner.state == "paused")
    runner.stop()
    qtbot.waitUntil(lambda: bool(listener.endings))
    assert listener.endings[0] is not None
    assert listener.endings[0].reason == "stopped"
    assert listener.states[-1] == "idle"


@pytest.mark.parametrize(("amount", "steps"), [("batch", 1), ("epoch", 3)])
def test_steps_are_exact(
    qtbot: QtBot, runner: Runner, listener: Listener, amount: Any, steps: int
) -> None:
    begin(runner, paused_after=amount)
    qtbot.waitUntil(lambda: runner.state == "paused")
    assert listener.of(Paused)[-1].trained.progress.step == steps
    runner.step(amount)
    assert runner.state == "running"
    qtbot.waitUntil(lambda: runner.state == "paused")
    assert listener.of(Paused)[-1].trained.progress.step == 2 * steps


def test_the_learning_rate_changes_on_the_way(
    qtbot: QtBot, runner: Runner, listener: Listener
) -> None:
    begin(runner, paused_after="batch")
    qtbot.waitUntil(lambda: runner.state == "paused")
    runner.set_learning_rate(0.25)
    runner.step("batch")
    qtbot.waitUntil(lambda: len(listener.of(BatchesDone)) == 2)
    assert [e.learning_rate for e in listener.of(BatchesDone)] == [0.001, 0.25]


def test_only_what_is_wanted_is_measured_and_at_a_bearable_rate(
    qtbot: QtBot, runner: Runner, listener: Listener
) -> None:
    runner.want(frozenset({Wanted("weights", "n2")}))
    begin(runner)
    qtbot.waitUntil(lambda: len(listener.of(Measured)) >= 3)
    assert {(e.name, e.layer) for e in listener.of(Measured)} == {("weights", "n2")}
    assert len(listener.of(Measured)) < len(listener.of(BatchesDone)) / 3
    runner.want(frozenset({Wanted("judgement")}))
    qtbot.waitUntil(lambda: listener.of(Measured)[-1].name == "judgement")


def test_an_abandoned_run_is_never_heard_of_again(
    qtbot: QtBot, runner: Runner, listener: Listener
) -> None:
    begin(runner)
    qtbot.waitUntil(lambda: bool(listener.events))
    runner.abandon()
    assert listener.states == ["running", "idle"]
    count = len(listener.events)
    qtbot.wait(150)
    assert len(listener.events) == count
    assert listener.endings == []


def test_a_new_run_takes_the_place_of_the_one_under_way(
    qtbot: QtBot, runner: Runner, listener: Listener
) -> None:
    begin(runner)
    qtbot.waitUntil(lambda: bool(listener.events))
    listener.events.clear()
    begin(runner, epochs=2)
    qtbot.waitUntil(lambda: bool(listener.endings))
    assert [e.record.epoch for e in listener.of(EpochDone)] == [1, 2]
    assert len(listener.endings) == 1


def test_a_listener_may_begin_another_run_at_once(
    qtbot: QtBot, runner: Runner, listener: Listener
) -> None:
    def once(events: list[Event]) -> None:
        runner.events_arrived.disconnect(once)
        begin(runner, epochs=1)

    runner.events_arrived.connect(once)
    begin(runner)
    qtbot.waitUntil(lambda: bool(listener.endings))
    assert listener.endings[0] is not None
    assert listener.endings[0].trained.progress.epoch == 1


def test_a_training_that_cannot_start_says_why(
    qtbot: QtBot, runner: Runner, listener: Listener
) -> None:
    wrong = Project(design=Design.chain(layers.Input(), layers.Dense(7, activation="softmax")))
    runner.train(wrong, PREPARED, None)
    qtbot.waitUntil(lambda: bool(listener.endings))
    assert listener.endings == [None]
    assert "7" in listener.failures[0]
    assert runner.state == "idle"


def test_an_unforeseen_error_is_one_sentence_and_goes_to_the_log(
    qtbot: QtBot, runner: Runner, listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    broken = replace(PREPARED, X=np.zeros((3, 1), np.float32))
    with caplog.at_level(logging.ERROR):
        runner.train(project(PREPARED), broken, None)
        qtbot.waitUntil(lambda: bool(listener.endings))
    assert listener.endings == [None]
    assert "the log has the details" in listener.failures[0]
    assert "\n" not in listener.failures[0]
    assert caplog.records[0].exc_info
    begin(runner, epochs=1)
    qtbot.waitUntil(lambda: len(listener.endings) == 2)
    assert listener.endings[1] is not None


def test_without_a_run_the_buttons_do_nothing(runner: Runner, listener: Listener) -> None:
    for press in (runner.pause, runner.resume, runner.stop, runner.abandon):
        press()
    runner.step("batch")
    runner.set_learning_rate(0.1)
    assert listener.states == []


# ── jobs ────────────────────────────────────────────────────────────────────────────────────


def fail_with(error: Exception) -> Callable[[Report], object]:
    def work(progress: Report) -> object:
        raise error

    return work


def test_a_job_brings_its_progress_and_its_value_here(qtbot: QtBot, runner: Runner) -> None:
    said: list[tuple[float, str]] = []
    done: list[tuple[int, int]] = []
    seen = threading.Event()

    def work(progress: Report) -> int:
        progress(0.5, "half")
        seen.wait(5)
        return threading.get_ident()

    def note(share: float, text: str) -> None:
        said.append((share, text))
        seen.set()

    runner.job(work, lambda where: done.append((where, threading.get_ident())), pytest.fail, note)
    qtbot.waitUntil(lambda: bool(done))
    assert said == [(0.5, "half")]
    where, here = done[0]
    assert here == threading.get_ident() != where


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (DataError("line 3 has 2 fields, expected 3"), "line 3 has 2 fields, expected 3"),
        (MemoryError(), "there is not enough memory"),
        (KeyError("colour"), "the log has the details"),
    ],
)
def test_a_job_that_fails_says_one_sentence(
    qtbot: QtBot, runner: Runner, error: Exception, sentence: str
) -> None:
    failures: list[str] = []
    runner.job(fail_with(error), pytest.fail, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert sentence in failures[0]


def test_a_cancelled_job_ends_at_its_next_progress_and_says_nothing(
    qtbot: QtBot, runner: Runner
) -> None:
    started, ended = threading.Event(), threading.Event()

    def work(progress: Report) -> None:
        started.set()
        try:
            while True:
                time.sleep(0.005)
                progress(0.1, "still at it")
        finally:
            ended.set()

    job = runner.job(work, pytest.fail, pytest.fail, lambda _share, _text: None)
    qtbot.waitUntil(started.is_set)
    job.cancel()
    qtbot.waitUntil(ended.is_set)
    qtbot.wait(100)


def test_a_job_cancelled_too_late_says_nothing_either(qtbot: QtBot, runner: Runner) -> None:
    job = runner.job(lambda _progress: 1, pytest.fail, pytest.fail)
    job.wait(5)
    job.cancel()
    qtbot.wait(100)


def test_an_error_in_a_callback_is_not_repeated(qtbot: QtBot, runner: Runner) -> None:
    calls: list[object] = []

    def on_done(value: object) -> None:
        calls.append(value)
        raise RuntimeError("from the callback")

    with qtbot.captureExceptions() as exceptions:
        runner.job(lambda _progress: 1, on_done, pytest.fail)
        qtbot.wait(200)
    assert calls == [1]
    assert len(exceptions) == 1


# ── the end ─────────────────────────────────────────────────────────────────────────────────


def test_shutdown_ends_training_pauses_and_jobs_within_two_seconds(qtbot: QtBot) -> None:
    runner = Runner()
    listener = Listener(runner)

    def work(progress: Report) -> None:
        while True:
            time.sleep(0.005)
            progress(0.0, "")

    runner.job(work, pytest.fail, pytest.fail)
    begin(runner)
    runner.pause()
    qtbot.waitUntil(lambda: runner.state == "paused")
    names = [thread.name for thread in threading.enumerate()]
    assert names.count("glasswork-job") == 1
    began = time.monotonic()
    runner.shutdown()
    assert time.monotonic() - began < 2
    assert "glasswork-job" not in [thread.name for thread in threading.enumerate()]
    assert listener.endings == []


def test_a_job_that_hangs_does_not_hold_up_the_end(qtbot: QtBot) -> None:
    runner = Runner()
    release = threading.Event()
    runner.job(lambda _progress: release.wait(10), pytest.fail, pytest.fail)
    began = time.monotonic()
    runner.shutdown()
    assert time.monotonic() - began < 2.5
    release.set()


def test_a_batch_that_takes_long_is_waited_for_at_exit(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_exit: list[Callable[[], object]] = []
    monkeypatch.setattr(runner_module, "PATIENCE", 0.0)
    monkeypatch.setattr(runner_module.atexit, "register", at_exit.append)
    runner = Runner()
    begin(runner)
    runner.shutdown()
    for wait in at_exit:
        wait()
    assert len(at_exit) == 1
