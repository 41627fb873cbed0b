"""The bar beside a surface that says which shade of the one hue stands for which value."""

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.figures import data_value
from gui.plots.section_image import scale_colors
from gui.words import tr

BAR = 10
ALIGN = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ScaleBar(QWidget):
    """From the low end at the bottom to the high end at the top."""

    def __init__(self) -> None:
        super().__init__()
        self.range = (0.0, 1.0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_range(self, low: float, high: float) -> None:
        """The values at the ends."""
        self.range = (low, high)
        ends = {"low": data_value(low), "high": data_value(high)}
        self.setAccessibleName(tr("Colours from {low} to {high}", **ends))
        self.setToolTip(tr("Pale is {low}, full colour {high}", **ends))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(68), 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font("small"))
        bar = QRectF(theme.SPACE_S, 10, BAR, self.height() - 46)
        column = np.ascontiguousarray(scale_colors()[::-1].round().astype(np.uint8))
        image = QImage(column.data, 1, len(column), 3, QImage.Format.Format_RGB888)
        painter.drawImage(bar, image)
        painter.setPen(theme.color("hairline"))
        painter.drawRect(bar)
        painter.setPen(theme.color("muted"))
        low, high = self.range
        for share in (0.0, 0.5, 1.0):
            y = bar.bottom() - share * bar.height()
            room = QRectF(bar.right() + 5, y - 8, self.width() - bar.right() - 5, 16)
            painter.drawText(room, ALIGN, data_value(float(f"{low + share * (high - low):.3g}")))
