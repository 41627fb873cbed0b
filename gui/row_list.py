"""The rows behind a figure, the surest first: pictures where they are images, and their numbers."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.figures import percent
from gui.words import tr

MOST = 200  # rows in the list
SIDE = 32  # pixels of a picture


class RowList(QWidget):
    """`row_chosen` carries the number of a row in the table; `closed` asks to be put away."""

    row_chosen = Signal(int)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = QLabel(wordWrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Rows"))
        self.list.setIconSize(QSize(SIDE, SIDE))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.currentItemChanged.connect(self._choose)
        self.close_button = QToolButton(autoRaise=True)
        self.close_button.setToolTip(tr("Back to the matrix (Escape)"))
        self.close_button.setAccessibleName(tr("Close the list of rows"))
        self.close_button.setShortcut(Qt.Key.Key_Escape)
        self.close_button.clicked.connect(self.closed)
        header = QHBoxLayout()
        header.addWidget(self.title, 1)
        header.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_XS)
        layout.addLayout(header)
        layout.addWidget(self.list, 1)
        self.apply_theme()

    def show_rows(
        self, title: str, rows: np.ndarray, sure: np.ndarray, images: np.ndarray | None
    ) -> None:
        """Rows by their numbers, how sure the network is of each, and pictures of the first."""
        total = len(rows)
        more = tr("the first {count} of {all}", count=f"{MOST:,}", all=f"{total:,}")
        self.title.setText(f"{title} · {more}" if total > MOST else title)
        self.list.setAccessibleName(title)
        self.list.blockSignals(True)
        self.list.clear()
        icons: Sequence[QIcon] = [] if images is None else [_icon(each) for each in images]
        for place, (row, share) in enumerate(zip(rows[:MOST], sure[:MOST], strict=True)):
            words = tr("row {number} · {sure} sure", number=f"{row + 1:,}", sure=percent(share))
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, int(row))
            if place < len(icons):
                item.setIcon(icons[place])
            self.list.addItem(item)
        self.list.blockSignals(False)

    def apply_theme(self) -> None:
        """Takes the colours of the theme in force."""
        self.close_button.setIcon(theme.icon("x", "muted"))

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.row_chosen.emit(item.data(Qt.ItemDataRole.UserRole))


def _icon(values: np.ndarray) -> QIcon:
    height, width = values.shape
    image = QImage(values.tobytes(), width, height, width, QImage.Format.Format_Grayscale8)
    way = Qt.AspectRatioMode.KeepAspectRatio
    return QIcon(QPixmap.fromImage(image.scaled(2 * SIDE, 2 * SIDE, way)))
