"""The heatmap of a layer's arrays."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine import layers
from engine.control import Control, Wanted
from engine.design import Design
from engine.events import Measured
from engine.project import Project
from engine.trainer import Trainer
from gui.document import Focus, State
from gui.panels.weights import EMPTY, NO_LAYER, NO_VECTOR, WeightsPanel
from tests.gui.panels.runs import Run, classification, run


@pytest.fixture(scope="module")
def done() -> Run:
    return run(classification(), epochs=2)


@pytest.fixture
def panel(qtbot: QtBot) -> WeightsPanel:
    made = WeightsPanel()
    qtbot.addWidget(made)
    made.resize(800, 230)
    made.show()
    return made


def drawn(panel: WeightsPanel) -> np.ndarray:
    return panel.heatmap.values


def measured(kernel: np.ndarray, layer: str = "n2") -> Measured:
    return Measured("weights", layer, "", 1.0, {"kernel": kernel, "bias": kernel[0]})


def test_it_says_when_there_is_nothing_to_see(panel: WeightsPanel, done: Run) -> None:
    panel.show_state(State(Project(design=Design.chain(layers.Input()))), None)
    assert panel.body.sentence == NO_LAYER
    assert panel.measurements() == frozenset()
    panel.show_state(State(done.project), done.facts)
    assert panel.body.sentence == EMPTY


def test_it_draws_the_first_dense_layer_as_it_was_measured(panel: WeightsPanel, done: Run) -> None:
    panel.show_state(State(done.project), done.facts)
    assert panel.measurements() == {Wanted("weights", "n2")}
    panel.show_events(done.events)
    assert panel.caption.text() == "dense_1"
    np.testing.assert_array_equal(drawn(panel), done.newest("weights", "n2").arrays["kernel"])


def test_the_chosen_layer_is_drawn_and_asked_for(
    panel: WeightsPanel, done: Run, qtbot: QtBot
) -> None:
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    with qtbot.waitSignal(panel.wanted_changed):
        panel.show_focus(Focus(layers=("n1", "n3")))
    assert panel.wanted() == {Wanted("weights", "n3")}
    np.testing.assert_array_equal(drawn(panel), done.newest("weights", "n3").arrays["kernel"])
    panel.show_focus(Focus(layers=("gone",)))
    assert panel.caption.text() == "dense_1"


def test_without_a_run_it_shows_what_training_left(panel: WeightsPanel, done: Run) -> None:
    trained = done.finished.trained
    panel.show_state(State(done.project, trained), done.facts)
    np.testing.assert_array_equal(drawn(panel), trained.weights["n2", "kernel"])
    panel.choice.setCurrentIndex(panel.choice.findData("bias"))
    np.testing.assert_array_equal(drawn(panel)[0], trained.weights["n2", "bias"])
    assert panel.reading.sentence.startswith("5 units")
    panel.show_focus(Focus(layers=("n3",)))
    assert panel.choice.currentData() == "bias"


def test_a_newer_training_replaces_what_was_measured(panel: WeightsPanel, done: Run) -> None:
    panel.show_state(State(done.project), done.facts)
    panel.show_events([measured(np.zeros((4, 5), np.float32))])
    panel.show_state(State(done.project, done.finished.trained), done.facts)
    np.testing.assert_array_equal(drawn(panel), done.finished.trained.weights["n2", "kernel"])


def test_a_new_run_begins_empty(panel: WeightsPanel, done: Run) -> None:
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    panel.clear()
    assert panel.body.sentence == EMPTY


def test_normalisation_layers_offer_all_their_arrays(panel: WeightsPanel) -> None:
    design = Design.chain(layers.Input(), layers.Dense(3), layers.BatchNormalization())
    panel.show_state(State(Project(design=design)), None)
    names = ("moving_variance", "beta", "gamma", "moving_mean")
    panel.show_events([Measured("weights", "n3", "", 1.0, {name: np.ones(3) for name in names})])
    panel.show_focus(Focus(layers=("n3",)))
    offered = [panel.choice.itemText(each) for each in range(panel.choice.count())]
    assert offered == ["gamma", "beta", "moving mean", "moving variance"]


def test_the_value_under_the_pointer_is_said(panel: WeightsPanel, done: Run) -> None:
    panel.show_state(State(done.project), done.facts)
    kernel = np.zeros((4, 5), np.float32)
    kernel[3, 2] = 0.03124
    panel.show_events([measured(kernel)])
    panel.heatmap.pointed_at.emit(QPointF(2.5, 3.5))
    assert panel.reading.sentence == "dense_1 kernel[3, 2] = 0.0312"
    kernel = kernel.copy()
    kernel[3, 2] = -0.5
    panel.show_events([measured(kernel)])
    assert panel.reading.sentence == "dense_1 kernel[3, 2] = −0.500"
    panel.heatmap.pointed_at.emit(QPointF(9.5, 3.5))
    assert panel.reading.sentence.startswith("4 × 5")


def test_the_keyboard_walks_over_the_cells(panel: WeightsPanel, done: Run) -> None:
    panel.show_state(State(done.project), done.facts)
    panel.show_events([measured(np.arange(20, dtype=np.float32).reshape(4, 5))])
    keys = [Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up]
    for key in keys:
        QTest.keyClick(panel.heatmap, key)
    assert panel.reading.sentence == "dense_1 kernel[0, 1] = 1.00"
    QTest.keyClick(panel.heatmap, Qt.Key.Key_Escape)
    assert panel.heatmap.cell is None


def test_limits_are_the_99th_percentile_and_only_grow(panel: WeightsPanel, done: Run) -> None:
    panel.show_state(State(done.project), done.facts)
    draw = np.random.default_rng(0)
    kernel = draw.normal(size=(40, 50)).astype(np.float32)
    panel.show_events([measured(kernel)])
    limit = float(np.percentile(np.abs(kernel), 99))
    assert panel.bar.limit == pytest.approx(limit)
    assert f"{np.sum(np.abs(kernel) > limit)} beyond ±" in panel.reading.sentence
    panel.show_events([measured(kernel / 2)])
    assert panel.bar.limit == pytest.approx(limit)
    panel.show_events([measured(kernel * 2)])
    assert panel.bar.limit == pytest.approx(2 * limit)
    panel.clear()
    panel.show_events([measured(kernel)])
    assert panel.bar.limit == pytest.approx(limit)


def test_clipped_cells_are_marked_where_they_are_large_enough(
    panel: WeightsPanel, done: Run
) -> None:
    panel.show_state(State(done.project), done.facts)
    kernel = np.full((10, 30), 0.1, np.float32)
    kernel[2, 7] = 5.0
    panel.show_events([measured(kernel)])
    panel.grab()
    x, y = panel.heatmap.marks()
    assert (list(x), list(y)) == ([7.5], [2.5])
    panel.show_events([measured(np.tile(kernel, (30, 30)))])
    assert len(panel.heatmap.marks()[0]) == 0


def test_all_zeros_and_weights_that_are_not_finite_are_drawn(
    panel: WeightsPanel, done: Run
) -> None:
    panel.show_state(State(done.project), done.facts)
    for value in (0.0, np.nan):
        panel.clear()
        panel.show_events([measured(np.full((4, 5), value, np.float32))])
        assert not panel.grab().isNull()


def test_behind_an_image_input_units_are_shown_as_images(panel: WeightsPanel, done: Run) -> None:
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    assert panel.as_images.isVisible()
    panel.as_images.setChecked(True)
    kernel = done.newest("weights", "n2").arrays["kernel"]
    np.testing.assert_array_equal(drawn(panel)[:2, :2], kernel[:, 0].reshape(2, 2))
    np.testing.assert_array_equal(drawn(panel)[:2, 3:5], kernel[:, 1].reshape(2, 2))
    panel.heatmap.pointed_at.emit(QPointF(4.5, 1.5))
    assert panel.reading.sentence.startswith("dense_1 kernel[3, 1] = ")
    panel.heatmap.pointed_at.emit(QPointF(2.5, 1.5))
    assert panel.reading.sentence.startswith("4 × 5")
    assert not panel.grab().isNull()
    panel.show_focus(Focus(layers=("n3",)))
    assert not panel.as_images.isVisible()
    np.testing.assert_array_equal(drawn(panel), done.newest("weights", "n3").arrays["kernel"])


# ── the views that count ────────────────────────────────────────────────────────────────────


def view(panel: WeightsPanel, name: str) -> None:
    panel.view.setCurrentIndex(panel.view.findData(name))


def live(panel: WeightsPanel, done: Run) -> list[Measured]:
    """A run in which what the panel wants is measured every time."""
    control = Control(panel.measurements(), every_time=True)
    events = list(Trainer(done.project, prepared=done.prepared, control=control).run())
    panel.show_events(events)
    return [each for each in events if isinstance(each, Measured)]


@pytest.mark.parametrize("name", ["histogram", "over time"])
def test_histograms_count_the_weights_of_the_chosen_array(
    panel: WeightsPanel, done: Run, name: str
) -> None:
    panel.show_state(State(done.project, done.finished.trained), done.facts)
    view(panel, name)
    assert panel.reading.sentence == "Appears with the next batch"
    panel.choice.setCurrentIndex(panel.choice.findData("bias"))
    assert Wanted("spread", "n2", "bias") in panel.wanted()
    taken = [each for each in live(panel, done) if each.name == "spread"]
    (table,) = panel.tables()
    assert sum(row[-1] for row in table.rows) == 5
    if name == "histogram":
        assert (
            panel.numbers.histogram.bins[0].counts.tolist() == taken[-1].arrays["counts"].tolist()
        )
    else:
        x = panel.numbers.over_time.arrays["x"]
        assert (x[0], x[-1]) == (taken[0].epoch, taken[-1].epoch)
    assert not panel.grab().isNull()
    panel.choice.setCurrentIndex(panel.choice.findData("kernel"))
    live(panel, done)
    (table,) = panel.tables()
    assert sum(row[-1] for row in table.rows) == 20


@pytest.mark.parametrize(("name", "array"), [("norms", "norms"), ("ratios", "ratios")])
def test_norms_and_update_ratios_of_all_layers_by_epoch(
    panel: WeightsPanel, done: Run, name: str, array: str
) -> None:
    panel.show_state(State(done.project), done.facts)
    view(panel, name)
    assert panel.wanted() == {Wanted("updates")}
    assert panel.reading.sentence.startswith("Appears after an epoch")
    assert panel.tables() == ()
    taken = live(panel, done)
    (table,) = panel.tables()
    assert table.header == ("epoch", "dense_1", "dense_2")
    np.testing.assert_allclose(table.rows[-1], [2.0, *taken[-1].arrays[array]])
    plot = {"norms": panel.numbers.norms, "ratios": panel.numbers.ratios}[name]
    assert [line.name for line in plot.view.lines] == ["dense_1", "dense_2"]
    assert not panel.choice.isVisible()
    panel.clear()
    assert panel.tables() == ()


def test_a_vector_is_shown_as_bars(panel: WeightsPanel, done: Run) -> None:
    trained = done.finished.trained
    panel.show_state(State(done.project, trained), done.facts)
    view(panel, "bars")
    assert panel.choice.currentData() == "bias"
    values = trained.weights["n2", "bias"]
    assert [bar.value for bar in panel.numbers.bars.bars] == pytest.approx(values.tolist())
    (table,) = panel.tables()
    assert table.rows == [values.tolist()]
    panel.show_events([Measured("weights", "n2", "", 3.0, {"kernel": np.ones((4, 5), np.float32)})])
    assert panel.reading.sentence == NO_VECTOR
    assert panel.numbers.bars.bars == ()


def test_the_picture_can_be_copied_as_figures(panel: WeightsPanel, done: Run) -> None:
    panel.show_state(State(done.project), done.facts)
    assert panel.tables() == ()
    panel.show_events(done.events)
    (table,) = panel.tables()
    np.testing.assert_array_equal(table.rows, done.newest("weights", "n2").arrays["kernel"])
    panel.apply_theme()
