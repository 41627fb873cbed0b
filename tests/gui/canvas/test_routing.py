"""Links go around cards instead of passing behind them."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from engine import layers
from engine.design import Design
from engine.project import Project
from gui.canvas import Canvas
from gui.canvas.geometry import CARD, IN_PORT, OUT_PORT
from gui.canvas.routing import Obstacles
from gui.document import Document, State
from tests.gui.canvas.hands import link


def touches(course: QPainterPath, corner: tuple[float, float]) -> bool:
    card = CARD.translated(*corner)
    return any(card.contains(course.pointAtPercent(step / 200)) for step in range(201))


def residual() -> Project:
    design = Design.chain(layers.Input(), layers.Dense(8), layers.Dense(8), layers.Dense(8))
    design = design.add(layers.Add(), after=["dense_3"])
    return Project(design=design.connect("dense_1", "add_1"))


@pytest.mark.parametrize("way", ["lay_out_right", "lay_out_down"])
def test_a_skip_touches_no_card_but_its_own(canvas: Canvas, document: Document, way: str) -> None:
    document.replace(State(residual()))
    getattr(canvas.tidy, way)()
    scene = canvas.scene
    for each, item in scene.links.items():
        ends = (each.source, each.target)
        others = [card for name, card in scene.layers.items() if name not in ends]
        assert not any(touches(item.course, other.corner) for other in others)


def test_a_card_put_in_the_way_is_made_room_for(canvas: Canvas, document: Document) -> None:
    from gui.canvas import edits

    canvas.editor.do(lambda p: edits.move(p, {"n2": (0.0, 0.0), "n3": (900.0, 0.0)}))
    straight = canvas.scene.links[link("n2", "n3")].course
    assert straight.boundingRect().height() < 1
    canvas.editor.do(lambda p: edits.move(p, {"n1": (450.0, 10.0)}))
    around = canvas.scene.links[link("n2", "n3")].course
    assert not touches(around, (450, 10))
    document.undo()
    assert canvas.scene.links[link("n2", "n3")].course == straight


def test_the_nearest_free_lane_is_taken() -> None:
    obstacles = Obstacles()
    for row in range(3):
        obstacles.put(f"n{row}", (300.0, 112.0 * row))
    start, end = OUT_PORT + QPointF(0, 112), IN_PORT + QPointF(800, 112)
    course = obstacles.course(start, end)
    assert not any(touches(course, (300, 112 * row)) for row in range(3))
    assert course.boundingRect().height() < 112
    obstacles.remove("n1")
    obstacles.remove("n1")
    assert obstacles.course(start, end).boundingRect().height() < 1


def test_courses_begin_and_end_at_their_ports() -> None:
    obstacles = Obstacles()
    obstacles.put("n1", (300.0, 0.0))
    ends = [QPointF(184, 36), QPointF(900, 40), QPointF(100, 400), QPointF(0, 30), QPointF(500, 90)]
    for start, end in pairwise(ends):
        course = obstacles.course(start, end)
        assert (course.pointAtPercent(0), course.pointAtPercent(1)) == (start, end)
