"""A row of a list that is searched by typing: one line, on the accent where it is chosen."""

from abc import abstractmethod
from typing import Any, ClassVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui import theme

Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Subclasses paint what stands in the row."""

    air: ClassVar[int] = theme.SPACE_S  # above and below the line, together

    @classmethod
    def height(cls, line: int) -> int:
        """Of a row whose text is so high."""
        return line + cls.air

    @abstractmethod
    def paint_row(self, painter: QPainter, room: QRect, index: Index, chosen: bool) -> None:
        """Paints the words of one row over its ground."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics: Any = option.fontMetrics
        return QSize(0, self.height(metrics.height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state: Any = option.state
        room: Any = option.rect
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(room, theme.color("accent"))
        self.paint_row(painter, room, index, chosen)
