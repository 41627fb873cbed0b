"""Predicted against actual values."""

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error

from engine.control import Wanted
from engine.events import Measured
from engine.project import Project
from gui.document import State
from gui.figures import number
from gui.panels.predicted import PredictedPanel
from tests.gui.panels.runs import classification, regression, run


@pytest.fixture
def panel(qtbot: QtBot) -> PredictedPanel:
    made = PredictedPanel()
    qtbot.addWidget(made)
    made.resize(400, 225)
    made.show()
    return made


def test_it_says_when_it_appears(panel: PredictedPanel) -> None:
    assert panel.body.sentence == "Appears after epoch 1, on validation rows"
    panel.show_state(State(Project()), regression(0).facts)
    assert panel.body.sentence == "Appears after epoch 1, on training rows"
    assert panel.measurements() == {Wanted("judgement")}


def test_the_dots_and_figures_are_in_the_targets_own_units(panel: PredictedPanel) -> None:
    prepared = regression()
    done = run(prepared, epochs=4)
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    actual, predicted = panel.view.points
    rows = prepared.rows.validation
    np.testing.assert_allclose(actual, prepared.y[rows, 0] * 40 + 200, rtol=1e-5)
    assert panel.figures.text() == " · ".join(
        [
            f"R² {number(r2_score(actual, predicted))}",
            f"RMSE {number(root_mean_squared_error(actual, predicted))}",
            f"MAE {number(mean_absolute_error(actual, predicted))}",
        ]
    )
    assert panel.reading.text() == "15 validation rows, in units of price"
    assert panel.view.axes["left"].label == "predicted price"
    assert panel.view.axes["bottom"].label == "actual price"
    assert "units of price" in panel.figures.toolTip()


def test_the_values_of_every_row_are_copied(panel: PredictedPanel) -> None:
    assert panel.tables() == ()
    done = run(regression())
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    table = panel.tables()[0]
    assert table.header == ("row", "actual price", "predicted price")
    arrays = done.newest("judgement").arrays
    assert [row[0] for row in table.rows] == (arrays["rows"] + 1).tolist()
    np.testing.assert_array_equal([row[1] for row in table.rows], arrays["truth"][:, 0])
    panel.apply_theme()


def test_both_axes_show_the_same_range_which_holds_all_dots(panel: PredictedPanel) -> None:
    done = run(regression())
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    x, y = panel.view.ranges
    assert x == pytest.approx(y)
    values = np.concatenate(panel.view.points)
    assert x[0] <= values.min()
    assert values.max() <= x[1]


def test_of_very_many_rows_some_are_drawn_and_it_says_so(panel: PredictedPanel) -> None:
    panel.show_state(State(Project()), replace(regression().facts, split=(12_001, 0, 0)))
    values = np.arange(12_001.0)[:, None]
    rows = {"rows": np.arange(12_001), "total": np.array(12_001)}
    arrays = {"truth": values, "outputs": values, **rows}
    panel.show_events([Measured("judgement", "", "training", 1.0, arrays)])
    assert len(panel.view.points[0]) == 4_001
    assert panel.reading.text().startswith("4,001 of 12,001 training rows")


def test_it_is_emptied_by_a_reset_by_other_data_and_by_a_new_run(panel: PredictedPanel) -> None:
    done = run(regression())
    for forget in (
        lambda: panel.show_state(State(done.project), done.facts),
        lambda: panel.show_state(State(done.project), classification().facts),
        panel.clear,
    ):
        panel.show_state(State(done.project, done.finished.trained), done.facts)
        panel.show_events(done.events)
        assert panel.body.sentence == ""
        forget()
        assert panel.body.sentence
