"""Curves by steps, smoothed, of several runs, with what is measured beside and what they show."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from pytestqt.qtbot import QtBot

from engine.control import Wanted
from engine.events import BatchesDone, EpochDone, Event, Measured, TrainingStarted
from engine.project import EpochRecord
from engine.runs import Run as KeptRun
from gui.document import Focus, State
from gui.panels.loss import LossPanel
from gui.plots.curve_plot import CurvePlot
from tests.gui.panels.runs import Run, classification, run


@pytest.fixture(scope="module")
def done() -> Run:
    return run(classification(), epochs=6)


@pytest.fixture
def panel(qtbot: QtBot, done: Run) -> LossPanel:
    made = LossPanel()
    qtbot.addWidget(made)
    made.resize(1000, 260)
    made.show()
    made.show_state(State(done.project), done.facts)
    return made


def show(panel: LossPanel, done: Run) -> None:
    panel.show_events(done.events)


def drawn(plot: CurvePlot, name: str) -> np.ndarray:
    y = plot.view.points(name)[1]
    return 10**y if plot._axis.logarithmic else y


def records(done: Run) -> list[EpochRecord]:
    return [event.record for event in done.events if isinstance(event, EpochDone)]


def kept(done: Run, identifier: str, name: str, batch_size: int = 16) -> KeptRun:
    training = done.project.training.edited(batch_size=batch_size)
    project = done.project.edited(training=training)
    history = tuple(
        replace(each, training={k: 2 * v for k, v in each.training.items()})
        for each in records(done)
    )
    return KeptRun(identifier, name, 1.0, project, 0, history=history)


def with_losses(validation: Sequence[float], training: Sequence[float]) -> list[Event]:
    pairs = zip(training, validation, strict=True)
    return [
        EpochDone(EpochRecord(epoch, {"loss": t}, {"loss": v}, 0.1, 0.1, 45))
        for epoch, (t, v) in enumerate(pairs, 1)
    ]


def test_the_axis_counts_steps_where_that_is_chosen(panel: LossPanel, done: Run) -> None:
    show(panel, done)
    plot = panel.plots[0]
    bottom = plot.view.axes["bottom"]
    assert [text for _, text in bottom.ticks(0, 6, 400)][-1] == "6"
    panel.options.steps.setChecked(True)
    ticks = bottom.ticks(0, 6, 400)
    batches = next(each for each in done.events if isinstance(each, TrainingStarted)).batches
    for place, text in ticks:
        assert float(text.replace(",", "")) == pytest.approx(place * batches)
    assert "step →" in plot.view.caption
    plot.look_at(2)
    assert plot.legend.text.startswith(f"epoch 2, step {2 * batches}")


def test_smoothed_lines_lie_over_their_raw_ones(panel: LossPanel, done: Run, qtbot: QtBot) -> None:
    show(panel, done)
    plot = panel.plots[0]
    raw = drawn(plot, "training")
    panel.options.slider.setValue(80)
    np.testing.assert_allclose(drawn(plot, "raw training"), raw)
    expected = pd.Series(raw).ewm(alpha=0.2, adjust=True).mean().to_numpy()
    np.testing.assert_allclose(drawn(plot, "training"), expected, rtol=1e-9)
    extra = EpochRecord(7, {"loss": 0.5}, {"loss": 0.5}, 0.1, 0.1, 45)
    panel.show_events([EpochDone(extra)])
    assert len(drawn(plot, "training")) == 7
    assert plot.legend.text.startswith("best epoch")
    # The figures are never smoothed.
    qtbot.waitUntil(lambda: "training 0.500 " in plot.legend.text)
    panel.options.slider.setValue(0)
    np.testing.assert_allclose(drawn(plot, "training")[:6], raw)


def test_the_best_epoch_is_marked(panel: LossPanel) -> None:
    panel.show_events(with_losses([0.9, 0.5, 0.7], [0.9, 0.8, 0.7]))
    plot = panel.plots[0]
    assert "best epoch 2" in plot.legend.text
    best = plot.view._best
    assert best is not None
    assert best.x == 2
    assert 10 ** best.dots[0][0] == pytest.approx(0.5)
    assert not panel.grab().isNull()


def test_learning_rate_and_gradient_norm_can_be_drawn(panel: LossPanel, done: Run) -> None:
    show(panel, done)
    plot = panel.plots[1]
    plot.choice.setCurrentIndex(plot.choice.findData("learning_rate"))
    expected = [each.learning_rate for each in records(done)]
    np.testing.assert_allclose(drawn(plot, "training"), expected)
    assert panel.wanted() == frozenset()
    plot.choice.setCurrentIndex(plot.choice.findData("gradient_norm"))
    assert panel.wanted() == {Wanted("gradient_norm")}
    for time, norm in ((0.5, 2.0), (1.0, 3.0), (1.0, 9.0)):
        panel.show_events([Measured("gradient_norm", "", "", time, {"norm": np.array(norm)})])
    np.testing.assert_allclose(drawn(plot, "training"), [2.0, 3.0])
    plot.choice.setCurrentIndex(plot.choice.findData("penalty"))
    assert panel.wanted() == {Wanted("penalty")}
    panel.hide()
    assert panel.wanted() == frozenset()


def test_training_loss_afresh_is_a_line_of_its_own(
    panel: LossPanel, done: Run, qtbot: QtBot
) -> None:
    show(panel, done)
    assert panel.wanted() == frozenset()
    panel.options.afresh_action.setChecked(True)
    assert panel.wanted() == {Wanted("afresh", setting="training")}
    arrays = {"loss": np.array(0.25), "counted": np.array(45), "total": np.array(45)}
    panel.show_events([Measured("afresh", "", "training", 6.0, arrays)])
    np.testing.assert_allclose(drawn(panel.plots[0], "afresh"), [0.25])
    qtbot.waitUntil(lambda: "training, afresh 0.25" in panel.plots[0].legend.text)
    assert "counted" not in panel.plots[0]._lines.curves.metrics


def test_chosen_runs_lie_over_one_another(panel: LossPanel, done: Run) -> None:
    trained = done.finished.trained
    own = replace(kept(done, "own", "Run 3"), history=trained.history)
    runs = (kept(done, "a", "Run 1"), kept(done, "b", "Run 2", batch_size=8), own)
    panel.show_state(State(done.project, trained, runs), done.facts)
    plot = panel.plots[0]
    assert "0 training" not in plot.view._strokes
    panel.show_focus(Focus(runs=("a", "b")))
    twice = [2 * each.training["loss"] for each in records(done)]
    for place in (0, 1):
        np.testing.assert_allclose(drawn(plot, f"{place} training"), twice)
    assert "training" not in plot.view._strokes
    assert "Run 1" in plot.legend.text
    assert "Run 2" in plot.legend.text
    assert [table.title for table in panel.tables()] == ["Run 1", "Run 2"]
    panel.show_focus(Focus(runs=("a", "own")))
    assert "training" in plot.view._strokes
    panel.show_focus(Focus())
    assert "0 training" not in plot.view._strokes


def test_by_steps_runs_of_other_batches_have_their_own_steps(panel: LossPanel, done: Run) -> None:
    trained = done.finished.trained
    runs = (kept(done, "a", "Run 1", batch_size=8),)
    panel.show_state(State(done.project, trained, runs), done.facts)
    panel.options.steps.setChecked(True)
    panel.show_focus(Focus(runs=("a",)))
    x, _ = panel.plots[0].view.points("0 training")
    np.testing.assert_allclose(x, np.arange(1, 7) * 6 / 3)  # of 45 rows: 6 steps and 3


def test_runs_can_be_looked_at_where_nothing_is_trained(panel: LossPanel, done: Run) -> None:
    panel.show_state(State(done.project, None, (kept(done, "a", "Run 1"),)), done.facts)
    assert panel.body.sentence
    panel.show_focus(Focus(runs=("a",)))
    assert panel.body.sentence == ""
    assert len(drawn(panel.plots[0], "0 training")) == 6
    panel.show_locked(True)
    assert "training" in panel.plots[0].view._strokes


def test_overfitting_is_said_under_the_curves(panel: LossPanel) -> None:
    epochs = np.arange(1, 61)
    falling = np.exp(-epochs / 20)
    rising = 0.5 + 0.02 * np.abs(epochs - 20)
    assert panel.finding.isHidden()
    panel.show_events(with_losses(rising.tolist(), falling.tolist()))
    panel.clear()
    panel.show_events(with_losses(rising.tolist(), falling.tolist()))
    assert not panel.finding.isHidden()
    assert "best at epoch 20" in panel.finding.sentence
    assert panel.finding.sentence.endswith("overfitting.")
    panel.apply_theme()
    panel.clear()
    panel.show_events(with_losses(falling.tolist(), falling.tolist()))
    assert panel.finding.isHidden()
    assert panel.finding.sentence == ""


def test_tables_hold_every_figure(panel: LossPanel, done: Run) -> None:
    show(panel, done)
    panel.show_events([Measured("penalty", "", "", 6.0, {"penalty": np.array(0.5)})])
    curves, rate, penalty = panel.tables()
    assert curves.header[:3] == ("epoch", "Loss, training", "Loss, validation")
    expected = [[each.training["loss"], each.validation["loss"]] for each in records(done)]
    assert [list(row[1:3]) for row in curves.rows] == expected
    assert [row[1] for row in rate.rows] == [each.learning_rate for each in records(done)]
    assert penalty.rows == [[6.0, 0.5]]


def test_batches_carry_the_learning_rate(panel: LossPanel) -> None:
    panel.show_events([TrainingStarted(0, 3, 4, 100, 1)])
    panel.show_events([BatchesDone(0.5, 0, 2, 1.0, {"loss": 1.0}, 0.125, 50, 0.1)])
    plot = panel.plots[0]
    plot.choice.setCurrentIndex(plot.choice.findData("learning_rate"))
    np.testing.assert_allclose(drawn(plot, "batches"), [0.125])
