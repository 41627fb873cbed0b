"""Groups on the canvas: framed or folded, they are selected, moved, named and deleted as one."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from engine import layers
from engine.design import Design
from engine.project import Project
from gui.canvas import Canvas, arrange, edits, grouping
from gui.canvas.geometry import CARD
from gui.document import Document, Focus, State
from tests.gui.canvas.hands import INPUT, Hands, link
from tests.gui.panels.runs import classification

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def document(document: Document) -> Document:
    """Input n1, two Dense n2 and n3, Dense n4 of 3 units; an Add n5 that is fed by n2 alone."""
    two = (layers.Dense(units=8, activation="relu") for _ in range(2))
    design = Design.chain(layers.Input(), *two, layers.Dense(units=3, activation="softmax"))
    design = design.add(layers.Add(), after=["n2"], splice=False)
    document.replace(State(Project(name="grouped", design=design)))
    document.set_prepared(classification())
    return document


def group(canvas: Canvas, *members: str, folded: bool = False) -> str:
    """The id of a new group of these layers."""
    canvas.document.set_focus(Focus(layers=members))
    canvas.grouping.group()
    canvas._names.hide()
    if folded:
        canvas.grouping.fold()
    return canvas.document.project.groups[-1].id


def where(canvas: Canvas) -> dict[str, tuple[float, float]]:
    return arrange.places(canvas.document.project)


# ── frames ──────────────────────────────────────────────────────────────────────────────────


def test_a_group_has_a_titled_frame_around_its_cards(canvas: Canvas, document: Document) -> None:
    identifier = group(canvas, "n2", "n3")
    frame = canvas.scene.groups.frames[identifier]
    assert frame.name == "Group 1"
    assert frame.box.contains(canvas.scene.rect_of(("n2", "n3")))
    assert not frame.box.intersects(CARD.translated(canvas.scene.layers["n4"].pos()))
    assert document.undo_stack.undoText() == "Group Group 1"
    document.undo()
    assert not canvas.scene.groups.frames


def test_a_new_group_is_named_where_it_stands(canvas: Canvas, document: Document) -> None:
    document.set_focus(Focus(layers=("n2", "n3")))
    canvas.grouping.group()
    assert canvas._names.isVisible()
    assert canvas._names.text() == "Group 1"
    canvas._names.setText("encoder")
    QTest.keyClick(canvas._names, Qt.Key.Key_Return)
    assert [each.name for each in document.project.groups] == ["encoder"]
    canvas.rename_selected()
    canvas._names.setText("  ")
    QTest.keyClick(canvas._names, Qt.Key.Key_Return)
    assert [each.name for each in document.project.groups] == ["encoder"]


def test_the_title_selects_and_moves_the_layers(
    canvas: Canvas, document: Document, hands: Hands
) -> None:
    frame = canvas.scene.groups.frames[group(canvas, "n2", "n3")]
    document.set_focus(Focus())
    before = where(canvas)
    start = hands.at(frame.title.center())
    hands.drag(start, start + QPointF(0, 80))
    assert set(document.focus.layers) == {"n2", "n3"}
    after = where(canvas)
    for each in ("n2", "n3"):
        assert after[each][1] - before[each][1] == pytest.approx(80, abs=8)
    assert after["n4"] == before["n4"]
    assert frame.box.contains(canvas.scene.rect_of(("n2", "n3")))
    document.undo()
    assert where(canvas) == before


def test_ctrl_on_a_title_adds_to_the_selection_and_takes_away(
    canvas: Canvas, document: Document, hands: Hands
) -> None:
    frame = canvas.scene.groups.frames[group(canvas, "n2", "n3")]
    document.set_focus(Focus(layers=("n4",)))
    hands.click(hands.at(frame.title.center()), held=CONTROL)
    assert set(document.focus.layers) == {"n2", "n3", "n4"}
    hands.click(hands.at(frame.title.center()), held=CONTROL)
    assert document.focus.layers == ("n4",)


def test_ungrouping_leaves_the_layers(canvas: Canvas, document: Document, notes: list[str]) -> None:
    group(canvas, "n2", "n3")
    document.set_focus(Focus(layers=("n3",)))
    canvas.grouping.ungroup()
    assert document.project.groups == ()
    assert document.project.design.has("n3")
    canvas.grouping.ungroup()
    assert notes[-1] == "No selected layer is in a group; group some with Ctrl+G."


# ── blocks ──────────────────────────────────────────────────────────────────────────────────


def test_a_folded_group_is_one_card(canvas: Canvas, document: Document) -> None:
    identifier = group(canvas, "n2", "n3", folded=True)
    block = canvas.scene.groups.blocks[identifier]
    weights = sum(document.walk.parameters(each) for each in ("n2", "n3"))
    assert (block.card.name, block.card.summary) == ("Group 1", "2 layers")
    assert block.card.numbers == f"out 8 + 8 · {weights:,}"
    assert not canvas.scene.layers["n2"].isVisible()
    assert set(canvas.scene.cards) == {INPUT, "n4", "n5", identifier}
    links = canvas.scene.links
    assert links[link(INPUT, "n2")].path().pointAtPercent(1) == block.in_port
    assert links[link("n3", "n4")].path().pointAtPercent(0) == block.out_port
    assert not links[link("n2", "n3")].isVisible()
    assert canvas.scene.selected_layers() == ("n2", "n3")
    document.undo()
    assert canvas.scene.layers["n2"].isVisible()
    assert links[link("n2", "n3")].isVisible()


def test_double_clicks_unfold_and_fold(canvas: Canvas, document: Document, hands: Hands) -> None:
    identifier = group(canvas, "n2", "n3", folded=True)
    hands.double_click(hands.at(canvas.scene.groups.blocks[identifier].pos() + CARD.center()))
    assert not document.project.groups[0].folded
    frame = canvas.scene.groups.frames[identifier]
    hands.double_click(hands.at(frame.title.center()))
    assert document.project.groups[0].folded
    hands.double_click(hands.at(canvas.scene.groups.blocks[identifier].pos() + CARD.center()))
    hands.click(hands.at(canvas.scene.groups.frames[identifier].box.topLeft() + QPointF(14, 13)))
    assert document.project.groups[0].folded


def test_a_block_is_dragged_and_deleted_as_one(
    canvas: Canvas, document: Document, hands: Hands
) -> None:
    block = canvas.scene.groups.blocks[group(canvas, "n2", "n3", folded=True)]
    before = where(canvas)
    start = hands.at(block.pos() + CARD.center())
    hands.drag(start, start + QPointF(40, 120))
    after = where(canvas)
    moves = {(after[e][0] - before[e][0], after[e][1] - before[e][1]) for e in ("n2", "n3")}
    assert len(moves) == 1
    assert after["n4"] == before["n4"]
    canvas.delete_selection()
    assert {node.id for node in document.project.design.nodes} == {INPUT, "n4", "n5"}
    assert document.project.groups == ()
    document.undo()
    assert document.project.groups[0].folded
    assert canvas.scene.selected_layers() in {(), ("n2", "n3")}


def test_aligning_and_laying_out_take_a_block_as_one_card(
    canvas: Canvas, document: Document
) -> None:
    identifier = group(canvas, "n2", "n3", folded=True)
    apart = where(canvas)["n3"][0] - where(canvas)["n2"][0]
    canvas.editor.do(lambda project: edits.nudge(project, ("n4",), 0, 200))
    document.set_focus(Focus(layers=("n2", "n3", "n4")))
    canvas.tidy.top()
    block = canvas.scene.groups.blocks[identifier]
    assert canvas.scene.layers["n4"].y() == block.y()
    canvas.tidy.lay_out_right()
    assert where(canvas)["n3"][0] - where(canvas)["n2"][0] == apart
    gap = block.x() - canvas.scene.layers[INPUT].x()
    assert canvas.scene.layers["n4"].x() - block.x() == gap
    canvas.tidy.lay_out_down()
    assert canvas.scene.layers["n4"].y() > block.y() > canvas.scene.layers[INPUT].y()


def test_a_group_around_another_layer_is_laid_out_too(canvas: Canvas, document: Document) -> None:
    identifier = group(canvas, "n2", "n4", folded=True)
    canvas.tidy.lay_out_right()
    block, inner = canvas.scene.groups.blocks[identifier], canvas.scene.layers["n3"]
    assert not block.sceneBoundingRect().intersects(inner.sceneBoundingRect())


def test_no_link_is_dropped_on_a_block(
    canvas: Canvas, document: Document, hands: Hands, notes: list[str]
) -> None:
    block = canvas.scene.groups.blocks[group(canvas, "n2", "n3", folded=True)]
    links = document.project.design.links
    inside = hands.at(block.pos() + CARD.center())
    hands.hold(hands.port(INPUT, "out"), inside)
    assert "Unfold Group 1" in canvas.view._hint.text()
    hands.release(inside)
    assert notes[-1] == "Unfold Group 1 to link to one of its layers."
    hands.drag(hands.wire("n3", "n4") + QPointF(24, 0), inside)
    assert document.project.design.links == links
    hands.drag(hands.at(block.out_port), hands.port("n5", "in"))
    assert document.project.design.links == links


def test_problems_inside_are_a_badge_on_the_block(canvas: Canvas, document: Document) -> None:
    lonely = document.project.design.add(layers.Add(), splice=False)
    document.edit("Add", project=document.project.edited(design=lonely))
    identifier = group(canvas, "n3", "n6", folded=True)
    card = canvas.scene.groups.blocks[identifier].card
    assert card.has_error
    assert "add_2" in card.tip


def test_going_to_a_folded_layer_unfolds_it(canvas: Canvas, document: Document) -> None:
    group(canvas, "n2", "n3", folded=True)
    canvas.find_layer()
    QTest.keyClicks(canvas.finder.search, "dense_2")
    assert document.project.groups[0].folded, "while one looks through the list it stays folded"
    QTest.keyClick(canvas.finder.search, Qt.Key.Key_Return)
    assert not document.project.groups[0].folded
    assert canvas.scene.selected_layers() == ("n3",)


def test_a_folded_layer_alone_is_not_deleted_unseen(canvas: Canvas, document: Document) -> None:
    group(canvas, "n2", "n3", folded=True)
    document.set_focus(Focus(layers=("n3",)))
    assert canvas.scene.selected_layers() == ()
    canvas.delete_selection()
    assert document.project.design.has("n3")


def test_arrows_go_from_card_to_block(canvas: Canvas, document: Document) -> None:
    group(canvas, "n2", "n3", folded=True)
    document.set_focus(Focus(layers=(INPUT,)))
    canvas.select_towards(1, 0)
    assert set(document.focus.layers) == {"n2", "n3"}
    canvas.select_towards(1, 0)
    assert document.focus.layers in {("n4",), ("n5",)}


def test_groups_are_free_while_training(canvas: Canvas, document: Document) -> None:
    group(canvas, "n2", "n3")
    document.set_locked(True)
    canvas.grouping.fold()
    canvas.grouping.rename(document.project.groups[0].id)
    canvas._names.setText("busy")
    QTest.keyClick(canvas._names, Qt.Key.Key_Return)
    assert document.project.groups[0].name == "busy"
    assert document.project.groups[0].folded
    canvas.grouping.ungroup()
    assert not document.project.groups


def test_a_crowd_shows_frames_and_blocks(canvas: Canvas, document: Document) -> None:
    group(canvas, "n2", "n3")
    group(canvas, "n4", "n5", folded=True)
    document.set_focus(Focus())
    alone = picture(canvas)
    canvas.scene.set_crowded(True)
    canvas.view._crowd.forget()
    for _ in range(5):
        together = picture(canvas)
    assert alike(alone, together)


def picture(canvas: Canvas) -> QImage:
    made = QImage(canvas.view.viewport().size(), QImage.Format.Format_RGB32)
    painter = QPainter(made)
    canvas.view.render(painter)
    painter.end()
    return made


def alike(one: QImage, other: QImage) -> bool:
    """But for a hundredth of the pixels, since lines are smoothed otherwise."""
    pairs = [
        (one.pixelColor(x, y), other.pixelColor(x, y))
        for x in range(0, one.width(), 3)
        for y in range(0, one.height(), 3)
    ]
    differing = sum(abs(a.lightness() - b.lightness()) > 40 for a, b in pairs)
    return differing < len(pairs) / 100


def test_names_are_refused_that_are_too_long(canvas: Canvas, notes: list[str]) -> None:
    identifier = group(canvas, "n2", "n3")
    canvas.editor.do(lambda project: grouping.rename(project, identifier, "x" * 81))
    assert notes[-1] == "The name of a group has 1 to 80 characters."
