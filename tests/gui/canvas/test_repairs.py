"""Problems that one click mends, by their badge and by the menu."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from engine import layers
from gui.canvas import Canvas
from gui.canvas.card import BADGE
from gui.document import Document
from tests.gui.canvas.hands import HIDDEN, OUTPUT, Hands


def put(document: Document, identifier: str, layer: layers.Layer) -> None:
    design = document.project.design.replace(identifier, layer)
    document.edit("Change", project=document.project.edited(design=design))


def test_a_press_on_the_badge_gives_the_last_layer_the_number_of_classes(
    canvas: Canvas, document: Document, hands: Hands
) -> None:
    put(document, OUTPUT, layers.Dense(7, activation="softmax"))
    item = canvas.scene.layers[OUTPUT]
    assert "Click the badge" in item.toolTip()
    hands.click(hands.at(item.pos() + BADGE.center()))
    assert document.project.design.node(OUTPUT).layer.units == 3
    assert document.problems == () or all(each.where != OUTPUT for each in document.problems)
    assert document.undo_stack.undoText() == "Set the units of dense_2 to 3"


def test_two_linear_layers_get_an_activation_between(canvas: Canvas, document: Document) -> None:
    put(document, HIDDEN, layers.Dense(8))
    canvas.repair(HIDDEN)
    assert document.project.design.node(HIDDEN).layer.summary == "8 units · relu"


def test_plain_outputs_become_probabilities(canvas: Canvas, document: Document) -> None:
    put(document, OUTPUT, layers.Dense(3))
    canvas.select_all()
    canvas.repair_selected()
    assert document.project.design.node(OUTPUT).layer.summary == "3 units · softmax"


def test_the_menu_offers_it_and_a_sound_layer_says_so(
    canvas: Canvas, document: Document, hands: Hands, notes: list[str]
) -> None:
    canvas.addAction(QAction("Delete", canvas))
    put(document, OUTPUT, layers.Dense(7, activation="softmax"))
    hands.right_click(hands.card(OUTPUT))
    menu = canvas.findChild(QMenu)
    assert menu.actions()[0].text() == "Set the units of dense_2 to 3"
    menu.actions()[0].trigger()
    menu.close()
    assert document.project.design.node(OUTPUT).layer.units == 3
    canvas.repair(OUTPUT)
    assert notes == ["There is nothing about dense_2 that one click would mend."]
