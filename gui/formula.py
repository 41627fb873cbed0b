"""Formulas as pictures, set from LaTeX by ziamath in the theme's colour, each made once."""

import re
import warnings
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.activations import Activation, Linear
from engine.layers import Layer
from gui import theme

SIZE = 17.0
"""Pixels of a letter's em."""
GAP = 6
NAMES = {"kernel": "W", "bias": "b", "gamma": "γ", "beta": "β"}
"""How formulas call the arrays of a layer."""


def lines_of(layer: Layer) -> tuple[str, ...]:
    """The formula of a layer as it is set up, in LaTeX, a line for each equation.

    A layer with an activation is written as a sum `Z` and the function of it.
    """
    formula = layer.formula if getattr(layer, "bias", True) else layer.formula.replace(" + b", "")
    function = _activation(layer)
    inner = re.fullmatch(r"A = f\((.*)\)", formula)
    if function is None or inner is None:
        return _split(formula)
    if isinstance(function, Linear):
        return (f"A = {inner[1]}",)
    before = () if inner[1] == "Z" else (f"Z = {inner[1]}",)
    return (*before, *_split(function.formula))


def _activation(layer: Layer) -> Activation | None:
    values = (getattr(layer, name) for name in type(layer).model_fields)
    return next((value for value in values if isinstance(value, Activation)), None)


def _split(formula: str) -> tuple[str, ...]:
    return tuple(re.split(r",\s*\\quad\s*", formula)) if formula else ()


def warm() -> None:
    """Load the typesetter and its font (a third of a second), ahead of the first formula."""
    svg("A", "#000000")


@lru_cache(maxsize=256)
def svg(latex: str, color: str) -> bytes:
    """The formula as an SVG picture."""
    return _typesetter()(latex, size=SIZE, color=color).svg().encode()


@cache
def _typesetter() -> Callable[..., Any]:
    """What sets LaTeX; importing it loads a font, so not before the first formula."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of how it finds that font
        from ziamath.config import config
        from ziamath.zmath import Latex
    config.svg2 = False  # QtSvg knows SVG 1.1
    return Latex


class FormulaView(QWidget):
    """Equations beneath each other, centred, made smaller where they are too wide."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[str, ...] = ()
        self._pictures: list[QSvgRenderer] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: tuple[str, ...]) -> None:
        """Show these equations; none hides the view."""
        self._lines = lines
        self.setAccessibleName("; ".join(lines))
        self.apply_theme()
        self.setVisible(bool(lines))

    def apply_theme(self) -> None:
        """Set the equations anew in the colour of the text."""
        color = theme.current().text
        self._pictures = [QSvgRenderer(QByteArray(svg(line, color))) for line in self._lines]
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        sizes = [picture.defaultSize() for picture in self._pictures]
        height = sum(size.height() for size in sizes) + GAP * max(0, len(sizes) - 1)
        return QSize(max((size.width() for size in sizes), default=0), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        top = 0.0
        for picture in self._pictures:
            size = picture.defaultSize()
            scale = min(1.0, self.width() / max(1, size.width()))
            width, height = size.width() * scale, size.height() * scale
            middle = top + (size.height() - height) / 2
            picture.render(painter, QRectF((self.width() - width) / 2, middle, width, height))
            top += size.height() + GAP
        painter.end()
