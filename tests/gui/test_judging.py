"""Judging in the whole window: the part, honest looks at the test rows, and the threshold."""

from pathlib import Path
from typing import TypeVar

import pytest

from engine.judgement.kept import Judgement, looks
from engine.predictions import predict
from gui.main_window import MainWindow
from gui.panels.confusion import ConfusionPanel
from gui.panels.judging import JudgingPanel
from gui.panels.scores import ScoresPanel
from gui.panels.threshold import ThresholdPanel
from gui.requests import ShowPart
from tests.gui.person import Person

P = TypeVar("P")


def panel(window: MainWindow, kind: type[P]) -> P:
    return next(each for each in window.workbench.panels if isinstance(each, kind))


def look_at_test(person: Person, window: MainWindow) -> None:
    chosen = panel(window, ConfusionPanel)
    chosen.requested.emit(ShowPart("test"))


@pytest.fixture
def judged(person: Person, window: MainWindow) -> ConfusionPanel:
    """Two classes, trained a little and judged on the validation rows."""
    person.begin("breast_cancer", epochs=3)
    person.train_to_the_end()
    confusion = panel(window, ConfusionPanel)
    person.until(lambda: confusion.is_drawn)
    return confusion


def test_all_panels_judge_the_same_rows(
    judged: ConfusionPanel, person: Person, window: MainWindow
) -> None:
    judged.requested.emit(ShowPart("training"))
    assert {each.part for each in window.workbench.panels if isinstance(each, JudgingPanel)} == {
        "training"
    }
    person.until(lambda: judged.is_drawn)
    assert judged.measured_part == "training"
    assert judged.matrix._matrix.sum() == window.document.facts.split[0]


def test_a_look_at_the_test_rows_is_counted_and_cannot_be_undone(
    judged: ConfusionPanel, person: Person, window: MainWindow, tmp_path: Path
) -> None:
    document = window.document
    person.save_to(tmp_path / "mine.h5")
    person.change_training(epochs=7)
    look_at_test(person, window)
    person.until(lambda: judged.is_drawn)
    assert judged.measured_part == "test"
    assert judged.matrix._matrix.sum() == 114
    assert looks(document.project) == 1
    person.do("undo")
    assert document.project.training.epochs == 3
    assert looks(document.project) == 1
    assert document.modified
    person.do("redo")
    assert (document.project.training.epochs, looks(document.project)) == (7, 1)
    person.save()
    person.begin("xor")
    person.open(tmp_path / "mine.h5")
    person.until(lambda: document.project.name != "xor" and document.trained is not None)
    assert looks(document.project) == 1


def test_training_on_leaves_the_test_rows(
    judged: ConfusionPanel, person: Person, window: MainWindow
) -> None:
    look_at_test(person, window)
    person.until(lambda: judged.is_drawn)
    person.train_to_the_end()
    assert judged.part == "validation"
    person.until(lambda: judged.is_drawn)
    assert judged.measured_part == "validation"
    assert looks(window.document.project) == 1


def test_while_training_nobody_looks_at_the_test_rows(person: Person, window: MainWindow) -> None:
    person.begin("iris")
    person.train_for_long()
    look_at_test(person, window)
    assert panel(window, ConfusionPanel).part == "validation"
    assert looks(window.document.project) == 0
    assert any("not looked at while training" in note for note in person.notes)


def test_the_threshold_moves_everything_and_is_undone_as_one_step(
    judged: ConfusionPanel, person: Person, window: MainWindow
) -> None:
    for name in ("threshold", "scores"):
        window.workbench.docks[name].show()
        window.workbench.docks[name].raise_()
    chosen, scores = panel(window, ThresholdPanel), panel(window, ScoresPanel)
    person.until(lambda: chosen.is_drawn and bool(scores.whole.text()))
    before = judged.judged.matrix_at(Judgement()).tolist() if judged.judged else []
    said = scores.whole.text()
    for value in (900, 950, 999):
        chosen.slider.setValue(value)
    project = window.document.project
    assert project.judgement.threshold == 0.999
    window.workbench.docks["confusion"].raise_()
    person.until(lambda: judged.matrix._matrix.tolist() != before)
    assert scores.whole.text() != said
    trained, prepared = person.trained, window.document.prepared
    assert prepared is not None
    found = predict(project, trained, prepared.dataset.features)
    positive = found.probabilities[:, 1] > 0.999
    assert (found.values == found.classes[1]).tolist() == positive.tolist()
    person.do("undo")
    assert window.document.project.judgement == Judgement()
    person.until(lambda: judged.matrix._matrix.tolist() == before)


def test_uneven_classes_have_the_share_of_the_largest_beside_accuracy(
    judged: ConfusionPanel, window: MainWindow
) -> None:
    assert "majority 62.7 %" in window.status.score.text()
    assert judged.isVisible()
