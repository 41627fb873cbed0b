"""Baselines beside the network: when they are trained, what is shown, and when it is dropped."""

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

import engine
from engine import baselines, data
from engine.bootstrap import Interval
from engine.data.dataset import Dataset, Prepared, Table
from engine.data.recipe import DataRecipe, SplitRecipe
from engine.data.sources.given import Given
from engine.design import Design
from engine.earning import Verdict
from engine.judgement.kept import Judgement
from engine.layers import Dense, Input
from engine.project import Project, TrainingRecipe
from engine.trainer import Trainer
from gui.document import State
from gui.figures import figure
from gui.main_window import MainWindow
from gui.panels.baselines import BaselinesPanel
from gui.requests import Work
from gui.runner import Runner
from gui.verdict_words import verdict_words
from tests.gui.person import Person


class Host:
    """Carries out what the panel asks for, as the window does."""

    def __init__(self, panel: BaselinesPanel, qtbot: QtBot) -> None:
        self.panel, self.qtbot, self.runner = panel, qtbot, Runner()
        self.asked = 0
        panel.requested.connect(self.act)

    def act(self, work: Work) -> None:
        self.asked += 1
        work.begun(self.runner.job(work.function, work.done, work.failed, work.progressed))

    def until_done(self) -> None:
        self.qtbot.waitUntil(lambda: not self.panel.work.is_busy, timeout=60_000)


@pytest.fixture
def panel(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> BaselinesPanel:
    monkeypatch.setattr(baselines, "ITERATIONS", 10)
    made = BaselinesPanel()
    qtbot.addWidget(made)
    made.resize(700, 300)
    return made


@pytest.fixture
def host(panel: BaselinesPanel, qtbot: QtBot) -> Iterator[Host]:
    made = Host(panel, qtbot)
    yield made
    made.runner.shutdown()


def rows(task: str = "classification", validation: float = 0.3) -> Prepared:
    draw = np.random.default_rng(0)
    X = draw.normal(size=(2, 120))
    target = np.where(X[0] > X[1], "yes", "no").astype(object)
    if task == "regression":
        target = X[0] - X[1]
    recipe = DataRecipe(source=Given(), split=SplitRecipe(validation=validation))
    return data.prepare(Dataset("t", Table(("a", "b"), tuple(X)), target, "y"), recipe)


def trained(prepared: Prepared, epochs: int = 3) -> State:
    classes = len(prepared.facts.classes)
    last = Dense(units=classes, activation="softmax") if classes else Dense(units=1)
    project = Project(design=Design.chain(Input(), last), training=TrainingRecipe(epochs=epochs))
    end = list(Trainer(project, prepared=prepared).run())[-1]
    return State(project, end.trained)  # type: ignore[union-attr]


def show(panel: BaselinesPanel, state: State, prepared: Prepared | None) -> None:
    panel.show_state(state, prepared.facts if prepared else None)
    panel.show_rows(prepared)
    panel.show()


def test_it_says_what_is_missing(panel: BaselinesPanel) -> None:
    prepared = rows()
    state = trained(prepared)
    show(panel, State(state.project), prepared)
    assert "Train the network" in panel.body.sentence
    show(panel, state, None)
    assert "loaded" in panel.body.sentence
    show(panel, state, rows(validation=0))
    assert "validation rows" in panel.body.sentence
    changed = state.project.edited(design=Design.chain(Input(), Dense(units=7), Dense(units=2)))
    show(panel, State(changed, state.trained), prepared)
    assert "Train the network" in panel.body.sentence
    assert not panel.work.is_busy
    assert panel.tables() == ()


@pytest.mark.parametrize("task", ["classification", "regression"])
def test_it_begins_by_itself_and_shows_the_network_among_the_others(
    panel: BaselinesPanel, host: Host, task: str
) -> None:
    prepared = rows(task)
    show(panel, trained(prepared), prepared)
    assert panel.work.is_busy
    assert panel.bar.cancel_button.isVisible()
    host.qtbot.waitUntil(lambda: panel.comparison is not None, timeout=60_000)
    assert panel.comparison is not None
    table = panel.tables_of[task]
    shown = table.text().splitlines()
    assert shown[1].split("\t")[0] == "This network"
    assert len(shown) == 5
    name = "accuracy" if task == "classification" else "rmse"
    network = panel.comparison.rows[0]
    assert shown[1].split("\t")[1] == figure(name, network.figures[name])
    assert " – " in shown[1].split("\t")[2]
    assert panel.verdict.text() == verdict_words(panel.comparison.verdict)
    assert "validation rows" in panel.reading.text()
    (copied,) = panel.tables()
    place = copied.header.index(f"{name} low")
    assert copied.rows[0][place] == network.intervals[name].low
    assert [each for each in panel.tables_of.values() if each.isVisible()] == [table]


def test_other_weights_or_another_threshold_are_judged_anew_and_nothing_is_retrained(
    panel: BaselinesPanel, host: Host
) -> None:
    prepared = rows()
    state = trained(prepared)
    show(panel, state, prepared)
    host.qtbot.waitUntil(lambda: panel.comparison is not None, timeout=60_000)
    first, models = panel.comparison, panel._models
    better = trained(prepared, 30)
    panel.show_state(better, prepared.facts)
    host.until_done()
    assert panel.comparison is not first
    assert panel._models is models
    strict = better.project.edited(judgement=Judgement(threshold=0.95, positive="yes"))
    second = panel.comparison
    panel.show_state(State(strict, better.trained), prepared.facts)
    host.until_done()
    assert panel.comparison is not second
    asked = host.asked
    panel.show_state(State(strict.edited(name="other"), better.trained), prepared.facts)
    assert host.asked == asked


def test_other_rows_drop_what_was_found(panel: BaselinesPanel, host: Host) -> None:
    prepared = rows()
    state = trained(prepared)
    show(panel, state, prepared)
    host.qtbot.waitUntil(lambda: panel.comparison is not None, timeout=60_000)
    recipe = DataRecipe(source=Given())
    panel.show_state(State(state.project.edited(data=recipe), state.trained), prepared.facts)
    assert panel.comparison is None
    panel.show_rows(rows())
    host.qtbot.waitUntil(lambda: panel.comparison is not None, timeout=60_000)


def test_it_gives_way_to_training_and_begins_again_after_it(
    panel: BaselinesPanel, host: Host
) -> None:
    prepared = rows()
    show(panel, trained(prepared), prepared)
    panel.show_locked(True)
    assert not panel.work.is_busy
    assert not panel.bar.start_button.isEnabled()
    panel.start()
    assert not panel.work.is_busy
    panel.show_locked(False)
    assert panel.work.is_busy
    host.qtbot.waitUntil(lambda: panel.comparison is not None, timeout=60_000)


def test_what_a_person_cancels_waits_for_the_button(panel: BaselinesPanel, host: Host) -> None:
    prepared = rows()
    state = trained(prepared)
    show(panel, state, prepared)
    panel.bar.cancel_button.click()
    assert not panel.work.is_busy
    panel.show_state(state, prepared.facts)
    assert not panel.work.is_busy
    panel.bar.start_button.click()
    host.qtbot.waitUntil(lambda: panel.comparison is not None, timeout=60_000)


def test_many_rows_wait_for_the_button_and_it_says_why(
    panel: BaselinesPanel, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baselines, "LIGHT", 1)
    prepared = rows()
    show(panel, trained(prepared), prepared)
    assert host.asked == 0
    assert "minutes" in panel.reading.text()
    assert panel.bar.start_button.isVisible()


def test_a_failure_is_said_and_not_tried_again(
    panel: BaselinesPanel, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise engine.errors.DataError("rows.h5 has gone")

    monkeypatch.setattr(baselines, "train", fail)
    prepared = rows()
    show(panel, trained(prepared), prepared)
    host.until_done()
    assert panel.bar.said.text() == "rows.h5 has gone"
    panel.show_state(trained(prepared), prepared.facts)
    assert not panel.work.is_busy


@pytest.mark.parametrize(
    ("ahead", "span", "words"),
    [
        (0.05, (0.01, 0.09), "earns its keep: accuracy 95.0 % against 90.0 % of the best"),
        (-0.05, (-0.09, -0.01), "behind by 5.0 points (95 %: 1.0 points to 9.0 points)"),
        (0.05, (-0.01, 0.1), "cannot tell the network from gradient boosting"),
        (0.0, (0.0, 0.0), "gradient boosting does as well"),
    ],
)
def test_the_verdict_in_words(ahead: float, span: tuple[float, float], words: str) -> None:
    verdict = Verdict("accuracy", 0.9 + ahead, "gradient boosting", 0.9, ahead, Interval(*span))
    said = verdict_words(verdict)
    assert words in said
    assert "{" not in said


def test_of_a_regression_the_difference_is_in_its_units() -> None:
    verdict = Verdict("rmse", 50.0, "linear regression", 56.0, 6.0, Interval(2.0, 9.0))
    said = verdict_words(verdict)
    assert "RMSE 50.0 against 56.0" in said
    assert "ahead by 6.00 (95 %: 2.00 to 9.00)" in said


def test_in_the_window_it_follows_a_training(
    person: Person, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baselines, "ITERATIONS", 10)
    person.begin("iris", epochs=2)
    window.workbench.docks["baselines"].show()
    window.workbench.docks["baselines"].raise_()
    person.train_to_the_end()
    panel = window.workbench.docks["baselines"].widget()
    assert isinstance(panel, BaselinesPanel)
    person.until(lambda: panel.comparison is not None)
    assert panel.verdict.text()
