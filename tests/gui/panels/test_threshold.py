"""Two classes: curves, the slider that moves everything, and the cheapest threshold."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from sklearn.metrics import average_precision_score, precision_score, roc_auc_score

from engine.data.dataset import DataFacts
from engine.events import Measured
from engine.judgement.kept import Judgement
from engine.project import Project
from gui.document import State
from gui.figures import number, percent
from gui.panels.threshold import ThresholdPanel
from gui.requests import Edit, ShowPart

ROWS = 200


def facts(*classes: str) -> DataFacts:
    split = (600, ROWS, 100)
    return DataFacts("x", 900, 2, "classification", classes, 1, "y", ("a", "b"), None, split)


def judged(part: str = "validation") -> tuple[np.ndarray, np.ndarray, Measured]:
    draw = np.random.default_rng(0)
    truth = (draw.random(ROWS) < 0.2).astype(int)
    score = np.clip(0.3 * truth + 0.7 * draw.random(ROWS), 0, 1)
    arrays = {
        "truth": truth,
        "outputs": np.stack((1 - score, score), axis=1),
        "rows": np.arange(ROWS),
        "total": np.array(ROWS),
    }
    setting = None if part == "validation" else part
    return truth, score, Measured("judgement", "", part, 1.0, arrays, setting)


@pytest.fixture
def panel(qtbot: QtBot) -> ThresholdPanel:
    made = ThresholdPanel()
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    made.show_state(State(Project()), facts("no", "yes"))
    made.show_events([judged()[2]])
    return made


def asked(panel: ThresholdPanel, qtbot: QtBot, act: object) -> Judgement:
    """What doing something asks for; the document then answers with it."""
    with qtbot.waitSignal(panel.requested) as signal:
        act()
    assert signal.args is not None
    request = signal.args[0]
    assert isinstance(request, Edit)
    panel.show_state(State(request.project), panel.facts)
    return request.project.judgement


def test_it_is_for_two_classes() -> None:
    assert ThresholdPanel.relevant(facts("no", "yes"))
    assert not ThresholdPanel.relevant(facts("a", "b", "c"))
    assert not ThresholdPanel.relevant(None)


def test_areas_are_scikit_learn_s(panel: ThresholdPanel) -> None:
    truth, score, _ = judged()
    said = [plot.reading.sentence for plot in panel.plots]
    assert said[0] == f"area {number(roc_auc_score(truth, score))}"
    average = average_precision_score(truth, score)
    assert said[1] == f"average precision {number(float(average))}"


@pytest.mark.parametrize("kind", range(5))
def test_every_picture_is_drawn(panel: ThresholdPanel, kind: int) -> None:
    plot = panel.plots[0]
    plot.kinds.setCurrentIndex(kind)
    assert plot.plot.view.lines
    assert plot.reading.sentence
    assert plot.plot.view.axes["bottom"].label
    panel.apply_theme()
    assert not panel.grab().isNull()


def test_the_slider_moves_the_figures_and_the_dot(panel: ThresholdPanel, qtbot: QtBot) -> None:
    truth, score, _ = judged()
    judgement = asked(panel, qtbot, lambda: panel.slider.setValue(300))
    assert judgement.threshold == 0.3
    found = score > 0.3
    assert f"precision {percent(precision_score(truth, found))}" in panel.reading.text()
    assert panel.spin.value() == 0.3
    dot = panel.plots[0].plot.view.dots[0]
    assert dot.y == pytest.approx((found & (truth == 1)).sum() / truth.sum())
    assert asked(panel, qtbot, panel.even_button.click).threshold == 0.5
    assert panel.slider.value() == 500


def test_the_cheapest_threshold_follows_the_costs(panel: ThresholdPanel, qtbot: QtBot) -> None:
    truth, score, _ = judged()
    asked(panel, qtbot, lambda: panel.costs["false_negative"].setValue(20))
    chosen = asked(panel, qtbot, panel.cheapest_button.click)

    def cost(threshold: float) -> float:
        found = score > threshold
        return (found & (truth == 0)).sum() + 20 * (~found & (truth == 1)).sum()

    assert cost(chosen.threshold) == min(cost(each) for each in np.linspace(0, 1, 1001))
    assert f"cost {number(cost(chosen.threshold))}" in panel.reading.text()


def test_another_positive_class_decides_no_row_otherwise(
    panel: ThresholdPanel, qtbot: QtBot
) -> None:
    asked(panel, qtbot, lambda: panel.spin.setValue(0.3))
    panel.positive.setCurrentIndex(0)
    turned = asked(panel, qtbot, lambda: panel.positive.activated.emit(0))
    assert (turned.positive, turned.threshold) == ("no", 0.7)
    assert panel.positive.currentText() == "no"


def test_on_the_test_rows_no_threshold_is_chosen(panel: ThresholdPanel) -> None:
    panel.show_part("test")
    assert panel.body.sentence == "The test rows are being judged"
    assert {each.setting for each in panel.measurements()} == {"test"}
    panel.show_events([judged()[2]])
    assert panel.body.sentence, "what was measured of other rows comes too late"
    panel.show_events([judged("test")[2]])
    assert panel.body.sentence == ""
    assert panel.part_button.text() == "test"
    assert not panel.slider.isEnabled()
    assert not panel.cheapest_button.isEnabled()
    assert "never on the test rows" in panel.slider.toolTip()
    panel.show_part("validation")
    panel.show_events([judged()[2]])
    assert panel.slider.isEnabled()


def test_the_menu_names_the_parts_and_how_often_the_test_was_seen(
    panel: ThresholdPanel, qtbot: QtBot
) -> None:
    panel.part_button.fill()
    actions = [each for each in panel.part_button.menu().actions() if each.text()]
    words = [each.text() for each in actions]
    assert words[:3] == ["200 validation rows", "600 training rows", "Look at the 100 test rows"]
    assert words[3].startswith("Test rows not looked at")
    with qtbot.waitSignal(panel.requested) as signal:
        actions[2].trigger()
    assert signal.args == [ShowPart("test")]
    panel.show_locked(True)
    panel.part_button.fill()
    actions = [each for each in panel.part_button.menu().actions() if each.text()]
    assert [each.isEnabled() for each in actions] == [True, True, False, False]


def test_the_figures_of_every_hundredth_are_copied(panel: ThresholdPanel) -> None:
    truth, score, _ = judged()
    table = panel.tables()[0]
    row = dict(zip(table.header, table.rows[30], strict=True))
    found = score > row["threshold"]
    assert row["TP"] == (found & (truth == 1)).sum()
    assert row["FN"] == (~found & (truth == 1)).sum()
    panel.clear()
    assert panel.tables() == ()


def test_a_narrow_panel_has_one_plot(panel: ThresholdPanel) -> None:
    assert panel.plots[1].isVisible()
    panel.resize(500, 300)
    assert not panel.plots[1].isVisible()
    assert panel.minimumSizeHint().width() < 500
