"""The outline: a row a layer, in step with the document; keys choose, go, rename and delete."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from engine import layers
from engine.design import Design
from engine.project import Project
from gui.document import State
from gui.main_window import MainWindow
from gui.panels.outline import OutlinePanel
from tests.gui.person import Person, panel


@pytest.fixture
def outline(person: Person, window: MainWindow) -> OutlinePanel:
    person.begin("iris")
    person.do("outline")
    made: OutlinePanel = panel(window, "outline")
    person.until(made.isVisible)
    return made


def rows(outline: OutlinePanel) -> list[list[str]]:
    model = outline.model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def chosen(window: MainWindow) -> list[str]:
    design = window.document.project.design
    return [design.node(each).name for each in window.document.focus.layers]


def test_it_says_name_kind_width_and_parameters_in_the_order_of_computing(
    person: Person, window: MainWindow, outline: OutlinePanel
) -> None:
    assert rows(outline)[0][:4] == ["iris", "Input", "4", "0"]
    last = rows(outline)[-1]
    assert last[1:3] == ["Dense", "3"]
    assert last[3] == f"{window.document.walk.parameters(window.document.project.design.order[-1])}"
    person.add(layers.Dropout(rate=0.5))
    assert len(rows(outline)) == len(window.document.project.design.nodes)
    person.do("undo")
    assert len(rows(outline)) == len(window.document.project.design.nodes)


def test_arrow_keys_choose_and_enter_goes_to_the_card(
    person: Person, window: MainWindow, outline: OutlinePanel
) -> None:
    outline.list.setFocus()
    person.press(Qt.Key.Key_Down, outline.list)
    person.press(Qt.Key.Key_Down, outline.list)
    here = outline.model.order[outline.list.currentIndex().row()]
    assert window.document.focus.layers == (here,)
    person.press(Qt.Key.Key_Return, outline.list)
    assert window.canvas.view.hasFocus()
    middle = window.canvas.mapFromGlobal(window.canvas.layer_center(here))
    assert (middle - window.canvas.rect().center()).manhattanLength() < 60


def test_it_marks_what_was_chosen_on_the_canvas(window: MainWindow, outline: OutlinePanel) -> None:
    last = outline.model.order[-1]
    window.canvas.editor.focus((last,))
    assert outline.list.chosen() == (last,)
    window.canvas.select_all()
    assert outline.list.chosen() == outline.model.order


def test_f2_renames_as_one_step_and_a_name_that_cannot_be_is_refused(
    person: Person, window: MainWindow, outline: OutlinePanel
) -> None:
    outline.list.setCurrentIndex(outline.model.index(1, 0))
    outline.list.setFocus()
    rename(person, outline, "encoder")
    assert rows(outline)[1][0] == "encoder"
    assert window.document.undo_stack.undoText().endswith("to encoder")
    rename(person, outline, "a/b")
    assert rows(outline)[1][0] == "encoder"
    assert outline.refusal.isVisible()
    assert "/" in outline.refusal.text()
    person.do("undo")
    assert rows(outline)[1][0] == "dense_1"
    assert not outline.refusal.isVisible()


def rename(person: Person, outline: OutlinePanel, name: str) -> None:
    person.press(Qt.Key.Key_F2, outline.list)
    editor = outline.list.findChildren(QLineEdit)[-1]  # the one before is still about to go
    editor.setText(name)
    person.press(Qt.Key.Key_Return, editor)
    person.qtbot.wait(10)


def test_delete_deletes_what_is_chosen_and_can_be_undone(
    person: Person, window: MainWindow, outline: OutlinePanel
) -> None:
    before = rows(outline)
    outline.list.setCurrentIndex(outline.model.index(1, 0))
    person.press(Qt.Key.Key_Delete, outline.list)
    assert [each[0] for each in rows(outline)] == [each[0] for each in before if each != before[1]]
    assert chosen(window) == [rows(outline)[1][0]]
    person.do("undo")
    assert [each[0] for each in rows(outline)] == [each[0] for each in before]


def test_a_problem_is_said_beside_its_layer_and_to_a_screen_reader(
    person: Person, outline: OutlinePanel
) -> None:
    person.add(layers.Input())
    problems = {row[0]: row[4] for row in rows(outline)}
    assert problems["iris"] == ""
    said = [
        str(outline.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))
        for row in range(outline.model.rowCount())
    ]
    assert "Input, width 4, 0 parameters" in said[0]
    assert any("problem: " in each for each in said)


def test_while_training_it_is_read_only_and_says_so(
    person: Person, window: MainWindow, outline: OutlinePanel
) -> None:
    person.train_for_long()
    outline.list.setCurrentIndex(outline.model.index(1, 0))
    person.press(Qt.Key.Key_Delete, outline.list)
    assert outline.refusal.text().startswith("Read-only while training")
    person.press(Qt.Key.Key_F2, outline.list)
    assert outline.list.findChild(QLineEdit) is None
    person.do("stop")
    person.until_idle()
    assert not outline.refusal.isVisible()


def test_an_empty_design_says_what_to_do(person: Person, outline: OutlinePanel) -> None:
    outline.show_state(State(Project()), None)
    assert outline.empty.isVisible()
    assert not outline.list.isVisible()


def test_words_are_made_only_of_rows_that_are_seen(outline: OutlinePanel) -> None:
    made: list[str] = []
    model = outline.model
    plain, model.data = model.data, lambda index, role=0: made.append("") or plain(index, role)
    design = Design.chain(layers.Input(), *(layers.Dense(units=4) for _ in range(999)))
    outline.show_state(State(Project(design=design)), None)
    outline.grab()
    assert model.rowCount() == 1000
    assert 0 < len({*made}) <= len(made) < 3000
