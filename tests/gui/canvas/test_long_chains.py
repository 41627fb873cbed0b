"""Designs that are far longer than a screen: nothing of them is out of reach."""

from engine import layers
from engine.design import Design
from engine.project import Project
from gui.canvas import Canvas
from gui.canvas.geometry import CARD
from gui.document import Document, State
from tests.gui.canvas.hands import Hands


def test_the_end_of_a_chain_of_a_thousand_layers_is_reached(
    canvas: Canvas, document: Document, hands: Hands
) -> None:
    many = (layers.Dense(units=2) for _ in range(1_000))
    design = Design.chain(layers.Input(), *many)
    document.replace(State(Project(design=design)))
    last = design.nodes[-1].id
    canvas.show_layer(last)
    card = CARD.translated(canvas.scene.layers[last].pos())
    assert card.left() > 200_000
    assert canvas.view.visible_area().contains(card)
    canvas.zoom_in()
    hands.drag(hands.card(last), hands.card(last) + (hands.card(last) - hands.port(last, "out")))
    assert canvas.scene.layers[last].x() < card.left()
