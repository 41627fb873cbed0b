"""Values over two columns as pictures: classes in light tints, quantities in one hue."""

import numpy as np
from PySide6.QtGui import QColor, QImage

from gui import theme

FAINT, STRONG = 0.06, 0.36  # how much of its colour a class shows where it is unsure, and sure
PALE, FULL = 0.04, 0.85  # the same for the ends of the scale of one hue


def class_image(winner: np.ndarray, share: np.ndarray, classes: int) -> QImage:
    """The winner's colour `(rows, columns)`, the stronger the surer; row 0 lies at the bottom."""
    colors = np.array([_rgb(theme.class_color(each)) for each in range(classes)])
    even = 1.0 / max(classes, 2)
    sure = np.clip((np.nan_to_num(share) - even) / (1.0 - even), 0.0, 1.0)
    weight = (FAINT + (STRONG - FAINT) * sure)[..., None]
    ground = _rgb(theme.color("surface"))
    return _image(ground + weight * (colors[winner] - ground))


def scale_image(values: np.ndarray, low: float, high: float) -> QImage:
    """One hue `(rows, columns)`, pale at `low` and full at `high`; row 0 lies at the bottom."""
    table = scale_colors()
    steps = np.nan_to_num((values - low) / ((high - low) or 1.0), posinf=1.0, neginf=0.0)
    places = np.rint(np.clip(steps, 0.0, 1.0) * (len(table) - 1)).astype(int)
    return _image(table[places])


def scale_colors() -> np.ndarray:
    """The scale of one hue, 256 rows of RGB from its low end to its high end."""
    ground, hue = _rgb(theme.color("surface")), _rgb(theme.color("accent"))
    return ground + np.linspace(PALE, FULL, 256)[:, None] * (hue - ground)


def _rgb(color: QColor) -> np.ndarray:
    return np.array([color.red(), color.green(), color.blue()], float)


def _image(pixels: np.ndarray) -> QImage:
    shown = np.ascontiguousarray(np.flipud(pixels).round().astype(np.uint8))
    rows, columns, _ = shown.shape
    return QImage(shown.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()
