"""The training panel: the recipe as a form, and the learning rate of a run under way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.optimizers import SGD, Adam
from engine.project import Project, TrainingRecipe
from gui.document import Document, State
from gui.panels.training import TrainingPanel
from gui.requests import ChangeLearningRate, Edit


class Bench:
    """A training panel beside a document, wired as the main window wires them."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.document = Document()
        self.panel = TrainingPanel()
        qtbot.addWidget(self.panel)
        self.requests: list[object] = []
        self.panel.requested.connect(self._act)
        self.document.document_changed.connect(lambda _, after: self.panel.show_state(after, None))
        self.document.locked_changed.connect(self.panel.show_locked)
        self.document.replace(State(Project()))
        self.panel.resize(272, 700)
        self.panel.show()

    @property
    def recipe(self) -> TrainingRecipe:
        return self.document.project.training

    def type_into(self, path: str, text: str) -> None:
        box = self.panel.form.editor(path).box
        box.lineEdit().selectAll()
        self.qtbot.keyClicks(box.lineEdit(), text)
        self.qtbot.keyClick(box, Qt.Key.Key_Return)

    def _act(self, request: object) -> None:
        self.requests.append(request)
        if isinstance(request, Edit):
            self.document.edit(request.text, project=request.project, merge=request.merge)


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_every_setting_is_there_and_the_main_ones_come_first(bench: Bench) -> None:
    names = list(bench.panel.form.rows)
    assert set(names) == set(TrainingRecipe.model_fields)
    assert names[:3] == ["optimizer", "batch_size", "epochs"]


def test_a_change_is_an_edit_with_a_name(bench: Bench) -> None:
    bench.type_into("epochs", "50")
    assert bench.recipe.epochs == 50
    assert bench.document.undo_stack.undoText() == "Change epochs"
    assert bench.panel.form.editor("epochs").box.text() == "50"


def test_the_learning_rate_is_the_optimizers(bench: Bench) -> None:
    bench.type_into("optimizer.learning_rate", "1e-05")
    assert bench.recipe.optimizer == Adam(1e-05)
    assert not any(isinstance(each, ChangeLearningRate) for each in bench.requests)
    assert bench.panel.form.editor("optimizer.learning_rate").box.text() == "1e-05"


def test_another_optimizer_comes_with_its_own_rate(bench: Bench) -> None:
    box = bench.panel.form.editor("optimizer").box
    box.activated.emit(box.findText(SGD.label))
    assert bench.recipe.optimizer == SGD()
    bench.document.undo()
    assert bench.recipe.optimizer == Adam()
    assert box.currentText() == Adam.label


def test_the_batch_size_may_be_all(bench: Bench) -> None:
    bench.type_into("batch_size", "all")
    assert bench.recipe.batch_size == "all"


def test_a_new_seed_is_one_press(bench: Bench) -> None:
    seeds = set()
    for _ in range(3):
        bench.qtbot.mouseClick(bench.panel.new_seed, Qt.MouseButton.LeftButton)
        seeds.add(bench.recipe.seed)
        assert bench.panel.form.editor("seed").box.text() == str(bench.recipe.seed)
    assert len(seeds) > 1
    assert bench.document.undo_stack.undoText() == "New seed"


def test_while_training_only_the_learning_rate_is_free_and_reaches_the_run(bench: Bench) -> None:
    bench.document.set_locked(True)
    form = bench.panel.form
    assert not form.editor("epochs").isEnabled()
    assert not form.editor("optimizer").isEnabled()
    assert not bench.panel.new_seed.isEnabled()
    bench.type_into("optimizer.learning_rate", "0.5")
    assert bench.recipe.optimizer == Adam(0.5)
    assert bench.requests[-1] == ChangeLearningRate(0.5)
    said = [each.text() for each in bench.panel.findChildren(QLabel) if each.isVisible()]
    assert any(text.startswith("While training") for text in said)
    bench.document.set_locked(False)
    assert form.editor("epochs").isEnabled()
    assert bench.panel.new_seed.isEnabled()


def test_a_refused_edit_leaves_the_form_as_the_document_is(qtbot: QtBot) -> None:
    panel = TrainingPanel()
    qtbot.addWidget(panel)
    panel.show_state(State(Project()), None)
    panel.form.editor("shuffle").box.click()
    assert panel.form.editor("shuffle").box.isChecked()


def test_it_takes_the_colours_of_the_theme(bench: Bench) -> None:
    before = bench.panel.new_seed.icon().cacheKey()
    bench.panel.apply_theme()
    assert bench.panel.new_seed.icon().cacheKey() >= before
