"""Stacking, taking out, keeping a selection as a block; pasting what was edited by hand."""

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from engine import layers
from engine.design import Design
from engine.errors import DesignError
from engine.project import Project
from gui.blocks import Blocks
from gui.canvas import Canvas, edits, placing
from gui.canvas.catalogue import Catalogue
from gui.canvas.geometry import CARD
from gui.document import Document, Focus, State
from tests.gui.canvas.hands import HIDDEN, INPUT, OUTPUT, Hands, link

ALT = Qt.KeyboardModifier.AltModifier


# ── stacking ────────────────────────────────────────────────────────────────────────────────


def test_a_selection_is_repeated_in_a_row_as_one_step(
    canvas: Canvas, document: Document, qtbot: QtBot
) -> None:
    document.set_focus(Focus(layers=(HIDDEN,)))
    canvas.blocks.stack()
    dialog = canvas.findChild(QInputDialog)
    dialog.setIntValue(4)
    dialog.accept()
    design = document.project.design
    assert [node.name for node in design.nodes[3:]] == ["dense_3", "dense_4", "dense_5"]
    chain = [HIDDEN, "n4", "n5", "n6", OUTPUT]
    assert [design.parents(each) for each in chain[1:]] == [(each,) for each in chain[:-1]]
    assert document.undo_stack.undoText() == "Stack 4 × dense_1"
    assert document.focus.layers == (HIDDEN, "n4", "n5", "n6")
    canvas.scene.settle()
    xs = sorted(item.x() for item in canvas.scene.layers.values())
    assert all(b - a >= CARD.width() for a, b in pairwise(xs))
    document.undo()
    assert len(document.project.design.nodes) == 3
    assert not document.undo_stack.canUndo()


def test_a_residual_block_is_stacked_with_its_skips() -> None:
    inner = (layers.Dense(8), layers.Dropout(0.1), layers.Add())
    design = Design.chain(layers.Input(), layers.Dense(8), *inner, layers.Dense(3))
    design = design.connect("dense_1", "add_1")
    made = placing.stack(Project(design=design), ("n3", "n4", "n5"), 3, {"n5": 8}).project.design
    assert made.parents(made.node("add_2").id) == (made.node("dropout_2").id, "n5")
    add_2 = made.node("add_2").id
    assert made.parents(made.node("add_3").id) == (made.node("dropout_3").id, add_2)
    assert made.parents("n6") == (made.node("add_3").id,)


@pytest.mark.parametrize(
    ("chosen", "words"),
    [((INPUT,), "input takes no link"), ((INPUT, OUTPUT), "both end what is selected")],
)
def test_what_cannot_be_stacked_says_why(
    document: Document, chosen: tuple[str, ...], words: str
) -> None:
    with pytest.raises(DesignError, match=words):
        placing.stack(document.project, chosen, 2)


def test_nothing_selected_or_training_asks_nothing(canvas: Canvas, document: Document) -> None:
    for ask in (canvas.blocks.stack, canvas.blocks.save, canvas.blocks.take_out):
        ask()
    document.set_focus(Focus(layers=(HIDDEN,)))
    document.set_locked(True)
    canvas.blocks.stack()
    assert canvas.findChild(QInputDialog) is None
    assert not document.undo_stack.count()


# ── taking out ──────────────────────────────────────────────────────────────────────────────


def alt_drag(hands: Hands, start: QPointF, end: QPointF) -> None:
    hands.press(start, held=ALT)
    for step in range(1, 6):
        hands.move(start + (end - start) * (step / 5))
    hands.release(end)


def test_alt_drag_takes_a_layer_out_and_heals_in_one_step(
    canvas: Canvas, hands: Hands, document: Document
) -> None:
    start = hands.card(HIDDEN)
    alt_drag(hands, start, start + QPointF(0, 200))
    assert document.project.design.links == (link(INPUT, OUTPUT),)
    assert canvas.scene.layers[HIDDEN].y() > 150
    assert document.undo_stack.undoText() == "Take out dense_1"
    document.undo()
    assert link(HIDDEN, OUTPUT) in document.project.design.links
    assert not document.undo_stack.canUndo()


def test_it_may_be_let_go_on_another_link(hands: Hands, document: Document) -> None:
    document.set_focus(Focus(layers=(OUTPUT,)))
    hands.canvas.append_layer(layers.Dropout())
    hands.canvas.append_layer(layers.Activation())
    hands.canvas.fit()
    alt_drag(hands, hands.card(HIDDEN), hands.wire("n4", "n5"))
    design = document.project.design
    assert (design.parents(OUTPUT), design.parents(HIDDEN)) == ((INPUT,), ("n4",))
    assert design.parents("n5") == (HIDDEN,)


def test_alt_press_without_a_drag_does_nothing(hands: Hands, document: Document) -> None:
    alt_drag(hands, hands.card(HIDDEN), hands.card(HIDDEN))
    assert not document.undo_stack.count()


def test_training_keeps_the_chain_and_says_why(
    hands: Hands, document: Document, notes: list[str]
) -> None:
    document.set_locked(True)
    alt_drag(hands, hands.card(HIDDEN), hands.card(HIDDEN) + QPointF(0, 150))
    assert len(document.project.design.links) == 2
    assert "read-only while training" in notes[-1]


def test_the_menu_takes_out_several_with_their_own_links(
    canvas: Canvas, document: Document
) -> None:
    document.set_focus(Focus(layers=(HIDDEN, OUTPUT)))
    canvas.blocks.take_out()
    assert document.project.design.links == (link(HIDDEN, OUTPUT),)


def test_backspace_reconnects_and_delete_does_not(
    canvas: Canvas, document: Document, qtbot: QtBot
) -> None:
    for key, left in (
        (Qt.Key.Key_Backspace, (link(INPUT, OUTPUT),)),
        (Qt.Key.Key_Delete, ()),
    ):
        document.set_focus(Focus(layers=(HIDDEN,)))
        qtbot.keyClick(canvas.view, key)
        assert document.project.design.links == left
        document.undo()


# ── blocks of one's own ─────────────────────────────────────────────────────────────────────


@pytest.fixture
def blocks(canvas: Canvas, tmp_path: Path) -> Blocks:
    blocks = Blocks(tmp_path)
    canvas.use(Catalogue(blocks=blocks, parent=canvas))
    return blocks


def answer(canvas: Canvas, text: str) -> None:
    dialog = canvas.findChildren(QInputDialog)[-1]
    dialog.setTextValue(text)
    dialog.accept()


def test_a_selection_is_kept_renamed_placed_and_removed(
    canvas: Canvas, document: Document, blocks: Blocks, notes: list[str]
) -> None:
    document.set_focus(Focus(layers=(HIDDEN, OUTPUT)))
    canvas.blocks.save()
    answer(canvas, "Head")
    assert notes == ["Head is in the list of layers now."]
    (entry,) = [each for each in canvas.adding.catalogue.entries if each.is_own]
    canvas.blocks.rename(entry)
    answer(canvas, "Tail")
    assert list(blocks.all) == ["Tail"]
    (entry,) = [each for each in canvas.adding.catalogue.entries if each.is_own]
    assert "2 layers" in entry.tip
    canvas.append_layer(entry.piece)
    assert document.undo_stack.undoText() == "Add Tail"
    assert document.project.design.parents("n4") == (OUTPUT,)
    assert document.project.design.links[-2:][0] == link("n4", "n5")
    canvas.blocks.remove(entry)
    assert blocks.all == {}
    assert document.project.design.has("n5"), "layers that were made of it stay"


def test_a_group_gives_its_name_and_comes_back_as_a_group(
    canvas: Canvas, document: Document, blocks: Blocks
) -> None:
    document.set_focus(Focus(layers=(HIDDEN, OUTPUT)))
    canvas.grouping.group()
    canvas.blocks.save()
    dialog = canvas.findChildren(QInputDialog)[-1]
    assert dialog.textValue() == "Group 1"
    dialog.accept()
    canvas.append_layer(blocks.all["Group 1"])
    assert [(each.name, each.members) for each in document.project.groups] == [
        ("Group 1", (HIDDEN, OUTPUT)),
        ("Group 2", ("n4", "n5")),
    ]


# ── the clipboard ───────────────────────────────────────────────────────────────────────────


def test_layers_pass_between_windows_with_links_and_groups(
    canvas: Canvas, document: Document
) -> None:
    document.set_focus(Focus(layers=(HIDDEN, OUTPUT)))
    canvas.grouping.group()
    canvas.copy()
    other = Document()
    other.replace(State(Project(name="other")))
    elsewhere = Canvas(other)
    elsewhere.paste()
    names = [node.name for node in other.project.design.nodes]
    assert names == ["dense_1", "dense_2"]
    assert len(other.project.design.links) == 1
    assert [each.name for each in other.project.groups] == ["Group 1"]
    elsewhere.deleteLater()


def test_what_was_edited_by_hand_is_pasted(canvas: Canvas, document: Document) -> None:
    document.set_focus(Focus(layers=(HIDDEN, OUTPUT)))
    canvas.copy()
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(clipboard.text().replace('"units": 8', '"units": 12'))
    canvas.paste()
    assert document.project.design.node("dense_3").layer.units == 12


def test_a_slip_of_the_pen_is_named_and_changes_nothing(
    canvas: Canvas, document: Document, notes: list[str]
) -> None:
    document.set_focus(Focus(layers=(HIDDEN,)))
    canvas.copy()
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(clipboard.text().replace('"units": 8', '"units": -8'))
    canvas.paste()
    assert notes[-1].startswith("Layer dense_1: units should be greater")
    assert not document.undo_stack.count()


def test_pasting_keeps_the_shape_of_what_was_copied(canvas: Canvas, document: Document) -> None:
    canvas.editor.do(lambda project: edits.move(project, {OUTPUT: (333.0, 77.0)}))
    document.set_focus(Focus(layers=(HIDDEN, OUTPUT)))
    canvas.copy()
    canvas.paste()
    where = canvas.scene.where((HIDDEN, OUTPUT, "n4", "n5"))
    assert where["n5"] - where["n4"] == where[OUTPUT] - where[HIDDEN]
