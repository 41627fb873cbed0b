"""The decision boundary: what is chosen, what is drawn, what is said."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.control import Wanted
from engine.data.dataset import Prepared
from engine.events import Measured
from engine.measuring import measure
from engine.probes.section import Section
from gui import theme
from gui.document import Focus, State
from gui.panels.boundary import EMPTY, BoundaryPanel
from gui.requests import ChangeFocus
from tests.gui.panels.runs import Run, classification, regression, run


@pytest.fixture(scope="module")
def done() -> Run:
    return run(classification(), epochs=2)


@pytest.fixture
def panel(qtbot: QtBot) -> BoundaryPanel:
    made = BoundaryPanel()
    qtbot.addWidget(made)
    made.resize(520, 300)
    made.show()
    return made


def show(panel: BoundaryPanel, done: Run) -> dict[str, Any]:
    """What the panel wants is measured, until it wants nothing else."""
    trained = done.finished.trained
    panel.show_state(State(done.project, trained), done.facts)
    found: tuple[Measured, ...] = ()
    for _ in range(2):
        found = measure(done.project, done.prepared, trained, panel.measurements())
        panel.show_events(found)
    return dict(found[-1].arrays)


def choose(panel: BoundaryPanel, box: Any, text: str) -> None:
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def pixel(panel: BoundaryPanel, x: float, y: float) -> Any:
    view = panel.view
    return view.grab().toImage().pixelColor(view.mapping.point(x, y).toPoint())


def test_it_is_empty_until_something_is_measured(panel: BoundaryPanel, done: Run) -> None:
    assert panel.body.sentence == EMPTY
    panel.show_state(State(done.project), done.facts)
    assert panel.measurements() == {Wanted("boundary", setting=Section(), apart=0.5)}
    assert panel.tables() == ()
    show(panel, done)
    assert panel.body.sentence == ""
    panel.clear()
    assert panel.body.sentence == EMPTY


def test_the_columns_that_were_taken_are_shown_and_can_be_changed(
    panel: BoundaryPanel, done: Run, qtbot: QtBot
) -> None:
    arrays = show(panel, done)
    assert [panel.across.currentText(), panel.up.currentText()] == arrays["features"].tolist()
    with qtbot.waitSignal(panel.wanted_changed):
        choose(panel, panel.across, "x3")
    (wanted,) = panel.wanted()
    assert isinstance(wanted.setting, Section)
    assert wanted.setting.features == ("x3", arrays["features"][1])
    arrays = show(panel, done)
    assert panel.view.axes["bottom"].label == "x3"
    assert arrays["features"][0] == "x3"


def test_each_place_has_a_light_tint_of_the_class_that_wins(
    panel: BoundaryPanel, done: Run
) -> None:
    arrays = show(panel, done)
    down, across = np.unravel_index(arrays["values"].argmax(), arrays["values"].shape)
    seen = pixel(panel, arrays["x"][across], arrays["y"][down])
    color = theme.class_color(int(arrays["winner"][down, across]))
    ground = theme.color("surface")
    sides = [
        (part(seen) - part(ground)) / (part(color) - part(ground))
        for part in (type(seen).red, type(seen).green, type(seen).blue)
        if abs(part(color) - part(ground)) > 60
    ]
    assert all(0.05 < side < 0.5 for side in sides)


def test_what_is_under_the_pointer_is_said(panel: BoundaryPanel, done: Run) -> None:
    arrays = show(panel, done)
    assert panel.reading.text() == "2 other columns at their mean"
    x, y = arrays["x"][30], arrays["y"][70]
    panel.view.pointed_at.emit(QPointF(x, y))
    name = done.facts.classes[arrays["winner"][70, 30]]
    assert f": {name}, " in panel.reading.text()
    panel.view.pointed_at.emit(None)
    QTest.keyClick(panel.view, Qt.Key.Key_Right)
    assert "%" in panel.reading.text()


def test_the_probability_of_one_class_has_a_scale(panel: BoundaryPanel, done: Run) -> None:
    show(panel, done)
    assert not panel.bar.isVisible()
    choose(panel, panel.output, "Probability of bee")
    arrays = show(panel, done)
    assert "winner" not in arrays
    assert panel.bar.isVisible()
    assert panel.bar.range == (0.0, 1.0)
    panel.view.pointed_at.emit(QPointF(0.0, 0.0))
    assert "probability of bee" in panel.reading.text()


def test_the_other_columns_can_be_held_at_the_chosen_row(panel: BoundaryPanel, done: Run) -> None:
    show(panel, done)
    panel.show_focus(Focus(rows=(3,)))
    choose(panel, panel.at_row, "Others: row 4")
    arrays = show(panel, done)
    assert panel.reading.text() == "2 other columns as in row 4"
    X = np.tile(done.prepared.X[3], (1, 1))
    places = [int(name[1:]) for name in arrays["features"]]
    X[0, places] = arrays["x"][10], arrays["y"][20]
    from engine.network import Network

    network = Network(done.project.design, 4, weights=done.finished.trained.weights)
    assert arrays["values"][20, 10] == pytest.approx(network.predict(X).max(), rel=1e-5)
    panel.show_focus(Focus(rows=(5,)))
    (wanted,) = panel.wanted()
    assert isinstance(wanted.setting, Section)
    assert wanted.setting.row == 5


def test_a_click_on_a_dot_chooses_its_row(panel: BoundaryPanel, done: Run, qtbot: QtBot) -> None:
    arrays = show(panel, done)
    panel.show_focus(Focus(layers=("n2",)))
    place = panel.view.mapping.point(*arrays["points"][4].tolist()).toPoint()
    with qtbot.waitSignal(panel.requested) as caught:
        QTest.mouseClick(panel.view, Qt.MouseButton.LeftButton, pos=place)
    request = caught.args[0]
    assert isinstance(request, ChangeFocus)
    assert request.focus.layers == ("n2",)
    (row,) = request.focus.rows
    spot = arrays["points"][arrays["row"] == row][0]
    near = panel.view.mapping.point(*spot.tolist()).toPoint()
    assert (near - place).manhattanLength() < 12
    before = panel.view.grab().toImage()
    panel.show_focus(request.focus)
    assert panel.view.grab().toImage() != before
    QTest.mouseClick(panel.view, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))


def test_of_numbers_it_shows_a_surface_or_a_curve(panel: BoundaryPanel) -> None:
    done = run(regression(), epochs=2)
    arrays = show(panel, done)
    low, high = panel.bar.range
    assert low <= arrays["values"].min() <= arrays["values"].max() <= high
    assert panel.bar.isVisible()
    choose(panel, panel.up, "– (a curve)")
    arrays = show(panel, done)
    assert panel.view.is_curve
    assert panel.view.axes["left"].label == "price"
    panel.view.pointed_at.emit(QPointF(0.0, 200.0))
    assert panel.reading.text().startswith("x")
    assert not panel.grab().isNull()


def test_over_one_column_of_classes_it_is_the_probability_of_the_last(
    panel: BoundaryPanel, done: Run
) -> None:
    show(panel, done)
    choose(panel, panel.up, "– (a curve)")
    arrays = show(panel, done)
    assert panel.output.currentText() == "Probability of cat"
    assert panel.view.is_curve
    assert arrays["values"].shape == (1, 100)


def test_figures_can_be_copied(panel: BoundaryPanel, done: Run) -> None:
    arrays = show(panel, done)
    surface, rows = panel.tables()
    assert len(surface.rows) == arrays["values"].size
    assert surface.rows[101][-1] == arrays["values"][1, 1]
    assert len(rows.rows) == 60


@pytest.mark.parametrize("other", [classification(), regression()])
def test_other_data_begin_anew(panel: BoundaryPanel, done: Run, other: Prepared) -> None:
    show(panel, done)
    choose(panel, panel.across, "x3")
    panel.show_state(State(done.project), other.facts)
    assert panel.body.sentence == EMPTY
    assert panel.measurements() == {Wanted("boundary", setting=Section(), apart=0.5)}


def test_what_was_measured_for_another_choice_is_not_drawn(panel: BoundaryPanel, done: Run) -> None:
    wanted = [Wanted("boundary", setting=Section(("x1", "x2")))]
    found = measure(done.project, done.prepared, done.finished.trained, wanted)
    panel.show_state(State(done.project), done.facts)
    panel.show_events(found)
    assert panel.body.sentence == EMPTY
