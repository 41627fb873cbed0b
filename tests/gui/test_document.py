from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine import layers
from engine.project import Project, Trained, TrainingRecipe
from engine.trainer import Trainer
from gui.document import LOCKED_NOTE, Document, Focus, State
from tests.gui.panels.runs import classification, project


@pytest.fixture
def document(qapp: QApplication) -> Document:
    document = Document()
    document.replace(State(project(classification(), epochs=1)))
    document.set_prepared(classification())
    return document


@pytest.fixture
def notes(document: Document) -> list[str]:
    said: list[str] = []
    document.noted.connect(said.append)
    return said


def trained(document: Document) -> Trained:
    *_, last = Trainer(document.project, prepared=classification()).run()
    return last.trained


def add(kind: layers.Layer) -> Callable[[Project], Project]:
    return lambda before: before.edited(design=before.design.add(kind, after=["dense_1"]))


def test_an_edit_is_one_named_step_that_can_be_undone_and_redone(document: Document) -> None:
    before = document.state
    assert document.edit("Add Dropout", project=add(layers.Dropout())(before.project))
    after = document.state
    assert document.undo_stack.undoText() == "Add Dropout"
    document.undo()
    assert document.state == before
    assert document.undo_stack.redoText() == "Add Dropout"
    document.redo()
    assert document.state == after


def test_everybody_is_told_the_states_before_and_after(qtbot: QtBot, document: Document) -> None:
    before = document.state
    with qtbot.waitSignal(document.document_changed) as told:
        document.edit("Rename", project=before.project.edited(name="other"))
    assert told.args == [before, document.state]


def test_an_edit_that_changes_nothing_is_no_step(document: Document) -> None:
    assert document.edit("Nothing", project=document.project)
    assert not document.undo_stack.count()


def test_steps_with_one_key_are_one_and_others_are_not(document: Document) -> None:
    start = document.project
    for epochs, merge in ((5, "epochs"), (6, "epochs"), (7, None), (8, "epochs")):
        recipe = TrainingRecipe(epochs=epochs)
        document.edit("Change epochs", project=start.edited(training=recipe), merge=merge)
    assert document.undo_stack.count() == 3
    for epochs in (7, 6):
        document.undo()
        assert document.project.training.epochs == epochs
    document.undo()
    assert document.project is start


def test_while_training_the_design_is_refused_and_the_recipe_is_not(
    document: Document, notes: list[str]
) -> None:
    before = document.project
    document.set_locked(True)
    assert not document.edit("Add Dropout", project=add(layers.Dropout())(before))
    assert document.project is before
    assert notes == [LOCKED_NOTE]
    assert document.edit("Rename", project=before.edited(name="other"))
    document.set_locked(False)
    assert document.edit("Add Dropout", project=add(layers.Dropout())(document.project))


def test_while_training_steps_of_the_design_cannot_be_undone(
    document: Document, notes: list[str]
) -> None:
    document.edit("Add Dropout", project=add(layers.Dropout())(document.project))
    edited = document.project
    document.set_locked(True)
    document.undo()
    assert document.project is edited
    assert notes == [LOCKED_NOTE]
    document.edit("Rename", project=edited.edited(name="other"))
    document.undo()
    assert document.project is edited
    document.set_locked(False)
    document.undo()
    document.set_locked(True)
    document.redo()
    assert not document.undo_stack.index()


def test_undoing_with_nothing_to_undo_does_nothing(document: Document) -> None:
    before = document.state
    document.undo()
    document.redo()
    assert document.state is before


def test_an_edit_keeps_the_weights_that_fit_and_says_so(
    document: Document, notes: list[str]
) -> None:
    document.absorb(trained(document))
    kernel = document.trained.weights["n2", "kernel"]
    wider = document.project.design.replace("dense_2", layers.Dense(units=4))
    document.edit("Change units", project=document.project.edited(design=wider))
    assert document.trained.weights["n2", "kernel"] is kernel
    assert ("n3", "kernel") not in document.trained.weights
    assert "dense_1" in notes[-1]
    assert "dense_2 begins anew" in notes[-1]


def test_undoing_an_edit_brings_back_its_weights_and_redoing_what_was_trained_since(
    document: Document,
) -> None:
    first = trained(document)
    document.absorb(first)
    document.edit("Add Dropout", project=add(layers.Dropout())(document.project))
    second = trained(document)
    document.absorb(second)
    document.undo()
    assert document.trained is first
    document.redo()
    assert document.trained is second


def test_undoing_what_has_nothing_to_do_with_weights_leaves_them(document: Document) -> None:
    document.edit("Rename", project=document.project.edited(name="other"))
    made = trained(document)
    document.absorb(made)
    document.undo()
    assert document.project.name == "little"
    assert document.trained is made


def test_resetting_the_weights_is_a_step(document: Document) -> None:
    made = trained(document)
    document.absorb(made)
    document.edit("Reset weights", trained=None)
    assert document.trained is None
    document.undo()
    assert document.trained is made


def test_modified_is_about_what_the_file_holds(qtbot: QtBot, document: Document) -> None:
    said: list[bool] = []
    document.modified_changed.connect(said.append)
    document.edit("Rename", project=document.project.edited(name="other"))
    document.mark_saved(Path("other.h5"))
    assert document.path == Path("other.h5")
    document.undo()
    document.redo()
    document.absorb(trained(document))
    assert said == [True, False, True, False, True]
    assert document.modified


def test_another_document_has_nothing_to_undo(document: Document) -> None:
    document.edit("Rename", project=document.project.edited(name="other"))
    document.set_focus(Focus(layers=("n2",)))
    document.replace(State(Project(name="new")), Path("new.h5"))
    assert not document.undo_stack.count()
    assert not document.modified
    assert document.focus == Focus()
    assert document.path == Path("new.h5")
    assert (document.prepared, document.facts) == (None, None)


def test_facts_come_with_the_weights_until_the_data_is_there(document: Document) -> None:
    made = trained(document)
    document.replace(State(document.project, made))
    assert document.facts is made.facts
    assert document.walk.widths["n3"] == 3


def test_widths_follow_the_design_and_the_data(document: Document) -> None:
    assert document.walk.widths == {"n1": 4, "n2": 5, "n3": 3}
    kept = document.walk
    document.edit("Rename", project=document.project.edited(name="other"))
    assert document.walk is kept, "nothing that a width depends on has changed"
    document.set_prepared(None)
    assert document.walk.widths == {}


def test_problems_are_those_of_design_data_and_recipe(document: Document) -> None:
    two = document.project.design.replace("dense_2", layers.Dense(2, activation="softmax"))
    document.edit("Change units", project=document.project.edited(design=two))
    assert any(each.where == "n3" for each in document.problems)
    assert any(each.where == "data" for each in document.problems)


def test_new_data_makes_the_rows_of_the_old_useless(document: Document) -> None:
    from engine.data.recipe import DataRecipe
    from engine.data.sources import Iris

    document.edit("Choose data", project=document.project.edited(data=DataRecipe(source=Iris())))
    assert document.prepared is None


def test_focus_forgets_layers_that_are_gone(qtbot: QtBot, document: Document) -> None:
    document.set_focus(Focus(layers=("n2", "n3"), rows=(1,)))
    without = document.project.design.remove(["n3"])
    with qtbot.waitSignal(document.focus_changed):
        document.edit("Delete", project=document.project.edited(design=without))
    assert document.focus == Focus(layers=("n2",), rows=(1,))


def test_what_stays_the_same_is_not_told(document: Document) -> None:
    told: list[object] = []
    for signal in (document.focus_changed, document.locked_changed, document.path_changed):
        signal.connect(told.append)
    document.set_focus(Focus())
    document.set_locked(False)
    document.replace(replace(document.state))
    assert not told
