"""Small bar drawings of data: how the rows are split, and how values are spread."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui import theme
from gui.words import mark, tr

PARTS = ((mark("train"), "training"), (mark("val"), "validation"), (mark("test"), "border"))
"""The parts of a split: their short names and their colours' tokens."""


def paint_histogram(
    painter: QPainter, area: QRectF, counts: Sequence[int], token: str = "accent"
) -> None:
    """Bars side by side; the highest is as high as `area`, and none that counts vanishes."""
    if not counts or not max(counts):
        return
    gap = 1.0 if area.width() / len(counts) >= 3 else 0.0
    width = (area.width() - gap * (len(counts) - 1)) / len(counts)
    for index, count in enumerate(counts):
        height = max(1.0, area.height() * count / max(counts)) if count else 0.0
        left = area.left() + index * (width + gap)
        bar = QRectF(left, area.bottom() - height, width, height)
        painter.fillRect(bar, theme.color(token, 0.75))


class SplitBar(QWidget):
    """One bar in the parts that the rows are split into."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: tuple[int, ...] = ()
        self.setFixedHeight(14)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: tuple[int, ...]) -> None:
        """Rows for training, validation and test."""
        self._counts = counts
        self.setAccessibleName(split_words(counts))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        total = sum(self._counts)
        if not total:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setClipPath(whole)
        left = 0.0
        for count, (_, token) in zip(self._counts, PARTS, strict=True):
            width = self.width() * count / total
            painter.fillRect(QRectF(left, 0, width, self.height()), theme.color(token))
            left += width
        painter.end()


def split_words(counts: Sequence[int]) -> str:
    """The counts in words, "1,257 train · 180 val · 360 test", without the parts that are empty."""
    parts = zip(counts, PARTS, strict=True)
    return " · ".join(f"{count:,} {tr(name)}" for count, (name, _) in parts if count)


@dataclass(frozen=True)
class Bar:
    """One bar of a histogram: what it counts, and how many."""

    label: str
    count: int


class Histogram(QWidget):
    """Counts as bars, each with its label and count under the pointer."""

    def __init__(self, height: int = 28) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(80, self.height())

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draw these instead."""
        self._bars = tuple(bars)
        self.setAccessibleName(", ".join(f"{bar.label}: {bar.count:,}" for bar in bars[:20]))
        self.update()

    def label_at(self, x: float) -> str:
        """What the bar at `x` counts: "7: 179 rows"."""
        if not self._bars or not 0 <= x < self.width():
            return ""
        bar = self._bars[int(x / self.width() * len(self._bars))]
        return tr("{label}: {count:,} rows", bar.count, label=bar.label, count=bar.count)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.label_at(event.pos().x()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        paint_histogram(painter, QRectF(self.rect()), [bar.count for bar in self._bars])
        painter.end()
