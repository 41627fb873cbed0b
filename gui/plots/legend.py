"""One line that names curves and says their values, with a sample of each one's stroke."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

SAMPLE = 14.0
GAP = 5.0
BETWEEN = 14.0


@dataclass(frozen=True)
class Entry:
    """One curve: its name, the value to show, its colour as a token, and whether it is dashed."""

    name: str
    value: str
    token: str
    dashed: bool = False

    @property
    def text(self) -> str:
        return f"{self.name} {self.value}"


class Legend(QWidget):
    """Entries from right to left; what does not fit is left out, the first entry last."""

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self._entries: tuple[Entry, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """Everything it says, also for screen readers."""
        return " · ".join(filter(None, (self._title, *(each.text for each in self._entries))))

    def show_entries(self, entries: tuple[Entry, ...], title: str = "") -> None:
        """Replaces what it says; `title` comes first ("epoch 12")."""
        if (entries, title) != (self._entries, self._title):
            self._entries, self._title = entries, title
            self.setAccessibleName(self.text)
            self.setToolTip(self.text)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 22)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        metrics = QFontMetricsF(painter.font(), self)
        right = float(self.width())
        for entry in reversed(self._entries):
            left = right - metrics.horizontalAdvance(entry.text) - SAMPLE - GAP
            if left < 0:
                return
            self._paint_entry(painter, entry, left, right)
            right = left - BETWEEN
        if self._title and metrics.horizontalAdvance(self._title) <= right:
            painter.setPen(theme.color("muted"))
            area = self.rect().toRectF()
            area.setRight(right)
            painter.drawText(area, _RIGHT, self._title)

    def _paint_entry(self, painter: QPainter, entry: Entry, left: float, right: float) -> None:
        style = Qt.PenStyle.DashLine if entry.dashed else Qt.PenStyle.SolidLine
        pen = QPen(theme.color(entry.token), 2, style, Qt.PenCapStyle.FlatCap)
        if entry.dashed:
            pen.setDashPattern([2.5, 1.5])
        painter.setPen(pen)
        middle = self.height() / 2
        painter.drawLine(QPointF(left, middle), QPointF(left + SAMPLE, middle))
        painter.setPen(theme.color("text"))
        area = self.rect().toRectF()
        area.setRight(right)
        painter.drawText(area, _RIGHT, entry.text)


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
