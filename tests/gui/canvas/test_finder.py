"""Finding layers by what they are called, are, or have wrong; seeing what is selected."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine import layers
from gui.canvas import Canvas
from gui.document import Document, Focus
from tests.gui.canvas.hands import HIDDEN, INPUT, OUTPUT


def listed(canvas: Canvas) -> list[str]:
    found = canvas.finder.list
    return [found.item(row).text() for row in range(found.count())]


def test_all_layers_are_listed_in_order(canvas: Canvas) -> None:
    canvas.find_layer()
    assert [each.partition(" ")[0] for each in listed(canvas)] == ["input", "dense_1", "dense_2"]
    assert canvas.finder.search.hasFocus()


@pytest.mark.parametrize(
    ("words", "found"), [("dense 3", ["dense_2"]), ("rows", ["input"]), ("what", [])]
)
def test_typing_narrows_the_list(canvas: Canvas, words: str, found: list[str]) -> None:
    canvas.find_layer()
    canvas.finder.search.setText(words)
    assert [each.partition(" ")[0] for each in listed(canvas)] == found


def test_a_problem_is_found_by_its_words(canvas: Canvas) -> None:
    canvas.append_layer(layers.Dense(7, activation="softmax"))
    canvas.find_layer()
    canvas.finder.search.setText("7 outputs")
    assert [each.partition(" ")[0] for each in listed(canvas)] == ["dense_3"]


def test_going_through_the_list_selects_and_shows(
    qtbot: QtBot, canvas: Canvas, document: Document
) -> None:
    canvas.view.set_zoom(0.2)
    canvas.find_layer()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(canvas.finder.search, key)
    assert document.focus.layers == (HIDDEN,)
    card = canvas.scene.rect_of((HIDDEN,))
    assert canvas.zoom == 1
    assert (canvas.view.visible_area().center() - card.center()).manhattanLength() < 3
    qtbot.keyClick(canvas.finder.search, Qt.Key.Key_Return)
    assert not canvas.finder.isVisible()
    assert canvas.view.hasFocus()


def test_the_selected_layer_is_where_the_list_begins(
    qtbot: QtBot, canvas: Canvas, document: Document
) -> None:
    document.set_focus(Focus(layers=(OUTPUT,)))
    canvas.find_layer()
    qtbot.keyClick(canvas.finder.search, Qt.Key.Key_Up)
    assert document.focus.layers == (HIDDEN,)
    qtbot.keyClick(canvas.finder.search, Qt.Key.Key_Escape)
    assert not canvas.finder.isVisible()


def test_an_edit_closes_the_list(canvas: Canvas) -> None:
    canvas.find_layer()
    canvas.append_layer(layers.Dropout())
    assert not canvas.finder.isVisible()


def test_the_selection_is_fitted(canvas: Canvas, document: Document) -> None:
    canvas.view.set_zoom(0.2)
    canvas.fit_selection()
    assert canvas.zoom == pytest.approx(0.2)
    document.set_focus(Focus(layers=(INPUT, HIDDEN)))
    canvas.fit_selection()
    assert canvas.view.visible_area().contains(canvas.scene.rect_of((INPUT, HIDDEN)))
    assert canvas.zoom == 1
