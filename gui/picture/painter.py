"""A painter for pictures: everything is drawn as at zoom 1, and letters can become outlines."""

from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QFontMetricsF,
    QPaintDevice,
    QPainter,
    QPainterPath,
    QTextLayout,
    QTextOption,
    QTransform,
)

from gui import icon_font

_Flag = Qt.AlignmentFlag


class PicturePainter(QPainter):
    """Text becomes outlines where `outlines` is set; icons do unless `fonts` come with the file.

    An outline looks the same wherever the picture goes, even where nobody has the font.
    """

    def __init__(self, device: QPaintDevice, *, outlines: bool, fonts: bool) -> None:
        super().__init__(device)
        self._outlines, self._fonts = outlines, fonts
        self.setRenderHint(QPainter.RenderHint.Antialiasing)

    def worldTransform(self) -> QTransform:
        """As if nothing were scaled.

        Cards ask how large they are seen, to leave out what could not be read on the screen. Of a
        picture, which can be magnified, nothing is left out.
        """
        return QTransform()

    def drawText(self, *arguments: Any) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Text in a box or at a point, in any of the ways in which QPainter takes it."""
        is_icon = not self._fonts and self.font().family() == icon_font.font(16).family()
        if not (self._outlines or is_icon):
            return super().drawText(*arguments)
        if isinstance(arguments[0], QRect | QRectF):
            self._fill(_in_box(self.font(), *_plain(*arguments[:3])))
        else:
            *place, text = arguments
            point = QPointF(*place) if len(place) == 2 else QPointF(place[0])
            outline = QPainterPath()
            outline.addText(point, self.font(), text)
            self._fill(outline)
        return None

    def _fill(self, outline: QPainterPath) -> None:
        outline.setFillRule(Qt.FillRule.WindingFill)
        self.fillPath(outline, QBrush(self.pen().color()))


def _plain(box: QRect | QRectF, second: Any, third: Any) -> tuple[QRectF, int, str]:
    """Box, flags and text: of the two others either comes first, and flags may be an option."""
    if not isinstance(second, str):
        return QRectF(box), int(second), third
    wraps = third.wrapMode() != QTextOption.WrapMode.NoWrap
    flags = third.alignment().value | (Qt.TextFlag.TextWordWrap.value if wraps else 0)
    return QRectF(box), flags, second


def _in_box(font: QFont, box: QRectF, flags: int, text: str) -> QPainterPath:
    """The outline of a text as Qt would lay it into a box."""
    metrics = QFontMetricsF(font)
    lines = _lines(font, text, box.width() if flags & Qt.TextFlag.TextWordWrap.value else 1e6)
    height = len(lines) * metrics.lineSpacing() - metrics.leading()
    y = box.top() + metrics.ascent()
    if flags & _Flag.AlignVCenter.value:
        y += (box.height() - height) / 2
    elif flags & _Flag.AlignBottom.value:
        y += box.height() - height
    outline = QPainterPath()
    for line in lines:
        if y > box.bottom() and len(lines) > 1:
            break  # as the canvas cuts a note
        free, x = box.width() - metrics.horizontalAdvance(line), box.left()
        if flags & _Flag.AlignHCenter.value:
            x += free / 2
        elif flags & _Flag.AlignRight.value:
            x += free
        outline.addText(QPointF(x, y), font, line)
        y += metrics.lineSpacing()
    return outline


def _lines(font: QFont, text: str, width: float) -> list[str]:
    found: list[str] = []
    for paragraph in text.split("\n"):
        layout = QTextLayout(paragraph, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start = line.textStart()
            found.append(paragraph[start : start + line.textLength()].rstrip())
        layout.endLayout()
        found += [""] if not paragraph else []
    return found
