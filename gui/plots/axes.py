"""Axes that stay still: limits that grow in round steps only, and ticks at 1, 2 and 5."""

import math
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF

from gui import theme

LEAST = 1e-12  # where a logarithmic axis ends, at the latest


class PlainAxis(pg.AxisItem):
    """Muted numbers and light grid lines; logarithmic values are read back as what they are."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation, showValues=True, tickPen=None)
        self.logarithmic = False
        self.setStyle(tickLength=0, tickTextOffset=6, autoExpandTextSpace=True, maxTickLevel=0)
        self.setStyle(hideOverlappingLabels=False)
        self.enableAutoSIPrefix(False)
        self.setZValue(-200)  # grid lines behind the curves: view boxes are at -100

    def boundingRect(self) -> QRectF:
        """With room for the halves of the outermost numbers."""
        return super().boundingRect().adjusted(-14, -10, 14, 10)

    def apply_theme(self) -> None:
        """Takes the colours and the font in force."""
        self.setTickFont(theme.font("small"))
        self.setTextPen(theme.color("muted"))
        self.setPen(theme.color("muted", 0.0))
        self.setTickPen(theme.color("hairline"))

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[Any]:
        if not self.logarithmic:
            return super().tickValues(minVal, maxVal, size)[:1]
        room = max(2, int(size / 28))
        return [(1.0, _log_ticks(minVal, maxVal, room))]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if self.logarithmic:
            return [_log_label(10.0**value) for value in values]
        return [_linear_label(value, spacing) for value in values]


class Limits:
    """The limits of an axis: they widen to round values when data passes them, never narrow."""

    def __init__(self, logarithmic: bool, floor: float | None = None, ceiling: float | None = None):
        self._logarithmic = logarithmic
        self._floor, self._ceiling = floor, ceiling
        self.range: tuple[float, float] | None = None

    def widen(self, values: np.ndarray) -> tuple[float, float] | None:
        """Takes these values in (as they stand on the axis); None while there are none."""
        finite = values[np.isfinite(values)]
        if finite.size == 0:
            return self.range
        low, high = float(finite.min()), float(finite.max())
        if self.range and self.range[0] <= low and high <= self.range[1]:
            return self.range
        if self.range:
            low, high = min(low, self.range[0]), max(high, self.range[1])
        self.range = self._rounded(low, high)
        return self.range

    def _rounded(self, low: float, high: float) -> tuple[float, float]:
        if self._logarithmic:
            bottom, top = _log_floor(low), _log_ceiling(high)
            return (bottom, top) if top > bottom else (bottom - 1, top)
        if self._floor is not None:
            low = min(low, self._floor)
        if self._ceiling is not None:
            high = max(high, self._ceiling)
        step = _round_step((high - low) or abs(high) or 1.0)
        bottom, top = math.floor(low / step) * step, math.ceil(high / step) * step
        return (bottom, top) if top > bottom else (bottom - step, top + step)


def on_axis(values: np.ndarray, logarithmic: bool) -> np.ndarray:
    """Values as they stand on the axis; what a logarithm cannot show becomes a gap."""
    if not logarithmic:
        return values
    shown = np.full_like(values, np.nan)
    np.log10(values, out=shown, where=values > LEAST)
    return shown


def _round_step(span: float) -> float:
    """About a fifth of the span, as 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(span / 5))
    return next(power * part for part in (1, 2, 5, 10) if power * part >= span / 5)


PARTS = (0.0, math.log10(2), math.log10(5), 1.0)  # of a decade


def _log_floor(value: float) -> float:
    decade = math.floor(value)
    return decade + max(part for part in PARTS if decade + part <= value)


def _log_ceiling(value: float) -> float:
    decade = math.floor(value)
    return decade + min(part for part in PARTS if decade + part >= value)


def _log_ticks(low: float, high: float, room: int) -> list[float]:
    """As many of 1-2-5, 1-5 or 1 in each decade as there is room for."""
    for parts in ((1, 2, 5), (1, 5), (1,)):
        decades = range(math.floor(low), math.ceil(high) + 1)
        ticks = [decade + math.log10(part) for decade in decades for part in parts]
        ticks = [tick for tick in ticks if low - 1e-9 <= tick <= high + 1e-9]
        if len(ticks) <= room:
            return ticks
    return ticks[:: math.ceil(len(ticks) / room)]


def _log_label(value: float) -> str:
    if not 1e-4 < value < 1e6:
        return f"{value:.0e}"
    return f"{value:,.{max(0, -math.floor(math.log10(value) + 1e-9))}f}"


def _linear_label(value: float, spacing: float) -> str:
    if max(abs(value), spacing) >= 1e5:
        return _short(value)
    if value and abs(spacing) < 1e-4:
        return f"{value:.3g}"
    decimals = max(0, -math.floor(math.log10(spacing) + 1e-9)) if spacing else 0
    return f"{value:,.{decimals}f}"


def _short(value: float) -> str:
    """Large values in few signs: 0, 250k, 1.5M."""
    if not value or abs(value) >= 1e9:
        return f"{value:.3g}"
    return f"{value / 1e6:.4g}M" if abs(value) >= 1e6 else f"{value / 1e3:.4g}k"
