from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest

from engine import layers
from gui.canvas import Canvas, edits, placing
from gui.canvas.catalogue import Entry
from gui.canvas.geometry import CARD, IN_PORT, OUT_PORT
from gui.canvas.quick_add import QuickAdd
from gui.canvas.spot import Spot
from gui.document import Document, Focus
from tests.gui.canvas.hands import ADD, HIDDEN, INPUT, OUTPUT, Hands, link, with_add

KEY = Qt.Key
EMPTY = QPointF(200, 450)


@pytest.fixture
def box(canvas: Canvas) -> Iterator[QuickAdd]:
    canvas.activateWindow()
    yield canvas.adding.box
    canvas.adding.box.hide()


def labels(box: QuickAdd) -> list[str]:
    return [box.list.item(row).text() for row in range(box.list.count())]


def take(box: QuickAdd, letters: str, key: Qt.Key = KEY.Key_Return, held: object = None) -> None:
    QTest.keyClicks(box.search, letters)
    QTest.keyClick(box.search, key, held or Qt.KeyboardModifier.NoModifier)


def away(one: QPointF, other: QPointF) -> float:
    return max(abs((one - other).x()), abs((one - other).y()))


# ── the box ─────────────────────────────────────────────────────────────────────────────────


def test_a_double_click_on_nothing_offers_everything_and_enter_places_it(
    canvas: Canvas, hands: Hands, document: Document, box: QuickAdd
) -> None:
    hands.double_click(EMPTY)
    assert box.isVisible()
    assert len(labels(box)) == len(canvas.adding.catalogue.entries)
    QTest.keyClicks(box.search, "drop")
    assert labels(box)[0] == "Dropout"
    assert canvas.scene.ghost.isVisible(), "it is seen where it would be placed"
    QTest.keyClick(box.search, KEY.Key_Return)
    assert not box.isVisible()
    assert not canvas.scene.ghost.isVisible()
    new = document.project.design.nodes[-1]
    assert (new.layer, document.focus.layers) == (layers.Dropout(), (new.id,))
    assert document.project.design.parents(new.id) == ()
    assert away(hands.card(new.id), EMPTY) < 1
    document.undo()
    assert not document.project.design.has(new.id)


def test_escape_and_looking_elsewhere_close_it_and_nothing_is_placed(
    canvas: Canvas, hands: Hands, document: Document, box: QuickAdd
) -> None:
    for close in (
        lambda: QTest.keyClick(box.search, KEY.Key_Escape),
        lambda: hands.wheel(EMPTY, 120),
        lambda: canvas.view.setFocus(),
    ):
        hands.double_click(EMPTY)
        close()
        assert not box.isVisible()
        assert not canvas.scene.ghost.isVisible()
    assert not document.undo_stack.count()


def test_arrows_move_and_a_click_takes(hands: Hands, document: Document, box: QuickAdd) -> None:
    hands.double_click(EMPTY)
    first = labels(box)
    for key, row in ((KEY.Key_Down, 1), (KEY.Key_Down, 2), (KEY.Key_Up, 1), (KEY.Key_PageDown, 9)):
        QTest.keyClick(box.search, key)
        assert box.list.currentRow() == row
    QTest.keyClick(box.search, KEY.Key_PageUp)
    where = box.list.visualItemRect(box.list.item(1)).center()
    QTest.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert document.undo_stack.undoText() == f"Add {first[1]}"


def test_what_is_not_found_is_said_and_enter_does_nothing(
    canvas: Canvas, hands: Hands, document: Document, box: QuickAdd
) -> None:
    hands.double_click(EMPTY)
    take(box, "qqqq")
    assert box.isVisible()
    assert not canvas.scene.ghost.isVisible()
    assert "Nothing" in box._words.text()
    assert not document.undo_stack.count()


def test_it_stays_inside_the_canvas(canvas: Canvas, hands: Hands, box: QuickAdd) -> None:
    for spot in (QPointF(4, 4), QPointF(880, 4), QPointF(4, 590), QPointF(880, 590)):
        hands.double_click(spot)
        assert canvas.rect().contains(box.geometry())
        box.hide()


def test_training_keeps_it_closed_and_says_why(
    hands: Hands, document: Document, box: QuickAdd, notes: list[str]
) -> None:
    document.set_locked(True)
    hands.double_click(EMPTY)
    assert not box.isVisible()
    assert "read-only while training" in notes[-1]


def test_favourites_stand_first(canvas: Canvas, hands: Hands, box: QuickAdd) -> None:
    catalogue = canvas.adding.catalogue
    noise = next(each for each in catalogue.entries if each.label == "Noise")
    catalogue.set_favourite(noise, True)
    hands.double_click(EMPTY)
    assert labels(box)[0] == "Noise"
    assert labels(box).count("Noise") == 1


# ── behind the selection, in a link, at a loose end ─────────────────────────────────────────


def test_insert_links_behind_the_selection_at_the_pointer(
    canvas: Canvas, hands: Hands, document: Document, box: QuickAdd
) -> None:
    document.set_focus(Focus(layers=(OUTPUT,)))
    QCursor.setPos(canvas.view.viewport().mapToGlobal(EMPTY.toPoint()))
    canvas.adding.open()
    QTest.keyClicks(box.search, "tanh")
    assert box._words.text() == "Enter adds it behind dense_2, Shift+Enter on its own"
    take(box, "")
    new = document.project.design.nodes[-1].id
    assert document.project.design.parents(new) == (OUTPUT,)
    assert away(hands.card(new), EMPTY) < 1


def test_with_shift_it_is_placed_on_its_own(
    canvas: Canvas, document: Document, box: QuickAdd
) -> None:
    document.set_focus(Focus(layers=(OUTPUT,)))
    QCursor.setPos(canvas.view.viewport().mapToGlobal(EMPTY.toPoint()))
    canvas.adding.open()
    take(box, "tanh", held=Qt.KeyboardModifier.ShiftModifier)
    new = document.project.design.nodes[-1].id
    assert document.project.design.parents(new) == ()


@pytest.mark.parametrize("chosen", [(), (OUTPUT,)])
def test_with_the_pointer_elsewhere_it_goes_where_one_looks(
    canvas: Canvas, document: Document, box: QuickAdd, chosen: tuple[str, ...]
) -> None:
    document.set_focus(Focus(layers=chosen))
    QCursor.setPos(QPoint(5000, 5000))
    canvas.adding.open()
    take(box, "tanh")
    new = document.project.design.nodes[-1].id
    assert document.project.design.parents(new) == chosen
    assert canvas.view.visible_area().contains(canvas.scene.layers[new].pos()) or chosen


def test_on_a_link_it_offers_what_can_stand_there_and_splices_it(
    hands: Hands, document: Document, box: QuickAdd
) -> None:
    hands.double_click(hands.wire(INPUT, HIDDEN))
    assert "between input and dense_1" in box._words.text()
    assert "Input" not in labels(box)
    take(box, "batch norm")
    design = document.project.design
    new = design.nodes[-1].id
    assert (design.parents(new), design.parents(HIDDEN)) == ((INPUT,), (new,))


def test_a_loose_end_from_an_output_feeds_what_is_chosen(
    hands: Hands, document: Document, box: QuickAdd
) -> None:
    hands.drag(hands.port(HIDDEN, "out"), EMPTY)
    assert "Input" not in labels(box), "it takes no link"
    take(box, "dropout")
    new = document.project.design.nodes[-1].id
    assert document.project.design.parents(new) == (HIDDEN,)
    assert away(hands.port(new, "in"), EMPTY) < 1
    assert document.undo_stack.count() == 1


def test_a_loose_end_from_an_input_is_fed_by_what_is_chosen(
    canvas: Canvas, hands: Hands, document: Document, box: QuickAdd
) -> None:
    document.edit("Add", project=with_add())
    canvas.editor.do(lambda project: edits.move(project, {ADD: (500.0, 300.0)}))
    hands.drag(hands.port(ADD, "in"), EMPTY)
    assert "Input" in labels(box), "it gives an output"
    take(box, "bottleneck")
    design = document.project.design
    last = design.nodes[-1].id
    assert design.parents(ADD) == (last,)
    assert away(hands.port(last, "out"), EMPTY) < 1


def test_a_loose_end_of_a_full_input_says_why_it_offers_nothing(
    hands: Hands, document: Document, box: QuickAdd, notes: list[str]
) -> None:
    hands.drag(hands.port(HIDDEN, "in"), EMPTY)
    assert not box.isVisible()
    assert notes[-1].startswith("dense_1 takes one input and has one already")


def test_touching_a_port_opens_nothing(hands: Hands, box: QuickAdd) -> None:
    hands.drag(hands.port(HIDDEN, "out"), hands.port(HIDDEN, "out") + QPointF(20, 0))
    assert not box.isVisible()


# ── presets and blocks ──────────────────────────────────────────────────────────────────────


def preset(canvas: Canvas, label: str) -> Entry:
    return next(each for each in canvas.adding.catalogue.entries if each.label == label)


def test_a_residual_block_takes_the_width_it_is_linked_behind(
    canvas: Canvas, document: Document
) -> None:
    document.set_focus(Focus(layers=(HIDDEN,)))
    canvas.append_layer(preset(canvas, "Residual block").piece)
    design = document.project.design
    assert design.parents("n8") == ("n7", HIDDEN), "the skip"
    assert design.parents(OUTPUT) == ("n8",), "what the layer fed is fed by the block"
    assert not [each for each in document.problems if each.where in ("n4", "n7", "n8")]
    assert document.undo_stack.undoText() == "Add Residual block"
    document.undo()
    assert len(document.project.design.nodes) == 3


def test_a_spliced_block_pushes_what_comes_behind(canvas: Canvas, document: Document) -> None:
    block = preset(canvas, "Bottleneck").piece
    at = (200.0, 0.0)
    between = link(INPUT, HIDDEN)
    canvas.editor.do(lambda project: placing.insert(project, block, between, at))
    canvas.scene.settle()
    xs = [canvas.scene.layers[each].x() for each in (INPUT, "n4", "n5", "n6", HIDDEN, OUTPUT)]
    assert all(b - a >= CARD.width() for a, b in pairwise(xs))


@pytest.mark.parametrize(
    ("spot", "words"),
    [
        (Spot(QPointF()), "on its own"),
        (Spot(QPointF(), source=HIDDEN), "fed by dense_1"),
        (Spot(QPointF(), target=OUTPUT), "feeding dense_2"),
    ],
)
def test_a_spot_says_what_it_means(document: Document, spot: Spot, words: str) -> None:
    assert spot.words(document.project.design, layers.Dense()) == words


@pytest.mark.parametrize("zoom", [0.3, 0.77, 1.0, 2.5])
@pytest.mark.parametrize("scroll", [(0, 0), (-137, 53), (411, -299)])
def test_the_grabbed_point_lands_where_it_was_let_go(
    canvas: Canvas, hands: Hands, document: Document, zoom: float, scroll: tuple[int, int]
) -> None:
    canvas.view.set_zoom(zoom)
    canvas.view.horizontalScrollBar().setValue(scroll[0])
    canvas.view.verticalScrollBar().setValue(scroll[1])
    for number, grab in enumerate((QPointF(1, 1), QPointF(61, 17), CARD.center(), OUT_PORT)):
        document.undo()
        spot = QPointF(317 + 31 * number, 243 + 17 * number)
        hands.drop(layers.Dense(4), spot, grab)
        new = document.project.design.nodes[-1].id
        canvas.scene.settle()
        assert away(hands.at(canvas.scene.layers[new].pos() + grab), spot) <= 1
    document.undo()
    at = hands.view.to_scene(EMPTY)
    canvas.editor.do(lambda project: Spot(at, source=HIDDEN).place(project, layers.Add(), {}))
    new = canvas.scene.layers[document.project.design.nodes[-1].id]
    assert away(hands.at(new.pos() + IN_PORT), EMPTY) <= 1


@pytest.mark.parametrize("zoom", [0.3, 0.77, 2.5])
def test_a_moved_card_without_snapping_is_where_the_pointer_took_it(
    canvas: Canvas,
    hands: Hands,
    zoom: float,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    canvas.view.set_zoom(zoom)
    free = Qt.KeyboardModifier.ControlModifier
    monkeypatch.setattr("PySide6.QtWidgets.QApplication.keyboardModifiers", lambda: free)
    start = hands.card(HIDDEN)
    end = start + QPointF(53, 117)
    hands.drag(start, end)
    assert away(hands.card(HIDDEN), end) <= 1
