from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QDrag
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from engine import activations, layers
from engine.design import Design
from engine.fragments import Fragment
from engine.layers import Layer
from gui.blocks import Blocks
from gui.canvas import mime
from gui.canvas.catalogue import Catalogue, built_in
from gui.canvas.chip import Chip
from gui.canvas.formula_text import as_text
from gui.canvas.geometry import CARD
from gui.canvas.palette import Palette
from gui.settings import Settings

KEY = Qt.Key


@pytest.fixture
def palette(qtbot: QtBot) -> Palette:
    palette = Palette()
    qtbot.addWidget(palette)
    palette.resize(208, 700)
    palette.show()
    qtbot.waitExposed(palette)
    return palette


def shown(palette: Palette) -> list[str]:
    return [chip.label for chip in palette.chips if chip.isVisible()]


def test_every_layer_and_every_activation_has_a_chip() -> None:
    pieces = [entry.piece for entry in built_in() if isinstance(entry.piece, Layer)]
    assert {piece.kind for piece in pieces} == set(Layer.family)
    functions = {piece.activation_kind for piece in pieces if piece.kind == "activation"}
    assert functions == set(activations.Activation.family)


def test_a_tooltip_has_tip_and_formula(palette: Palette) -> None:
    tips = {chip.label: chip.toolTip() for chip in palette.chips}
    assert "A = max(0, Z)" in tips["ReLU"]
    assert "Every unit sees every input" in tips["Dense"]
    assert "A = f(X W + b)" in tips["Dense"]
    assert not any("\\" in tip for tip in tips.values()), "no raw LaTeX"


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"A = \frac{1}{1+e^{-Z}}", "A = 1 / (1+e^-Z)"),
        (r"\frac{e^{Z_{ij}}}{\sum_k e^{Z_{ik}}}", "(e^Z_ij) / (Σ_k e^Z_ik)"),
        (r"\gamma \frac{X-\mu_B}{\sqrt{\sigma_B^2+\epsilon}}", "γ (X-μ_B) / √(σ_B²+ε)"),
    ],
)
def test_formulas_are_readable_as_text(latex: str, plain: str) -> None:
    assert as_text(latex) == plain


def test_searching_narrows_and_enter_takes_the_first(qtbot: QtBot, palette: Palette) -> None:
    search = palette.findChild(QLineEdit)
    palette.focus_search()
    QTest.keyClicks(search, "norm")
    assert shown(palette) == ["Batch norm", "Layer norm", "Dense + batch norm + ReLU + dropout"]
    with qtbot.waitSignal(palette.layer_chosen) as chosen:
        QTest.keyClick(search, KEY.Key_Return)
    assert chosen.args[0].kind == "batch_normalization"
    search.setText("zzz")
    assert shown(palette) == []
    QTest.keyClick(search, KEY.Key_Return)
    QTest.keyClick(search, KEY.Key_Escape)
    assert len(shown(palette)) == len(palette.chips)


def test_searching_finds_an_engine_name_too(palette: Palette) -> None:
    palette.findChild(QLineEdit).setText("gaussian")
    assert shown(palette) == ["Noise"]


def test_chips_are_reached_and_chosen_by_keyboard(qtbot: QtBot, palette: Palette) -> None:
    search = palette.findChild(QLineEdit)
    palette.activateWindow()
    palette.focus_search()
    QTest.keyClick(search, KEY.Key_Down)
    steps = ((KEY.Key_Right, "Dense"), (KEY.Key_Down, "Tanh"), (KEY.Key_Left, "ReLU"))
    assert palette.chips[0].hasFocus()
    for key, label in steps:
        QTest.keyClick(palette.focusWidget(), key)
        assert palette.focusWidget().accessibleName() == label
    QTest.keyClick(palette.focusWidget(), KEY.Key_Left)
    assert palette.focusWidget().accessibleName() == "ReLU", "there is nothing further left"
    with qtbot.waitSignal(palette.layer_chosen) as chosen:
        QTest.keyClick(palette.focusWidget(), KEY.Key_Return)
    assert chosen.args[0].activation_kind == "relu"


def test_a_double_click_chooses_and_a_click_does_not(qtbot: QtBot, palette: Palette) -> None:
    chip = palette.chips[1]
    with qtbot.assertNotEmitted(palette.layer_chosen):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(palette.layer_chosen):
        qtbot.mouseDClick(chip, Qt.MouseButton.LeftButton)


def test_a_drag_carries_the_layer_and_where_it_was_grabbed(palette: Palette) -> None:
    for chip in palette.chips:
        dragged = mime.unpack(chip.mime_data(QPoint(chip.width() // 2, chip.height() // 2)))
        assert dragged is not None
        assert dragged.piece == chip.piece
        assert (dragged.grab - CARD.center()).manhattanLength() < 4
    corner = mime.unpack(chip.mime_data(QPoint(-5, 900)))
    assert (corner.grab.x(), corner.grab.y()) == (0, CARD.height())


def test_what_is_dragged_looks_like_a_card_at_the_canvas_s_zoom(palette: Palette) -> None:
    palette.set_zoom(0.5)
    small = palette.chips[1]._picture(0.5)
    assert abs(small.width() / small.devicePixelRatio() - CARD.width() / 2) <= 2
    assert {chip.zoom for chip in palette.chips} == {0.5}


def test_pressing_and_moving_begins_a_drag_from_where_it_was_pressed(
    qtbot: QtBot, palette: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[QDrag] = []

    def begin(drag: QDrag, *actions: Qt.DropAction) -> Qt.DropAction:
        begun.append(drag)
        return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(QDrag, "exec", begin)  # a real one would wait for a real mouse
    chip = palette.chips[1]
    palette.set_zoom(0.5)
    qtbot.mousePress(chip, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    qtbot.mouseMove(chip, QPoint(22, 10))
    assert not begun
    qtbot.mouseMove(chip, QPoint(60, 40))
    (drag,) = begun
    assert mime.unpack(drag.mimeData()).piece == chip.piece
    assert drag.hotSpot() == (chip.grab_point(QPoint(20, 10)) * 0.5).toPoint()
    qtbot.mouseRelease(chip, Qt.MouseButton.LeftButton)
    qtbot.mouseMove(chip, QPoint(5, 5))
    assert len(begun) == 1


# ── favourites, presets, blocks of one's own ────────────────────────────────────────────────


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue(Settings(tmp_path), Blocks(tmp_path / "blocks"))


@pytest.fixture
def stocked(qtbot: QtBot, catalogue: Catalogue) -> Palette:
    palette = Palette(catalogue)
    qtbot.addWidget(palette)
    palette.resize(208, 700)
    palette.show()
    qtbot.waitExposed(palette)
    return palette


def chip(palette: Palette, label: str) -> Chip:
    return next(each for each in palette.chips if each.label == label)


def test_a_click_on_the_star_makes_a_favourite_for_good(
    qtbot: QtBot, stocked: Palette, catalogue: Catalogue, tmp_path: Path
) -> None:
    tanh = chip(stocked, "Tanh")
    star = tanh._star().center().toPoint()
    with qtbot.waitSignal(catalogue.changed), qtbot.assertNotEmitted(stocked.layer_chosen):
        qtbot.mouseClick(tanh, Qt.MouseButton.LeftButton, pos=star)
    assert [each.label for each in stocked.chips[:2]] == ["Tanh", "Input"]
    assert shown(stocked).count("Tanh") == 2, "it stays in its own section"
    assert Catalogue(Settings(tmp_path)).favourites[0].label == "Tanh"
    with qtbot.waitSignal(catalogue.changed):
        qtbot.mouseClick(stocked.chips[0], Qt.MouseButton.LeftButton, pos=star)
    assert stocked.chips[0].label == "Input"


def test_another_window_s_favourites_are_seen(stocked: Palette, tmp_path: Path) -> None:
    other = Catalogue(Settings(tmp_path))
    other.set_favourite(other.entries[1], True)
    stocked.catalogue.look_again()
    assert stocked.chips[0].label == "Dense"


def test_the_menu_of_a_chip_marks_renames_and_removes(
    qtbot: QtBot, stocked: Palette, catalogue: Catalogue
) -> None:
    assert catalogue.blocks is not None
    catalogue.blocks.save(Fragment(Design.chain(layers.Dense(3))), "Tail")
    own = chip(stocked, "Tail")
    words = menu_of(stocked, own)
    assert list(words) == [
        "Add behind the selection",
        "Add to favourites",
        "Rename the block…",
        "Remove the block",
    ]
    with qtbot.waitSignal(stocked.rename_requested) as asked:
        words["Rename the block…"].trigger()
    assert asked.args == [own.entry]
    words["Add to favourites"].trigger()
    assert stocked.chips[0].label == "Tail"
    plain = menu_of(stocked, chip(stocked, "Dense"))
    assert "Remove the block" not in plain
    with qtbot.waitSignal(stocked.layer_chosen):
        plain["Add behind the selection"].trigger()


def menu_of(palette: Palette, of: Chip) -> dict[str, QAction]:
    spot = QPoint(5, 5)
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(of, QContextMenuEvent(reason, spot, of.mapToGlobal(spot)))
    menu = palette.findChildren(QMenu)[-1]
    menu.hide()
    return {each.text(): each for each in menu.actions() if each.text()}


def test_a_removed_block_is_a_favourite_no_more(stocked: Palette, catalogue: Catalogue) -> None:
    assert catalogue.blocks is not None
    catalogue.blocks.save(Fragment(Design.chain(layers.Dense(3))), "Tail")
    catalogue.set_favourite(chip(stocked, "Tail").entry, True)
    catalogue.blocks.remove("Tail")
    assert stocked.chips[0].label == "Input"
    assert "Tail" not in shown(stocked)


def test_a_preset_is_dragged_whole(palette: Palette) -> None:
    gate = chip(palette, "Gate")
    dragged = mime.unpack(gate.mime_data(QPoint(5, 5)))
    assert isinstance(dragged.piece, Fragment)
    assert [node.layer.kind for node in dragged.piece.design.nodes] == ["dense", "multiply"]


def test_names_too_long_for_a_line_have_two(palette: Palette) -> None:
    longest = chip(palette, "Dense + batch norm + ReLU + dropout")
    assert longest.height() > chip(palette, "Gate").height()
