"""The undo history: a thousand steps in little memory, as a list that goes anywhere."""

import tracemalloc

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication

from engine import layers
from engine.design import Design
from engine.trainer import Trainer
from gui import document as documents
from gui.dialogs.history import HistoryDialog
from gui.document import LOCKED_NOTE, UNDO_STEPS, Document, State
from gui.main_window import MainWindow
from tests.gui.panels.runs import classification, project
from tests.gui.person import Person

WIDTH = 400  # units: a network of some 200,000 weights


@pytest.fixture
def document(qapp: QApplication) -> Document:
    """A trained network; its weights and what the optimizer keeps take some megabytes."""
    made = project(classification(), epochs=1)
    wide = (layers.Dense(WIDTH), layers.Dense(WIDTH), layers.Dense(3, activation="softmax"))
    document = Document()
    document.replace(State(made.edited(design=Design.chain(layers.Input(), *wide))))
    document.set_prepared(classification())
    train(document)
    return document


def train(document: Document) -> None:
    *_, last = Trainer(document.project, prepared=classification()).run()
    document.absorb(last.trained)


def nbytes(document: Document) -> int:
    trained = document.trained
    assert trained is not None
    groups = (trained.weights, *trained.slots.values())
    return sum(array.nbytes for group in groups for array in group.values())


def edit(document: Document, count: int) -> None:
    """An edit of the design, and one of the training recipe, in turn."""
    made = document.project
    if count % 2:
        recipe = made.training.edited(seed=count)
        document.edit(f"Seed {count}", project=made.edited(training=recipe))
    elif any(node.name == "extra" for node in made.design.nodes):
        document.edit(
            "Remove", project=made.edited(design=made.design.remove(["extra"], heal=True))
        )
    else:
        design = made.design.add(layers.Dropout(0.5), "extra", after=["dense_1"])
        document.edit("Add", project=made.edited(design=design))


def test_a_thousand_steps_share_the_weights_of_a_trained_network(document: Document) -> None:
    first, one = document.trained, nbytes(document)
    assert first is not None
    tracemalloc.start()
    for count in range(UNDO_STEPS):
        edit(document, count)
    grown = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert document.undo_stack.count() == UNDO_STEPS >= 1_000
    assert grown < 4 * one  # a copy a step would be a thousand
    assert document.trained is not None
    assert document.trained.weights["n3", "kernel"] is first.weights["n3", "kernel"]
    document.go_to(0)
    assert document.trained is not None
    assert document.trained.weights.keys() == first.weights.keys()


def test_trainings_of_long_ago_lose_their_weights_first(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "UNDO_BYTES", 3.5 * nbytes(document))
    for count in range(1, 12, 2):
        train(document)
        edit(document, count)
    held = [bool(_before(document, index)) for index in range(document.undo_stack.count())]
    assert held == [False, False, False, True, True, True]
    document.go_to(0)
    assert document.trained is not None  # an edit of the recipe leaves the weights alone


def _before(document: Document, index: int) -> object:
    return document.undo_stack.command(index).before.trained


def test_going_to_a_step_is_told_once_and_undone_the_same_way(document: Document) -> None:
    states = [document.state]
    for count in range(8):
        edit(document, count)
        states.append(document.state)
    told: list[tuple[State, State]] = []
    document.document_changed.connect(lambda before, after: told.append((before, after)))
    document.go_to(3)
    assert document.project == states[3].project
    document.go_to(7)
    assert document.project == states[7].project
    assert [after.project for _, after in told] == [states[3].project, states[7].project]
    document.go_to(7)
    assert len(told) == 2


def test_steps_of_the_design_stay_while_training_runs(document: Document) -> None:
    edit(document, 1)
    edit(document, 2)
    edit(document, 3)
    notes: list[str] = []
    document.noted.connect(notes.append)
    document.set_locked(True)
    document.go_to(0)
    assert document.undo_stack.index() == 3
    assert notes == [LOCKED_NOTE]
    document.go_to(2)
    assert document.undo_stack.index() == 2


# ── the list ────────────────────────────────────────────────────────────────────────────────


def rows(dialog: HistoryDialog, role: Qt.ItemDataRole) -> list[str]:
    model = dialog.list.model()
    return [model.index(row, 0).data(role) for row in range(model.rowCount())]


def index_of(dialog: HistoryDialog, row: int) -> QModelIndex:
    return dialog.list.model().index(row, 0)


def test_the_list_names_every_step_and_goes_where_it_is_clicked(
    person: Person, window: MainWindow
) -> None:
    person.begin("xor")
    begun = window.document.project
    person.add(layers.Dropout(0.25))
    person.do("history")
    dialog = person.dialog(HistoryDialog)
    person.add(layers.Dropout(0.5))
    words = rows(dialog, Qt.ItemDataRole.DisplayRole)
    assert words[0] == "Beginning"
    assert len(words) == 3
    spot = dialog.list.visualRect(index_of(dialog, 0)).center()
    person.qtbot.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert window.document.project == begun
    spoken = rows(dialog, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == ["Beginning, now", *(f"{word}, undone" for word in words[1:])]
    dialog.list.setCurrentIndex(index_of(dialog, 2))
    dialog.list.activated.emit(index_of(dialog, 2))
    assert window.document.undo_stack.index() == 2
    person.do("history")
    assert person.dialogs(HistoryDialog) == [dialog]
    dialog.close()


def test_the_list_is_painted_in_the_theme(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    person.add(layers.Dropout(0.25))
    person.do("history")
    dialog = person.dialog(HistoryDialog)
    picture = dialog.grab().toImage()
    assert not picture.isNull()
    dialog.close()


def test_weights_are_the_same_arrays_after_going_back_and_forth(document: Document) -> None:
    kernel = document.trained and document.trained.weights["n2", "kernel"]
    for count in range(5):
        edit(document, count)
    document.go_to(0)
    document.go_to(5)
    assert document.trained is not None
    assert document.trained.weights["n2", "kernel"] is kernel
    assert isinstance(kernel, np.ndarray)
