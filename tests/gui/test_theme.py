from itertools import product

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from engine.layers import Layer
from gui import theme
from gui.theme import DARK, LIGHT, Tokens


def luminance(color: str) -> float:
    """Relative luminance (WCAG 2.2)."""

    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(each) for each in QColor(color).getRgbF()[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda each: each.name)
def test_text_can_be_read_on_every_ground(tokens: Tokens) -> None:
    texts = (tokens.text, tokens.muted, tokens.ok, tokens.warning, tokens.error)
    for text, ground in product(texts, (tokens.window, tokens.canvas, tokens.surface)):
        assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.border, tokens.surface) >= 3


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda each: each.name)
def test_every_category_of_layers_has_a_colour(tokens: Tokens) -> None:
    colors = {kind.category: tokens.category(kind.category) for kind in Layer.family.values()}
    assert len(set(colors.values())) == len(colors)
    for color in colors.values():
        assert contrast(color, tokens.surface) >= 3


def test_switching_dresses_widgets_and_tells(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    button = QPushButton("Train")
    button.setProperty("role", "primary")
    qtbot.addWidget(button)
    with qtbot.waitSignal(theme.notifier.theme_changed):
        theme.apply(qapp, "dark")
    assert theme.current() is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    button.resize(90, 28)
    assert button.grab().toImage().pixelColor(45, 5) == QColor(DARK.accent)
    theme.apply(qapp, "light")
    assert button.grab().toImage().pixelColor(45, 5) == QColor(LIGHT.accent)


def test_system_is_light_where_the_desktop_does_not_say(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    theme.apply(qapp, "system")
    assert theme.current() is LIGHT
    theme.apply(qapp, "dark")
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme())
    assert theme.current() is DARK, "a chosen theme does not follow the desktop"
    theme.apply(qapp, "system")
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme())
    assert theme.current() is LIGHT


def test_controls_are_28_pixels_high(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    for widget in (QLineEdit(), QSpinBox(), QPushButton("Step")):
        qtbot.addWidget(widget)
        widget.ensurePolished()
        assert widget.sizeHint().height() == theme.CONTROL_HEIGHT


def test_signed_colours_are_neutral_at_zero_and_end_at_their_tokens(qapp: QApplication) -> None:
    for mode, tokens in (("light", LIGHT), ("dark", DARK)):
        theme.apply(qapp, mode)
        table = theme.signed_colors()
        assert table.shape == (256, 3)
        assert tuple(table[0]) == QColor(tokens.diverging[0]).getRgb()[:3]
        assert tuple(table[-1]) == QColor(tokens.diverging[-1]).getRgb()[:3]
        neutral = QColor(tokens.diverging[3]).getRgb()[:3]
        assert max(abs(int(a) - b) for a, b in zip(table[128], neutral, strict=True)) <= 3


def test_fonts_grow_by_role_and_an_icon_has_pixels(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    sizes = [theme.font(role).pointSizeF() for role in ("small", "body", "title", "figure")]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == 4
    assert not theme.icon("play").pixmap(16, 16).isNull()


def test_a_colour_may_be_named_and_made_transparent(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    assert theme.color("accent", 0.5).alphaF() == pytest.approx(0.5, abs=0.01)
    assert theme.color("#102030") == QColor("#102030")
