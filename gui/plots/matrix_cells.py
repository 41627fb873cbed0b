"""The cells of a matrix: where they lie, their colours, and what is written into them.

All of it is remembered, since while training runs the same few cells are painted again and again.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage

from gui import theme

FAINT = 0.28  # how much colour a cell of one row has at least, so that no mistake is overlooked
LEGIBLE = 7.0  # pixels; smaller cells carry no text
SHADES = 255


@dataclass(frozen=True)
class Geometry:
    """Where the cells lie: `left`, `top` of the first one, and the size of each."""

    left: float
    top: float
    width: float
    height: float
    count: int

    def cell(self, row: int, column: int) -> QRectF:
        """The area of a cell, with the gap to its neighbours taken off."""
        gap = 2.0 if min(self.width, self.height) > 8 else 0.5 * (self.width > 3)
        area = QRectF(
            self.left + column * self.width, self.top + row * self.height, self.width, self.height
        )
        return area.adjusted(0, 0, -gap, -gap)

    @property
    def tiny(self) -> bool:
        """Whether cells are too small for words."""
        return min(self.width, self.height) < LEGIBLE

    @property
    def area(self) -> QRectF:
        """Where all the cells lie together."""
        return QRectF(self.left, self.top, self.count * self.width, self.count * self.height)

    def at(self, place: QPointF) -> tuple[int, int] | None:
        """The cell at a point, as (row, column)."""
        column = int((place.x() - self.left) // self.width)
        row = int((place.y() - self.top) // self.height)
        inside = 0 <= row < self.count and 0 <= column < self.count
        return (row, column) if inside else None


def colors(share: float, *, diagonal: bool) -> tuple[QColor, QColor]:
    """(fill, text) of a cell that holds this share of its row."""
    shade = max(1, round(SHADES * share)) if share else 0
    return _colors(shade, diagonal, theme.current())


def fitting(lines: tuple[str, ...], width: float, height: float) -> str:
    """As much of the lines as fits, in one row or in several; "" where not even the first does."""
    if height < LEGIBLE:
        return ""
    return _fitting(lines, round(width, 1), round(height, 1), theme.font("small").key())


def image_of_cells(shares: np.ndarray) -> QImage:
    """One pixel a cell, for cells too small to be painted one by one."""
    shades = np.where(shares > 0, np.maximum(1, np.rint(SHADES * shares)), 0).astype(np.intp)
    pixels = _table(False, theme.current()).take(shades)
    diagonal = np.diag_indices(len(shades))
    pixels[diagonal] = _table(True, theme.current()).take(shades[diagonal])
    size = len(pixels)
    return QImage(pixels.data, size, size, 4 * size, QImage.Format.Format_RGB32).copy()


@lru_cache(maxsize=4)
def _table(diagonal: bool, tokens: theme.Tokens) -> np.ndarray:
    fills = [_colors(shade, diagonal, tokens)[0].rgb() for shade in range(SHADES + 1)]
    return np.array(fills, np.uint32)


@lru_cache(maxsize=4 * SHADES)
def _colors(shade: int, diagonal: bool, tokens: theme.Tokens) -> tuple[QColor, QColor]:
    """Nothing for an empty cell; else blue or orange, the stronger the larger the share.

    The text has the colour, of the theme's two, that stands out more.
    """
    strength = FAINT + (1 - FAINT) * shade / SHADES if shade else 0.0
    low, high = QColor(tokens.window), QColor(tokens.training if diagonal else tokens.validation)
    pairs = ((low.red(), high.red()), (low.green(), high.green()), (low.blue(), high.blue()))
    fill = QColor(*(round(one + strength * (other - one)) for one, other in pairs))
    candidates = (QColor(tokens.text), QColor(tokens.on_accent))
    return fill, max(candidates, key=lambda each: _contrast(each, fill))


@lru_cache(maxsize=4096)
def _fitting(lines: tuple[str, ...], width: float, height: float, font: str) -> str:
    metrics = _metrics(font)
    widths = [metrics.horizontalAdvance(line) for line in lines]
    between = metrics.horizontalAdvance(" · ")
    row = metrics.height()
    for much in range(len(lines), 0, -1):
        if sum(widths[:much]) + between * (much - 1) <= width - 4 and row <= height + 2:
            return " · ".join(lines[:much])
        if max(widths[:much]) <= width - 4 and much * row <= height - 2:
            return "\n".join(lines[:much])
    return ""


@lru_cache(maxsize=1)
def _metrics(font: str) -> QFontMetricsF:
    described = QFont()
    described.fromString(font)
    return QFontMetricsF(described)


def _contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    low, high = sorted((_luminance(one.rgb()), _luminance(other.rgb())))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=512)
def _luminance(color: int) -> float:
    channels = [(color >> shift & 255) / 255 for shift in (16, 8, 0)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
