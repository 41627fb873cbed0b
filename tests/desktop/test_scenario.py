"""The main job from end to end, as a person does it: draw, train, look, save, reopen."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from engine.project import Trained
from gui import app
from gui.canvas.chip import Chip
from gui.gallery import Card
from gui.main_window import MainWindow
from tests.desktop.hand import Hand, button, middle

LOAD_MS, TRAIN_MS = 20_000, 60_000


def begin_digits(qtbot: QtBot, window: MainWindow, hand: Hand) -> None:
    """Chooses the digits on the welcome page and waits for the rows."""
    card = next(each for each in window.findChildren(Card) if each.entry.name == "digits")
    hand.click(card)
    qtbot.waitUntil(lambda: window.document.prepared is not None, timeout=LOAD_MS)
    hand.wait(300)


def names(window: MainWindow) -> list[str]:
    """The layers in their order, by name."""
    design = window.document.project.design
    return [design.node(identifier).name for identifier in design.order]


def identifier(window: MainWindow, name: str) -> str:
    return window.document.project.design.node(name).id


def chip(window: MainWindow, label: str) -> Chip:
    """The chip of the palette with this label."""
    return next(each for each in window.findChildren(Chip) if each.label == label)


def undo_words(window: MainWindow) -> str:
    return window.commands["undo"].text().replace("&", "")


def train_to_the_end(qtbot: QtBot, window: MainWindow, hand: Hand) -> None:
    hand.press("ctrl+Return")
    qtbot.waitUntil(lambda: window.training.state == "idle", timeout=TRAIN_MS)


def pause_soon(qtbot: QtBot, window: MainWindow, hand: Hand) -> Trained:
    """Trains for a moment and pauses; gives what has been made so far."""
    hand.press("ctrl+Return")
    qtbot.waitUntil(lambda: window.tool_bar.progress.bar.value() > 20, timeout=TRAIN_MS)
    window.canvas.setFocus()
    hand.press("space")
    qtbot.waitUntil(lambda: window.training.state == "paused", timeout=LOAD_MS)
    trained = window.document.trained
    assert trained is not None
    return trained


def same_weights(one: Trained, other: Trained) -> bool:
    return one.weights.keys() == other.weights.keys() and all(
        np.array_equal(one.weights[key], other.weights[key]) for key in one.weights
    )


def test_digits_train_while_everything_draws(qtbot: QtBot, window: MainWindow, hand: Hand) -> None:
    begin_digits(qtbot, window, hand)
    assert names(window) == ["digits", "dense_1", "dense_2"]
    assert window.document.walk.total == 4810
    hand.click(window.canvas.layer_center(identifier(window, "dense_1")))
    assert window.document.focus.layers == (identifier(window, "dense_1"),)
    hand.press("ctrl+Return")
    qtbot.waitUntil(lambda: window.tool_bar.progress.bar.value() > 100, timeout=TRAIN_MS)
    assert window.tool_bar.progress.words.text().startswith("epoch")
    assert "rows/s" in window.tool_bar.progress.rest.text()
    qtbot.waitUntil(lambda: window.training.state == "idle", timeout=TRAIN_MS)
    trained = window.document.trained
    assert trained is not None
    assert trained.progress.epoch == 100
    assert trained.history[-1].validation["accuracy"] > 0.95


def test_dropout_is_dropped_on_a_link(qtbot: QtBot, window: MainWindow, hand: Hand) -> None:
    begin_digits(qtbot, window, hand)
    link = (identifier(window, "dense_1"), identifier(window, "dense_2"))
    hand.drag(middle(chip(window, "Dropout")), window.canvas.link_center(*link))
    assert names(window) == ["digits", "dense_1", "dropout_1", "dense_2"]
    assert undo_words(window) == "Undo Insert Dropout"
    hand.press("ctrl+z")
    assert names(window) == ["digits", "dense_1", "dense_2"]
    hand.press("ctrl+shift+z")
    assert names(window) == ["digits", "dense_1", "dropout_1", "dense_2"]


@pytest.mark.parametrize("wheel", [0, 3, -4])
def test_a_layer_lands_where_it_was_let_go(
    qtbot: QtBot, window: MainWindow, hand: Hand, wheel: int
) -> None:
    begin_digits(qtbot, window, hand)
    view = window.canvas.view
    if wheel:
        hand.wheel(middle(view), wheel)
    source, grab = chip(window, "Dense"), QPoint(12, 8)
    end = view.mapToGlobal(QPoint(view.width() // 2 + 37, view.height() - 141))
    hand.drag(source.mapToGlobal(grab), end)
    placed = window.document.project.layout[-1]
    corner = view.viewportTransform().map(QPointF(placed.x, placed.y))
    let_go = QPointF(view.viewport().mapFromGlobal(end))
    # The chip is dragged as the card it will become, held where the chip was grabbed.
    held = source.grab_point(grab) * window.canvas.zoom
    assert abs(corner.x() + held.x() - let_go.x()) <= 1
    assert abs(corner.y() + held.y() - let_go.y()) <= 1


def test_ports_connect_and_a_cycle_is_refused(qtbot: QtBot, window: MainWindow, hand: Hand) -> None:
    begin_digits(qtbot, window, hand)
    canvas = window.canvas
    link = (identifier(window, "dense_1"), identifier(window, "dense_2"))
    hand.drag(middle(chip(window, "Add")), canvas.link_center(*link))
    assert "add_1" in names(window)
    source, target = identifier(window, "digits"), identifier(window, "add_1")
    hand.drag(canvas.port_position(source, "out"), canvas.port_position(target, "in"))
    assert window.document.project.design.parents(target) == (link[0], source)
    assert undo_words(window) == "Undo Connect digits to add_1"
    before = window.document.project
    first = identifier(window, "dense_1")
    hand.drag(canvas.port_position(target, "out"), canvas.port_position(first, "in"))
    assert window.document.project is before


def test_units_in_the_inspector_change_what_follows(
    qtbot: QtBot, window: MainWindow, hand: Hand
) -> None:
    begin_digits(qtbot, window, hand)
    train_to_the_end(qtbot, window, hand)
    dense = identifier(window, "dense_1")
    hand.click(window.canvas.layer_center(dense))
    inspector = next(p for p in window.workbench.panels if p.name == "inspector")
    units = next(e for e in inspector.findChildren(QLineEdit) if e.text() == "64")
    hand.click(units, times=3)
    hand.write("32")
    hand.press("Return")
    assert window.document.walk.widths[dense] == 32
    assert window.document.walk.total == 64 * 32 + 32 + 32 * 10 + 10
    trained = window.document.trained
    assert trained is not None
    assert (dense, "kernel") not in trained.weights
    assert "anew" in window.status.note.text()
    assert (identifier(window, "dense_2"), "bias") in trained.weights


def test_pause_step_and_reset(qtbot: QtBot, window: MainWindow, hand: Hand) -> None:
    begin_digits(qtbot, window, hand)
    paused = pause_soon(qtbot, window, hand)
    hand.press("ctrl+Right")
    qtbot.waitUntil(lambda: window.training.state == "paused", timeout=LOAD_MS)
    stepped = window.document.trained
    assert stepped is not None
    assert stepped.progress.step == paused.progress.step + 1
    hand.press("ctrl+shift+Right")
    qtbot.waitUntil(
        lambda: window.training.state == "paused" and window.document.trained is not stepped,
        timeout=LOAD_MS,
    )
    assert window.document.trained.progress.row == 0
    hand.press("ctrl+period")
    qtbot.waitUntil(lambda: window.training.state == "idle", timeout=LOAD_MS)
    hand.press("ctrl+r")
    assert window.document.trained is None
    assert undo_words(window) == "Undo Reset weights"


def test_save_close_reopen_and_go_on(
    qtbot: QtBot, window: MainWindow, hand: Hand, tmp_path: Path
) -> None:
    begin_digits(qtbot, window, hand)
    pause_soon(qtbot, window, hand)
    hand.press("ctrl+s")
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    name = dialog.findChild(QLineEdit)
    hand.click(name, times=3)
    hand.write(str(tmp_path / "digits.h5"))
    hand.press("Return")
    path = tmp_path / "digits.h5"
    qtbot.waitUntil(lambda: path.exists() and not window.document.modified, timeout=LOAD_MS)
    saved = window.document.state
    hand.take_focus()
    hand.press("ctrl+Return")
    qtbot.waitUntil(lambda: window.training.state == "idle", timeout=TRAIN_MS)
    never_stopped = window.document.trained

    second = app.create_window(path)
    qtbot.waitUntil(lambda: second.document.prepared is not None, timeout=LOAD_MS)
    assert second.document.project == saved.project
    assert same_weights(second.document.trained, saved.trained)
    assert second.document.trained.history == saved.trained.history
    second.show()
    second.training.train()
    qtbot.waitUntil(lambda: second.training.state == "idle", timeout=TRAIN_MS)
    assert same_weights(second.document.trained, never_stopped)
    second.document.mark_saved(path)
    second.close()
    second.deleteLater()


def test_closing_while_training_asks(qtbot: QtBot, window: MainWindow, hand: Hand) -> None:
    begin_digits(qtbot, window, hand)
    pause_soon(qtbot, window, hand)
    hand.press("ctrl+q")
    box = window.findChild(QMessageBox)
    assert box is not None
    assert box.text() == "Training is under way"
    hand.click(button(box, "Stop training"))
    qtbot.waitUntil(lambda: window.training.state == "idle", timeout=LOAD_MS)
    question = next(each for each in window.findChildren(QMessageBox) if each.isVisible())
    assert "Save the changes" in question.text()
    hand.click(button(question, "Discard"))
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=LOAD_MS)
