"""The scene is equal to the document after whatever is done, undone and redone."""

import random
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine import layers
from engine.design import Design
from engine.project import Project
from gui.canvas import Canvas, arrange, edits
from gui.canvas.geometry import CARD
from gui.document import Document, Focus, State
from tests.gui.canvas.hands import HIDDEN, OUTPUT, Hands, chain
from tests.gui.canvas.mirrored import assert_mirrors

KINDS = (
    layers.Dense(4),
    layers.Dropout(),
    layers.Add(),
    layers.Concatenate(),
    layers.BatchNormalization(),
    layers.Activation(),
)


def act(canvas: Canvas, document: Document, draw: random.Random) -> None:
    """Something that a person might do next, to some layers of their choice."""
    nodes = [node.id for node in document.project.design.nodes]
    some = tuple(draw.sample(nodes, min(len(nodes), draw.randint(0, 3))))
    document.set_focus(Focus(layers=some))
    change = change_at_random(document.project, some, draw)
    slots = (
        canvas.connect_selected,
        canvas.delete_selection,
        canvas.delete_and_reconnect,
        canvas.copy,
        canvas.paste,
        canvas.duplicate,
        document.undo,
        document.redo,
        lambda: canvas.nudge(8, -8),
        canvas.tidy.spread_across,
        canvas.tidy.lay_out_right,
        canvas.tidy.lay_out_down,
        canvas.repair_selected,
        lambda: canvas.append_layer(draw.choice(KINDS)),
        *([lambda: canvas.editor.do(change)] * 6),
    )
    draw.choice(slots)()


def change_at_random(
    project: Project, some: tuple[str, ...], draw: random.Random
) -> Callable[[Project], edits.Change]:
    layer, place = draw.choice(KINDS), (draw.uniform(-900, 900), draw.uniform(-600, 600))
    changes = [lambda p: edits.add(p, layer, place)]
    changes.append(lambda p: edits.move(p, dict.fromkeys(some, place)))
    if project.design.links:
        link = draw.choice(project.design.links)
        changes.append(lambda p: edits.insert(p, layer, link, place))
    if some:
        name = f"layer {draw.randint(0, 9)}"
        changes.append(lambda p: edits.rename(p, some[0], name))
    return draw.choice(changes)


@pytest.mark.parametrize("seed", range(12))
def test_the_scene_equals_the_document(canvas: Canvas, document: Document, seed: int) -> None:
    draw = random.Random(seed)
    first = document.state
    for _ in range(40):
        act(canvas, document, draw)
        assert_mirrors(canvas, document)
    while document.undo_stack.canRedo():
        document.redo()
    last = document.state
    while document.undo_stack.canUndo():
        document.undo()
        assert_mirrors(canvas, document)
    assert document.state == first
    while document.undo_stack.canRedo():
        document.redo()
    assert document.state == last
    assert_mirrors(canvas, document)


def test_only_what_differs_is_touched(canvas: Canvas, document: Document) -> None:
    before = dict(canvas.scene.layers)
    wider = document.project.design.replace(HIDDEN, layers.Dense(16, activation="tanh"))
    document.edit("Change units", project=document.project.edited(design=wider))
    assert canvas.scene.layers == before, "the same items, by identity"
    assert canvas.scene.layers[HIDDEN].card.summary == "16 units · tanh"
    assert canvas.scene.layers[OUTPUT].card.numbers == "out 3 · 51"


def test_focus_goes_both_ways(canvas: Canvas, document: Document) -> None:
    document.set_focus(Focus(layers=(OUTPUT,), rows=(3,)))
    assert canvas.scene.selected_layers() == (OUTPUT,)
    canvas.scene.layers[HIDDEN].setSelected(True)
    assert set(document.focus.layers) == {HIDDEN, OUTPUT}
    assert document.focus.rows == (3,), "what the canvas knows nothing of stays"


def test_another_document_is_shown_whole(canvas: Canvas, document: Document, qtbot) -> None:
    many = [layers.Dense(2) for _ in range(12)]
    document.replace(State(Project(design=Design.chain(layers.Input(), *many))))
    box = canvas.scene.content_rect()
    qtbot.waitUntil(lambda: canvas.view.visible_area().contains(box))


def test_an_empty_canvas_says_what_to_do_next(canvas: Canvas, document: Document) -> None:
    assert not canvas._empty.isVisible()
    document.replace(State(Project()))
    assert canvas._empty.isVisible()
    assert "press Tab" in canvas._empty.text()
    canvas.fit()
    canvas.append_layer(layers.Input())
    assert not canvas._empty.isVisible()


def test_cards_without_a_place_get_one_of_their_own() -> None:
    design = Design.chain(layers.Input(), *(layers.Dense(2) for _ in range(4)))
    design = design.add(layers.Dropout(), after=["dense_1"], splice=False)
    design = design.add(layers.Dense(3), after=["dense_1"], splice=False)
    laid_out = arrange.layout(design, {"n1": (5.0, 6.0)})
    for layout in ((), laid_out):
        places = arrange.places(Project(design=design, layout=layout))
        boxes = [CARD.translated(QPointF(*place)) for place in places.values()]
        assert len(boxes) == len(design.nodes)
        pairs = [(a, b) for i, a in enumerate(boxes) for b in boxes[:i]]
        assert not any(a.intersects(b) for a, b in pairs)


def test_a_card_without_a_place_and_parents_lies_apart() -> None:
    project = chain()
    places = arrange.places(project)
    lonely = project.design.add(layers.Dropout(), splice=False)
    made = project.edited(design=lonely, layout=arrange.layout(project.design, places))
    assert arrange.places(made)["n4"] not in places.values()


@pytest.fixture
def motion(qapp: QApplication) -> Iterator[None]:
    """A system that has its effects switched on."""
    before = qapp.isEffectEnabled(Qt.UIEffect.UI_General)
    qapp.setEffectEnabled(Qt.UIEffect.UI_General, True)
    yield
    qapp.setEffectEnabled(Qt.UIEffect.UI_General, before)


def splice(document: Document) -> QPointF:
    """Make room for a layer right behind the hidden one; where the output goes to."""
    link = document.project.design.links[1]
    change = edits.insert(document.project, layers.Dropout(), link, (420.0, 0.0))
    document.edit(change.text, project=change.project)
    return QPointF(*arrange.places(change.project)[OUTPUT])


def test_cards_glide_apart_with_their_links(
    qtbot: QtBot, canvas: Canvas, document: Document, motion: None
) -> None:
    item = canvas.scene.layers[OUTPUT]
    start = item.pos()
    end = splice(document)
    assert start.x() <= item.x() < end.x()
    path = next(each for key, each in canvas.scene.links.items() if key.target == OUTPUT).path
    assert path().pointAtPercent(1) == item.in_port
    qtbot.waitUntil(lambda: item.pos() == end)
    assert_mirrors(canvas, document)


def test_nobody_waits_for_a_card_to_arrive(
    canvas: Canvas, document: Document, motion: None
) -> None:
    item = canvas.scene.layers[OUTPUT]
    end = splice(document)
    canvas.layer_center(OUTPUT)
    assert item.pos() == end
    document.undo()
    document.redo()
    Hands(canvas).press(QPointF(300, 480))
    assert item.pos() == end


def test_without_effects_nothing_glides(canvas: Canvas, document: Document) -> None:
    end = splice(document)
    assert canvas.scene.layers[OUTPUT].pos() == end
