"""A line as separate short strokes.

Painters take many times longer over one thick line of hundreds of points than over as many
strokes, and all the more where it goes up and down. Plain lists of numbers are quicker than
arrays here, since most often only the few points at the end of a curve are drawn.
"""

import math
from itertools import pairwise

Stroke = tuple[float, float, float, float]  # from x, y to x, y

SPECK = 1.0  # how far a lone point reaches to either side, in pixels


def solid(x: list[float], y: list[float]) -> list[Stroke]:
    """From each point to the next; nothing beside a gap (NaN), a speck for a lone point."""
    strokes: list[Stroke] = []
    joined = False  # to the point before
    for here, there in pairwise([*zip(x, y, strict=True), (0.0, math.nan)]):
        is_here, is_there = not math.isnan(here[1]), not math.isnan(there[1])
        if is_here and is_there:
            strokes.append((*here, *there))
        elif is_here and not joined:
            strokes.append((here[0] - SPECK, here[1], here[0] + SPECK, here[1]))
        joined = is_here and is_there
    return strokes


def dashed(
    x: list[float], y: list[float], dash: float, gap: float, start: float = 0.0
) -> list[Stroke]:
    """The parts of the strokes that dashes cover; `start` pixels of the line lie before."""
    strokes: list[Stroke] = []
    along = start
    for from_x, from_y, to_x, to_y in solid(x, y):
        length = math.hypot(to_x - from_x, to_y - from_y)
        done = 0.0
        while done < length:
            phase = (along + done) % (dash + gap)
            ends = min(length, done + (dash if phase < dash else dash + gap) - phase)
            if phase < dash:
                one, other = done / length, ends / length
                across, down = to_x - from_x, to_y - from_y
                strokes.append(
                    (
                        from_x + one * across,
                        from_y + one * down,
                        from_x + other * across,
                        from_y + other * down,
                    )
                )
            done = ends if ends > done else length
        along += length
    return strokes
