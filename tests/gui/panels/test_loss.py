"""The curves of a run."""

import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.events import BatchesDone, EpochDone, TrainingStarted
from engine.project import EpochRecord
from gui.document import State
from gui.panels.loss import LossPanel
from gui.plots.curve_plot import CurvePlot
from gui.plots.series import Part
from tests.gui.panels.runs import Run, classification, regression, run


@pytest.fixture(scope="module")
def done() -> Run:
    return run(classification(), epochs=4)


@pytest.fixture
def panel(qtbot: QtBot) -> LossPanel:
    made = LossPanel()
    qtbot.addWidget(made)
    made.resize(900, 240)
    made.show()
    return made


def points(plot: CurvePlot, part: Part) -> tuple[list[float], list[float]]:
    """What is drawn of one curve, as values and not as places on a logarithmic axis."""
    x, y = plot.view.points(part)
    return x.round(9).tolist(), (10**y if plot._axis.logarithmic else y).tolist()


def wheel(view: QWidget, place: QPointF, clicks: int) -> None:
    """Turns the mouse wheel over a place of a widget."""
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    turn = QPoint(0, 120 * clicks)
    keys = Qt.KeyboardModifier.NoModifier
    everywhere = QPointF(view.mapToGlobal(place.toPoint()))
    event = QWheelEvent(place, everywhere, QPoint(), turn, none, keys, phase, False)
    QApplication.sendEvent(view, event)


def records(done: Run) -> list[EpochRecord]:
    return [event.record for event in done.events if isinstance(event, EpochDone)]


def test_it_says_what_to_do_before_the_first_run(panel: LossPanel) -> None:
    assert panel.body.sentence == "Press Ctrl+Enter to train"


def test_it_says_how_much_there_is_to_do(panel: LossPanel, done: Run) -> None:
    panel.show_state(State(done.project), done.facts)
    assert panel.body.sentence == "Press Ctrl+Enter to train: 4 epochs of 45 rows"


def test_the_curves_are_the_figures_of_the_run(panel: LossPanel, done: Run) -> None:
    panel.show_state(State(done.project), done.facts)
    for event in done.events:
        panel.show_events((event,))
    assert panel.body.sentence == ""
    loss, accuracy = panel.plots
    said = records(done)
    for part in ("training", "validation"):
        x, y = points(loss, part)
        assert x == [1, 2, 3, 4]
        assert y == pytest.approx([getattr(each, part)["loss"] for each in said])
        assert points(accuracy, part)[1] == [getattr(each, part)["accuracy"] for each in said]
    batches = [event for event in done.events if isinstance(event, BatchesDone)]
    assert points(loss, "batches")[0] == pytest.approx([event.x for event in batches])
    assert points(loss, "batches")[1] == pytest.approx([event.loss for event in batches])


def test_the_legend_says_the_newest_values_and_counts(panel: LossPanel, done: Run) -> None:
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    last = records(done)[-1]
    assert f"training {last.training['loss']:.3g}" in panel.plots[0].legend.text
    right = round(last.validation["accuracy"] * 15)
    assert f"({right} of 15)" in panel.plots[1].legend.text
    assert f"{100 * right / 15:.1f} %" in panel.plots[1].legend.text


def test_pointing_at_an_epoch_shows_its_values(panel: LossPanel, done: Run) -> None:
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    plot = panel.plots[0]
    plot.view.pointed_at.emit(QPointF(2.2, 0.0))
    assert plot.legend.text.startswith("epoch 2 · ")
    assert f"{records(done)[1].validation['loss']:.3g}" in plot.legend.text
    plot.view.pointed_at.emit(QPointF(90.0, 0.0))
    assert not plot.legend.text.startswith("epoch")
    plot.view.pointed_at.emit(None)
    assert f"{records(done)[-1].validation['loss']:.3g}" in plot.legend.text


def test_the_keyboard_walks_over_the_epochs(panel: LossPanel, done: Run) -> None:
    plot = panel.plots[0]
    QTest.keyClick(plot.view, Qt.Key.Key_Left)
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    for expected in ("epoch 3", "epoch 2", "epoch 1", "epoch 1"):
        QTest.keyClick(plot.view, Qt.Key.Key_Left)
        assert plot.legend.text.startswith(expected)
    QTest.keyClick(plot.view, Qt.Key.Key_Escape)
    assert not plot.legend.text.startswith("epoch")


def test_a_mouse_over_the_plot_finds_the_epoch(panel: LossPanel, done: Run, qtbot: QtBot) -> None:
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    view = panel.plots[0].view
    qtbot.mouseMove(view, view.mapping.point(3.1, 0.0).toPoint())
    qtbot.waitUntil(lambda: panel.plots[0].legend.text.startswith("epoch 3"))
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert not panel.plots[0].legend.text.startswith("epoch")


def test_axes_grow_in_steps_and_never_shrink_within_a_run(panel: LossPanel) -> None:
    panel.show_events([TrainingStarted(0, 50, 4, 100, 1)])
    view, ranges = panel.plots[0].view, []
    for epoch in range(1, 51):
        loss = 3.0 * 0.93**epoch
        panel.show_events([EpochDone(EpochRecord(epoch, {"loss": loss}, {}, 0.1, 0.1, 100))])
        (left, right), (bottom, top) = view.ranges
        assert (left, right) == pytest.approx((0, 50))
        assert bottom <= np.log10(loss) <= top
        ranges.append((bottom, top))
    assert len(set(ranges)) <= 8
    lows, highs = zip(*ranges, strict=True)
    assert list(lows) == sorted(lows, reverse=True)
    assert list(highs) == sorted(highs)


def test_a_double_click_undoes_zooming(panel: LossPanel, done: Run, qtbot: QtBot) -> None:
    panel.show_events(done.events)
    view = panel.plots[0].view
    before = view.ranges
    wheel(view, QPointF(200, 60), clicks=3)
    assert not np.allclose(view.ranges, before)
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton)
    assert np.allclose(view.ranges, before)


def test_linear_and_logarithmic_axes(panel: LossPanel, done: Run) -> None:
    panel.show_events(done.events)
    loss, accuracy = panel.plots
    assert loss.log.isVisible()
    assert not accuracy.log.isVisible()
    values = points(loss, "training")[1]
    loss.log.setChecked(False)
    assert points(loss, "training")[1] == pytest.approx(values)
    assert loss.view.ranges[1][0] == 0


def test_losses_of_zero_leave_a_gap_on_a_logarithmic_axis(panel: LossPanel) -> None:
    losses = [1.0, 0.0, 0.5]
    history = [EpochRecord(e + 1, {"loss": x}, {}, 0.1, 0.1, 1) for e, x in enumerate(losses)]
    panel.show_events([EpochDone(record) for record in history])
    y = panel.plots[0].view.points("training")[1]
    assert np.isnan(y).tolist() == [False, True, False]
    assert not panel.grab().isNull()


def test_regression_shows_its_errors_in_the_targets_own_units(panel: LossPanel) -> None:
    done = run(regression())
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    second = panel.plots[1]
    assert second.drawn == "rmse"
    assert second.view.caption.startswith("RMSE of price")
    assert f"{records(done)[-1].validation['rmse']:.3g}" in second.legend.text
    second.choice.setCurrentIndex(second.choice.findData("r2"))
    assert second.view.caption.startswith("R²")
    assert points(second, "validation")[1] == [e.validation["r2"] for e in records(done)]


def test_a_chosen_metric_stays_for_the_next_run(panel: LossPanel, done: Run) -> None:
    panel.show_events(done.events)
    left = panel.plots[0]
    left.choice.setCurrentIndex(left.choice.findData("accuracy"))
    panel.clear()
    assert panel.body.sentence
    panel.show_events(done.events)
    assert left.drawn == "accuracy"


def test_a_reopened_file_brings_its_curves_back(panel: LossPanel, done: Run) -> None:
    panel.show_state(State(done.project, done.finished.trained), done.facts)
    assert points(panel.plots[0], "training")[1] == pytest.approx(
        [each.training["loss"] for each in records(done)]
    )
    panel.show_state(State(done.project), done.facts)
    assert panel.body.sentence


def test_what_training_made_does_not_double_or_drop_what_was_drawn(
    panel: LossPanel, done: Run
) -> None:
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    drawn = [points(panel.plots[0], part) for part in ("batches", "training")]
    panel.show_state(State(done.project, done.finished.trained), done.facts)
    assert [points(panel.plots[0], part) for part in ("batches", "training")] == drawn


def test_a_pause_in_the_first_epoch_keeps_its_batches(panel: LossPanel, done: Run) -> None:
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events[:3])
    early = replace(done.finished.trained, history=())
    panel.show_state(State(done.project, early), done.facts)
    assert len(points(panel.plots[0], "batches")[0]) == 1


def test_a_narrow_panel_shows_one_plot(panel: LossPanel, done: Run) -> None:
    panel.show_events(done.events)
    assert panel.plots[1].isVisible()
    panel.resize(440, 225)
    assert not panel.plots[1].isVisible()


def test_what_arrived_while_hidden_is_drawn_when_shown(panel: LossPanel, done: Run) -> None:
    panel.hide()
    panel.show_events(done.events)
    assert points(panel.plots[0], "training")[0] == []
    panel.show()
    assert points(panel.plots[0], "training")[0] == [1, 2, 3, 4]


def test_a_hundred_thousand_points_are_drawn_quickly(panel: LossPanel) -> None:
    draw = np.random.default_rng(0)
    losses = np.exp(-np.linspace(0, 4, 100_000)) + draw.uniform(0.01, 0.05, 100_000)
    panel.show_events([TrainingStarted(0, 1000, 100, 100, 1)])
    panel.show_events(
        [BatchesDone(i / 100, i // 100, 1, x, {}, 0.1, 1, 0.1) for i, x in enumerate(losses)]
    )
    panel.grab()
    began = time.perf_counter()
    for i in range(5):
        panel.show_events([BatchesDone(1000 + i, 1000, 1, 0.02, {}, 0.1, 1, 0.1)])
        panel.grab()
    assert (time.perf_counter() - began) / 5 < 0.2
