import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from engine import layers
from gui import theme
from gui.canvas import Canvas
from gui.canvas.card import Card
from gui.canvas.minimap import Minimap
from gui.document import Document, Focus
from tests.gui.canvas.hands import HIDDEN, INPUT, OUTPUT, Hands, link

KEY, CONTROL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


def key(canvas: Canvas, which: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(canvas.view, which, held)


# ── keys ────────────────────────────────────────────────────────────────────────────────────


def test_keys_edit_the_selection(canvas: Canvas, document: Document) -> None:
    document.set_focus(Focus(layers=(HIDDEN,)))
    start = canvas.scene.layers[HIDDEN].pos()
    key(canvas, KEY.Key_Down)
    key(canvas, KEY.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.scene.layers[HIDDEN].pos() - start == QPointF(1, 8)
    key(canvas, KEY.Key_D, CONTROL)
    key(canvas, KEY.Key_X, CONTROL)
    key(canvas, KEY.Key_V, CONTROL)
    assert document.undo_stack.undoText() == "Paste dense_3"
    key(canvas, KEY.Key_A, CONTROL)
    assert len(document.focus.layers) == 4
    document.set_focus(Focus(layers=(HIDDEN,)))
    key(canvas, KEY.Key_Backspace)
    assert link(INPUT, OUTPUT) in document.project.design.links
    document.set_focus(Focus(layers=(OUTPUT,)))
    key(canvas, KEY.Key_Delete)
    assert not document.project.design.has(OUTPUT)


def test_keys_look_around(canvas: Canvas) -> None:
    key(canvas, KEY.Key_Plus, CONTROL)
    assert canvas.zoom > 1
    key(canvas, KEY.Key_Minus, CONTROL)
    key(canvas, KEY.Key_Minus, CONTROL)
    assert canvas.zoom < 1
    key(canvas, KEY.Key_0, CONTROL)
    assert canvas.zoom == 1
    canvas.view.centerOn(9000, 9000)
    key(canvas, KEY.Key_F)
    assert canvas.view.visible_area().contains(canvas.scene.content_rect())


def test_alt_and_arrows_go_from_card_to_card(canvas: Canvas, document: Document) -> None:
    key(canvas, KEY.Key_Right, ALT)
    assert document.focus.layers == (INPUT,)
    for which, there in ((KEY.Key_Right, HIDDEN), (KEY.Key_Right, OUTPUT), (KEY.Key_Left, HIDDEN)):
        key(canvas, which, ALT)
        assert document.focus.layers == (there,)
    key(canvas, KEY.Key_Up, ALT)
    assert document.focus.layers == (HIDDEN,), "there is no card above"


def test_tab_asks_for_layers_and_other_keys_are_left_to_the_window(
    qtbot: QtBot, canvas: Canvas, document: Document
) -> None:
    with qtbot.waitSignal(canvas.search_requested):
        key(canvas, KEY.Key_Tab)
    key(canvas, KEY.Key_Backtab)
    key(canvas, KEY.Key_G)
    assert not document.undo_stack.count()


# ── names ───────────────────────────────────────────────────────────────────────────────────


def editor_of(canvas: Canvas) -> QLineEdit:
    return canvas.view.findChild(QLineEdit)


def test_a_layer_is_renamed_on_its_card(canvas: Canvas, hands: Hands, document: Document) -> None:
    hands.double_click(hands.card(HIDDEN))
    line = editor_of(canvas)
    assert line.isVisible()
    assert line.text() == "dense_1"
    line.setText("encoder")
    QTest.keyClick(line, KEY.Key_Return)
    assert not line.isVisible()
    assert document.project.design.node(HIDDEN).name == "encoder"
    assert document.undo_stack.undoText() == "Rename dense_1 to encoder"


def test_a_name_that_cannot_be_is_refused_with_its_reason(
    canvas: Canvas, document: Document, notes: list[str]
) -> None:
    document.set_focus(Focus(layers=(HIDDEN,)))
    for name, reason in (("dense_2", "already a layer named"), ("a/b", 'without "/"')):
        key(canvas, KEY.Key_F2)
        editor_of(canvas).setText(name)
        QTest.keyClick(editor_of(canvas), KEY.Key_Return)
        assert reason in notes[-1]
    assert document.project.design.node(HIDDEN).name == "dense_1"


def test_escape_leaves_the_name_as_it_was(canvas: Canvas, document: Document) -> None:
    canvas.rename(HIDDEN)
    editor_of(canvas).setText("other")
    QTest.keyClick(editor_of(canvas), KEY.Key_Escape)
    assert not editor_of(canvas).isVisible()
    assert not document.undo_stack.count()


# ── what is shown ───────────────────────────────────────────────────────────────────────────


def test_the_header_counts_what_is_trained(canvas: Canvas, document: Document) -> None:
    assert canvas._header.name.text() == "little"
    assert canvas._header.total.text() == "67"
    document.set_prepared(None)
    assert canvas._header.total.text() == "–"


def test_screen_readers_hear_the_selection(canvas: Canvas, document: Document) -> None:
    document.set_focus(Focus(layers=(HIDDEN,)))
    assert "dense_1, 8 units · relu, out 8 · 40" in canvas.view.accessibleDescription()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_colours_follow_the_theme(qapp: QApplication, canvas: Canvas, mode: theme.Mode) -> None:
    theme.apply(qapp, mode)
    shot = canvas.view.viewport().grab().toImage()
    bar = canvas.view.viewportTransform().map(canvas.scene.layers[HIDDEN].pos() + QPointF(2, 36))
    port = canvas.view.viewportTransform().map(canvas.scene.layers[HIDDEN].pos() + QPointF(2, 20))
    assert shot.pixelColor(port.toPoint()) == QColor(theme.current().core)
    assert shot.pixelColor((bar + QPointF(60, 20)).toPoint()) == QColor(theme.current().surface)
    corner = shot.pixelColor(0, shot.height() - 3)
    assert corner in (QColor(theme.current().canvas), QColor(theme.current().hairline))


def inked(canvas: Canvas, top: float, bottom: float) -> int:
    """How many pixels between two heights of the Dense card are not its plain surface."""
    item, view = canvas.scene.layers[HIDDEN], canvas.view
    to_view = view.viewportTransform()
    shot = view.viewport().grab().toImage()
    start = to_view.map(item.pos() + QPointF(12, top)).toPoint()
    end = to_view.map(item.pos() + QPointF(130, bottom)).toPoint()
    surface = QColor(theme.current().surface)
    return sum(
        shot.pixelColor(x, y) != surface
        for x in range(start.x(), end.x())
        for y in range(start.y(), end.y())
    )


def test_far_away_cards_show_less(canvas: Canvas) -> None:
    last_row = (48, 66)
    assert inked(canvas, *last_row)
    canvas.view.set_zoom(0.45)
    assert not inked(canvas, *last_row)
    assert inked(canvas, 6, 26)
    canvas.view.set_zoom(0.2)
    assert inked(canvas, 20, 50), "the name fills the card"


def test_a_card_with_an_error_says_so_in_words(canvas: Canvas, document: Document) -> None:
    canvas.append_layer(layers.Dense(7, activation="softmax"))
    item = canvas.scene.layers["n4"]
    assert item.card.has_error
    assert "7 output" in item.card.error
    assert "Set its units to 3." in item.toolTip()


def test_the_map_goes_where_it_is_pressed(qtbot: QtBot, canvas: Canvas) -> None:
    map_ = canvas.findChild(Minimap)
    canvas.view.set_zoom(2)
    qtbot.mousePress(map_, Qt.MouseButton.LeftButton, pos=QPoint(4, 38))
    left = canvas.view.visible_area().center().x()
    qtbot.mousePress(map_, Qt.MouseButton.LeftButton, pos=QPoint(120, 38))
    assert canvas.view.visible_area().center().x() > left
    assert not map_.grab().isNull()


def test_tests_and_helpers_find_things_on_the_screen(canvas: Canvas, hands: Hands) -> None:
    to_global = canvas.view.viewport().mapToGlobal
    assert canvas.layer_center(HIDDEN) == to_global(hands.card(HIDDEN).toPoint())
    assert canvas.port_position(HIDDEN, "in") == to_global(hands.port(HIDDEN, "in").toPoint())
    assert canvas.port_position(HIDDEN, "out") == to_global(hands.port(HIDDEN, "out").toPoint())
    assert canvas.link_center(INPUT, HIDDEN) == to_global(hands.wire(INPUT, HIDDEN).toPoint())


def test_every_layer_has_a_card_with_an_icon(qapp: QApplication) -> None:
    from engine.layers import Layer

    for kind in Layer.family:
        card = Card.of(Layer.parse(kind), kind)
        assert card.icon
        assert card.summary


def test_hovering_a_port_and_a_link_shows_that_they_can_be_taken(
    qtbot: QtBot, canvas: Canvas, hands: Hands
) -> None:
    plain = canvas.view.viewport().grab().toImage()
    for spot in (hands.port(HIDDEN, "out"), hands.wire(INPUT, HIDDEN)):
        hands.move(spot, Qt.MouseButton.NoButton)
        assert canvas.view.viewport().grab().toImage() != plain
        hands.move(QPointF(5, 5), Qt.MouseButton.NoButton)
        assert canvas.view.viewport().grab().toImage() == plain


def test_the_right_button_offers_the_window_s_actions_for_what_lies_there(
    qtbot: QtBot, canvas: Canvas, hands: Hands, document: Document
) -> None:
    hands.right_click(hands.card(HIDDEN))
    assert document.focus.layers == (HIDDEN,)
    assert not canvas.findChildren(QMenu), "no window has given it any action"
    canvas.addAction(QAction("Delete", canvas))
    document.set_focus(Focus(layers=(HIDDEN, OUTPUT)))
    hands.right_click(hands.card(OUTPUT))
    assert document.focus.layers == (HIDDEN, OUTPUT)
    menu = canvas.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["Delete"]
    menu.close()
    hands.right_click(QPointF(300, 480))
    assert document.focus.layers == ()
    canvas.findChild(QMenu).close()
