"""Residuals: against predicted, by feature, and how they spread."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.control import Control, Wanted
from engine.events import Measured
from engine.project import Project
from engine.trainer import Trainer
from gui.document import State
from gui.panels.residuals import ResidualsPanel
from tests.gui.panels.runs import classification, project, regression, run


@pytest.fixture
def panel(qtbot: QtBot) -> ResidualsPanel:
    made = ResidualsPanel()
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    return made


def test_it_is_for_numbers() -> None:
    assert ResidualsPanel.relevant(regression().facts)
    assert not ResidualsPanel.relevant(classification().facts)
    assert not ResidualsPanel.relevant(None)


def test_residuals_are_actual_less_predicted(panel: ResidualsPanel) -> None:
    done = run(regression(), epochs=4)
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    arrays = done.newest("judgement").arrays
    expected = arrays["truth"][:, 0] - arrays["outputs"][:, 0]
    np.testing.assert_array_equal(panel.against.points[0], arrays["outputs"][:, 0])
    np.testing.assert_array_equal(panel.against.points[1], expected)
    counts, edges = panel.spread.bins[0].counts, panel.spread.bins[0].edges
    np.testing.assert_array_equal(counts, np.histogram(expected, edges)[0])
    assert counts.sum() == 15
    assert panel.reading.text().startswith("15 validation rows · half are within ±")
    assert [table.header for table in panel.tables()] == [
        ("row", "predicted price", "residual price")
    ]
    assert not panel.grab().isNull()
    panel.apply_theme()


def test_a_feature_is_chosen_and_measured(panel: ResidualsPanel, qtbot: QtBot) -> None:
    prepared = regression()
    done = run(prepared, epochs=2)
    panel.show_state(State(done.project, done.finished.trained), done.facts)
    assert Wanted("feature", "x0") in panel.measurements()
    with qtbot.waitSignal(panel.wanted_changed):
        panel.features.setCurrentText("x2")
        panel.features.activated.emit(2)
    wanted = panel.measurements()
    assert Wanted("feature", "x2") in wanted
    control = Control(wanted, every_time=True)
    made = project(prepared, 1)
    events = list(Trainer(made, prepared=prepared, control=control).run())
    panel.show_events(events)
    rows = prepared.rows.validation
    np.testing.assert_allclose(panel.by_feature.points[0], prepared.X[rows, 2])
    assert panel.by_feature.axes["bottom"].label == "x2"
    panel.show_part("training")
    assert {each.setting for each in panel.measurements()} == {"training"}


def test_of_several_targets_one_is_looked_at(panel: ResidualsPanel) -> None:
    panel.show_state(State(Project()), regression().facts)
    truth = np.array([[1.0, 10.0], [2.0, 20.0], [4.0, 40.0]])
    arrays = {"truth": truth, "outputs": truth - [0.5, 3], "rows": np.arange(3)}
    panel.show_events(
        [Measured("judgement", "", "validation", 1.0, arrays | {"total": np.array(3)})]
    )
    assert panel.targets.isVisible()
    np.testing.assert_allclose(panel.against.points[1], 0.5)
    panel.targets.setCurrentIndex(1)
    panel.targets.activated.emit(1)
    np.testing.assert_allclose(panel.against.points[1], 3.0)


def test_a_narrow_panel_shows_the_plot_that_is_chosen(panel: ResidualsPanel) -> None:
    panel.show_state(State(Project()), regression().facts)
    panel.body.show_content()
    assert all(plot.isVisible() for plot in panel.plots)
    panel.resize(400, 240)
    assert [plot.isVisible() for plot in panel.plots] == [True, False, False]
    panel.kinds.setCurrentIndex(1)
    assert [plot.isVisible() for plot in panel.plots] == [False, True, False]
    assert panel.features.isVisible()
    panel.kinds.setCurrentIndex(2)
    assert panel.spread.isVisible()
    assert not panel.features.isVisible()
