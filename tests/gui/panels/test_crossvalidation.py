"""The panel of cross-validation: its settings, a run, and when its figures are dropped or old."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

import engine
from engine import crossvalidation, data
from engine.crossvalidation import CrossValidated, run_fold
from engine.data.dataset import Prepared
from engine.data.recipe import DataRecipe
from engine.data.sources.given import Given
from engine.folds import Folds, deal
from engine.project import Project
from gui.document import State
from gui.figures import figure, number
from gui.panels.crossvalidation import CrossValidationPanel
from gui.requests import Work
from gui.runner import Runner


class Host:
    """Carries out what the panel asks for, as the window does."""

    def __init__(self, panel: CrossValidationPanel, qtbot: QtBot) -> None:
        self.panel, self.qtbot, self.runner = panel, qtbot, Runner()
        panel.requested.connect(self.act)

    def act(self, work: Work) -> None:
        work.begun(self.runner.job(work.function, work.done, work.failed, work.progressed))

    def until_done(self) -> None:
        self.qtbot.waitUntil(lambda: not self.panel.work.is_busy, timeout=60_000)


@pytest.fixture
def panel(qtbot: QtBot) -> CrossValidationPanel:
    made = CrossValidationPanel()
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.show()
    return made


@pytest.fixture
def host(panel: CrossValidationPanel, qtbot: QtBot) -> Iterator[Host]:
    made = Host(panel, qtbot)
    yield made
    made.runner.shutdown()


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same folds without the seconds that fresh interpreters take to start."""

    def validate(project: Project, prepared: Prepared, how: Folds, progress: Any) -> CrossValidated:
        assert project.data is not None
        folds = deal(prepared, project.training, project.data.split, how)
        found = []
        for place, fold in enumerate(folds):
            progress(place / len(folds), f"{place} of {len(folds)} folds")
            found.append(run_fold(project, project.data, prepared.dataset, fold))
        return CrossValidated(how, tuple(found), 2.0)

    monkeypatch.setattr(crossvalidation, "cross_validate", validate)


def shown(panel: CrossValidationPanel, name: str, **training: Any) -> tuple[State, Prepared]:
    project = engine.new(name)
    project = project.edited(training=project.training.edited(**{"epochs": 2, **training}))
    assert project.data is not None
    prepared = data.prepare(data.load_dataset(project.data), project.data)
    panel.show_state(State(project), prepared.facts)
    panel.show_rows(prepared)
    return State(project), prepared


def test_it_says_what_it_will_do(panel: CrossValidationPanel) -> None:
    assert "Choose data" in panel.body.sentence
    shown(panel, "iris")
    assert panel.body.sentence == ""
    assert "preprocessing included" in panel.results.sentence
    assert panel.tables() == ()
    panel.show_rows(None)
    assert panel.body.sentence
    panel.start()
    assert not panel.work.is_busy or panel.body.sentence


def test_a_run_fills_table_curves_and_summary(panel: CrossValidationPanel, host: Host) -> None:
    shown(panel, "iris")
    panel.folds.setValue(3)
    panel.bar.start_button.click()
    assert not panel.folds.isEnabled()
    assert panel.bar.cancel_button.isVisible()
    host.until_done()
    found = panel.found
    assert found is not None, panel.work.failure
    assert panel.folds.isEnabled()
    lines = [line.split("\t") for line in panel.tables_of["classification"].text().splitlines()]
    assert [line[0] for line in lines] == ["Fold", "1", "2", "3", "Mean", "± spread"]
    values = [fold.figures["accuracy"] for fold in found.folds]
    assert [line[1] for line in lines[1:]] == [
        figure("accuracy", value) for value in (*values, np.mean(values), np.std(values, ddof=1))
    ]
    assert panel.summary.text().startswith(f"Accuracy {figure('accuracy', np.mean(values))} ±")
    drawn = panel.curves.view.lines
    assert [line.name for line in drawn] == ["1", "2", "3"]
    for line, fold in zip(drawn, found.folds, strict=True):
        assert line.y.tolist() == [record.validation["loss"] for record in fold.history]
    folds, curves = panel.tables()
    assert len(folds.rows) == 3
    assert len(curves.rows) == 6


@pytest.mark.usefixtures("in_this_process")
def test_a_regression_is_repeated_in_its_own_units(panel: CrossValidationPanel, host: Host) -> None:
    shown(panel, "diabetes")
    panel.folds.setValue(2)
    panel.repeats.setValue(2)
    panel.start()
    host.until_done()
    assert panel.found is not None
    lines = [line.split("\t") for line in panel.tables_of["regression"].text().splitlines()]
    assert [line[0] for line in lines[1:5]] == ["1.1", "1.2", "2.1", "2.2"]
    assert lines[1][1] == number(panel.found.folds[0].figures["rmse"])
    assert "RMSE" in panel.summary.text()


@pytest.mark.usefixtures("in_this_process")
def test_another_design_is_said_and_other_data_drop_the_figures(
    panel: CrossValidationPanel, host: Host
) -> None:
    state, prepared = shown(panel, "iris", epochs=1)
    panel.start()
    host.until_done()
    assert "Trained in" in panel.note.text()
    longer = state.project.edited(training=state.project.training.edited(epochs=3))
    panel.show_state(State(longer), prepared.facts)
    assert "earlier design or recipe" in panel.note.text()
    panel.show_state(state, prepared.facts)
    assert "Trained in" in panel.note.text()
    other = state.project.edited(data=DataRecipe(source=Given()))
    panel.show_state(State(other), prepared.facts)
    assert panel.found is None
    assert panel.results.sentence


def test_groups_are_the_columns_and_a_refusal_is_said(
    panel: CrossValidationPanel, host: Host
) -> None:
    _, prepared = shown(panel, "iris")
    names = [panel.group.itemText(place) for place in range(panel.group.count())]
    assert names == ["No groups", *prepared.dataset.features.names]
    panel.folds.setValue(100)
    panel.start()
    host.until_done()
    assert "too few for 100 folds" in panel.bar.said.text()
    assert panel.found is None
    panel.show_rows(None)
    assert panel.bar.said.text() == ""
    shown(panel, "digits")
    assert panel.group.count() == 1


def test_it_says_how_long_it_takes_and_can_be_cancelled(
    panel: CrossValidationPanel, host: Host
) -> None:
    shown(panel, "iris", epochs=4_000)
    panel.folds.setValue(2)
    panel.start()
    host.qtbot.waitUntil(lambda: panel.work.share > 0.06, timeout=60_000)
    assert "left" in panel.bar.said.text()
    panel.bar.cancel_button.click()
    assert not panel.work.is_busy
    assert panel.found is None
    assert panel.bar.start_button.isVisible()


def test_while_the_network_trains_it_waits_and_says_why(panel: CrossValidationPanel) -> None:
    shown(panel, "iris")
    panel.show_locked(True)
    assert not panel.bar.start_button.isEnabled()
    assert "being trained" in panel.bar.start_button.toolTip()
    panel.show_locked(False)
    assert panel.bar.start_button.isEnabled()


def test_a_narrow_panel_has_the_curves_beneath(panel: CrossValidationPanel) -> None:
    from PySide6.QtCore import Qt

    panel.resize(360, 500)
    assert panel._split.orientation() == Qt.Orientation.Vertical
    assert panel.minimumSizeHint().width() < 380
