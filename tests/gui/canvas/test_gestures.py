from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine import layers
from gui.canvas import Canvas
from gui.canvas.hint import Hint
from gui.document import LOCKED_NOTE, Document, Focus, State
from tests.gui.canvas.hands import ADD, HIDDEN, INPUT, MIDDLE, OUTPUT, Hands, link, with_add
from tests.gui.panels.runs import classification

EMPTY = QPointF(300, 480)
NEW = "n4"


def hint(canvas: Canvas) -> str:
    label = canvas.findChild(Hint)
    return label.text() if label.isVisible() else ""


@pytest.fixture
def adding(document: Document, canvas: Canvas) -> Document:
    """The chain with an Add that has no links."""
    document.replace(State(with_add()))
    document.set_prepared(classification())
    canvas.fit()
    canvas.zoom_reset()
    return document


# ── dropping ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("zoom", [0.25, 0.5, 0.8, 1.0, 1.37, 2.0, 3.0])
@pytest.mark.parametrize("scroll", [(0, 0), (37, -61), (-420, 333)])
def test_the_grabbed_point_lands_where_it_is_let_go(
    canvas: Canvas, hands: Hands, document: Document, zoom: float, scroll: tuple[int, int]
) -> None:
    canvas.view.set_zoom(zoom)
    bars = (canvas.view.horizontalScrollBar(), canvas.view.verticalScrollBar())
    for bar, by in zip(bars, scroll, strict=True):
        bar.setValue(bar.value() + by)
    grab, let_go = QPointF(131, 17), QPointF(613, 477)
    hands.drop(layers.Dense(16), let_go, grab)
    landed = hands.at(canvas.scene.layers[NEW].pos() + grab)
    assert (landed - let_go).manhattanLength() <= 1
    assert document.undo_stack.undoText() == "Add Dense"
    assert document.focus.layers == (NEW,)


def test_a_ghost_shows_where_the_card_would_land(canvas: Canvas, hands: Hands) -> None:
    hands.carry(layers.Dropout(), EMPTY, QPointF(10, 10))
    ghost = canvas.scene.ghost
    assert ghost.isVisible()
    assert (hands.at(ghost.pos() + QPointF(10, 10)) - EMPTY).manhattanLength() <= 1
    hands.drop(layers.Dropout(), EMPTY, QPointF(10, 10))
    assert not ghost.isVisible()


def test_a_layer_dropped_on_a_link_is_spliced_in(
    canvas: Canvas, hands: Hands, document: Document
) -> None:
    spot = hands.wire(HIDDEN, OUTPUT)
    hands.carry(layers.Dropout(), spot)
    assert "Insert between dense_1 and dense_2" in hint(canvas)
    hands.drop(layers.Dropout(), spot)
    assert set(document.project.design.links) == {
        link(INPUT, HIDDEN),
        link(HIDDEN, NEW),
        link(NEW, OUTPUT),
    }
    assert document.undo_stack.undoText() == "Insert Dropout"
    assert hint(canvas) == ""


def test_a_splice_makes_room_and_moves_the_dropped_card_not_at_all(
    canvas: Canvas, hands: Hands
) -> None:
    grab, spot = QPointF(92, 36), hands.wire(HIDDEN, OUTPUT)
    hands.drop(layers.Dropout(), spot, grab)
    items = canvas.scene.layers
    assert (hands.at(items[NEW].pos() + grab) - spot).manhattanLength() <= 1
    places = [items[each].x() for each in (INPUT, HIDDEN, NEW, OUTPUT)]
    assert all(right - left >= 184 for left, right in pairwise(places))


def test_an_input_is_never_spliced_in(canvas: Canvas, hands: Hands, document: Document) -> None:
    hands.drop(layers.Input(), hands.wire(HIDDEN, OUTPUT))
    assert len(document.project.design.links) == 2
    assert canvas.scene.layers[NEW].card.has_error


def test_what_is_no_layer_is_not_taken(canvas: Canvas, hands: Hands, document: Document) -> None:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    data = QMimeData()
    data.setText("dense")
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    enter = QDragEnterEvent(EMPTY.toPoint(), copy, data, left, none)
    QApplication.sendEvent(canvas.view.viewport(), enter)
    assert not enter.isAccepted()
    data.setData("application/x-glasswork-layer+json", b'{"layer": "warp", "grab": [0, 0]}')
    drop = QDropEvent(EMPTY, copy, data, left, none)
    QApplication.sendEvent(canvas.view.viewport(), drop)
    assert not drop.isAccepted()
    assert len(document.project.design.nodes) == 3


# ── connecting ──────────────────────────────────────────────────────────────────────────────


def test_ports_are_connected_by_dragging(hands: Hands, adding: Document) -> None:
    hands.drag(hands.port(INPUT, "out"), hands.port(ADD, "in"))
    hands.drag(hands.port(ADD, "in"), hands.port(HIDDEN, "out"))
    design = adding.project.design
    assert design.parents(ADD) == (INPUT, HIDDEN)
    assert adding.undo_stack.undoText() == "Connect dense_1 to add_1"
    adding.undo()
    assert adding.undo_stack.undoText() == "Connect input to add_1"


def test_a_cycle_is_refused_with_its_reason_while_dragging(
    canvas: Canvas, hands: Hands, document: Document, notes: list[str]
) -> None:
    hands.hold(hands.port(OUTPUT, "out"), hands.card(HIDDEN))
    assert "cycle" in hint(canvas)
    hands.release(hands.card(HIDDEN))
    assert hint(canvas) == ""
    assert len(document.project.design.links) == 2
    assert "cycle" in notes[-1]


def test_a_second_input_is_refused_with_its_reason(
    canvas: Canvas, hands: Hands, document: Document
) -> None:
    hands.hold(hands.port(INPUT, "out"), hands.port(OUTPUT, "in"))
    assert "takes one input and has one already" in hint(canvas)
    hands.release(hands.port(OUTPUT, "in"))
    assert len(document.project.design.links) == 2


def test_widths_that_do_not_fit_are_marked_while_dragging_and_after(
    canvas: Canvas, hands: Hands, adding: Document
) -> None:
    hands.drag(hands.port(INPUT, "out"), hands.port(ADD, "in"))
    hands.hold(hands.port(HIDDEN, "out"), hands.port(ADD, "in"))
    assert "one width, not 4 and 8" in hint(canvas)
    hands.release(hands.port(ADD, "in"))
    card = canvas.scene.layers[ADD].card
    assert card.has_error
    assert "one width, not 4 and 8" in card.error


def test_a_wire_dropped_on_a_link_feeds_its_target_instead(
    canvas: Canvas, hands: Hands, document: Document
) -> None:
    document.edit("Dense", project=_with_branch(document))
    hands.drag(hands.port(NEW, "out"), hands.wire(HIDDEN, OUTPUT))
    assert document.project.design.parents(OUTPUT) == (NEW,)
    assert document.undo_stack.undoText() == "Re-route dense_3 to dense_2"


def test_the_end_of_a_link_is_taken_to_another_layer(
    canvas: Canvas, hands: Hands, document: Document
) -> None:
    document.edit("Dense", project=_with_branch(document))
    grip = canvas.scene.links[link(HIDDEN, OUTPUT)].path().pointAtPercent(0.3)
    hands.drag(hands.at(grip), hands.card(NEW))
    assert document.project.design.parents(OUTPUT) == (NEW,)


def test_a_link_dragged_into_the_open_is_removed(
    canvas: Canvas, hands: Hands, document: Document
) -> None:
    hands.hold(hands.wire(HIDDEN, OUTPUT), EMPTY)
    assert "remove the link" in hint(canvas)
    hands.release(EMPTY)
    assert document.project.design.links == (link(INPUT, HIDDEN),)
    assert document.undo_stack.undoText() == "Delete link to dense_2"


def test_a_wire_let_go_in_the_open_changes_nothing(hands: Hands, document: Document) -> None:
    before = document.project
    hands.drag(hands.port(OUTPUT, "out"), EMPTY)
    assert document.project is before


def test_escape_ends_a_gesture_as_if_it_had_not_begun(
    canvas: Canvas, hands: Hands, document: Document
) -> None:
    before, items = document.project, len(canvas.scene.items())
    place = canvas.scene.layers[OUTPUT].pos()
    for start in (hands.card(OUTPUT), hands.port(OUTPUT, "out"), hands.wire(INPUT, HIDDEN)):
        hands.hold(start, EMPTY)
        QTest.keyClick(canvas.view, Qt.Key.Key_Escape)
        hands.release(EMPTY)
    assert document.project is before
    assert canvas.scene.layers[OUTPUT].pos() == place
    assert len(canvas.scene.items()) == items


@pytest.mark.parametrize("grip", ["card", "port", "wire"])
def test_a_gesture_ends_when_the_design_changes_under_it(
    canvas: Canvas, hands: Hands, document: Document, grip: str
) -> None:
    hands.drop(layers.Dense(4), EMPTY)
    hands.drag(hands.port(OUTPUT, "out"), hands.port(NEW, "in"))
    start = {
        "card": hands.card(NEW),
        "port": hands.port(NEW, "out"),
        "wire": hands.wire(OUTPUT, NEW),
    }[grip]
    items = len(canvas.scene.items())
    hands.hold(start, EMPTY + QPointF(0, 40))
    document.undo()
    document.undo()
    hands.move(EMPTY)
    hands.release(EMPTY)
    assert len(document.project.design.nodes) == 3
    assert len(canvas.scene.items()) == items - 2, "the card and its link are gone, nothing else"


# ── moving ──────────────────────────────────────────────────────────────────────────────────


def test_moving_several_cards_is_one_step(hands: Hands, document: Document, canvas: Canvas) -> None:
    before = {each: item.pos() for each, item in canvas.scene.layers.items()}
    canvas.select_all()
    start = hands.card(HIDDEN)
    hands.drag(start, start + QPointF(30, -47))
    assert document.undo_stack.undoText() == "Move 3 layers"
    for identifier, place in before.items():
        assert canvas.scene.layers[identifier].pos() == place + QPointF(32, -48)
    document.undo()
    assert {each: item.pos() for each, item in canvas.scene.layers.items()} == before


def test_a_click_selects_and_moves_nothing(hands: Hands, document: Document) -> None:
    hands.click(hands.card(HIDDEN))
    assert document.focus.layers == (HIDDEN,)
    hands.click(hands.card(OUTPUT), Qt.KeyboardModifier.ControlModifier)
    assert set(document.focus.layers) == {HIDDEN, OUTPUT}
    hands.click(EMPTY)
    assert document.focus.layers == ()
    assert not document.undo_stack.count()


def test_links_follow_while_a_card_is_dragged(canvas: Canvas, hands: Hands) -> None:
    start = hands.card(HIDDEN)
    hands.hold(start, start + QPointF(0, 80))
    item = canvas.scene.layers[HIDDEN]
    path = canvas.scene.links[link(INPUT, HIDDEN)].path()
    assert path.pointAtPercent(1) == item.in_port
    hands.release(start)


def test_a_lonely_card_moved_onto_a_link_is_spliced_in(
    canvas: Canvas, hands: Hands, document: Document
) -> None:
    hands.drop(layers.Dropout(), EMPTY)
    spot = hands.wire(HIDDEN, OUTPUT)
    hands.hold(hands.card(NEW), spot)
    assert "insert here" in hint(canvas)
    hands.release(spot)
    assert document.project.design.parents(OUTPUT) == (NEW,)
    assert document.undo_stack.undoText() == "Insert dropout_1"


def test_a_rubber_band_selects_what_it_touches(
    canvas: Canvas, hands: Hands, document: Document
) -> None:
    top, bottom = hands.port(HIDDEN, "in"), hands.port(OUTPUT, "out")
    hands.drag(top + QPointF(20, -120), bottom + QPointF(20, 120))
    assert set(document.focus.layers) == {HIDDEN, OUTPUT}


# ── while training ──────────────────────────────────────────────────────────────────────────


def test_while_training_cards_move_and_nothing_else(
    canvas: Canvas, hands: Hands, document: Document, notes: list[str]
) -> None:
    design = document.project.design
    document.set_locked(True)
    hands.carry(layers.Dropout(), hands.wire(HIDDEN, OUTPUT))
    assert LOCKED_NOTE in hint(canvas)
    hands.drop(layers.Dropout(), hands.wire(HIDDEN, OUTPUT))
    hands.drag(hands.port(INPUT, "out"), hands.port(OUTPUT, "in"))
    hands.drag(hands.wire(HIDDEN, OUTPUT), EMPTY)
    document.set_focus(Focus(layers=(HIDDEN,)))
    canvas.delete_selection()
    canvas.cut()
    canvas.duplicate()
    canvas.rename_selected()
    assert document.project.design is design
    assert notes == [LOCKED_NOTE] * 7
    start = hands.card(HIDDEN)
    hands.drag(start, start + QPointF(0, 60))
    assert document.undo_stack.undoText() == "Move dense_1"


# ── looking around ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("delta", [-480, -120, 120, 480, 5000, -9000])
def test_the_wheel_zooms_at_the_pointer(canvas: Canvas, hands: Hands, delta: int) -> None:
    pointer = QPointF(711, 203)
    under = canvas.view.to_scene(pointer)
    hands.wheel(pointer, delta)
    assert 0.1 <= canvas.zoom <= 4
    assert (canvas.zoom > 1) == (delta > 0)
    assert (hands.at(under) - pointer).manhattanLength() <= 1.5


def test_the_middle_button_pans(canvas: Canvas, hands: Hands) -> None:
    before = hands.card(HIDDEN)
    hands.drag(QPointF(100, 100), QPointF(181, 64), MIDDLE)
    assert hands.card(HIDDEN) - before == QPointF(81, -36)


def _with_branch(document: Document) -> object:
    """The chain, and a Dense n4 fed by the input, below."""
    from gui.canvas import edits

    added = edits.add(document.project, layers.Dense(8, activation="relu"), (120.0, 200.0))
    return edits.connect(added.project, INPUT, NEW).project
