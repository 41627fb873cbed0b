"""A layer unfolded in the whole window: what is shown, pointed at, trained live, set by hand."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from engine import layers
from engine.control import Wanted
from engine.project import Trained
from gui import theme
from gui.canvas.neurons.hand import LOCKED
from gui.canvas.neurons.painting import signed_color
from gui.canvas.neurons.unfolded import Place
from gui.canvas.neurons.view import NeuronView
from gui.document import Focus, State
from gui.main_window import MainWindow
from tests.gui.person import Person

LINK, BIAS = ("kernel", 1, 2), ("bias", 0, 1)


def unfold(person: Person, name: str) -> NeuronView:
    document = person.window.document
    document.set_focus(Focus(layers=(document.project.design.node(name).id,)))
    person.press(Qt.Key.Key_U)
    return person.window.canvas.neurons


@pytest.fixture
def view(person: Person) -> NeuronView:
    person.begin("iris")
    return unfold(person, "dense_1")


def point(person: Person, view: NeuronView, place: Place) -> QPoint:
    """Moves the pointer onto a link or neuron; returns where that is."""
    at = view.web.place_of(place).toPoint()
    person.qtbot.mouseMove(view.web, at + QPoint(40, 40))
    person.qtbot.mouseMove(view.web, at)
    return at


def write(person: Person, view: NeuronView, place: Place, text: str) -> None:
    """Double-clicks a link or neuron, and writes a value into the field."""
    at = point(person, view, place)
    person.qtbot.mouseDClick(view.web, Qt.MouseButton.LeftButton, pos=at)
    assert view.hand.field.isVisible()
    view.hand.field.setText(text)
    person.qtbot.keyClick(view.hand.field, Qt.Key.Key_Return)


def kernel(trained: Trained | None, view: NeuronView, name: str = "kernel") -> np.ndarray:
    assert trained is not None
    return trained.weights[view.hand.layer, name]


# ── looking ─────────────────────────────────────────────────────────────────────────────────


def test_a_layer_unfolds_with_one_key_and_folds_with_another(
    person: Person, view: NeuronView
) -> None:
    canvas = person.window.canvas
    assert view.isVisible()
    assert view.geometry() == canvas.rect()
    assert view.web.hasFocus()
    person.press(Qt.Key.Key_Escape, view.web)
    assert not view.isVisible()
    person.do("unfold")
    assert view.isVisible()
    person.do("unfold")
    assert not view.isVisible()


def test_the_first_weights_are_shown_before_training(person: Person, view: NeuronView) -> None:
    shown = view.web.unfolded
    assert shown is not None
    assert shown.kernel.shape == (4, 16)
    assert shown.input_name(0) == "sepal length (cm)"
    assert view.origin.text() == "Not trained yet: the first weights of seed 0"
    seed = person.window.document.project.training.edited(seed=5)
    project = person.window.document.project.model_copy(update={"training": seed})
    person.window.document.edit("Change", project=project)
    assert view.origin.text() == "Not trained yet: the first weights of seed 5"
    assert (view.web.unfolded.kernel != shown.kernel).any()


def test_the_value_under_the_pointer_is_said(person: Person, view: NeuronView) -> None:
    point(person, view, LINK)
    assert view.web.pointed == LINK
    assert view.reading.sentence.startswith("dense_1 weight, sepal width (cm) → 2 = ")
    point(person, view, BIAS)
    assert view.reading.sentence == "dense_1 bias of 1 = 0"
    person.qtbot.mouseMove(view.web, QPoint(3, 3))
    assert view.web.pointed is None
    assert view.reading.sentence == ""


def test_classes_name_the_neurons_of_the_output(person: Person, view: NeuronView) -> None:
    document = person.window.document
    document.set_focus(Focus(layers=(document.project.design.node("dense_2").id,)))
    assert view.web.unfolded is not None
    assert view.web.unfolded.unit_names == ("setosa", "versicolor", "virginica")


def test_large_layers_show_the_first_and_last(person: Person) -> None:
    person.begin("digits")
    view = unfold(person, "dense_1")
    place = view.web.lay_out()
    assert place is not None
    numbers = list(place.before.heights)
    assert (numbers[0], numbers[-1]) == (0, 63)
    assert place.before.left_out == 64 - len(numbers) > 0
    assert not view.web.grab().isNull()


@pytest.mark.parametrize(
    ("layer", "sentence"),
    [
        (layers.Dropout(), "dropout_1 has no weights: Dropout trains nothing."),
        (layers.BatchNormalization(), "batch_normalization_1 scales each unit by itself"),
        (layers.Activation(), "activation_1 has no weights"),
    ],
)
def test_layers_without_links_say_why(person: Person, layer: layers.Layer, sentence: str) -> None:
    person.begin("iris")
    person.add(layer)
    person.press(Qt.Key.Key_U)
    view = person.window.canvas.neurons
    assert view.body.sentence.startswith(sentence)


def test_a_layer_without_input_says_what_is_missing(person: Person) -> None:
    person.begin("iris")
    canvas, document = person.window.canvas, person.window.document
    design = document.project.design.add(layers.Dense(), "alone", splice=False)
    document.edit("Add", project=document.project.model_copy(update={"design": design}))
    view = unfold(person, "alone")
    assert "before it has an input and the data" in view.body.sentence
    assert canvas.neurons is view
    document.set_focus(Focus(layers=(design.inputs[0],)))
    assert "the rows of the data enter here" in view.body.sentence


def test_it_follows_the_selection_and_goes_from_layer_to_layer(
    person: Person, view: NeuronView
) -> None:
    document = person.window.document
    person.press(Qt.Key.Key_PageDown, view.web)
    assert view.title.text() == "Neurons of dense_2"
    names = [document.project.design.node(each).name for each in document.focus.layers]
    assert names == ["dense_2"]
    person.press(Qt.Key.Key_PageUp, view.web)
    assert view.title.text() == "Neurons of dense_1"


def test_it_leaves_the_keyboard_to_whoever_selects(person: Person, view: NeuronView) -> None:
    document = person.window.document
    person.do("find")
    finder = person.window.canvas.finder
    person.until(finder.isVisible)
    document.set_focus(Focus(layers=(document.project.design.node("dense_2").id,)))
    assert view.title.text() == "Neurons of dense_2"
    assert not view.web.hasFocus()
    assert finder.isVisible()


def test_it_folds_when_the_layer_goes_or_another_project_comes(
    person: Person, view: NeuronView
) -> None:
    person.press(Qt.Key.Key_Delete, view.web)
    assert person.window.document.project.design.has(view.hand.layer)
    person.window.canvas.delete_selection()
    assert not view.isVisible()
    unfold(person, "dense_2")
    assert view.isVisible()
    person.window.document.replace(State(person.window.document.project))
    assert not view.isVisible()


def test_arrows_walk_along_biases_and_weights(person: Person, view: NeuronView) -> None:
    web = view.web
    for key, pointed in (
        (Qt.Key.Key_Down, ("bias", 0, 0)),
        (Qt.Key.Key_Down, ("bias", 0, 1)),
        (Qt.Key.Key_Left, ("kernel", 0, 1)),
        (Qt.Key.Key_Down, ("kernel", 1, 1)),
        (Qt.Key.Key_Up, ("kernel", 0, 1)),
        (Qt.Key.Key_Up, ("kernel", 0, 1)),
        (Qt.Key.Key_Right, ("bias", 0, 1)),
    ):
        person.press(key, web)
        assert web.pointed == pointed
    person.press(Qt.Key.Key_Return, web)
    assert view.hand.field.isVisible()
    person.press(Qt.Key.Key_Escape, view.hand.field)
    assert not view.hand.field.isVisible()
    assert view.isVisible()


def test_colours_are_those_of_signed_values(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    stops = theme.LIGHT.diverging
    ends = [signed_color(value, 1.0).name().upper() for value in (-1.0, 0.0, 1.0)]
    assert ends[0] == stops[0]
    assert ends[2] == stops[-1]
    assert signed_color(9.0, 1.0) == signed_color(1.0, 1.0)


# ── while training ──────────────────────────────────────────────────────────────────────────


def test_weights_are_live_and_measured_only_while_seen(person: Person, view: NeuronView) -> None:
    wanted = Wanted("weights", view.hand.layer)
    assert wanted in person.window.workbench.wanted()
    point(person, view, LINK)
    before, sentence = view.web.unfolded, view.reading.sentence
    limit = view.web.limit.value
    person.train_for_long()
    person.until(lambda: view.origin.text() == "Live")
    person.until(lambda: view.reading.sentence != sentence)
    assert before is not None
    assert view.web.unfolded is not None
    assert (view.web.unfolded.kernel != before.kernel).any()
    assert view.web.limit.value >= limit
    assert view.web.pointed == LINK
    view.fold()
    assert view.wanted() == frozenset()
    person.do("stop")
    person.until_idle()


def test_what_training_left_is_shown_at_the_end(person: Person, view: NeuronView) -> None:
    person.change_training(epochs=3)
    trained = person.train_to_the_end()
    assert view.origin.text() == "After 3 epochs"
    assert view.web.unfolded is not None
    assert view.web.unfolded.kernel is kernel(trained, view)
    person.do("reset")
    assert view.origin.text().startswith("Not trained yet")


def test_weights_are_read_only_while_training(person: Person, view: NeuronView) -> None:
    person.train_for_long()
    at = point(person, view, LINK)
    person.qtbot.mouseDClick(view.web, Qt.MouseButton.LeftButton, pos=at)
    assert person.notes[-1] == LOCKED
    assert not view.hand.field.isVisible()
    view.hand.field.written.emit(LINK, 1.0)
    assert person.notes[-1] == LOCKED
    person.do("stop")
    person.until_idle()


# ── by hand ─────────────────────────────────────────────────────────────────────────────────


def test_a_weight_set_by_hand_is_one_step_that_can_be_undone(
    person: Person, view: NeuronView
) -> None:
    person.change_training(epochs=2)
    before = person.train_to_the_end()
    write(person, view, LINK, "-0,25")
    after = person.window.document.trained
    assert kernel(after, view)[1, 2] == -0.25
    assert after is not None
    assert after.slots is before.slots
    text = person.window.commands["undo"].text().replace("&", "")
    assert text == "Undo Set the weight sepal width (cm) → 2 of dense_1"
    assert view.reading.sentence.endswith("= −0.250")
    person.do("undo")
    assert person.window.document.trained is before
    person.do("redo")
    assert kernel(person.window.document.trained, view)[1, 2] == -0.25


def test_untrained_weights_can_be_set_and_undone_to_none(person: Person, view: NeuronView) -> None:
    write(person, view, BIAS, "0.5")
    assert kernel(person.window.document.trained, view, "bias")[1] == 0.5
    assert view.web.unfolded is not None
    assert view.web.unfolded.value(BIAS) == 0.5
    person.do("undo")
    assert person.window.document.trained is None


def test_what_is_no_number_is_refused_in_one_sentence(person: Person, view: NeuronView) -> None:
    write(person, view, LINK, "much")
    assert person.notes[-1] == "“much” is not a number; write one such as −0.25."
    assert view.hand.field.isVisible()
    view.hand.field.setText("1e99")
    person.press(Qt.Key.Key_Return, view.hand.field)
    assert person.notes[-1] == "1e+99 cannot be a weight; write a finite number."
    assert person.window.document.trained is None


def test_the_field_holds_the_very_number(person: Person, view: NeuronView) -> None:
    shown = view.web.unfolded
    assert shown is not None
    at = point(person, view, LINK)
    person.qtbot.mouseDClick(view.web, Qt.MouseButton.LeftButton, pos=at)
    assert np.float32(view.hand.field.text()) == shown.kernel[1, 2]
    person.press(Qt.Key.Key_Escape, view.hand.field)


def test_it_can_be_used_in_both_themes_and_small(person: Person, window: MainWindow) -> None:
    person.begin("iris")
    window.look.dark()
    view = unfold(person, "dense_1")
    window.resize(960, 600)
    assert view.geometry() == window.canvas.rect()
    assert all(
        button.toolTip() and button.accessibleName()
        for button in (view._before, view._behind, view._close)
    )
    window.look.light()
