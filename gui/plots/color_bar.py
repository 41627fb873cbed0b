"""The bar beside a heatmap that says which colour stands for which value."""

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.figures import number
from gui.words import tr

BAR = 10
ALIGN = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ColorBar(QWidget):
    """From the limit at the top through zero down to minus the limit."""

    def __init__(self) -> None:
        super().__init__()
        self.limit = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setToolTip(
            tr(
                "Blue is negative, orange positive; the ends are the 99th percentile of the size.\n"
                "Cells beyond them carry a dot."
            )
        )

    def show_limit(self, limit: float) -> None:
        """The value at either end."""
        self.limit = limit
        self.setAccessibleName(
            tr("Colours from {low} to {high}", low=number(-limit), high=number(limit))
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(68, 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font("small"))
        bar = QRectF(theme.SPACE_S, 8, BAR, self.height() - 16)
        painter.drawImage(bar, _bar_image(theme.signed_colors()))
        painter.setPen(theme.color("hairline"))
        painter.drawRect(bar)
        painter.setPen(theme.color("muted"))
        labels = ((0.0, self.limit), (0.5, 0.0), (1.0, -self.limit))
        for share, value in labels:
            y = bar.top() + share * bar.height()
            area = QRectF(bar.right() + 5, y - 8, self.width() - bar.right() - 5, 16)
            text = "0" if value == 0 else number(value)
            painter.drawText(area, ALIGN, text)


def _bar_image(colors: np.ndarray) -> QImage:
    """One column of pixels, the largest value at the top."""
    column = np.ascontiguousarray(colors[::-1])
    image = QImage(column.data, 1, len(column), 3, QImage.Format.Format_RGB888)
    return image.copy()
