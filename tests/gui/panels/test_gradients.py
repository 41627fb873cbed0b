"""Norms, histograms and idle units, and what is wrong with them in words."""

from collections.abc import Mapping

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.control import Control, Wanted
from engine.design import Link
from engine.events import Measured
from engine.gradient_health import Finding
from engine.trainer import Trainer
from gui.document import Focus, State
from gui.panels.gradients import EMPTY, GradientsPanel, sentence
from gui.requests import ColourLinks
from tests.gui.panels.runs import Run, classification, project

WANTED = frozenset({Wanted("gradients"), Wanted("units"), Wanted("flow", apart=0.3)})


@pytest.fixture(scope="module")
def done() -> Run:
    prepared = classification()
    made = project(prepared)
    control = Control(WANTED, every_time=True)
    return Run(made, prepared, tuple(Trainer(made, prepared=prepared, control=control).run()))


@pytest.fixture
def panel(qtbot: QtBot, done: Run) -> GradientsPanel:
    made = GradientsPanel()
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    made.show_state(State(done.project), done.facts)
    return made


def view(panel: GradientsPanel, name: str) -> None:
    panel.view.setCurrentIndex(panel.view.findData(name))


def measured(epoch: float, sizes: list[float]) -> Measured:
    arrays: Mapping[str, np.ndarray] = {
        "layers": np.array(["n2", "n3"]),
        "norms": np.array(sizes),
        "sizes": np.array(sizes),
        "edges": np.linspace(-12, 4, 65),
        "counts": np.zeros((2, 64), int),
        "zeros": np.zeros(2, int),
        "weights": np.ones(2, int),
    }
    return Measured("gradients", "", "", epoch, arrays)


def test_it_is_empty_before_the_first_batch(panel: GradientsPanel, done: Run) -> None:
    assert panel.body.sentence == EMPTY
    assert panel.wanted() == {Wanted("gradients"), Wanted("units")}
    assert panel.tables() == ()
    panel.show_events(done.events)
    assert panel.body.sentence == ""
    panel.clear()
    assert panel.body.sentence == EMPTY


def test_a_line_for_each_layer(panel: GradientsPanel, done: Run) -> None:
    panel.show_events(done.events)
    lines = panel.norms.view.lines
    assert [line.name for line in lines] == ["dense_1", "dense_2"]
    taken = [
        each for each in done.events if isinstance(each, Measured) and each.name == "gradients"
    ]
    np.testing.assert_allclose(lines[1].y, [each.arrays["norms"][1] for each in taken])
    np.testing.assert_allclose(lines[1].x, [each.epoch for each in taken])
    (table,) = panel.tables()
    assert table.header == ("epoch", "dense_1", "dense_2")
    assert len(table.rows) == len(taken)


def test_the_histogram_counts_every_weight_of_the_chosen_layer(
    panel: GradientsPanel, done: Run
) -> None:
    panel.show_events(done.events)
    view(panel, "histogram")
    assert panel.layer.isVisible()
    last = done.newest("gradients").arrays
    assert panel.histogram.bins[0].counts.sum() == last["counts"][0].sum()
    panel.show_focus(Focus(layers=("n1", "n3")))
    assert panel.layer.currentText() == "dense_2"
    assert panel.histogram.bins[0].counts.sum() == last["counts"][1].sum()
    assert "of 18 are exactly 0" in panel.reading.text()


def test_histograms_over_time_are_those_of_the_chosen_layer(
    panel: GradientsPanel, done: Run
) -> None:
    panel.show_events(done.events)
    view(panel, "over time")
    assert panel.layer.isVisible()
    taken = [
        each for each in done.events if isinstance(each, Measured) and each.name == "gradients"
    ]
    for place, layer in enumerate(("n2", "n3")):
        panel.show_focus(Focus(layers=(layer,)))
        shown = panel.over_time.arrays
        assert (shown["x"][0], shown["x"][-1]) == (taken[0].epoch, taken[-1].epoch)
        last, edges = taken[-1].arrays["counts"][place], taken[-1].arrays["edges"]
        mean = (last / last.sum()) @ (edges[:-1] + edges[1:]) / 2
        assert shown["values"][:, -1].sum() == pytest.approx(1.0)
        assert shown["values"][:, -1] @ shown["y"] == pytest.approx(mean, abs=0.05)
    assert not panel.grab().isNull()
    panel.clear()
    panel.show_events([measured(1.0, [1.0, 1.0])])
    assert panel.over_time.arrays["values"].max() == 0.0
    assert not panel.grab().isNull()


def test_idle_units_are_listed(panel: GradientsPanel, done: Run) -> None:
    panel.show_events(done.events)
    view(panel, "units")
    last = done.newest("units").arrays
    (row,) = panel.units.text().splitlines()[1:]
    assert row.startswith(f"dense_1\trelu\t{last['idle'][0]}\t5")


def test_vanishing_gradients_are_named(panel: GradientsPanel) -> None:
    panel.show_events([measured(epoch, [1e-8, 1e-2]) for epoch in range(4)])
    assert not panel.warning.isVisible()
    panel.show_events([measured(5.0, [1e-8, 1e-2])])
    assert panel.warning.isVisible()
    said = panel.warning.text()
    assert said.startswith("Gradients vanish: in dense_1 they have been 1,000,000 times smaller")
    panel.clear()
    assert not panel.findings


def test_every_finding_has_its_sentence() -> None:
    exploding = Finding("exploding", "a", 250.0, 5)
    assert "in a they have been 250 times larger" in sentence(exploding, str)
    assert "not finite" in sentence(Finding("exploding", "a", np.inf, 1), str)


def test_the_links_are_coloured_only_while_that_is_wanted(
    panel: GradientsPanel, done: Run, qtbot: QtBot
) -> None:
    asked: list[ColourLinks] = []
    panel.requested.connect(asked.append)
    panel.show_events(done.events)
    assert asked == []
    with qtbot.waitSignal(panel.wanted_changed):
        panel.toggle_links()
    assert Wanted("flow", apart=0.3) in panel.wanted()
    panel.hide()
    assert panel.wanted() == {Wanted("flow", apart=0.3), Wanted("gradients")}
    panel.show_events(done.events)
    sizes = asked[-1].sizes
    assert sizes is not None
    assert list(sizes) == [Link(source="n1", target="n2"), Link(source="n2", target="n3")]
    assert list(sizes.values())[1] == done.newest("flow").arrays["sizes"][1]
    panel.toggle_links()
    assert asked[-1].sizes is None
    assert panel.wanted() == frozenset()
