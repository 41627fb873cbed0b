"""Bootstrap intervals beside the scores: whose they are, when they are found, when dropped."""

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.bootstrap import Interval, intervals
from engine.judgement.kept import Judgement
from engine.network import Network
from engine.optimizers import Adam
from gui.document import State
from gui.panels.scores import ScoresPanel
from gui.requests import Work
from gui.runner import Runner
from gui.verdict_words import interval_words
from tests.engine.helpers.rows import blobs
from tests.gui.panels.runs import Run, classification, regression, run


class Host:
    """Carries out what the panel asks for, as the window does, with the document of a run."""

    def __init__(self, panel: ScoresPanel, qtbot: QtBot) -> None:
        self.panel, self.qtbot, self.runner = panel, qtbot, Runner()
        self.asked = 0
        panel.requested.connect(self.act)

    def act(self, work: Work) -> None:
        self.asked += 1
        work.begun(self.runner.job(work.function, work.done, work.failed, work.progressed))

    def show(self, done: Run) -> None:
        self.panel.show_state(state(done), done.facts)
        self.panel.show_rows(done.prepared)
        self.panel.show_events(done.events)

    def until_found(self) -> None:
        self.qtbot.waitUntil(lambda: "95 %" in words(self.panel), timeout=10_000)


@pytest.fixture
def panel(qtbot: QtBot) -> ScoresPanel:
    made = ScoresPanel()
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    return made


@pytest.fixture
def host(panel: ScoresPanel, qtbot: QtBot) -> Iterator[Host]:
    made = Host(panel, qtbot)
    yield made
    made.runner.shutdown()


def state(done: Run, threshold: float = 0.5) -> State:
    project = done.project.edited(judgement=Judgement(threshold=threshold))
    return State(project, done.finished.trained)


def words(panel: ScoresPanel) -> str:
    return panel.whole.text().replace("&nbsp;", " ").replace("\u2060", "")


def expected(
    done: Run, rows: np.ndarray, judgement: Judgement | None = None
) -> dict[str, Interval]:
    """What the bootstrap says of the outputs that the trained network has for these rows."""
    prepared, project = done.prepared, done.project
    network = Network(project.design, prepared.facts.width, weights=done.finished.trained.weights)
    outputs = network.predict(prepared.X[rows])
    judgement = judgement or project.judgement
    return intervals(
        prepared.y[rows], outputs, prepared.facts, prepared.preprocessing, judgement, seed=0
    )


def test_each_headline_figure_has_the_interval_of_the_bootstrap(
    panel: ScoresPanel, host: Host
) -> None:
    done = run(classification())
    host.show(done)
    assert "95 %" not in words(panel), "nothing is claimed before it is known"
    assert panel.whole.toolTip() == ""
    host.until_found()
    spans = expected(done, done.prepared.rows.validation)
    lines = {row[0]: row[2:] for row in panel.tables()[0].rows}
    for shown, name in (
        *((each, each) for each in ("accuracy", "balanced_accuracy", "f1_macro", "auc")),
        ("log_loss", "loss"),
    ):
        assert lines[shown] == (spans[name].low, spans[name].high)
        span = interval_words(shown, spans[name])
        assert f"(95 %: {span})" in words(panel) or spans[name].low == spans[name].high
    assert lines["matthews"] == (None, None)
    assert "15 validation rows" in panel.whole.toolTip()
    assert "percentile bootstrap" in panel.whole.toolTip()
    assert panel.tables()[0].header[2:] == ("95 % low", "95 % high")


def test_numbers_have_theirs_in_the_target_s_own_units(panel: ScoresPanel, host: Host) -> None:
    done = run(regression())
    host.show(done)
    host.until_found()
    spans = expected(done, done.prepared.rows.validation)
    names = ("rmse", "mae", "r2")
    assert [row[0] for row in panel.tables()[0].rows] == list(names)
    for row in panel.tables()[0].rows:
        assert row[2:] == (spans[row[0]].low, spans[row[0]].high)
        assert row[2] <= row[1] <= row[3]


def test_the_threshold_decides_anew(panel: ScoresPanel, host: Host) -> None:
    prepared = blobs(120, classes=2, validation=40)
    done = run(prepared)
    host.show(done)
    panel.show_state(state(done, threshold=0.9), done.facts)  # while the first ones are found
    panel.show_state(state(done, threshold=0.97), done.facts)
    host.until_found()
    spans = expected(done, prepared.rows.validation, Judgement(threshold=0.97))
    lines = {row[0]: row[2:] for row in panel.tables()[0].rows}
    assert lines["accuracy"] == (spans["accuracy"].low, spans["accuracy"].high)
    assert host.asked == 2, "what lay between is not worked out"
    panel.show_state(state(done, threshold=0.5), done.facts)
    assert "95 %" not in words(panel)


def test_they_are_of_the_part_that_is_shown(panel: ScoresPanel, host: Host) -> None:
    done = run(classification(held_back=0))
    host.show(done)
    host.until_found()
    assert "60 training rows" in panel.whole.toolTip()
    spans = expected(done, done.prepared.rows.train)
    lines = {row[0]: row[2:] for row in panel.tables()[0].rows}
    assert lines["accuracy"] == (spans["accuracy"].low, spans["accuracy"].high)
    panel.show_part("test")
    assert panel.intervals.of("accuracy") is None


def test_a_training_drops_them_and_waits_until_it_has_ended(panel: ScoresPanel, host: Host) -> None:
    done = run(classification())
    host.show(done)
    host.until_found()
    panel.show_locked(True)
    assert "95 %" not in words(panel)
    panel.show_events(done.events)
    assert host.asked == 1
    assert not panel.intervals.work.is_busy
    panel.show_locked(False)
    host.until_found()
    assert host.asked == 2


def test_nothing_is_worked_out_while_nobody_looks(panel: ScoresPanel, host: Host) -> None:
    panel.hide()
    done = run(classification())
    host.show(done)
    assert host.asked == 0
    panel.show()
    host.until_found()
    panel.hide()
    panel.show()
    assert host.asked == 1, "what is known is not found again"
    assert "95 %" in words(panel)


def test_rows_that_are_all_right_claim_no_certainty(panel: ScoresPanel, host: Host) -> None:
    done = run(classification(held_back=0), epochs=100, optimizer=Adam(learning_rate=0.05))
    host.show(done)
    host.until_found()
    lines = {row[0]: row[1:] for row in panel.tables()[0].rows}
    assert lines["accuracy"] == (1.0, 1.0, 1.0)
    assert "Accuracy <b>100 %</b> · " in words(panel)
    assert "all samples agree" in panel.whole.toolTip()
