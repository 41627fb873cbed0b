"""What a line plot draws: named lines with their stroke, and single dots on them."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QPen

from gui import theme
from gui.plots.curve_view import Stroke
from gui.plots.segments import Stroke as Straight
from gui.plots.segments import dashed, solid

SERIES = ("accent", "validation", "norm", "merge", "regularise", "activation", "ok", "muted")
"""Colours of lines that stand for nothing in particular, in the order in which they are used."""

DASHES = (8.0, 5.0)


@dataclass(frozen=True, eq=False)
class Line:
    """A named line through `(x, y)`, x rising; NaN is a gap.

    A `quiet` line is paler and has no entry in the legend: the raw values under a smoothed line,
    the diagonal of a fair coin.
    """

    name: str
    x: np.ndarray
    y: np.ndarray
    token: str = "accent"
    dashed: bool = False
    quiet: bool = False
    width: float = 2.0

    def pen(self) -> QPen:
        """The pen in the theme in force."""
        return Stroke(self.token, self.width, 0.35 if self.quiet else 1.0).pen()

    def strokes(self, x: np.ndarray, y: np.ndarray) -> list[Straight]:
        """What to paint through these pixels."""
        across, down = x.tolist(), y.tolist()
        return dashed(across, down, *DASHES) if self.dashed else solid(across, down)

    def at(self, x: float) -> float:
        """The value between the points at both sides of `x`; NaN outside."""
        if not len(self.x):
            return float("nan")
        return float(np.interp(x, self.x, self.y, left=np.nan, right=np.nan))


@dataclass(frozen=True)
class Dot:
    """A place that is marked, with words beside it."""

    x: float
    y: float
    token: str = "accent"
    words: str = ""


@dataclass(frozen=True)
class Mark:
    """A place on the horizontal axis: an upright line with words at its top."""

    x: float
    words: str = ""
    token: str = "muted"


def series_token(place: int) -> str:
    """The colour of the `place`th line of several."""
    return SERIES[place % len(SERIES)]


def halo(token: str) -> QPen:
    """The outline of a dot, so that it can be told from the line it lies on."""
    return QPen(theme.color("surface" if token != "surface" else "text"), 1.5)
