"""One line that names curves and says their values, with a sample of each one's stroke."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

SAMPLE = 14.0
GAP = 5.0
BETWEEN = 14.0
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Entry:
    """One curve: its name, its value, what to add where there is room, and its stroke."""

    name: str
    value: str
    token: str
    dashed: bool = False
    detail: str = ""

    def text(self, detailed: bool = True) -> str:
        """What is written beside the sample."""
        detail = f" {self.detail}" if self.detail and detailed else ""
        return f"{self.name} {self.value}{detail}"


class Legend(QWidget):
    """Entries from right to left; details, and then entries, go where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self._entries: tuple[Entry, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """Everything it says, also for screen readers."""
        return " · ".join(filter(None, (self._title, *(each.text() for each in self._entries))))

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
        detailed = self._width(metrics, detailed=True) <= right
        for entry in reversed(self._entries):
            text = entry.text(detailed)
            left = right - metrics.horizontalAdvance(text) - SAMPLE - GAP
            if left < 0:
                return
            self._paint_sample(painter, entry, left)
            painter.setPen(theme.color("text"))
            painter.drawText(QRectF(0, 0, right, self.height()), RIGHT, text)
            right = left - BETWEEN
        if self._title and metrics.horizontalAdvance(self._title) <= right:
            painter.setPen(theme.color("muted"))
            painter.drawText(QRectF(0, 0, right, self.height()), RIGHT, self._title)

    def _width(self, metrics: QFontMetricsF, *, detailed: bool) -> float:
        texts = [entry.text(detailed) for entry in self._entries]
        around = (SAMPLE + GAP + BETWEEN) * len(texts) - BETWEEN
        title = metrics.horizontalAdvance(self._title) + BETWEEN if self._title else 0.0
        return sum(metrics.horizontalAdvance(text) for text in texts) + around + title

    def _paint_sample(self, painter: QPainter, entry: Entry, left: float) -> None:
        style = Qt.PenStyle.DashLine if entry.dashed else Qt.PenStyle.SolidLine
        pen = QPen(theme.color(entry.token), 2, style, Qt.PenCapStyle.FlatCap)
        if entry.dashed:
            pen.setDashPattern([2.5, 1.5])
        painter.setPen(pen)
        middle = self.height() / 2
        painter.drawLine(QPointF(left, middle), QPointF(left + SAMPLE, middle))
