"""Trying a network on rows of one's own: typed, dragged, chosen and drawn."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import engine
from engine import data, layers
from engine.data.dataset import Dataset, Prepared, Table
from engine.data.recipe import DataRecipe
from engine.data.sources.given import Given
from engine.design import Design
from engine.predictions import Predictor
from engine.project import Project, Trained, TrainingRecipe
from engine.trainer import Trainer
from engine.trying import row_of
from gui.document import Focus, State
from gui.figures import number, percent
from gui.pages.try_fields import ChoiceLine, NumberLine
from gui.panels.tryit import TryPanel


@pytest.fixture
def panel(qtbot: QtBot) -> TryPanel:
    made = TryPanel()
    qtbot.addWidget(made)
    made.resize(300, 600)
    made.show()
    return made


def trained(project: Project, prepared: Prepared | None = None) -> tuple[State, Prepared]:
    project = project.edited(training=project.training.edited(epochs=3))
    trainer = Trainer(project, prepared=prepared)
    end: Trained = list(trainer.run())[-1].trained  # type: ignore[union-attr]
    return State(project, end), trainer.prepared


def people() -> tuple[State, Prepared]:
    """Two classes that follow from an age and a colour."""
    draw = np.random.default_rng(0)
    age = draw.integers(18, 80, 200).astype(float)
    colour = draw.choice(["blue", "red"], 200).astype(object)
    target = np.where((age > 50) ^ (colour == "red"), "yes", "no").astype(object)
    table = Table(("age", "colour"), (age, colour))
    rows = data.prepare(Dataset("people", table, target, "answer"), DataRecipe(source=Given()))
    design = Design.chain(layers.Input(), layers.Dense(units=2, activation="softmax"))
    return trained(Project(design=design, training=TrainingRecipe()), rows)


def show(panel: TryPanel, made: tuple[State, Prepared]) -> Predictor:
    state, prepared = made
    panel.show_state(state, prepared.facts)
    panel.show_rows(prepared)
    assert state.trained is not None
    return Predictor(state.project, state.trained)


def test_before_training_it_says_what_to_do(panel: TryPanel) -> None:
    assert panel.body.sentence == "Train the network, then try it here on rows of your own"
    panel.show_state(State(Project()), None)
    assert panel.body.sentence
    assert panel.tables() == ()


def test_a_random_row_is_one_of_validation_and_is_predicted(panel: TryPanel) -> None:
    made = people()
    predictor = show(panel, made)
    _, prepared = made
    assert panel.body.sentence == ""
    row = int(panel.source.text().split()[1].replace(",", "")) - 1
    assert row in prepared.rows.validation
    found = predictor(prepared.dataset.features)
    assert panel.result.figure.text() == found.values[row]
    shares = {bar.name: bar.value for bar in panel.result.bars.bars}
    assert shares == pytest.approx(dict(zip(found.classes, found.probabilities[row], strict=True)))
    assert f"answer {made[1].facts.classes[prepared.y[row]]}" in panel.source.text()
    seen = set()
    for _ in range(20):
        panel.random_button.click()
        seen.add(panel.source.text())
    assert len(seen) > 3


def test_moving_a_slider_typing_and_choosing_predict_at_once(panel: TryPanel) -> None:
    made = people()
    predictor = show(panel, made)
    age, colour = panel.fields.lines
    assert isinstance(age, NumberLine)
    assert isinstance(colour, ChoiceLine)

    def expected(years: float, shade: str) -> list[float]:
        table = Table(("age", "colour"), (np.array([years]), np.array([shade], object)))
        return predictor(table).probabilities[0].tolist()

    def shown() -> list[float]:
        return [bar.value for bar in panel.result.bars.bars]

    colour.box.setCurrentIndex(colour.box.findData("red"))
    colour.box.activated.emit(colour.box.currentIndex())
    age.slider.setValue(age.slider.maximum())
    assert age.value == age.field.high
    assert age.box.text() == f"{age.field.high:g}"
    assert shown() == pytest.approx(expected(age.field.high, "red"))
    age.box.line.selectAll()
    QTest.keyClicks(age.box.line, "21.5")
    assert age.value == 21.5
    assert shown() == pytest.approx(expected(21.5, "red"))
    age.box.stepBy(1)
    assert age.value == 22.5
    assert "changed by you" in panel.source.text()
    age.box.line.selectAll()
    QTest.keyClicks(age.box.line, "-")
    assert age.value == 22.5
    QTest.keyClick(age.box.line, Qt.Key.Key_Backspace)
    assert age.value is None
    assert "missing" in panel.result.caption.text()
    age.box.editingFinished.emit()
    assert age.box.line.placeholderText() == "missing"


def test_a_missing_category_and_one_never_seen_can_be_shown(panel: TryPanel) -> None:
    show(panel, people())
    _, colour = panel.fields.lines
    colour.show_value(None)
    assert panel.fields.cells[1] is None
    colour.show_value("green")
    assert panel.fields.cells[1] == "green"
    panel.fields.edited.emit()
    assert "unknown" in panel.result.caption.text()


def test_it_begins_with_the_row_in_focus_and_follows_it(panel: TryPanel) -> None:
    made = people()
    panel.show_focus(Focus(rows=(41,)))
    show(panel, made)
    assert panel.source.text().startswith("Row 42 (")
    panel.show_focus(Focus(rows=(7,)))
    assert panel.source.text().startswith("Row 8 (")
    assert made[0].trained is not None
    assert panel.fields.cells == row_of(made[1].dataset, made[0].trained.preprocessing, 7)
    panel.show_focus(Focus(rows=(7_000,)))
    assert panel.source.text().startswith("Row 8 (")


def test_without_the_rows_it_can_still_be_tried(panel: TryPanel) -> None:
    state, _ = people()
    assert state.trained is not None
    panel.show_state(state, state.trained.facts)
    assert panel.source.text() == "A row of your own"
    assert panel.random_button.isHidden()
    assert panel.result.figure.text() in ("yes", "no")


def test_other_weights_predict_the_row_that_stands_there_anew(panel: TryPanel) -> None:
    state, prepared = people()
    show(panel, (state, prepared))
    panel.fields.lines[0].slider.setValue(3)  # type: ignore[union-attr]
    cells, before = panel.fields.cells, panel.result.bars.bars[0].value
    trainer = Trainer(state.project, prepared=prepared, trained=state.trained)
    further = list(trainer.run())[-1].trained  # type: ignore[union-attr]
    panel.show_state(State(state.project, further), prepared.facts)
    assert panel.fields.cells == cells
    assert panel.result.bars.bars[0].value != before


def test_layers_that_were_not_trained_are_named(panel: TryPanel) -> None:
    state, prepared = people()
    wider = state.project.design.add(layers.Dense(units=4), name="new", after=["dense_1"])
    panel.show_state(State(state.project.edited(design=wider), state.trained), prepared.facts)
    assert "new" in panel.body.sentence


def test_while_training_it_says_which_weights_these_are(panel: TryPanel) -> None:
    show(panel, people())
    panel.show_locked(True)
    assert "before this run" in panel.notice.text()
    assert panel.random_button.isEnabled()
    panel.show_locked(False)
    assert panel.notice.isHidden()


def test_a_regression_says_a_value_in_the_targets_units(panel: TryPanel) -> None:
    made = trained(engine.new("diabetes"))
    predictor = show(panel, made)
    panel.show_focus(Focus(rows=(10,)))
    value = float(predictor(made[1].dataset.features).values[10])
    assert panel.result.figure.text() == number(value)
    assert "predicted progression" in panel.result.caption.text()
    assert panel.result.bars.isHidden()
    assert panel.tables()[0].rows == (("progression", pytest.approx(value)),)


def test_several_numbers_and_labels_are_bars(panel: TryPanel) -> None:
    draw = np.random.default_rng(0)
    X, values = draw.normal(size=(60, 2)), draw.normal(size=(60, 2))
    for target, last in ((values, "linear"), ((values > 0).astype(float), "sigmoid")):
        rows = data.prepare(
            Dataset("t", Table(("a", "b"), tuple(X.T)), target, "y"), DataRecipe(source=Given())
        )
        design = Design.chain(layers.Input(), layers.Dense(units=2, activation=last))
        show(panel, trained(Project(design=design), rows))
        assert len(panel.result.bars.bars) == 2
        assert panel.result.caption.text()


def test_of_very_many_classes_the_most_probable_are_shown(panel: TryPanel) -> None:
    draw = np.random.default_rng(0)
    target = np.array([f"c{place % 20:02}" for place in range(200)], object)
    table = Table(("a", "b"), tuple(draw.normal(size=(2, 200))))
    rows = data.prepare(Dataset("t", table, target, "y"), DataRecipe(source=Given()))
    design = Design.chain(layers.Input(), layers.Dense(units=20, activation="softmax"))
    show(panel, trained(Project(design=design), rows))
    values = [bar.value for bar in panel.result.bars.bars]
    assert len(values) == 12
    assert values == sorted(values, reverse=True)
    assert "12 most probable of 20" in panel.result.caption.text()


# ── drawing ─────────────────────────────────────────────────────────────────────────────────────


def test_digits_are_drawn_and_the_picture_is_predicted(panel: TryPanel) -> None:
    made = trained(engine.new("digits"))
    predictor = show(panel, made)
    panel.show_focus(Focus(rows=(12,)))
    table = made[1].dataset.features
    assert panel.drawing.cells == tuple(float(column[12]) for column in table.columns)
    assert panel.result.figure.text() == predictor(table).values[12]
    panel.clear_button.click()
    assert panel.result.figure.text() == ""
    assert set(panel.drawing.cells) == {0.0}
    _stroke(panel, (0.5, 0.1), (0.5, 0.9))
    assert panel.source.text() == "A drawing of your own"
    ink = np.array(panel.drawing.cells).reshape(8, 8)
    assert ink.max() == pytest.approx(16)
    assert ink[:, 3:5].sum() > 0.6 * ink.sum()
    assert (ink[:, 3:5].sum(axis=1) > 8).all()
    said = predictor(Table(table.names, tuple(ink.ravel()[:, None])))
    best = max(panel.result.bars.bars, key=lambda bar: bar.value)
    assert best.text == percent(float(said.probabilities.max()))


def test_a_row_is_drawn_over_in_its_place_and_rubbed_out(panel: TryPanel) -> None:
    made = trained(engine.new("digits"))
    show(panel, made)
    panel.show_focus(Focus(rows=(12,)))
    before = np.array(panel.drawing.cells).reshape(8, 8)
    _stroke(panel, (0.06, 0.9), (0.06, 0.9))
    after = np.array(panel.drawing.cells).reshape(8, 8)
    np.testing.assert_allclose(after[:5, 2:], before[:5, 2:], atol=0.05)
    assert after[7, 0] > before[7, 0]
    assert "changed by you" in panel.source.text()
    _stroke(panel, (0.0, 0.5), (1.0, 0.5), Qt.MouseButton.RightButton)
    rubbed = np.array(panel.drawing.cells).reshape(8, 8)
    assert rubbed[3:5].sum() < 0.2 * after[3:5].sum()


def test_the_keyboard_draws_too(panel: TryPanel) -> None:
    show(panel, trained(engine.new("digits")))
    panel.clear_button.click()
    pad = panel.drawing.pad
    pad.setFocus()
    QTest.keyClick(pad, Qt.Key.Key_Up)
    assert not pad.ink.any()
    QTest.keyClick(pad, Qt.Key.Key_Space)
    for _ in range(12):
        QTest.keyClick(pad, Qt.Key.Key_Down)
    QTest.keyClick(pad, Qt.Key.Key_Space)
    inked = np.argwhere(pad.ink > 0.5)
    assert np.ptp(inked[:, 0]) > np.ptp(inked[:, 1])
    assert panel.result.figure.text()


@pytest.mark.parametrize("width", [260, 900])
def test_the_parts_stand_beside_each_other_where_there_is_room(
    panel: TryPanel, width: int, qtbot: QtBot
) -> None:
    show(panel, people())
    panel.resize(width, 500)

    def is_beside() -> bool:
        fields, result = (part.mapTo(panel, QPoint()) for part in (panel.fields, panel.result))
        return fields.x() > result.x() and fields.y() < result.y() + 50

    qtbot.waitUntil(lambda: is_beside() == (width == 900))


def test_it_waits_until_somebody_looks(qtbot: QtBot) -> None:
    hidden = TryPanel()
    qtbot.addWidget(hidden)
    made = people()
    show(hidden, made)
    assert hidden.body.sentence
    hidden.show()
    assert not hidden.body.sentence


def test_a_row_of_a_file_that_has_gone_is_said(panel: TryPanel) -> None:
    state, prepared = people()
    gone = []

    class Going(Table):
        def column(self, name: str) -> np.ndarray:
            if gone:
                raise engine.errors.DataError("rows.h5 has gone")
            return super().column(name)

    table = prepared.dataset.features
    dataset = replace(prepared.dataset, features=Going(table.names, table.columns))
    show(panel, (state, replace(prepared, dataset=dataset)))
    gone.append(True)
    panel.random_button.click()
    assert panel.source.text() == "rows.h5 has gone"


def _stroke(
    panel: TryPanel,
    start: tuple[float, float],
    end: tuple[float, float],
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
) -> None:
    pad = panel.drawing.pad
    side = min(pad.width(), pad.height())
    first, last = (QPoint(int(x * (side - 1)), int(y * (side - 1))) for x, y in (start, end))
    QTest.mousePress(pad, button, Qt.KeyboardModifier.NoModifier, first)
    _move(pad, last, button)
    QTest.mouseRelease(pad, button, Qt.KeyboardModifier.NoModifier, last)


def _move(pad: object, place: QPoint, button: Qt.MouseButton) -> None:
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(place),
        Qt.MouseButton.NoButton,
        button,
        Qt.KeyboardModifier.NoModifier,
    )
    pad.mouseMoveEvent(event)  # type: ignore[attr-defined]
