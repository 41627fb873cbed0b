"""Makes a picture as the training rows are from what a person drew: placed, scaled and blurred."""

from dataclasses import dataclass

import numpy as np

from engine.data.dataset import Dataset

INKED = 0.2
"""The share of full ink from which a pixel counts as drawn on."""

SOFT = 0.25
"""How far into its neighbours, in pixels of the picture, each pixel looks: strokes are not hard."""

LOOKED_AT = 500  # pictures


@dataclass(frozen=True)
class Style:
    """How the pictures of a data set are drawn: what no ink and full ink count, where figures lie.

    `top`, `left`, `height` and `width` are the usual place of a figure, in pixels.
    """

    shape: tuple[int, int]
    paper: float
    ink: float
    top: float
    left: float
    height: float
    width: float

    def values(self, ink: np.ndarray) -> np.ndarray:
        """The values of the data's columns for ink from 0 to 1 `(height, width)`."""
        return (self.paper + (self.ink - self.paper) * ink).ravel()

    def ink_of(self, values: np.ndarray) -> np.ndarray:
        """The ink `(height, width)` of one row of the data."""
        return np.clip((values - self.paper) / (self.ink - self.paper), 0, 1).reshape(self.shape)


def style_of(dataset: Dataset, shape: tuple[int, int]) -> Style:
    """Learns it from the first pictures; what lies at the edges is paper."""
    rows = np.stack([column[:LOOKED_AT] for column in dataset.features.columns], axis=1)
    pictures = np.nan_to_num(np.asarray(rows, np.float64)).reshape(-1, *shape)
    low, high = float(pictures.min()), float(pictures.max())
    high = high if high > low else low + 1.0
    edges = np.concatenate(
        (pictures[:, 0], pictures[:, -1], pictures[:, :, 0], pictures[:, :, -1]), 1
    )
    paper, ink = (high, low) if np.median(edges) > (low + high) / 2 else (low, high)
    boxes = [box for each in pictures if (box := _box((each - paper) / (ink - paper)))]
    usual = np.median(boxes, axis=0) if boxes else (0.0, 0.0, *map(float, shape))
    return Style(shape, paper, ink, *map(float, usual))


def picture(drawn: np.ndarray, style: Style) -> np.ndarray:
    """Ink `(height, width)` of a drawing of any size from 0 to 1, as large as figures usually are.

    The figure keeps its proportions and lies where the middle of figures does; its darkest place
    is full ink, as thin strokes would be grey otherwise.
    """
    box = _box(drawn)
    if box is None:
        return np.zeros(style.shape)
    top, left, height, width = box
    scale = max(height / style.height, width / style.width)
    middle = top + height / 2, left + width / 2
    usual = style.top + style.height / 2, style.left + style.width / 2
    down = _overlaps(drawn.shape[0], style.shape[0], middle[0] - usual[0] * scale, scale)
    across = _overlaps(drawn.shape[1], style.shape[1], middle[1] - usual[1] * scale, scale)
    found = down @ drawn @ across.T
    return found / (found.max() or 1.0)


def reduced(drawn: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """The mean ink of each pixel of a drawing that keeps its place and its size."""
    return (
        _overlaps(drawn.shape[0], shape[0], 0.0, drawn.shape[0] / shape[0], soft=0.0)
        @ drawn
        @ _overlaps(drawn.shape[1], shape[1], 0.0, drawn.shape[1] / shape[1], soft=0.0).T
    )


def _overlaps(fine: int, coarse: int, start: float, scale: float, soft: float = SOFT) -> np.ndarray:
    """`(coarse, fine)`: which share of each coarse cell every fine one covers.

    Coarse cell i reaches from `start + scale (i - soft)` to `start + scale (i + 1 + soft)`.
    """
    lows = start + scale * (np.arange(coarse) - soft)
    highs = start + scale * (np.arange(coarse) + 1 + soft)
    cells = np.arange(fine)
    covered = np.minimum(highs[:, None], cells + 1) - np.maximum(lows[:, None], cells)
    return np.maximum(covered, 0.0) / (highs - lows)[:, None]


def _box(ink: np.ndarray) -> tuple[float, float, float, float] | None:
    """Top, left, height and width of what is inked; None of an empty picture."""
    rows, columns = (np.flatnonzero((ink > INKED).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return None
    top, left = float(rows[0]), float(columns[0])
    return top, left, float(rows[-1]) + 1 - top, float(columns[-1]) + 1 - left
