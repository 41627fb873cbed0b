"""The confusion matrix."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from sklearn.metrics import confusion_matrix

from engine.control import Wanted
from engine.data.dataset import DataFacts
from engine.events import Measured
from engine.judgement.kept import Judgement
from engine.network import Network
from engine.project import Project
from gui.document import Focus, State
from gui.panels.confusion import ConfusionPanel
from gui.plots.matrix import MatrixView
from gui.requests import ChangeFocus
from tests.gui.panels.runs import classification, regression, run


@pytest.fixture
def panel(qtbot: QtBot) -> ConfusionPanel:
    made = ConfusionPanel()
    qtbot.addWidget(made)
    made.resize(400, 225)
    made.show()
    return made


def facts(*classes: str) -> DataFacts:
    return DataFacts("x", 9, 2, "classification", classes, 1, "y", ("a", "b"), None, (6, 3, 0))


def show(panel: ConfusionPanel, counts: list[list[int]], *classes: str) -> MatrixView:
    panel.show_state(State(Project()), facts(*classes))
    panel.show_events([measured(counts)])
    return panel.matrix


def measured(counts: list[list[int]]) -> Measured:
    """Rows that come to these counts; the surer, the later they stand in the table."""
    pairs = [(a, p) for a, row in enumerate(counts) for p, n in enumerate(row) for _ in range(n)]
    truth = np.array([actual for actual, _ in pairs])
    outputs = np.full((len(pairs), len(counts)), 0.1)
    sure = np.linspace(0.51, 0.9, len(pairs))
    outputs[np.arange(len(pairs)), [predicted for _, predicted in pairs]] = sure
    if len(counts) == 2:
        outputs /= outputs.sum(axis=1, keepdims=True)
    rows = 100 + np.arange(len(pairs))
    arrays = {"truth": truth, "outputs": outputs, "rows": rows, "total": np.array(len(pairs))}
    return Measured("judgement", "", "validation", 1.0, arrays | {"matrix": np.array(counts)})


def test_it_says_when_it_appears(panel: ConfusionPanel) -> None:
    assert panel.body.sentence == "Appears after epoch 1, on validation rows"
    panel.show_state(State(Project()), classification(0).facts)
    assert panel.body.sentence == "Appears after epoch 1, on training rows"
    assert panel.measurements() == {Wanted("judgement")}


def test_the_counts_are_those_that_scikit_learn_finds(panel: ConfusionPanel) -> None:
    prepared = classification()
    done = run(prepared, epochs=5)
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    rows = prepared.rows.validation
    network = Network(done.project.design, 4, weights=done.finished.trained.weights)
    found = network.predict(prepared.X[rows]).argmax(axis=1)
    expected = confusion_matrix(prepared.y[rows], found, labels=[0, 1, 2])
    np.testing.assert_array_equal(panel.matrix._matrix, expected)
    assert panel.reading.sentence == "Actual ↓ Predicted →"
    assert panel.part_button.text() == "validation"
    right, total = int(expected[0, 0]), int(expected[0].sum())
    assert f"Actual ant, predicted ant: {right} of {total}" in panel.matrix.sentence(0, 0)


def test_without_validation_rows_it_says_training(panel: ConfusionPanel) -> None:
    done = run(classification(0))
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    assert panel.reading.sentence == "Actual ↓ Predicted →"
    assert panel.part_button.text() == "training"
    assert panel.matrix._matrix.sum() == 60


def test_cells_say_count_and_per_cent_of_the_row(panel: ConfusionPanel) -> None:
    matrix = show(panel, [[16, 1, 1], [0, 4, 0], [0, 0, 0]], "a", "b", "c")
    assert matrix.cell_text(0, 0) == ("16", "88.9 %")
    assert matrix.cell_text(0, 1) == ("1", "5.6 %")
    assert matrix.cell_text(1, 0) == ()
    assert matrix.sentence(2, 1) == "Actual c, predicted b: 0 of 0"


def test_two_classes_are_called_by_their_four_names(panel: ConfusionPanel) -> None:
    matrix = show(panel, [[5, 1], [0, 3]], "no", "yes")
    names = [matrix.cell_text(row, column)[-1] for row in (0, 1) for column in (0, 1)]
    assert names == ["TN", "FP", "FN", "TP"]
    assert matrix.cell_text(1, 0) == ("0", "0.0 %", "FN")


def test_the_diagonal_is_blue_the_rest_orange_and_nothing_grey(
    panel: ConfusionPanel, qtbot: QtBot
) -> None:
    matrix = show(panel, [[8, 2, 0], [0, 9, 1], [0, 0, 10]], "a", "b", "c")
    qtbot.waitUntil(lambda: not matrix._stale)
    image = matrix.grab().toImage()
    cells = matrix.geometry_of_cells()

    def color(row: int, column: int) -> tuple[int, int, int]:
        corner = cells.cell(row, column).topLeft().toPoint() + QPoint(6, 6)
        return image.pixelColor(corner).getRgb()[:3]

    red, _, blue = color(0, 0)
    assert blue > red + 80
    red, _, blue = color(0, 1)
    assert red > blue + 15
    assert max(color(1, 0)) - min(color(1, 0)) < 10


@pytest.mark.parametrize("count", [2, 3, 10, 25, 100])
@pytest.mark.parametrize("size", [(800, 230), (300, 160), (120, 90)])
def test_any_number_of_classes_is_drawn(
    panel: ConfusionPanel, count: int, size: tuple[int, int]
) -> None:
    draw = np.random.default_rng(0)
    panel.resize(*size)
    names = [f"a class called {each}" for each in range(count)]
    show(panel, draw.integers(0, 9, (count, count)).tolist(), *names)
    assert not panel.grab().isNull()


def test_cells_too_small_for_words_have_the_same_colours(panel: ConfusionPanel) -> None:
    counts = np.full((100, 100), 1) + np.diag(np.full(100, 300))
    counts[40:60, 70:90] = 0
    matrix = show(panel, counts.tolist(), *map(str, range(100)))
    image, cells = matrix.grab().toImage(), matrix.geometry_of_cells()

    def color(row: int, column: int) -> tuple[int, int, int]:
        return image.pixelColor(cells.cell(row, column).center().toPoint()).getRgb()[:3]

    red, _, blue = color(20, 70)
    assert red > blue + 15
    assert max(color(50, 80)) - min(color(50, 80)) < 10
    places = [image.pixelColor(cells.cell(n, n).center().toPoint()) for n in range(5, 95)]
    assert max(each.blue() - each.red() for each in places) > 80


def test_pointing_at_a_cell_says_everything(panel: ConfusionPanel, qtbot: QtBot) -> None:
    matrix = show(panel, [[16, 2], [0, 4]], "cat", "dog")
    place = matrix.geometry_of_cells().cell(0, 1).center().toPoint()
    qtbot.mouseMove(matrix, place)
    qtbot.waitUntil(lambda: panel.reading.sentence != "Actual ↓ Predicted →")
    expected = "Actual cat, predicted dog: 2 of 18 (11.1 %)"
    assert panel.reading.sentence == matrix.accessibleDescription() == expected
    event = QHelpEvent(QEvent.Type.ToolTip, place, matrix.mapToGlobal(place))
    QApplication.sendEvent(matrix, event)
    assert QToolTip.text() == expected
    assert not panel.grab().isNull()
    outside = QHelpEvent(QEvent.Type.ToolTip, QPoint(1, 1), matrix.mapToGlobal(QPoint(1, 1)))
    QApplication.sendEvent(matrix, outside)
    QApplication.sendEvent(matrix, QEvent(QEvent.Type.Leave))
    assert panel.reading.sentence == "Actual ↓ Predicted →"


def test_the_keyboard_walks_over_the_cells(panel: ConfusionPanel) -> None:
    matrix = show(panel, [[16, 2], [0, 4]], "cat", "dog")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        QTest.keyClick(matrix, key)
    assert panel.reading.sentence == "Actual dog, predicted dog: 4 of 4 (100 %)"
    QTest.keyClick(matrix, Qt.Key.Key_A)
    QTest.keyClick(matrix, Qt.Key.Key_Escape)
    assert panel.reading.sentence == "Actual ↓ Predicted →"


def test_the_cell_pointed_at_may_vanish_with_its_classes(panel: ConfusionPanel) -> None:
    matrix = show(panel, [[1, 0, 0], [0, 1, 0], [0, 0, 1]], "a", "b", "c")
    cells = matrix.geometry_of_cells()
    assert cells.at(cells.cell(2, 2).center()) == (2, 2)
    assert cells.at(QPointF(0, 0)) is None
    for _ in range(3):
        QTest.keyClick(matrix, Qt.Key.Key_Down)
    show(panel, [[1, 0], [0, 1]], "a", "b")
    assert panel.reading.sentence == "Actual ↓ Predicted →"


def test_it_is_emptied_by_a_reset_by_other_data_and_by_a_new_run(panel: ConfusionPanel) -> None:
    done = run(classification())
    for forget in (
        lambda: panel.show_state(State(done.project), done.facts),
        lambda: panel.show_state(State(done.project, done.finished.trained), regression().facts),
        panel.clear,
    ):
        panel.show_state(State(done.project, done.finished.trained), done.facts)
        panel.show_events(done.events)
        panel.show_state(State(done.project, done.finished.trained), done.facts)
        assert panel.body.sentence == ""
        forget()
        assert panel.body.sentence


# ── shares, thresholds, and the rows of a cell ──────────────────────────────────────────────


def test_per_cents_are_of_the_row_of_the_column_or_left_out(panel: ConfusionPanel) -> None:
    matrix = show(panel, [[16, 1, 1], [4, 4, 0], [0, 0, 0]], "a", "b", "c")
    panel.shares.setCurrentIndex(1)
    assert matrix.cell_text(0, 0) == ("16", "80.0 %")
    assert matrix.sentence(1, 0) == "Actual b, predicted a: 4 of 20 (20.0 %)"
    panel.shares.setCurrentIndex(2)
    assert matrix.cell_text(0, 0) == ("16",)
    assert matrix.sentence(0, 0) == "Actual a, predicted a: 16 of 26 (61.5 %)"
    assert not panel.grab().isNull()


def test_the_threshold_and_the_positive_class_move_the_matrix(panel: ConfusionPanel) -> None:
    matrix = show(panel, [[5, 1], [2, 3]], "no", "yes")
    positive = Judgement(threshold=0.0, positive="no")
    project = Project().edited(judgement=positive)
    panel.show_state(State(project), panel.facts)
    assert matrix._matrix.tolist() == [[6, 0], [5, 0]]
    assert matrix.cell_text(0, 0)[-1] == "TP"
    assert panel.reading.sentence.endswith("threshold 0")


def test_a_click_on_a_cell_lists_its_rows_the_surest_first(
    panel: ConfusionPanel, qtbot: QtBot
) -> None:
    matrix = show(panel, [[5, 1, 3], [0, 4, 0], [0, 0, 0]], "a", "b", "c")
    place = matrix.geometry_of_cells().cell(0, 2).center().toPoint()
    qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=place)
    assert not matrix.isVisible(), "in a narrow panel the list takes its place"
    rows = panel.rows.list
    assert panel.rows.title.text() == "Actual a, predicted c: 3 of 9 (33.3 %)"
    assert [rows.item(n).text().split(" · ")[0] for n in range(3)] == [
        "row 109",
        "row 108",
        "row 107",
    ]
    panel.show_focus(Focus(layers=("n2",)))
    with qtbot.waitSignal(panel.requested) as signal:
        rows.setCurrentRow(1)
    assert signal.args == [ChangeFocus(Focus(layers=("n2",), rows=(107,)))]
    panel.resize(900, 300)
    assert matrix.isVisible(), "there is room for both"
    panel.rows.close_button.click()
    assert not panel.rows.isVisible()


def test_enter_opens_a_cell_whose_rows_stay_true_and_are_pictured(panel: ConfusionPanel) -> None:
    prepared = classification()
    images = replace(prepared, dataset=replace(prepared.dataset, image_shape=(2, 2)))
    panel.show_rows(images)
    done = run(prepared)
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    matrix = panel.matrix
    QTest.keyClick(matrix, Qt.Key.Key_Down)
    QTest.keyClick(matrix, Qt.Key.Key_Return)
    assert panel.rows.list.count() == matrix._matrix[0, 0]
    assert not panel.rows.list.item(0).icon().isNull()
    panel.show_events(done.events)
    assert panel.rows.list.count() == matrix._matrix[0, 0]
    panel.apply_theme()
    panel.clear()
    assert not panel.rows.isVisible()
    assert panel.tables() == ()


def test_the_counts_are_copied(panel: ConfusionPanel) -> None:
    show(panel, [[16, 2], [0, 4]], "cat", "dog")
    table = panel.tables()[0]
    assert table.header == ("actual \\ predicted", "cat", "dog")
    assert table.rows == [("cat", 16, 2), ("dog", 0, 4)]
