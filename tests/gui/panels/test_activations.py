"""Outputs of the layers, and what one row lights up."""

from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.control import Wanted
from engine.measuring import measure
from engine.network import Network
from gui.document import Focus, State
from gui.figures import percent
from gui.panels.activations import EMPTY, ActivationsPanel
from gui.requests import ChangeFocus, LightUp, PlayPulse
from tests.gui.panels.runs import Run, classification, regression, run


@pytest.fixture(scope="module")
def done() -> Run:
    return run(classification(), epochs=2)


@pytest.fixture
def panel(qtbot: QtBot, done: Run) -> ActivationsPanel:
    made = ActivationsPanel()
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    made.show_state(State(done.project, done.finished.trained), done.facts)
    return made


def look(panel: ActivationsPanel, done: Run) -> None:
    """What the panel wants is measured."""
    trained = done.finished.trained
    panel.show_events(measure(done.project, done.prepared, trained, panel.wanted()))


def requests_of(panel: ActivationsPanel) -> list[Any]:
    asked: list[Any] = []
    panel.requested.connect(asked.append)
    return asked


def outputs(done: Run, row: int) -> dict[str, np.ndarray]:
    network = Network(done.project.design, 4, weights=done.finished.trained.weights)
    return network.explain(done.prepared.X[row : row + 1])


def test_it_is_empty_before_the_first_epoch(panel: ActivationsPanel, done: Run) -> None:
    assert panel.body.sentence == EMPTY
    assert panel.wanted() == {Wanted("activations")}
    assert panel.tables() == ()
    look(panel, done)
    assert panel.body.sentence == ""
    panel.clear()
    assert panel.body.sentence == EMPTY


def test_the_outputs_of_the_chosen_layer_are_counted(panel: ActivationsPanel, done: Run) -> None:
    look(panel, done)
    assert panel.layer.currentText() == "dense_1"
    assert panel.histogram.bins[0].counts.sum() == 15 * 5
    panel.show_focus(Focus(layers=("n3",)))
    assert panel.layer.currentText() == "dense_2"
    assert panel.histogram.bins[0].counts.sum() == 15 * 3
    assert panel.reading.text().startswith("mean 0.333")
    (table,) = panel.tables()
    assert [row[0] for row in table.rows] == ["input", "dense_1", "dense_2"]
    panel.view.setCurrentIndex(1)
    assert panel.layers.text().splitlines()[3].startswith("dense_2\t0.333")


def test_a_row_is_listed_layer_by_layer(panel: ActivationsPanel, done: Run) -> None:
    panel.view.setCurrentIndex(2)
    panel.row.setValue(8)
    assert Wanted("lit", setting=7, apart=0.2) in panel.wanted()
    look(panel, done)
    (table,) = panel.tables()
    expected = outputs(done, 7)
    for row, values in zip(table.rows, expected.values(), strict=True):
        np.testing.assert_allclose(row[1:], values[0], rtol=1e-6)
    winner = int(expected["n3"].argmax())
    assert panel.values.text().splitlines()[3].startswith(f"dense_2\t3\t{winner}")


def test_choosing_a_row_here_lets_everybody_look_at_it(panel: ActivationsPanel) -> None:
    panel.show_focus(Focus(layers=("n2",)))
    asked = requests_of(panel)
    panel.row.setValue(4)
    assert asked[-1] == ChangeFocus(Focus(layers=("n2",), rows=(3,)))


def test_a_row_chosen_elsewhere_is_lit_on_the_cards(
    panel: ActivationsPanel, done: Run, qtbot: QtBot
) -> None:
    asked = requests_of(panel)
    with qtbot.waitSignal(panel.wanted_changed):
        panel.show_focus(Focus(rows=(9,)))
    assert panel.row.value() == 10
    assert panel.on_cards.isChecked()
    panel.hide()
    assert panel.wanted() == {Wanted("lit", setting=9, apart=0.2)}
    look(panel, done)
    request = asked[-1]
    assert isinstance(request, LightUp)
    assert request.values is not None
    expected = outputs(done, 9)
    for layer, values in request.values.items():
        np.testing.assert_array_equal(values, expected[layer][0])
    winner = int(expected["n3"].argmax())
    share = percent(float(expected["n3"].max()))
    assert request.words["n3"] == f"{done.facts.classes[winner]}: {share}"
    assert request.words["n2"].startswith("max ")
    panel.on_cards.setChecked(False)
    assert asked[-1] == LightUp(None, {})


def test_playing_waits_for_the_values_and_plays_once(panel: ActivationsPanel, done: Run) -> None:
    asked = requests_of(panel)
    panel.play()
    assert not [each for each in asked if isinstance(each, PlayPulse)]
    look(panel, done)
    assert [type(each) for each in asked[-2:]] == [LightUp, PlayPulse]
    look(panel, done)
    assert isinstance(asked[-1], LightUp)
    panel.play_button.click()
    assert isinstance(asked[-1], PlayPulse)


def test_values_of_another_row_come_too_late(panel: ActivationsPanel, done: Run) -> None:
    panel.on_cards.setChecked(True)
    found = measure(done.project, done.prepared, done.finished.trained, [Wanted("lit", setting=5)])
    asked = requests_of(panel)
    panel.show_events(found)
    assert asked == []


def test_of_one_number_the_card_says_it(panel: ActivationsPanel) -> None:
    other = run(regression(), epochs=1)
    panel.show_state(State(other.project, other.finished.trained), other.facts)
    panel.on_cards.setChecked(True)
    asked = requests_of(panel)
    look(panel, other)
    value = outputs(other, 0)["n3"][0, 0]
    assert float(asked[-1].words["n3"].replace("−", "-")) == pytest.approx(value, rel=0.01)


def test_another_design_takes_the_light_away(panel: ActivationsPanel, done: Run) -> None:
    panel.on_cards.setChecked(True)
    look(panel, done)
    other = done.project.model_copy(
        update={"design": done.project.design.model_copy(update={"nodes": ()})}
    )
    panel.show_state(State(other), done.facts)
    panel.view.setCurrentIndex(2)
    (table,) = panel.tables()
    assert table.title == "Outputs of the layers"


def test_other_weights_take_the_light_away(panel: ActivationsPanel, done: Run) -> None:
    panel.on_cards.setChecked(True)
    look(panel, done)
    asked = requests_of(panel)
    panel.clear()
    assert asked == [LightUp(None, {})]
