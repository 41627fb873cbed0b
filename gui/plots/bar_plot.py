"""Named values as bars beside each other, each with its figure: probabilities, norms, counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui import theme

ROW = 24  # pixels
NAMES_SHARE = 0.4  # of the width at most
RADIUS = 3.0
CENTER = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Bar:
    """`text` says the value in words; a `strong` bar is the one that matters."""

    name: str
    value: float
    text: str
    token: str = "accent"
    strong: bool = False


class BarPlot(QWidget):
    """A line for each bar, growing from the left, or from the middle where values are signed.

    Stands in a scroll area where there may be many. `chosen` says which was clicked, or reached
    by the arrow keys.
    """

    chosen = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.bars: tuple[Bar, ...] = ()
        self._most = 0.0
        self._whole: float | None = None
        self._here = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_bars(self, bars: Sequence[Bar], whole: float | None = None) -> None:
        """Draws these; `whole` is the value of a full bar (1 for probabilities)."""
        count = len(self.bars)
        self.bars, self._whole = tuple(bars), whole
        self._most = whole or max((abs(bar.value) for bar in bars), default=0.0)
        self._here = min(self._here, len(self.bars) - 1)
        said = (f"{bar.name} {bar.text}" for bar in self.bars[:20])
        self.setAccessibleDescription("; ".join(said))
        if len(self.bars) != count:
            self.setMinimumHeight(self.sizeHint().height())
        self.update()

    def apply_theme(self) -> None:
        """Takes the colours of the theme in force."""
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(220, round(theme.scaled(ROW) * max(1, len(self.bars))))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        metrics = QFontMetricsF(painter.font(), self)
        gap = float(theme.SPACE_S)
        names = max((metrics.horizontalAdvance(bar.name) for bar in self.bars), default=0.0)
        names = min(names + 1, NAMES_SHARE * self.width())
        texts = max((metrics.horizontalAdvance(bar.text) for bar in self.bars), default=0.0) + 1
        lane = QRectF(names + gap, 0, max(self.width() - names - texts - 2 * gap, 8.0), 0)
        for place, bar in enumerate(self.bars):
            row = self._row(place)
            if row.intersects(QRectF(event.rect())):
                self._paint_bar(painter, bar, row, lane)
        if self.hasFocus() and 0 <= self._here < len(self.bars):
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._row(self._here).adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _row(self, place: int) -> QRectF:
        height = float(theme.scaled(ROW))
        return QRectF(0, place * height, self.width(), height)

    def _paint_bar(self, painter: QPainter, bar: Bar, row: QRectF, lane: QRectF) -> None:
        metrics = QFontMetricsF(painter.font(), self)
        painter.setPen(theme.color("text" if bar.strong else "muted"))
        room = QRectF(0, row.top(), lane.left() - theme.SPACE_S, row.height())
        name = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | CENTER, name)
        room = QRectF(lane.right() + theme.SPACE_S, row.top(), row.width(), row.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | CENTER, bar.text)
        track = QRectF(lane.left(), row.center().y() - 5, lane.width(), 10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("hairline", 0.5))
        painter.drawRoundedRect(track, RADIUS, RADIUS)
        painter.setBrush(theme.color(bar.token, 1.0 if bar.strong else 0.6))
        painter.drawRoundedRect(self._filled(track, bar.value), RADIUS, RADIUS)

    def _filled(self, track: QRectF, value: float) -> QRectF:
        share = min(1.0, abs(value) / self._most) if self._most and value == value else 0.0
        if not self._is_signed:
            return QRectF(track.left(), track.top(), track.width() * share, track.height())
        half = track.width() / 2 * share
        left = track.center().x() - (half if value < 0 else 0.0)
        return QRectF(left, track.top(), half, track.height())

    @property
    def _is_signed(self) -> bool:
        return any(bar.value < 0 for bar in self.bars)

    def _choose(self, place: int) -> None:
        if self.bars:
            self._here = min(max(place, 0), len(self.bars) - 1)
            self.chosen.emit(self._here)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place: QPointF = event.position()
        self._choose(int(place.y() // theme.scaled(ROW)))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            self._choose(self._here + steps[Qt.Key(event.key())])
        else:
            event.ignore()
