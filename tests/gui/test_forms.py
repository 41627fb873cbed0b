"""Forms: what a person types becomes a valid value, or a reason; nothing else gets through."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, field_validator
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from engine.kinds import ChoiceOf, Kind, Value, field
from engine.layers import Layer
from engine.project import TrainingRecipe
from gui import forms
from gui.form_fields import Limits, field_specs, shown, stepped
from gui.forms import Form, editor_of, finish_editing


class Rule(Kind):
    """A family of two members."""


class Slow(Rule):
    tip = "Small steps."
    rate: float = field(0.01, "Learning rate", "How far.", gt=0, le=100)
    memory: float = field(0.9, "Memory", "How long.", ge=0, lt=1, advanced=True)


class Fast(Rule):
    rate: float = field(0.001, "Learning rate", "How far.", gt=0, le=10)


class Ending(Value):
    patience: int = field(0, "Patience", "Epochs to wait.", unit="epochs", ge=0, le=1000)


class Recipe(Value):
    units: int = field(64, "Units", "How many.", ge=1, le=65_536)
    rate: float = field(0.2, "Rate", "A share.", ge=0, lt=1, slider=True)
    penalty: float = field(0.0, "Penalty", "How hard.", ge=0, le=100)
    bias: bool = field(True, "Bias", "Adds a constant.")
    weights: Literal["none", "most_frequent"] = field("none", "Weights", "Which.")
    batch: Annotated[int, Field(strict=True, ge=1, le=1000)] | Literal["all"] = field(
        32, "Batch size", "Rows in one step.", strict=None
    )
    rule: ChoiceOf[Rule] = field(Slow(), "Rule", "How to learn.")
    ending: Ending = field(Ending(), "Ending", "When to end.")
    depth: int = field(0, "Depth", "How deep.", ge=0, le=10, advanced=True)
    unnamed: int = 7

    @field_validator("units")
    @classmethod
    def _not_13(cls, units: int) -> int:
        if units == 13:
            raise ValueError("be lucky")
        return units


class Seen:
    """What a form said."""

    def __init__(self, form: Form) -> None:
        self.values: list[Any] = []
        self.changes: list[forms.Change] = []
        form.edited.connect(self._take)

    def _take(self, value: Value, change: forms.Change) -> None:
        self.values.append(value)
        self.changes.append(change)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form(Recipe())
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def seen(form: Form) -> Seen:
    return Seen(form)


def type_into(qtbot: QtBot, editor: Any, text: str, *, enter: bool = True) -> None:
    line = editor.box.lineEdit()
    line.selectAll()
    qtbot.keyClicks(line, text)
    if enter:
        qtbot.keyClick(editor.box, Qt.Key.Key_Return)


# ── typing ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("path", "typed", "value"),
    [
        ("units", "128", 128),
        ("units", "1e3", 1000),
        ("penalty", "1e-05", 1e-05),
        ("penalty", " 0.001", 0.001),
        ("rate", "0.5", 0.5),
        ("batch", "all", "all"),
        ("batch", "ALL", "all"),
        ("batch", "7", 7),
        ("rule.rate", "0.3", 0.3),
        ("ending.patience", "10", 10),
        ("depth", "3", 3),
    ],
)
def test_what_is_typed_reaches_the_value_on_enter(
    qtbot: QtBot, form: Form, seen: Seen, path: str, typed: str, value: object
) -> None:
    type_into(qtbot, form.editor(path), typed)
    assert len(seen.values) == 1
    found = seen.values[0]
    for name in path.split("."):
        found = getattr(found, name)
    assert found == value
    assert type(found) is type(value)
    assert seen.changes[0].path == path
    assert form.value is seen.values[0]


@pytest.mark.parametrize(
    ("path", "typed", "reason"),
    [
        ("units", "0", "Units must be a whole number, 1 to 65,536."),
        ("units", "2.5", "Units must be a whole number, 1 to 65,536."),
        ("units", "many", "Units must be a whole number, 1 to 65,536."),
        ("units", "inf", "Units must be a whole number, 1 to 65,536."),
        ("units", "13", "Units should be lucky, not 13."),
        ("rate", "1", "Rate must be a number, 0 to below 1."),
        ("penalty", "nan", "Penalty must be a number, 0 to 100."),
        ("rule.rate", "0", "Learning rate must be a number, above 0 to 100."),
        ("batch", "0", 'Batch size must be "all" or a whole number, 1 to 1,000.'),
        ("batch", "some", 'Batch size must be "all" or a whole number, 1 to 1,000.'),
    ],
)
def test_what_is_not_allowed_stays_in_the_form_with_a_reason(
    qtbot: QtBot, form: Form, seen: Seen, path: str, typed: str, reason: str
) -> None:
    type_into(qtbot, form.editor(path), typed)
    assert seen.values == []
    assert form.value == Recipe()
    row = form.row(path)
    assert row.reason == reason
    assert row.findChild(QWidget, "reason").isVisible()
    assert form.editor(path).box.property("invalid") is True


def test_the_reason_shows_while_typing_and_goes_with_the_mistake(qtbot: QtBot, form: Form) -> None:
    editor = form.editor("units")
    type_into(qtbot, editor, "0", enter=False)
    assert form.row("units").reason
    type_into(qtbot, editor, "05", enter=False)
    assert not form.row("units").reason
    assert editor.box.property("invalid") is False


def test_typing_changes_nothing_until_the_field_is_left(
    qtbot: QtBot, form: Form, seen: Seen
) -> None:
    type_into(qtbot, form.editor("units"), "12", enter=False)
    assert seen.values == []
    QApplication.sendEvent(form.editor("units").box, QEvent(QEvent.Type.FocusAboutToChange))
    form.editor("units").box.editingFinished.emit()
    assert seen.values[0].units == 12


def test_pressing_enter_on_the_same_number_says_nothing(
    qtbot: QtBot, form: Form, seen: Seen
) -> None:
    type_into(qtbot, form.editor("units"), "64.0")
    type_into(qtbot, form.editor("batch"), "032")
    assert seen.values == []
    assert form.editor("units").box.text() == "64"
    assert form.editor("batch").box.currentText() == "32"


def test_an_action_can_take_what_is_typed(qtbot: QtBot, form: Form, seen: Seen) -> None:
    form.activateWindow()
    editor = form.editor("units")
    editor.setFocus()
    qtbot.waitUntil(editor.box.hasFocus)
    type_into(qtbot, editor, "100", enter=False)
    finish_editing()
    assert seen.values[0].units == 100


def test_finishing_without_a_focused_field_does_nothing(qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.show()
    button.setFocus()
    finish_editing()


# ── arrows, sliders, boxes ──────────────────────────────────────────────────────────────────────


def spec_of(name: str) -> Any:
    return next(spec for spec in field_specs(Recipe) if spec.name == name)


@pytest.mark.parametrize(
    ("name", "start", "steps", "end"),
    [
        ("units", 64, 1, 65),
        ("units", 1, -1, 1),
        ("units", 65_530, 10, 65_536),
        ("rate", 0.2, 1, 0.21),
        ("rate", 0.99, 1, 0.99),
        ("rate", 0.01, -2, 0.0),
        ("penalty", 0.0, 1, 0.0001),
        ("penalty", 0.0, -1, 0.0),
        ("penalty", 0.001, 1, 0.002),
        ("penalty", 0.001, -1, 0.0005),
        ("penalty", 0.003, 1, 0.005),
        ("penalty", 0.003, -1, 0.002),
        ("penalty", 9.0, 2, 20.0),
        ("penalty", 1e-7, -1, 0.0),
        ("penalty", 100.0, 1, 100.0),
    ],
)
def test_arrows_move_by_sensible_amounts(name: str, start: float, steps: int, end: float) -> None:
    assert stepped(start, steps, spec_of(name)) == end


def test_a_negative_number_steps_along_the_series_too() -> None:
    class Free(Value):
        mean: float = field(0.0, "Mean", "The centre.", ge=-10, le=10)

    (spec,) = field_specs(Free)
    assert stepped(-0.001, -1, spec) == -0.002
    assert stepped(-0.001, 1, spec) == -0.0005
    assert stepped(0.0, -1, spec) == -0.0001


def test_arrow_keys_edit_at_once_and_quick_ones_share_a_merge_key(
    qtbot: QtBot, form: Form, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(forms.time, "monotonic", lambda: now[0])
    box = form.editor("units").box
    for pause in (0.1, 0.1, 5.0):
        now[0] += pause
        qtbot.keyClick(box, Qt.Key.Key_Up)
    qtbot.keyClick(form.editor("rule.rate").box, Qt.Key.Key_Up)
    assert [value.units for value in seen.values] == [65, 66, 67, 67]
    assert seen.values[3].rule.rate == 0.02
    first, second, third, other = (change.merge for change in seen.changes)
    assert first == second
    assert len({first, third, other}) == 3


def test_arrows_start_from_what_is_typed_if_that_is_a_number(
    qtbot: QtBot, form: Form, seen: Seen
) -> None:
    type_into(qtbot, form.editor("units"), "10", enter=False)
    form.editor("units").box.stepBy(1)
    type_into(qtbot, form.editor("units"), "x", enter=False)
    form.editor("units").box.stepBy(1)
    assert [value.units for value in seen.values] == [11, 12]


def test_a_slider_drags_its_number(form: Form, seen: Seen) -> None:
    editor = form.editor("rate")
    assert editor.slider.value() == 20
    editor.slider.setValue(35)
    assert seen.values[0].rate == 0.35
    assert editor.box.text() == "0.35"
    editor.slider.setValue(100)
    assert seen.values[-1].rate < 1
    assert form.row("rate").reason == ""


def test_a_box_is_ticked(form: Form, seen: Seen) -> None:
    form.editor("bias").box.click()
    assert seen.values[0].bias is False
    assert seen.changes[0] == forms.Change("bias", "Bias", None)


def test_a_word_is_chosen_from_readable_ones(form: Form, seen: Seen) -> None:
    box = form.editor("weights").box
    assert [box.itemText(index) for index in range(box.count())] == ["none", "most frequent"]
    box.activated.emit(1)
    assert seen.values[0].weights == "most_frequent"


def test_the_batch_size_offers_1_the_default_and_all(form: Form, seen: Seen) -> None:
    box = form.editor("batch").box
    assert [box.itemText(index) for index in range(box.count())] == ["1", "32", "all"]
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert seen.values[0].batch == "all"


@pytest.mark.parametrize("path", ["units", "weights", "batch"])
def test_the_wheel_scrolls_the_form_and_not_an_idle_field(
    form: Form, seen: Seen, path: str
) -> None:
    box = form.editor(path).box
    box.clearFocus()
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 120),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turn)
    assert not turn.isAccepted()
    assert seen.values == []


def test_the_wheel_steps_a_focused_number(qtbot: QtBot, form: Form, seen: Seen) -> None:
    form.activateWindow()
    box = form.editor("units").box
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 120),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turn)
    assert seen.values[0].units == 65


def test_undo_keys_go_to_the_document_unless_there_is_typing_to_undo(
    qtbot: QtBot, form: Form
) -> None:
    def claimed() -> bool:
        event = QKeyEvent(
            QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier
        )
        event.ignore()
        QApplication.sendEvent(form.editor("units").box, event)
        return event.isAccepted()

    assert not claimed()
    type_into(qtbot, form.editor("units"), "1", enter=False)
    assert claimed()


# ── kinds and nested values ─────────────────────────────────────────────────────────────────────


def test_choosing_a_kind_shows_its_fields_and_keeps_what_was_set(
    qtbot: QtBot, form: Form, seen: Seen
) -> None:
    type_into(qtbot, form.editor("rule.rate"), "0.5")
    form.editor("rule").box.activated.emit(1)
    assert seen.values[-1].rule == Fast(rate=0.5)
    form.show_value(seen.values[-1])
    assert form.editor("rule.rate").box.text() == "0.5"
    assert form.editor("rule.rate").isVisible()


def test_a_default_is_not_carried_to_another_kind(form: Form, seen: Seen) -> None:
    form.editor("rule").box.activated.emit(1)
    assert seen.values[-1].rule == Fast()


def test_what_another_kind_cannot_hold_is_left_behind(qtbot: QtBot, form: Form, seen: Seen) -> None:
    type_into(qtbot, form.editor("rule.rate"), "50")
    form.editor("rule").box.activated.emit(1)
    assert seen.values[-1].rule == Fast()


def test_choosing_the_same_kind_again_says_nothing(form: Form, seen: Seen) -> None:
    form.editor("rule").box.activated.emit(0)
    assert seen.values == []


def test_kinds_have_tips(form: Form) -> None:
    box = form.editor("rule").box
    assert box.itemData(0, Qt.ItemDataRole.ToolTipRole) == "Small steps."


# ── showing ─────────────────────────────────────────────────────────────────────────────────────


def test_every_field_with_a_label_has_a_row_and_no_other(form: Form) -> None:
    assert "unnamed" not in form.rows
    assert set(form.rows) == set(Recipe.model_fields) - {"unnamed"}


def test_advanced_fields_are_folded_away(form: Form) -> None:
    assert not form.editor("depth").isVisible()
    assert not form.editor("rule.memory").isVisible()
    form.more_button.click()
    assert form.editor("depth").isVisible()
    assert form.editor("rule.memory").isVisible()
    form.more_button.click()
    assert not form.editor("depth").isVisible()


def test_more_stays_open_when_another_kind_is_chosen(form: Form) -> None:
    form.more_button.click()
    form.editor("rule").box.activated.emit(1)
    form.show_value(form.value)
    form.editor("rule").box.activated.emit(0)
    assert form.editor("rule.memory").isVisible()


def test_a_form_without_advanced_fields_has_no_more(qtbot: QtBot) -> None:
    made = Form(Ending())
    qtbot.addWidget(made)
    made.show()
    assert not made.more_button.isVisible()


def test_tooltips_give_the_tip_and_the_range(form: Form) -> None:
    assert form.editor("units").box.toolTip() == "How many.\nRange: 1 to 65,536"
    tip = form.editor("ending.patience").box.toolTip()
    assert tip == "Epochs to wait.\nRange: 0 to 1,000 epochs"


def test_a_value_from_outside_is_shown_without_being_an_edit(form: Form, seen: Seen) -> None:
    other = Recipe(units=8, bias=False, batch="all", weights="most_frequent", rule=Fast(0.7))
    form.show_value(other)
    assert form.editor("units").box.text() == "8"
    assert not form.editor("bias").box.isChecked()
    assert form.editor("batch").box.currentText() == "all"
    assert form.editor("weights").box.currentText() == "most frequent"
    assert form.editor("rule.rate").box.text() == "0.7"
    assert seen.values == []


def test_focus_and_half_typed_text_survive_a_change_elsewhere(qtbot: QtBot, form: Form) -> None:
    form.activateWindow()
    editor = form.editor("units")
    editor.setFocus()
    qtbot.waitUntil(editor.box.hasFocus)
    type_into(qtbot, editor, "12", enter=False)
    form.show_value(Recipe(bias=False))
    assert editor.box.hasFocus()
    assert editor.box.text() == "12"
    form.show_value(Recipe(units=9))
    assert editor.box.text() == "9"


def test_another_value_afresh_drops_what_was_typed(qtbot: QtBot, form: Form) -> None:
    type_into(qtbot, form.editor("units"), "0")
    type_into(qtbot, form.editor("rule.rate"), "0")
    form.show_value(Recipe(), afresh=True)
    assert form.editor("units").box.text() == "64"
    assert form.row("units").reason == ""
    assert form.editor("rule.rate").box.text() == "0.01"


def test_only_some_fields_may_be_editable(form: Form) -> None:
    form.set_editable(["rule.rate"])
    assert form.editor("rule.rate").isEnabled()
    assert not form.editor("rule").isEnabled()
    assert not form.editor("rule.memory").isEnabled()
    assert not form.editor("units").isEnabled()
    form.set_editable(None)
    assert form.editor("units").isEnabled()
    assert form.editor("rule.memory").isEnabled()


def test_rows_can_be_ordered_and_have_something_beside_them(qtbot: QtBot) -> None:
    button = QPushButton("New")
    made = Form(Recipe(), first=("bias", "batch"), beside={"units": button})
    qtbot.addWidget(made)
    made.show()
    assert list(made.rows)[:3] == ["bias", "batch", "units"]
    assert made.rows["units"].isAncestorOf(button)


# ── the models of the program ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", Layer.family.values(), ids=Layer.family)
def test_every_layer_has_a_form(qtbot: QtBot, kind: type[Layer]) -> None:
    made = Form(kind())
    qtbot.addWidget(made)
    made.grab()
    assert set(made.rows) == set(kind.model_fields)


def test_the_training_recipe_has_a_form_for_every_kind_it_may_hold(qtbot: QtBot) -> None:
    made = Form(TrainingRecipe())
    qtbot.addWidget(made)
    seen = Seen(made)
    for name in ("optimizer", "schedule", "loss"):
        box = made.editor(name).box
        for index in range(box.count()):
            box.activated.emit(index)
            made.show_value(made.value)
            made.grab()
    assert len(seen.values) >= 3


def test_a_type_without_an_editor_is_named() -> None:
    class Odd(Value):
        text: str = field("", "Text", "Anything.")

    (spec,) = field_specs(Odd)
    with pytest.raises(TypeError, match="text"):
        editor_of(spec)


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(), ""),
        (Limits(ge=1), "at least 1"),
        (Limits(gt=0), "above 0"),
        (Limits(le=5), "at most 5"),
        (Limits(lt=5), "below 5"),
        (Limits(ge=0, lt=1), "0 to below 1"),
        (Limits(gt=0, le=0.5), "above 0 to 0.5"),
        (Limits(ge=1, le=65_536), "1 to 65,536"),
        (Limits(ge=0, le=1e12), "0 to 1e+12"),
    ],
)
def test_ranges_in_words(limits: Limits, words: str) -> None:
    assert str(limits) == words


@pytest.mark.parametrize(
    ("number", "text"), [(64, "64"), (0.001, "0.001"), (1e-05, "1e-05"), (1.0, "1"), (0.1, "0.1")]
)
def test_numbers_are_shown_short(number: float, text: str) -> None:
    assert shown(number) == text
