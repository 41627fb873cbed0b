"""Training in the window: every request of the Train menu, on real data, from begin to end."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from engine import files, layers
from engine.optimizers import SGD
from engine.project import Trained
from gui.main_window import MainWindow
from gui.panels.training import RATE
from tests.gui.person import Person, panel


def same_weights(one: Trained, other: Trained) -> bool:
    return one.weights.keys() == other.weights.keys() and all(
        np.array_equal(one.weights[key], other.weights[key]) for key in one.weights
    )


def kernels(trained: Trained) -> list[np.ndarray]:
    return [array for (_, name), array in trained.weights.items() if name == "kernel"]


def test_a_template_is_trained_to_its_end(person: Person, window: MainWindow) -> None:
    person.begin("iris", epochs=5)
    trained = person.train_to_the_end()
    assert [record.epoch for record in trained.history] == [1, 2, 3, 4, 5]
    assert not window.document.locked
    assert window.document.modified
    assert "5 epochs" in person.notes[-1]


def test_while_a_run_is_under_way_the_design_is_read_only(
    person: Person, window: MainWindow
) -> None:
    person.begin("xor")
    person.train_for_long()
    before = window.document.project
    person.add(layers.Dropout())
    assert window.document.project is before
    assert "read-only" in person.notes[-1]


def test_pause_brings_the_newest_weights_and_resume_goes_on(
    person: Person, window: MainWindow
) -> None:
    person.begin("iris")
    person.train_for_long()
    paused = person.pause()
    person.do("train")
    assert window.training.state == "running"
    person.until_trained_on()
    again = person.pause()
    assert again.progress.step > paused.progress.step
    person.do("pause")
    assert window.training.state == "running"


def test_a_step_trains_one_batch_from_idle_and_from_a_pause(person: Person) -> None:
    person.begin("iris", batch_size=32)
    for step in (1, 2, 3):
        person.do("step_batch")
        person.until(lambda step=step: _paused_at_step(person, step))


def _paused_at_step(person: Person, step: int) -> bool:
    trained = person.window.document.trained
    return person.window.training.state == "paused" and bool(
        trained and trained.progress.step == step
    )


def test_a_step_of_an_epoch_ends_with_it(person: Person) -> None:
    person.begin("iris", batch_size=32)
    person.do("step_batch")
    person.until_paused()
    person.do("step_epoch")
    person.until(lambda: person.trained.progress.row == 0)
    person.until_paused()
    assert person.trained.progress.epoch == 1
    assert len(person.trained.history) == 1


def test_stop_keeps_what_the_run_made(person: Person, window: MainWindow) -> None:
    person.begin("iris")
    person.train_for_long()
    person.do("stop")
    person.until_idle()
    assert person.trained.history
    assert not window.document.locked


def test_training_goes_on_from_a_stop(person: Person) -> None:
    person.begin("iris", epochs=4)
    person.do("step_epoch")
    person.until_paused()
    person.do("stop")
    person.until_idle()
    assert [r.epoch for r in person.train_to_the_end().history] == [1, 2, 3, 4]


def test_reset_leads_to_the_same_result_again_and_can_be_undone(
    person: Person, window: MainWindow
) -> None:
    person.begin("iris", epochs=3)
    first = person.train_to_the_end()
    person.do("reset")
    assert window.document.trained is None
    assert window.commands["undo"].text() == "&Undo Reset weights"
    assert same_weights(person.train_to_the_end(), first)
    person.do("undo")
    assert window.document.trained is first


def test_a_new_seed_gives_other_weights(person: Person, window: MainWindow) -> None:
    person.begin("iris", epochs=1)
    first = person.train_to_the_end()
    seed = window.document.project.training.seed
    person.do("new_seed")
    assert window.document.project.training.seed == seed + 1
    assert window.document.trained is None
    second = person.train_to_the_end()
    assert not any(map(np.array_equal, kernels(first), kernels(second)))


def test_reset_in_the_middle_of_the_first_run_leaves_no_trace_of_it(
    person: Person, window: MainWindow
) -> None:
    person.begin("iris")
    person.train_for_long()
    person.until(lambda: bool(window.status.score.text()))
    person.do("reset")
    loss = panel(window, "loss")
    assert window.training.state == "idle"
    assert not window.document.locked
    assert window.status.score.text() == ""
    assert window.tool_bar.progress.words.text() == ""
    assert any("Ctrl+Enter" in text for text in _texts(loss))
    person.add(layers.Dropout())
    assert window.commands["undo"].text() == "&Undo Add Dropout"


def _texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def test_a_learning_rate_changed_while_running_is_in_the_run_and_in_the_document(
    person: Person, window: MainWindow
) -> None:
    person.begin("iris")
    person.train_for_long()
    line = panel(window, "training").form.editor(RATE).findChild(QLineEdit)
    line.selectAll()
    person.qtbot.keyClicks(line, "0.0625")
    person.press(Qt.Key.Key_Return, on=line)
    assert window.document.project.training.optimizer.learning_rate == 0.0625
    person.until_trained_on()
    assert person.pause().progress.learning_rate == 0.0625


def test_a_batch_larger_than_the_rows_is_said(person: Person) -> None:
    person.begin("iris", epochs=1, batch_size=4096)
    person.train_to_the_end()
    assert any("4,096" in note and "rows" in note for note in person.notes), person.notes


def test_training_before_the_data_is_there_says_so(person: Person, window: MainWindow) -> None:
    window.files.begin_template("digits")
    assert window.document.prepared is None
    person.do("train")
    assert person.notes[-1].startswith("The data is not loaded yet")
    assert window.training.state == "idle"


def test_a_problem_that_keeps_from_training_is_named_with_its_mending(
    person: Person, window: MainWindow
) -> None:
    person.begin("iris")
    person.add(layers.Dense(7, activation="softmax"))
    person.do("train")
    assert window.training.state == "idle"
    assert person.notes[-1].startswith("Cannot train: dense_3 gives 7 outputs")
    assert "Set its units to 3" in person.notes[-1]


def test_a_run_whose_loss_is_not_finite_ends_with_the_likely_causes(
    person: Person, window: MainWindow
) -> None:
    person.begin("diabetes", epochs=1000, optimizer=SGD(learning_rate=100))
    person.do("train")
    person.until_idle()
    assert not window.document.locked
    assert "not finite" in person.notes[-1]
    assert "learning rate" in person.notes[-1]


# ── saving while training ───────────────────────────────────────────────────────────────────


def test_saving_takes_the_newest_weights_and_training_goes_on(
    person: Person, window: MainWindow, tmp_path: Path
) -> None:
    person.begin("iris")
    person.save_to(tmp_path / "iris.h5")
    person.train_for_long()
    person.save()
    saved = person.trained
    assert window.training.state == "running"
    assert same_weights(files.read(tmp_path / "iris.h5").trained, saved)
    person.until_trained_on()
    assert person.pause().progress.step > saved.progress.step


def test_saving_beside_a_pause_does_not_undo_the_pause(person: Person, tmp_path: Path) -> None:
    person.begin("iris")
    person.save_to(tmp_path / "iris.h5")
    person.train_for_long()
    person.do("pause")
    person.save()
    assert person.window.training.state == "paused"


def test_two_wishes_in_one_moment_are_both_granted(
    qtbot: QtBot, person: Person, window: MainWindow
) -> None:
    person.begin("iris")
    person.train_for_long()
    granted: list[int] = []
    window.training.settle(lambda: granted.append(1))
    window.training.settle(lambda: granted.append(2))
    person.until(lambda: len(granted) == 2)
    assert granted == [1, 2]
    assert window.training.state == "running"
    qtbot.wait(100)
    assert granted == [1, 2]


@pytest.mark.parametrize("ending", ["reset", "stop"])
def test_who_waits_for_the_weights_is_called_when_the_run_ends_instead(
    person: Person, window: MainWindow, ending: str
) -> None:
    person.begin("iris")
    person.train_for_long()
    granted: list[str] = []
    window.training.settle(lambda: granted.append(window.training.state))
    person.do(ending)
    person.until(lambda: bool(granted))
    assert granted == ["idle"]


def test_what_waits_for_the_end_of_no_run_happens_at_once(window: MainWindow) -> None:
    done: list[bool] = []
    window.training.stop_then(lambda: done.append(True))
    window.training.settle(lambda: done.append(True))
    assert done == [True, True]
