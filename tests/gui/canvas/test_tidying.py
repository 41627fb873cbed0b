"""Cards in order: guides and the grid while moving, aligning, spreading, laying out."""

import pytest
from PySide6.QtCore import QPointF

from engine import layers
from engine.design import Design
from gui.canvas import Canvas
from gui.canvas.guides import Guides
from gui.document import Document, Focus, State
from tests.gui.canvas.hands import HIDDEN, INPUT, OUTPUT, Hands, chain

THREE = {INPUT: (0.0, 0.0), HIDDEN: (310.0, 55.0), OUTPUT: (700.0, 200.0)}


@pytest.fixture
def scattered(canvas: Canvas, document: Document) -> Document:
    from gui.canvas import edits

    canvas.editor.do(lambda project: edits.move(project, THREE))
    document.set_focus(Focus(layers=tuple(THREE)))
    return document


def corners(canvas: Canvas) -> dict[str, tuple[float, float]]:
    return {each: item.corner for each, item in canvas.scene.layers.items()}


def test_a_moved_card_snaps_into_line_with_its_neighbours(canvas: Canvas, hands: Hands) -> None:
    start = hands.card(OUTPUT)
    y = canvas.scene.layers[HIDDEN].y()
    hands.drag(start, start + QPointF(61, 60))
    assert canvas.scene.layers[OUTPUT].x() % 8 == 0, "on the grid, where nothing is near"
    start = hands.card(OUTPUT)
    hands.hold(start, start + QPointF(3, y - canvas.scene.layers[OUTPUT].y() + 4))
    assert canvas.scene.guides.isVisible()
    assert canvas.scene.layers[OUTPUT].y() == y
    hands.release(start)
    assert not canvas.scene.guides.isVisible()


def test_guides_run_along_all_cards_in_line() -> None:
    at, lines = Guides([(0.0, 0.0), (400.0, 0.0), (0.0, 900.0)]).snap((801.0, 3.0), 1.0)
    assert at == (800.0, 0.0)
    (level,) = lines
    assert (level.x1(), level.x2(), level.y1()) == (-12.0, 996.0, 0.0)


@pytest.mark.parametrize(
    ("side", "axis", "line"),
    [
        ("left", 0, 0),
        ("right", 0, 700),
        ("centre", 0, 350),
        ("top", 1, 0),
        ("bottom", 1, 200),
        ("middle", 1, 100),
    ],
)
def test_cards_are_aligned(
    canvas: Canvas, scattered: Document, side: str, axis: int, line: float
) -> None:
    getattr(canvas.tidy, side)()
    assert {each[axis] for each in corners(canvas).values()} == {line}
    assert scattered.undo_stack.undoText() == "Align 3 layers"
    scattered.undo()
    assert corners(canvas) == THREE


def test_cards_are_spread_evenly(canvas: Canvas, scattered: Document, notes: list[str]) -> None:
    canvas.tidy.spread_across()
    canvas.tidy.spread_down()
    assert corners(canvas)[HIDDEN] == (350.0, 100.0)
    scattered.set_focus(Focus(layers=(INPUT, OUTPUT)))
    canvas.tidy.spread_down()
    assert notes == ["Select three or more layers to spread them evenly."]


def test_the_design_is_laid_out_both_ways(canvas: Canvas, scattered: Document) -> None:
    canvas.tidy.lay_out_right()
    places = corners(canvas)
    assert places[INPUT][0] < places[HIDDEN][0] < places[OUTPUT][0]
    assert len({y for _, y in places.values()}) == 1
    canvas.tidy.lay_out_down()
    places = corners(canvas)
    assert places[INPUT][1] < places[HIDDEN][1] < places[OUTPUT][1]
    scattered.undo()
    scattered.undo()
    assert corners(canvas) == THREE


def test_there_is_nothing_to_lay_out(canvas: Canvas, document: Document, notes: list[str]) -> None:
    document.replace(State(chain().edited(design=Design())))
    canvas.tidy.lay_out_right()
    assert notes == ["There are no layers to lay out."]


def test_nudges_in_a_row_are_one_step(canvas: Canvas, scattered: Document) -> None:
    steps = scattered.undo_stack.count()
    for _ in range(5):
        canvas.nudge(8, 0)
    assert scattered.undo_stack.count() == steps + 1
    scattered.undo()
    assert corners(canvas) == THREE


def test_a_crowd_looks_as_single_cards_do(canvas: Canvas, document: Document) -> None:
    many = Design.chain(layers.Input(), *(layers.Dense(2) for _ in range(80)))
    document.replace(State(chain().edited(design=many)))
    canvas.zoom_reset()
    canvas.view.centerOn(700, 36)
    assert canvas.scene.is_crowded
    together = canvas.view.viewport().grab().toImage()
    canvas.scene.set_crowded(False)
    apart = canvas.view.viewport().grab().toImage()
    differing = sum(
        abs(together.pixelColor(x, y).lightness() - apart.pixelColor(x, y).lightness()) > 60
        for x in range(0, together.width(), 2)
        for y in range(0, together.height(), 2)
    )
    assert differing < 0.005 * together.width() * together.height() / 4
