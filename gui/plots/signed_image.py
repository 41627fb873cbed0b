"""A matrix of signed values as a picture: zero neutral, beyond the limit the last colour."""

import numpy as np
from PySide6.QtGui import QImage

ENDS = 127  # steps from neutral to either end
NOTHING = 2 * ENDS + 1  # the code of what is not a number, which has no colour


def signed_image(values: np.ndarray, limit: float, colors: np.ndarray) -> QImage:
    """One pixel a cell; `colors` (256, 3) go from minus the limit to the limit."""
    with np.errstate(invalid="ignore", over="ignore"):
        steps = np.rint(np.clip(values * np.float32(ENDS / limit), -ENDS, ENDS))
        codes = np.where(np.isnan(steps), NOTHING, steps + ENDS).astype(np.uint8)
    pixels = _table(colors).take(codes)
    rows, columns = pixels.shape
    form = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(pixels.data, columns, rows, 4 * columns, form).copy()


def averaged(values: np.ndarray, down: int, across: int) -> np.ndarray:
    """Means of blocks of so many rows and columns; the last blocks may be smaller."""
    return _averaged(_averaged(values, down).T, across).T


def _averaged(values: np.ndarray, size: int) -> np.ndarray:
    if size == 1:
        return values
    rows, columns = values.shape
    whole = rows // size * size
    means = values[:whole].reshape(-1, size, columns).mean(axis=1)
    if whole == rows:
        return means
    return np.concatenate((means, values[whole:].mean(axis=0, keepdims=True)))


def _table(colors: np.ndarray) -> np.ndarray:
    """Opaque ARGB for each code, and nothing at all for the last."""
    places = np.linspace(0, len(colors) - 1, NOTHING).round().astype(int)
    red, green, blue = colors[places].astype(np.uint32).T
    opaque = 0xFF000000 | red << 16 | green << 8 | blue
    return np.append(opaque, 0).astype(np.uint32)
