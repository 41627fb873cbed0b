"""Axes that stay still: limits that grow in round steps only, and ticks at 1, 2 and 5."""

import math

import numpy as np

LEAST = 1e-12  # where a logarithmic axis ends, at the latest
PIXELS_A_NUMBER = {"left": 28.0, "top": 28.0, "bottom": 60.0}

Tick = tuple[float, str]  # where on the axis, and what stands there


class Axis:
    """The numbers at one side of a plot; logarithmic values are read back as what they are."""

    def __init__(self, side: str) -> None:
        self.side = side
        self.label = ""
        self.logarithmic = False
        self.unit = 1.0  # how much is said for 1 on the axis: 20 for steps where epochs have 20

    def ticks(self, low: float, high: float, pixels: float) -> list[Tick]:
        """As many as there is room for."""
        room = max(2, int(pixels / PIXELS_A_NUMBER[self.side]))
        if self.logarithmic:
            return [(value, _log_label(10.0**value)) for value in _log_ticks(low, high, room)]
        unit = self.unit
        ticks = _linear_ticks(low * unit, high * unit, room)
        return ticks if unit == 1.0 else [(place / unit, text) for place, text in ticks]


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

    def hold(self, values: np.ndarray) -> bool:
        """Whether these values, not yet as they stand on the axis, all lie within; quick to ask."""
        if self.range is None:
            return not values.size
        low, high = self.range
        if self._logarithmic:
            low, high = 10.0**low, 10.0**high
        return not values.size or bool(low <= values.min() and values.max() <= high)

    def _rounded(self, low: float, high: float) -> tuple[float, float]:
        if self._logarithmic:
            bottom, top = _log_floor(low), _log_ceiling(high)
            return (bottom, top) if top > bottom else (bottom - 1, top)
        if self._floor is not None:
            low = min(low, self._floor)
        if self._ceiling is not None:
            high = max(high, self._ceiling)
        step = _round_step(((high - low) or abs(high) or 1.0) / 5)
        bottom, top = math.floor(low / step) * step, math.ceil(high / step) * step
        return (bottom, top) if top > bottom else (bottom - step, top + step)


def on_axis(values: np.ndarray, logarithmic: bool) -> np.ndarray:
    """Values as they stand on the axis; what a logarithm cannot show becomes a gap."""
    if not logarithmic:
        return values
    shown = np.full_like(values, np.nan)
    np.log10(values, out=shown, where=values > LEAST)
    return shown


def _round_step(least: float) -> float:
    """The smallest of 1, 2 or 5 times a power of ten that is not below `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * part for part in (1, 2, 5, 10) if power * part >= least)


def _linear_ticks(low: float, high: float, room: int) -> list[Tick]:
    step = _round_step((high - low) / room)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [(place * step, _linear_label(place * step, step)) for place in range(first, last + 1)]


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
    if abs(spacing) < 1e-4:
        return f"{value:.3g}"
    decimals = max(0, -math.floor(math.log10(spacing) + 1e-9)) if spacing else 0
    return f"{value:,.{decimals}f}"


def _short(value: float) -> str:
    """Large values in few signs: 0, 250k, 1.5M."""
    if not value or abs(value) >= 1e9:
        return f"{value:.3g}"
    return f"{value / 1e6:.4g}M" if abs(value) >= 1e6 else f"{value / 1e3:.4g}k"
