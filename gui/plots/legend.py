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
    """One curve: its name, long and short, its value, its stroke, and a detail of the value."""

    name: str
    short: str
    value: str
    token: str
    dashed: bool = False
    detail: str = ""

    @property
    def texts(self) -> tuple[str, str, str]:
        """What may be written beside the sample, by the room there is."""
        plain = f"{self.name} {self.value}"
        return f"{plain} {self.detail}".rstrip(), plain, f"{self.short} {self.value}"


class Legend(QWidget):
    """Entries from right to left, in the longest words for which there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self._entries: tuple[Entry, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """Everything it says, also for screen readers."""
        return " · ".join(filter(None, (self._title, *(each.texts[0] for each in self._entries))))

    def show_entries(self, entries: tuple[Entry, ...], title: str = "") -> None:
        """Replaces what it says; `title` ("epoch 12") is for screen readers and the tooltip."""
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
        for entry, text in reversed(self._fitting(metrics)):
            left = right - metrics.horizontalAdvance(text) - SAMPLE - GAP
            if left < 0 and right < self.width():
                break  # there is room for some of them only
            self._paint_sample(painter, entry, left)
            painter.setPen(theme.color("text"))
            painter.drawText(QRectF(0, 0, right, self.height()), RIGHT, text)
            right = left - BETWEEN

    def _fitting(self, metrics: QFontMetricsF) -> list[tuple[Entry, str]]:
        """Each entry with its words: all of them long, or all short; the shortest may be cut."""
        texts: tuple[str, ...] = ()
        for texts in zip(*(entry.texts for entry in self._entries), strict=True):
            around = (SAMPLE + GAP + BETWEEN) * len(texts) - BETWEEN
            if sum(map(metrics.horizontalAdvance, texts)) + around <= self.width():
                break
        return list(zip(self._entries, texts, strict=True))

    def _paint_sample(self, painter: QPainter, entry: Entry, left: float) -> None:
        style = Qt.PenStyle.DashLine if entry.dashed else Qt.PenStyle.SolidLine
        pen = QPen(theme.color(entry.token), theme.stroke(2), style, Qt.PenCapStyle.FlatCap)
        if entry.dashed:
            pen.setDashPattern([2.5, 1.5])
        painter.setPen(pen)
        middle = self.height() / 2
        painter.drawLine(QPointF(left, middle), QPointF(left + SAMPLE, middle))
