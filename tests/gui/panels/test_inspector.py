"""The inspector: shows what is chosen, and turns what a person changes there into edits."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from engine import layers
from engine.activations import Activation
from engine.data.dataset import DataFacts
from engine.design import Design
from engine.layers import Add, BatchNormalization, Dense, Dropout, Input, Layer
from engine.project import Project
from gui import formula, theme
from gui.document import Document, Focus, State
from gui.formula import FormulaView, lines_of
from gui.panels.inspector import Inspector
from gui.requests import ChangeFocus, Edit

FACTS = DataFacts(
    name="digits",
    rows=1797,
    width=64,
    task="classification",
    classes=tuple("0123456789"),
    targets=1,
    target_name="digit",
    feature_names=tuple(f"pixel {number}" for number in range(64)),
)


def skipping() -> Project:
    """Input, Dense 64, Dropout, an Add of Dropout and Input, Dense 10."""
    design = Design.chain(Input(), Dense(64, activation="relu"), Dropout(0.2))
    design = design.add(Add(), after=["dropout_1", "input"], splice=False)
    design = design.add(Dense(10, activation="softmax"), after=["add_1"])
    return Project(name="Handwritten digits", design=design)


class Bench:
    """An inspector beside a document, wired as the main window wires them."""

    def __init__(self, qtbot: QtBot, project: Project) -> None:
        self.qtbot = qtbot
        self.document = Document()
        self.panel = Inspector()
        qtbot.addWidget(self.panel)
        self.requests: list[object] = []
        self.panel.requested.connect(self._act)
        self.document.document_changed.connect(lambda _, after: self.show(after))
        self.document.focus_changed.connect(self.panel.show_focus)
        self.document.locked_changed.connect(self.panel.show_locked)
        self.document.replace(State(project))
        self.panel.resize(272, 600)
        self.panel.show()

    def show(self, state: State) -> None:
        self.panel.show_state(state, FACTS)

    def choose(self, *names: str) -> None:
        ids = tuple(self.document.project.design.node(name).id for name in names)
        self.document.set_focus(Focus(layers=ids))

    def layer(self, name: str) -> Layer:
        return self.document.project.design.node(name).layer

    def texts(self) -> list[str]:
        QApplication.processEvents()  # what has just been added shows with the next event
        labels = self.panel.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible() and label.text()]

    def _act(self, request: object) -> None:
        self.requests.append(request)
        if isinstance(request, Edit):
            self.document.edit(request.text, project=request.project, merge=request.merge)
        elif isinstance(request, ChangeFocus):
            self.document.set_focus(request.focus)


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot, skipping())


# ── nothing chosen, several chosen ──────────────────────────────────────────────────────────────


def test_with_nothing_chosen_it_shows_the_totals_of_the_design(bench: Bench) -> None:
    texts = bench.texts()
    assert texts[:4] == ["Handwritten digits", "whole design", "4,810", "parameters"]
    assert "Error: no data is chosen" in texts
    assert texts[texts.index("Layers") + 1] == "5"
    assert texts[texts.index("Depth") + 1] == "5"


def test_an_empty_design_says_what_to_do(qtbot: QtBot) -> None:
    texts = Bench(qtbot, Project()).texts()
    assert any(text.startswith("Error: ") for text in texts)
    assert "0" in texts


def test_parameters_are_not_claimed_before_the_data_is_known(bench: Bench) -> None:
    bench.panel.show_state(bench.document.state, None)
    assert "–" in bench.texts()
    assert "4,810" not in bench.texts()


def test_several_layers_show_their_totals(bench: Bench) -> None:
    bench.choose("dense_1", "dense_2")
    texts = bench.texts()
    assert texts[0] == "2 layers"
    assert "4,810" in texts
    assert texts[texts.index("dense_1") + 1] == "4,160"
    assert texts[texts.index("dense_2") + 1] == "650"
    assert "✓ No problems" in texts


def test_a_problem_leads_to_its_layer(bench: Bench) -> None:
    design = bench.document.project.design.add(Dense(3))
    bench.document.edit("Add Dense", project=bench.document.project.edited(design=design))
    texts = bench.texts()
    assert "Error: dense_3 has no input" in texts
    go = next(each for each in bench.panel.findChildren(QToolButton) if each.isVisible())
    bench.qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    assert bench.document.focus.layers == (design.node("dense_3").id,)
    assert "Error: dense_3 has no input" in bench.texts()
    assert "Drag from another layer's output port to it." in bench.texts()


# ── one layer ───────────────────────────────────────────────────────────────────────────────────


def test_one_layer_shows_name_kind_and_shapes(bench: Bench) -> None:
    bench.choose("dense_1")
    assert bench.panel.layer_page.name.text() == "dense_1"
    assert "Dense" in bench.texts()
    assert "X (n, 64) · W (64, 64) · b (64)" in bench.texts()


def test_merging_layers_show_every_input(bench: Bench) -> None:
    bench.choose("add_1")
    assert "X₁ (n, 64) · X₂ (n, 64)" in bench.texts()
    assert Add.tip in bench.texts()


def test_an_input_shows_the_width_of_the_data(bench: Bench) -> None:
    bench.choose("input")
    assert "X (n, 64)" in bench.texts()


def test_normalisation_shows_what_it_learns(qtbot: QtBot) -> None:
    design = Design.chain(Input(), BatchNormalization())
    bench = Bench(qtbot, Project(design=design))
    bench.choose("batch_normalization_1")
    assert "X (n, 64) · γ (64) · β (64)" in bench.texts()


def test_shapes_are_left_out_while_they_are_not_known(bench: Bench) -> None:
    bench.choose("dense_1")
    bench.panel.show_state(bench.document.state, None)
    assert not any("X (n" in text for text in bench.texts())


def test_changing_units_is_an_edit_with_a_name_and_shapes_follow(bench: Bench) -> None:
    bench.choose("dense_1")
    form = bench.panel.layer_page.form
    assert form is not None
    box = form.editor("units").box
    box.lineEdit().selectAll()
    bench.qtbot.keyClicks(box.lineEdit(), "64" + "0")
    bench.qtbot.keyClick(box, Qt.Key.Key_Return)
    assert bench.layer("dense_1") == Dense(640, activation="relu")
    assert bench.document.undo_stack.undoText() == "Change units of dense_1"
    assert "X (n, 64) · W (64, 640) · b (640)" in bench.texts()


def test_arrow_presses_are_one_step_of_undo_and_undo_shows_in_the_form(bench: Bench) -> None:
    bench.choose("dense_1")
    form = bench.panel.layer_page.form
    assert form is not None
    box = form.editor("units").box
    for _ in range(3):
        bench.qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.text() == "67"
    assert bench.document.undo_stack.count() == 1
    bench.document.undo()
    assert box.text() == "64"


def test_edits_of_two_layers_are_two_steps(bench: Bench) -> None:
    for name in ("dense_1", "dense_2"):
        bench.choose(name)
        form = bench.panel.layer_page.form
        assert form is not None
        bench.qtbot.keyClick(form.editor("units").box, Qt.Key.Key_Up)
    assert bench.document.undo_stack.count() == 2


def test_each_kind_of_layer_keeps_its_form(bench: Bench) -> None:
    bench.choose("dense_1")
    dense = bench.panel.layer_page.form
    bench.choose("dropout_1")
    assert bench.panel.layer_page.form is not dense
    assert dense is not None
    assert not dense.isVisible()
    bench.choose("dense_2")
    assert bench.panel.layer_page.form is dense
    assert dense.editor("units").box.text() == "10"


def test_deleting_the_chosen_layer_goes_back_to_the_totals(bench: Bench) -> None:
    bench.choose("dropout_1")
    design = bench.document.project.design.remove(["dropout_1"], heal=True)
    bench.document.edit("Delete", project=bench.document.project.edited(design=design))
    assert bench.texts()[0] == "Handwritten digits"


def test_while_training_it_is_read_only_and_says_why(bench: Bench) -> None:
    bench.choose("dense_1")
    bench.document.set_locked(True)
    assert not bench.panel.layer_page.name.isEnabled()
    assert bench.panel.layer_page.form is not None
    assert not bench.panel.layer_page.form.isEnabled()
    assert any("training" in text for text in bench.texts())
    bench.choose("dropout_1")
    assert not bench.panel.layer_page.form.isEnabled()
    bench.document.set_locked(False)
    assert bench.panel.layer_page.form.isEnabled()


# ── the name ────────────────────────────────────────────────────────────────────────────────────


def rename(bench: Bench, text: str) -> None:
    name = bench.panel.layer_page.name
    name.selectAll()
    bench.qtbot.keyClicks(name, text)
    bench.qtbot.keyClick(name, Qt.Key.Key_Return)


def test_a_layer_is_renamed(bench: Bench) -> None:
    bench.choose("dense_1")
    rename(bench, "hidden")
    assert isinstance(bench.layer("hidden"), Dense)
    assert bench.document.undo_stack.undoText() == "Rename dense_1 to hidden"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("dense_2", "There is already a layer named 'dense_2'."),
        ("a/b", '1 to 80 characters without "/"'),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_the_reason(
    bench: Bench, name: str, reason: str
) -> None:
    bench.choose("dense_1")
    rename(bench, name)
    assert any(reason in text for text in bench.texts())
    assert bench.document.undo_stack.count() == 0
    bench.choose("dropout_1")
    assert bench.panel.layer_page.name.text() == "dropout_1"
    assert not any(reason in text for text in bench.texts())


def test_the_same_name_again_is_no_edit(bench: Bench) -> None:
    bench.choose("dense_1")
    rename(bench, "dense_1")
    assert bench.requests == []


# ── formulas ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("layer", "lines"),
    [
        (Dense(4), ("A = X W + b",)),
        (Dense(4, bias=False), ("A = X W",)),
        (Dense(4, activation="tanh"), ("Z = X W + b", r"A = \tanh Z")),
        (layers.Activation("relu"), (r"A = \max(0, Z)",)),
        (layers.Activation("linear"), ("A = Z",)),
        (Input(), ("A = X",)),
    ],
)
def test_formulas_are_those_of_the_layer_as_it_is_set_up(
    layer: Layer, lines: tuple[str, ...]
) -> None:
    assert lines_of(layer) == lines


@pytest.mark.parametrize("kind", Layer.family.values(), ids=Layer.family)
def test_every_layers_formula_can_be_set(kind: type[Layer]) -> None:
    assert lines_of(kind())
    for line in lines_of(kind()):
        assert b"<path" in formula.svg(line, "#123456")


@pytest.mark.parametrize("kind", Activation.family.values(), ids=Activation.family)
def test_every_activations_formula_can_be_set(kind: type[Activation]) -> None:
    for line in lines_of(Dense(4, activation=kind())):
        assert re.search(rb"#123456", formula.svg(line, "#123456"))


def test_formulas_are_drawn_in_the_colour_of_the_text(qapp: QApplication, bench: Bench) -> None:
    bench.choose("dense_1")
    view = bench.panel.findChild(FormulaView)
    assert view is not None
    light = view.grab().toImage()
    try:
        theme.apply(qapp, "dark")
        bench.panel.apply_theme()
        assert view.grab().toImage() != light
    finally:
        theme.apply(qapp, "light")


def test_a_wide_formula_is_made_to_fit(qtbot: QtBot) -> None:
    view = FormulaView()
    qtbot.addWidget(view)
    view.show_lines((r"A = " + " + ".join("X" for _ in range(60)),))
    view.resize(200, view.sizeHint().height())
    image = view.grab().toImage()
    ink = theme.color("text")
    edge = [image.pixelColor(x, y) for x in (0, 1, 198, 199) for y in range(image.height())]
    assert view.sizeHint().width() > 200
    assert all(color != ink for color in edge)


def test_the_typesetter_can_be_warmed() -> None:
    formula.warm()
    assert formula.svg.cache_info().currsize
