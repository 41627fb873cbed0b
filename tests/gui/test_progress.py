"""What the tool bar says about a training that is under way."""

import pytest
from pytestqt.qtbot import QtBot

from engine.events import BatchesDone, EpochDone, TrainingStarted
from engine.project import EpochRecord
from gui.progress import TrainingProgress
from tests.gui.panels.runs import classification, run


def batches(x: float, seconds: float = 0.01, rows: int = 1000) -> BatchesDone:
    return BatchesDone(x, int(x), 1, 0.5, {}, 0.001, rows, seconds)


@pytest.fixture
def progress(qtbot: QtBot) -> TrainingProgress:
    made = TrainingProgress()
    qtbot.addWidget(made)
    return made


def test_it_is_silent_before_the_first_run(progress: TrainingProgress) -> None:
    progress.show_events([])
    assert progress.words.text() == progress.rest.text() == ""
    assert progress.bar.isHidden()


def test_it_says_epoch_time_left_and_speed(progress: TrainingProgress) -> None:
    progress.show_events([TrainingStarted(0, 100, 4, 4000, 1)])
    progress.show_events([batches(33.0 + part / 4) for part in (1, 2)])
    assert progress.words.text() == "epoch <b>34</b> of 100"
    assert progress.bar.value() == 335
    assert progress.rest.text() == "0:01 left · 100k rows/s"
    assert "34 of 100" in progress.accessibleName()


def test_the_time_left_follows_the_last_seconds(progress: TrainingProgress) -> None:
    progress.show_events([TrainingStarted(0, 10, 1, 1000, 1), batches(1.0, seconds=0.1)])
    assert progress.rest.text() == "0:01 left · 10k rows/s"
    progress.show_events([batches(2.0 + each, seconds=1.0) for each in range(3)])
    assert progress.rest.text() == "0:06 left · 1.0k rows/s"


def test_going_on_from_a_later_epoch(progress: TrainingProgress) -> None:
    progress.show_events([TrainingStarted(50, 100, 1, 1000, 1)])
    assert progress.words.text() == "epoch <b>50</b> of 100"
    assert progress.bar.value() == 500
    progress.show_events([EpochDone(EpochRecord(51, {}, {}, 0.1, 1.0, 1000))])
    assert progress.words.text() == "epoch <b>51</b> of 100"
    assert progress.rest.text() == ""


def test_a_real_run_ends_at_its_last_epoch(progress: TrainingProgress) -> None:
    progress.show_events(run(classification(), epochs=4).events)
    assert progress.words.text() == "epoch <b>4</b> of 4"
    assert progress.bar.value() == progress.bar.maximum()
    assert progress.rest.text().endswith("rows/s")
    assert "left" not in progress.rest.text()
    progress.clear()
    assert progress.words.text() == ""


def test_nothing_is_left_of_a_run_that_stopped_early(progress: TrainingProgress) -> None:
    progress.show_events([TrainingStarted(0, 100, 4, 4000, 1), batches(33.5)])
    assert "left" in progress.rest.text()
    progress.show_events([run(classification(), epochs=1).events[-1]])
    assert progress.words.text() == "epoch <b>34</b> of 100"
    assert progress.rest.text() == "100k rows/s"
