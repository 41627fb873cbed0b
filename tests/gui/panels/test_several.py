"""Several chosen layers: the inspector shows and edits what they have in common."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.activations import LeakyRelu
from engine.design import Design
from engine.layers import Add, BatchNormalization, Dense, Dropout, Input, LayerNormalization
from engine.project import Project
from gui.form_editors import SEVERAL_VALUES
from gui.forms import Form
from gui.pages.layers_page import shared, with_path
from tests.gui.panels.test_inspector import Bench

CHAIN = (
    Input(),
    Dense(64, activation="relu"),
    Dense(32, activation="relu", bias=False),
    Dropout(0.2),
    BatchNormalization(),
    LayerNormalization(),
    Dense(10, activation="softmax"),
    Add(),
)


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot, Project(name="several", design=Design.chain(*CHAIN)))


def form(bench: Bench) -> Form:
    assert bench.panel.layers_page.form is not None
    return bench.panel.layers_page.form


def type_in(bench: Bench, path: str, text: str) -> None:
    box = form(bench).editor(path).box
    box.line.setFocus()
    box.line.selectAll()
    bench.qtbot.keyClicks(box.line, text)
    bench.qtbot.keyClick(box.line, Qt.Key.Key_Return)


def test_what_is_equal_is_shown_and_what_differs_is_said(bench: Bench) -> None:
    bench.choose("dense_1", "dense_2")
    assert bench.texts()[:2] == ["2 layers", "2 × Dense"]
    units, activation, bias = (form(bench).editor(n).box for n in ("units", "activation", "bias"))
    assert (units.text(), units.line.placeholderText()) == ("", SEVERAL_VALUES)
    assert activation.currentText() == "ReLU"
    assert bias.checkState() == Qt.CheckState.PartiallyChecked
    bench.choose("dense_1", "dense_3")
    assert (activation.currentIndex(), activation.toolTip()) == (-1, SEVERAL_VALUES)
    assert bias.checkState() == Qt.CheckState.Checked


def test_one_edit_of_all_is_one_step(bench: Bench) -> None:
    bench.choose("dense_1", "dense_2", "dense_3")
    type_in(bench, "units", "64")
    assert [bench.layer(f"dense_{k}").units for k in (1, 2, 3)] == [64, 64, 64]
    assert bench.document.undo_stack.count() == 1
    assert bench.document.undo_stack.undoText() == "Change units of 3 layers"
    assert bench.layer("dense_2").bias is False, "other options stay as they were"
    assert form(bench).editor("units").box.text() == "64"
    bench.document.undo()
    assert [bench.layer(f"dense_{k}").units for k in (1, 2, 3)] == [64, 32, 10]
    assert form(bench).editor("units").box.text() == ""


def test_a_box_half_on_is_switched_on_for_all(bench: Bench) -> None:
    bench.choose("dense_1", "dense_2")
    form(bench).editor("bias").box.click()
    assert bench.layer("dense_1").bias
    assert bench.layer("dense_2").bias
    form(bench).editor("bias").box.click()
    assert not bench.layer("dense_1").bias
    assert not bench.layer("dense_2").bias
    assert bench.document.undo_stack.count() == 2


def test_a_choice_among_several_is_made_for_all(bench: Bench) -> None:
    bench.choose("dense_1", "dense_3")
    box = form(bench).editor("activation").box
    index = box.findText("Leaky ReLU")
    box.setCurrentIndex(index)
    box.activated.emit(index)
    assert isinstance(bench.layer("dense_1").activation, LeakyRelu)
    assert isinstance(bench.layer("dense_3").activation, LeakyRelu)


def test_an_option_within_a_choice_leaves_the_others_alone(bench: Bench) -> None:
    project = bench.document.project
    design = project.design
    for name, slope in (("dense_1", 0.1), ("dense_2", 0.2)):
        layer = design.node(name).layer.edited(activation=LeakyRelu(slope))
        design = design.replace(name, layer)
    bench.document.edit("Change", project=project.model_copy(update={"design": design}))
    bench.choose("dense_1", "dense_2")
    path = f"activation.{next(iter(LeakyRelu.model_fields))}"
    assert form(bench).editor(path).box.text() == ""
    type_in(bench, path, "0.3")
    assert bench.layer("dense_1").activation == bench.layer("dense_2").activation == LeakyRelu(0.3)
    assert (bench.layer("dense_1").units, bench.layer("dense_2").units) == (64, 32)


def test_layers_of_different_kinds_show_what_means_the_same(bench: Bench) -> None:
    bench.choose("batch_normalization_1", "layer_normalization_1")
    assert list(form(bench).rows) == ["epsilon"]
    bench.choose("dense_1", "dropout_1")
    assert bench.panel.layers_page.form is None
    assert "These layers have no option in common." in bench.texts()
    assert shared((Add(), Add())) == ()


def test_what_cannot_be_is_refused_in_the_form(bench: Bench) -> None:
    bench.choose("dense_1", "dense_2")
    type_in(bench, "units", "-3")
    assert "Units must be a whole number" in form(bench).row("units").reason
    assert not bench.document.undo_stack.count()


def test_arrows_begin_from_the_usual_value(bench: Bench) -> None:
    bench.choose("dense_1", "dense_2")
    form(bench).editor("units").box.stepBy(1)
    assert bench.layer("dense_1").units == bench.layer("dense_2").units == 65


def test_training_makes_it_read_only(bench: Bench) -> None:
    bench.choose("dense_1", "dense_2")
    bench.document.set_locked(True)
    assert not form(bench).isEnabled()
    bench.choose("batch_normalization_1", "layer_normalization_1")
    assert not form(bench).isEnabled()
    bench.document.set_locked(False)
    assert form(bench).isEnabled()


def test_a_path_leads_into_choices() -> None:
    layer = Dense(8, activation=LeakyRelu(0.1))
    path = f"activation.{next(iter(LeakyRelu.model_fields))}"
    assert with_path(layer, path, 0.4) == Dense(8, activation=LeakyRelu(0.4))
