from PySide6.QtGui import QGuiApplication

from engine import layers
from engine.fragment_text import from_text, to_text
from engine.project import Project
from gui.canvas import Canvas, clipboard, edits
from gui.document import Document, Focus
from tests.gui.canvas.hands import ADD, HIDDEN, INPUT, OUTPUT, chain, link, with_add

RESIDUAL = edits.connect(edits.connect(with_add(), INPUT, ADD).project, HIDDEN, ADD).project


def test_every_edit_is_named_for_the_edit_menu() -> None:
    first = link(INPUT, HIDDEN)
    named = {
        "Add Dropout": edits.add(chain(), layers.Dropout(), (0, 0)),
        "Add ReLU": edits.add(chain(), layers.Activation("relu"), (0, 0)),
        "Insert Batch norm": edits.insert(chain(), layers.BatchNormalization(), first, (0, 0)),
        "Connect input to add_1": edits.connect(with_add(), INPUT, ADD),
        "Delete dense_1": edits.delete(chain(), [HIDDEN]),
        "Delete 2 layers": edits.delete(chain(), [HIDDEN, OUTPUT]),
        "Delete link to dense_1": edits.delete(chain(), [], [first]),
        "Delete 2 links": edits.delete(chain(), [], [first, link(HIDDEN, OUTPUT)]),
        "Move dense_1": edits.move(chain(), {HIDDEN: (0, 0)}),
        "Move 2 layers": edits.nudge(chain(), [HIDDEN, OUTPUT], 1, 0),
        "Rename dense_1 to hidden": edits.rename(chain(), HIDDEN, " hidden "),
    }
    assert [change.text for change in named.values()] == list(named)


def test_deleting_heals_where_it_is_asked_to() -> None:
    assert edits.delete(chain(), [HIDDEN], heal=True).project.design.links == (link(INPUT, OUTPUT),)
    assert edits.delete(chain(), [HIDDEN]).project.design.links == ()
    assert {each.id for each in edits.delete(chain(), [HIDDEN]).project.layout} == {INPUT, OUTPUT}


def test_appending_goes_behind_the_selection_or_the_output() -> None:
    behind = edits.append(chain(), layers.Dropout(), [INPUT]).project.design
    assert behind.parents("n4") == (INPUT,)
    assert behind.parents(HIDDEN) == ("n4",), "spliced in, since the input fed another layer"
    assert edits.append(chain(), layers.Dropout(), []).project.design.parents("n4") == (OUTPUT,)
    merged = edits.append(chain(), layers.Add(), [INPUT, HIDDEN]).project.design
    assert merged.parents("n4") == (INPUT, HIDDEN)
    alone = edits.append(chain(), layers.Input(), [HIDDEN]).project.design
    assert alone.parents("n4") == ()
    assert edits.append(Project(), layers.Input(), []).project.layout[0].x == 0


def test_a_copy_is_text_and_brings_its_links() -> None:
    copied = from_text(to_text(clipboard.cut_out(RESIDUAL, [HIDDEN, ADD])))
    made = edits.paste(chain(), copied, (32, 32)).project.design
    names = [node.name for node in made.nodes]
    assert names == ["input", "dense_1", "dense_2", "dense_3", "add_1"]
    assert made.links[-1] == link("n4", "n5")
    assert made.node("dense_3").layer == made.node("dense_1").layer


def test_copies_are_named_by_counting_up() -> None:
    project = edits.rename(chain(), HIDDEN, "encoder").project
    copied = clipboard.cut_out(project, [HIDDEN])
    for name in ("encoder_2", "encoder_3"):
        project = edits.paste(project, copied, (0, 0)).project
        assert project.design.nodes[-1].name == name


def test_copy_cut_paste_and_duplicate_on_the_canvas(canvas: Canvas, document: Document) -> None:
    document.set_focus(Focus(layers=(HIDDEN, OUTPUT)))
    canvas.copy()
    assert "dense_1" in QGuiApplication.clipboard().text()
    canvas.paste()
    assert document.undo_stack.undoText() == "Paste 2 layers"
    assert document.focus.layers == ("n4", "n5"), "what was pasted is selected"
    first = canvas.scene.layers["n4"].pos() - canvas.scene.layers[HIDDEN].pos()
    canvas.paste()
    second = canvas.scene.layers["n6"].pos() - canvas.scene.layers[HIDDEN].pos()
    assert second == 2 * first, "pasting again does not hide the first copy"
    canvas.duplicate()
    assert document.undo_stack.undoText() == "Duplicate 2 layers"
    canvas.cut()
    assert document.undo_stack.undoText() == "Cut 2 layers"
    assert len(document.project.design.nodes) == 7
    canvas.paste()
    assert len(document.project.design.nodes) == 9


def test_pasting_far_from_the_view_comes_into_it(canvas: Canvas, document: Document) -> None:
    document.set_focus(Focus(layers=(HIDDEN,)))
    canvas.copy()
    canvas.view.centerOn(5000, 5000)
    canvas.paste()
    item = canvas.scene.layers["n4"]
    assert canvas.view.visible_area().contains(item.sceneBoundingRect())


def test_pasting_nothing_is_said_and_changes_nothing(
    canvas: Canvas, document: Document, notes: list[str]
) -> None:
    QGuiApplication.clipboard().setText("a shopping list")
    before = document.state
    canvas.paste()
    assert document.state is before
    assert notes == ["The clipboard holds no layers; copy some from a canvas first."]


def test_nudges_are_undone_at_once(canvas: Canvas, document: Document) -> None:
    document.set_focus(Focus(layers=(HIDDEN,)))
    start = canvas.scene.layers[HIDDEN].pos()
    for _ in range(5):
        canvas.nudge(8, 0)
    assert canvas.scene.layers[HIDDEN].x() == start.x() + 40
    document.undo()
    assert canvas.scene.layers[HIDDEN].pos() == start
    assert not document.undo_stack.canUndo()


def test_nothing_selected_means_nothing_done(canvas: Canvas, document: Document) -> None:
    for slot in (
        canvas.delete_selection,
        canvas.copy,
        canvas.cut,
        canvas.duplicate,
        canvas.connect_selected,
        canvas.rename_selected,
    ):
        slot()
    canvas.nudge(8, 8)
    assert not document.undo_stack.count()


def test_a_selected_link_is_deleted_on_its_own(canvas: Canvas, document: Document) -> None:
    canvas.scene.links[link(INPUT, HIDDEN)].setSelected(True)
    canvas.delete_selection()
    assert document.undo_stack.undoText() == "Delete link to dense_1"


def test_the_selected_layers_are_linked_from_left_to_right(
    canvas: Canvas, document: Document, notes: list[str]
) -> None:
    document.edit("Add", project=with_add())
    document.set_focus(Focus(layers=(ADD, INPUT)))
    canvas.editor.do(lambda project: edits.move(project, {ADD: (900.0, 200.0)}))
    canvas.connect_selected()
    assert document.project.design.parents(ADD) == (INPUT,)
    canvas.connect_selected()
    assert "already has this link" in notes[-1]
