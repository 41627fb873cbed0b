"""Notes on the canvas: written, moved, resized and deleted, each in one step."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from gui.canvas import Canvas
from gui.canvas.note_item import NoteItem
from gui.document import Document, Focus
from tests.gui.canvas.hands import HIDDEN, INPUT, Hands

SHIFT = Qt.KeyboardModifier.ShiftModifier


def note(canvas: Canvas, text: str = "watch this") -> NoteItem:
    """A new note, and the only one."""
    canvas.grouping.add_note()
    canvas.grouping._texts.setPlainText(text)
    canvas.grouping._texts.finish()
    (item,) = canvas.scene.notes.values()
    return item


def test_a_note_is_written_where_nothing_lies(canvas: Canvas, document: Document) -> None:
    canvas.grouping.add_note()
    editor = canvas.grouping._texts
    assert editor.isVisible()
    QTest.keyClicks(editor, "two lines")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "of text")
    assert document.project.notes == ()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    (kept,) = document.project.notes
    assert kept.text == "two lines\nof text"
    item = canvas.scene.notes[kept.id]
    cards = canvas.scene.layers.values()
    assert not any(item.sheet.intersects(card.sceneBoundingRect()) for card in cards)
    assert document.undo_stack.undoText() == "Add a note"
    document.undo()
    assert not canvas.scene.notes


def test_an_empty_note_is_none(canvas: Canvas, document: Document) -> None:
    canvas.grouping.add_note()
    canvas.grouping._texts.finish()
    assert document.project.notes == ()
    assert not document.undo_stack.canUndo()


def test_a_note_is_edited_in_place_and_goes_when_emptied(
    canvas: Canvas, document: Document, hands: Hands
) -> None:
    item = note(canvas)
    hands.double_click(hands.at(item.sheet.center()))
    editor = canvas.grouping._texts
    assert editor.toPlainText() == "watch this"
    editor.setPlainText("look here")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert item.text == "look here"
    item.setSelected(True)
    canvas.rename_selected()
    editor.setPlainText("")
    editor.finish()
    assert not canvas.scene.notes
    document.undo()
    assert [each.text for each in document.project.notes] == ["look here"]


def test_leaving_it_as_it_was_is_no_step(canvas: Canvas, document: Document) -> None:
    item = note(canvas)
    steps = document.undo_stack.count()
    canvas.grouping.edit_note(item.identifier)
    canvas.grouping._texts.finish()
    assert document.undo_stack.count() == steps


def test_a_note_is_moved_and_resized(canvas: Canvas, document: Document, hands: Hands) -> None:
    item = note(canvas)
    start, size = item.pos(), item.size
    grab = hands.at(item.sheet.center())
    hands.drag(grab, grab + QPointF(80, 40))
    assert item.pos() != start
    assert (document.project.notes[0].x, document.project.notes[0].y) == item.pos().toTuple()
    corner = hands.at(item.sheet.bottomRight() - QPointF(4, 4))
    hands.drag(corner, corner + QPointF(56, 24))
    assert item.size == (size[0] + 56, size[1] + 24)
    hands.drag(corner + QPointF(56, 24), corner - QPointF(900, 900))
    assert item.size[0] >= 96
    assert item.size[1] >= 40
    document.undo()
    document.undo()
    assert item.size == size
    document.undo()
    assert item.pos() == start


def test_escape_ends_resizing(canvas: Canvas, document: Document, hands: Hands) -> None:
    item = note(canvas)
    size, steps = item.size, document.undo_stack.count()
    corner = hands.at(item.sheet.bottomRight() - QPointF(4, 4))
    hands.hold(corner, corner + QPointF(60, 60))
    QTest.keyClick(canvas.view, Qt.Key.Key_Escape)
    hands.release(corner + QPointF(60, 60))
    assert item.size == size
    assert document.undo_stack.count() == steps


def test_notes_move_and_go_with_layers(canvas: Canvas, document: Document, hands: Hands) -> None:
    item = note(canvas)
    document.set_focus(Focus(layers=(HIDDEN,)))
    item.setSelected(True)
    card, sheet = canvas.scene.layers[HIDDEN].pos(), item.pos()
    canvas.nudge(8, 16)
    assert canvas.scene.layers[HIDDEN].pos() - card == QPointF(8, 16)
    assert item.pos() - sheet == QPointF(8, 16)
    canvas.delete_selection()
    assert not document.project.design.has(HIDDEN)
    assert document.project.notes == ()
    document.undo()
    assert document.project.design.has(HIDDEN)
    assert len(document.project.notes) == 1


def test_notes_are_free_while_training(canvas: Canvas, document: Document) -> None:
    document.set_locked(True)
    item = note(canvas)
    document.set_focus(Focus())
    item.setSelected(True)
    canvas.nudge(8, 0)
    canvas.delete_selection()
    assert document.project.notes == ()


def test_looking_at_a_layer_lets_go_of_notes(canvas: Canvas, document: Document) -> None:
    item = note(canvas)
    item.setSelected(True)
    document.set_focus(Focus(layers=(INPUT,)))
    assert canvas.scene.selected_notes() == ()


def test_a_look_elsewhere_keeps_what_was_typed(canvas: Canvas, document: Document) -> None:
    canvas.grouping.add_note()
    canvas.grouping._texts.setPlainText("kept")
    canvas.zoom_out()
    assert [each.text for each in document.project.notes] == ["kept"]


@pytest.mark.parametrize("zoom", [0.1, 0.3, 1.0, 3.0])
def test_a_note_is_painted_at_any_zoom(canvas: Canvas, zoom: float) -> None:
    note(canvas, "a word " * 200)
    canvas.view.set_zoom(zoom)
    assert not canvas.view.grab().isNull()
