"""A line as separate short strokes.

Painters take many times longer over one thick line of hundreds of points than over as many
strokes, and all the more where it goes up and down.
"""

import numpy as np

SPECK = 1.0  # how far a lone point reaches to either side, in pixels


def solid(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(n, 4): from each point to the next; nothing beside a gap (NaN), a speck for a lone point."""
    strokes = np.stack((x[:-1], y[:-1], x[1:], y[1:]), axis=1)
    there = np.isfinite(y)
    joined = there[:-1] & there[1:]
    if joined.all() and len(x) > 1:
        return strokes
    alone = there.copy()
    alone[:-1] &= ~joined
    alone[1:] &= ~joined
    specks = np.stack((x - SPECK, y, x + SPECK, y), axis=1)[alone]
    return np.concatenate((strokes[joined], specks))


def dashed(x: np.ndarray, y: np.ndarray, dash: float, gap: float, start: float) -> np.ndarray:
    """(n, 4): the parts of a line that its dashes cover; `start` pixels of it lie before."""
    along = start + lengths(x, y)
    turns = np.arange(np.floor(start / (dash + gap)), along[-1] / (dash + gap) + 1) * (dash + gap)
    cuts = np.concatenate((turns, turns + dash))
    cuts = cuts[(cuts > along[0]) & (cuts < along[-1])]
    marks = np.concatenate((along, cuts))
    order = np.argsort(marks, kind="stable")
    marks = marks[order]
    px = np.concatenate((x, np.interp(cuts, along, x)))[order]
    py = np.concatenate((y, np.interp(cuts, along, y)))[order]
    covered = (marks[:-1] + marks[1:]) / 2 % (dash + gap) < dash
    return np.stack((px[:-1], py[:-1], px[1:], py[1:]), axis=1)[
        covered & np.isfinite(py[:-1] + py[1:])
    ]


def lengths(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """How long the line is up to each of its points; gaps have no length."""
    steps = np.hypot(np.diff(x), np.diff(y))
    return np.concatenate(([0.0], np.cumsum(np.nan_to_num(steps))))
