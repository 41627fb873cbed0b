"""The table of scores: of classes, of two classes at a threshold, and of numbers."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from sklearn import metrics as reference

from engine.control import Control, Wanted
from engine.data import DataRecipe, from_arrays, prepare
from engine.data.sources.given import Given
from engine.events import TrainingFinished
from engine.judgement.kept import Judgement, looked
from engine.network import Network
from engine.templates import fitting
from engine.trainer import Trainer
from gui.document import State
from gui.figures import number, percent
from gui.panels.scores import ScoresPanel
from tests.engine.helpers.rows import blobs
from tests.gui.panels.runs import classification, regression, run


@pytest.fixture
def panel(qtbot: QtBot) -> ScoresPanel:
    made = ScoresPanel()
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    return made


def cells(table: object) -> list[list[str]]:
    values = table.values
    columns = range(values.columnCount())
    return [[values.text(row, column) for column in columns] for row in range(values.rowCount())]


def test_every_class_has_its_figures_as_scikit_learn_has_them(panel: ScoresPanel) -> None:
    prepared = classification()
    done = run(prepared, epochs=4)
    panel.show_state(State(done.project), done.facts)
    assert panel.measurements() == {Wanted("scores")}
    panel.show_events(done.events)
    rows = prepared.rows.validation
    network = Network(done.project.design, 4, weights=done.finished.trained.weights)
    p, truth = network.predict(prepared.X[rows]).astype(float), prepared.y[rows]
    found = p.argmax(axis=1)
    expected = reference.precision_recall_fscore_support(truth, found, labels=[0, 1, 2])
    table = cells(panel.classes)
    for place, name in enumerate(("ant", "bee", "cat")):
        figures = [number(float(each[place])) for each in expected[:3]]
        area = number(float(reference.roc_auc_score(truth == place, p[:, place])))
        assert table[place] == [name, *figures, str(expected[3][place]), area]
    assert [row[0] for row in table[3:]] == ["macro", "weighted", "micro"]
    words = panel.whole.text().replace("&nbsp;", " ")
    assert f"Accuracy <b>{percent(reference.accuracy_score(truth, found))}</b>" in words
    majority = percent(np.bincount(truth).max() / len(truth))
    assert f"Majority class <b>{majority}</b>" in words
    balanced = percent(float(reference.balanced_accuracy_score(truth, found)))
    assert f"Balanced accuracy <b>{balanced}</b>" in words
    matthews = number(float(reference.matthews_corrcoef(truth, found)))
    assert f"Matthews <b>{matthews}</b>" in words
    assert panel.reading.text() == "15 validation rows"
    header, figures = panel.tables()
    assert header.rows[0][:2] == ("accuracy", reference.accuracy_score(truth, found))
    assert len(figures.rows) == 6


def test_two_classes_follow_the_threshold(panel: ScoresPanel) -> None:
    prepared = blobs(120, classes=2, validation=40)
    done = run(prepared, epochs=2)
    panel.show_state(State(done.project), prepared.facts)
    assert panel.measurements() == {Wanted("scores"), Wanted("judgement")}
    panel.show_events(done.events)
    before = cells(panel.classes)
    judgement = Judgement(threshold=0.97)
    panel.show_state(State(done.project.edited(judgement=judgement)), prepared.facts)
    after = cells(panel.classes)
    assert before != after
    assert before[1][-1] == after[1][-1], "the area knows no threshold"
    network = Network(done.project.design, 4, weights=done.finished.trained.weights)
    rows = prepared.rows.validation
    found = network.predict(prepared.X[rows])[:, 1] > 0.97
    assert after[1][2] == number(float(reference.recall_score(prepared.y[rows], found)))
    assert panel.reading.text().endswith("threshold 0.97")


def test_numbers_are_in_the_target_s_own_units(panel: ScoresPanel) -> None:
    prepared = regression()
    done = run(prepared, epochs=4)
    panel.show_state(State(done.project), done.facts)
    assert panel.measurements() == {Wanted("judgement")}
    panel.show_events(done.events)
    rows = prepared.rows.validation
    network = Network(done.project.design, 4, weights=done.finished.trained.weights)
    actual, predicted = (
        prepared.y[rows] * 40.0 + 200,
        network.predict(prepared.X[rows]) * 40.0 + 200,
    )
    figures = (
        reference.mean_absolute_error(actual, predicted),
        reference.root_mean_squared_error(actual, predicted),
        reference.r2_score(actual, predicted),
        reference.median_absolute_error(actual, predicted),
        float(np.mean(actual - predicted)),
    )
    assert cells(panel.targets) == [["price", *map(number, figures), "15"]]
    assert panel.reading.text() == "15 validation rows · in units of price"
    assert panel.tables()[1].rows[0][1] == pytest.approx(figures[0], rel=1e-5)
    assert not panel.classes.isVisible()


def test_it_says_how_often_the_test_rows_were_looked_at(panel: ScoresPanel) -> None:
    done = run(classification())
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    assert panel.looks.text().startswith("Test rows not looked at")
    panel.show_state(State(looked(done.project)), done.facts)
    assert panel.looks.text().startswith("Test rows looked at once")
    panel.show_state(State(looked(looked(done.project))), done.facts)
    assert "looked at 2 times" in panel.looks.text()
    panel.clear()
    assert panel.tables() == ()


def test_what_was_measured_while_hidden_is_drawn_when_it_comes_to_light(panel: ScoresPanel) -> None:
    done = run(classification())
    panel.hide()
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    assert panel.classes.values.rowCount() == 0
    panel.show()
    assert panel.classes.values.rowCount() == 6


def test_every_label_has_its_figures(panel: ScoresPanel) -> None:
    draw = np.random.default_rng(0)
    X = draw.standard_normal((200, 5))
    Y = (X[:, :3] + 0.5 * draw.standard_normal((200, 3)) > 0.3).astype(int)
    recipe = DataRecipe(source=Given())
    prepared = prepare(from_arrays(X, Y), recipe)
    made = fitting("labels", recipe, prepared.facts)
    made = made.edited(training=made.training.edited(epochs=5))
    control = Control(frozenset({Wanted("scores")}), every_time=True)
    events = list(Trainer(made, prepared=prepared, control=control).run())
    panel.show_state(State(made), prepared.facts)
    assert panel.measurements() == {Wanted("scores")}
    panel.show_events(events)
    last = events[-1]
    assert isinstance(last, TrainingFinished)
    network = Network(made.design, 5, weights=last.trained.weights)
    rows = prepared.rows.validation
    p, truth = network.predict(prepared.X[rows]), prepared.y[rows].astype(int)
    precision, recall, f1, support = reference.precision_recall_fscore_support(truth, p > 0.5)
    for place, row in enumerate(cells(panel.classes)[:3]):
        figures = [number(float(each[place])) for each in (precision, recall, f1)]
        area = number(float(reference.roc_auc_score(truth[:, place], p[:, place])))
        assert row == [f"target_{place + 1}", *figures, str(support[place]), area]
    words = panel.whole.text().replace("&nbsp;", " ")
    right = percent(float(reference.accuracy_score(truth, p > 0.5)))
    assert f"Accuracy <b>{right}</b>" in words
