"""The first images of a data set, as pictures with their labels."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.words import tr

CELL, TEXT = 56, 18
"""Sides of a picture's square, and the height of its label, in pixels."""


class Pictures(QWidget):
    """As many as fit, in rows from the left."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("The first images"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._images: list[QImage] = []
        self._labels: tuple[str, ...] = ()

    def show_images(self, images: np.ndarray, labels: Sequence[str]) -> None:
        """Show grey images `(count, height, width)` of bytes, black being 0."""
        self._images = [_image(each) for each in images]
        self._labels = tuple(labels)
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(4 * (CELL + theme.SPACE_S), 2 * (CELL + TEXT + theme.SPACE_S))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.color("muted"))
        painter.setFont(theme.font("small"))
        across = max(1, (self.width() + theme.SPACE_S) // (CELL + theme.SPACE_S))
        for place, (image, label) in enumerate(zip(self._images, self._labels, strict=True)):
            row, column = divmod(place, across)
            left, top = column * (CELL + theme.SPACE_S), row * (CELL + TEXT + theme.SPACE_S)
            if top + CELL + TEXT > self.height():
                break
            self._paint(painter, image, label, QRect(left, top, CELL, CELL))

    def _paint(self, painter: QPainter, image: QImage, label: str, square: QRect) -> None:
        size = image.size().scaled(square.size(), Qt.AspectRatioMode.KeepAspectRatio)
        area = QRect(square.topLeft(), size)
        area.moveCenter(square.center())
        painter.drawImage(area, image)
        below = QRect(square.left(), square.bottom() + 1, square.width(), TEXT)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, label)


def _image(values: np.ndarray) -> QImage:
    height, width = values.shape
    data = np.ascontiguousarray(values, np.uint8)
    return QImage(data.data, width, height, width, QImage.Format.Format_Grayscale8).copy()
