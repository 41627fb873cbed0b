"""Icons of the font Phosphor, which is read when the first of them is painted.

It comes with QtAwesome, of which only these files are used: to import it takes a sixth of a second.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

SHARE = 0.875
"""How high a glyph is in its icon: 14 of 16 pixels, at which it is sharp."""


class FontIcon(QIconEngine):
    """One glyph in one colour, and in another where it is disabled."""

    def __init__(self, name: str, color: QColor, disabled: QColor) -> None:
        super().__init__()
        self._name, self._color, self._disabled = name, color, disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.save()
        painter.setFont(font(round(SHARE * rect.height())))
        painter.setPen(self._disabled if mode == QIcon.Mode.Disabled else self._color)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, glyph(self._name))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        if size.isEmpty():  # where a button is squeezed, Qt asks for less than nothing
            return QPixmap()
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        return FontIcon(self._name, self._color, self._disabled)


def font(pixels: int) -> QFont:
    """The icon font at a size."""
    made = QFont(_family())
    made.setPixelSize(pixels)
    return made


def glyph(name: str) -> str:
    """The character that is drawn as the icon `name`."""
    return _characters()[name]


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(_file("phosphor-[0-9]*.ttf")))
    return QFontDatabase.applicationFontFamilies(number)[0]


@cache
def _characters() -> dict[str, str]:
    codes = json.loads(_file("phosphor-charmap-*.json").read_text("utf-8"))
    return {name: chr(int(code, 16)) for name, code in codes.items()}


def _file(pattern: str) -> Path:
    package = find_spec("qtawesome")  # finds it without importing it
    if package is None or package.origin is None:
        raise ModuleNotFoundError("QtAwesome, which has the icons, is not installed")
    return next((Path(package.origin).parent / "fonts").glob(pattern))
