"""What lies over the canvas while it shows what goes on inside: a legend, and words of warning."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.canvas.flow_item import HIGH, LOW, band_color

WIDTH, BAR = 300.0, 10.0
PLACES = (-8, -5, -2, 1)  # powers of ten that are written


class FlowLegend(QWidget):
    """A small card with a title, the scale where there is one, and sentences."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.title, self.words = "", ""
        self._has_scale = False
        self.hide()

    def say(self, title: str, words: str, *, scale: bool) -> None:
        """Shows these; `words` are a warning."""
        self.title, self.words, self._has_scale = title, words, scale
        self.setAccessibleName(f"{title}. {words}" if words else title)
        self.resize(self.sizeHint())
        self.show()
        self.update()

    def sizeHint(self) -> QSize:
        width = theme.scaled(WIDTH)
        line = QFontMetricsF(theme.font("small")).height()
        height = 2 * theme.SPACE_S + line
        if self._has_scale:
            height += BAR + line + 2 * theme.SPACE_XS
        if self.words:
            height += self._words_height(width - 2 * theme.SPACE_M) + theme.SPACE_XS
        return QSize(width, round(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("hairline"), 1))
        painter.setBrush(theme.color("surface", 0.94))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        line = QFontMetricsF(theme.font("small")).height()
        left, top = float(theme.SPACE_M), float(theme.SPACE_S)
        width = self.width() - 2 * left
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text"))
        painter.drawText(QRectF(left, top, width, line), Qt.AlignmentFlag.AlignVCenter, self.title)
        top += line + theme.SPACE_XS
        if self._has_scale:
            self._paint_scale(painter, QRectF(left, top, width, BAR), line)
            top += BAR + line + theme.SPACE_XS
        if self.words:
            painter.setPen(theme.color("warning"))
            room = QRectF(left, top, width, self.height() - top)
            painter.drawText(room, Qt.TextFlag.TextWordWrap, self.words)

    def _paint_scale(self, painter: QPainter, bar: QRectF, line: float) -> None:
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for place in range(11):
            gradient.setColorAt(place / 10, band_color(place / 10))
        painter.fillRect(bar, gradient)
        painter.setPen(theme.color("muted"))
        metrics = QFontMetricsF(painter.font())
        for power in PLACES:
            text = f"1e{power}" if power else "1"
            x = bar.left() + (power - LOW) / (HIGH - LOW) * bar.width()
            half = metrics.horizontalAdvance(text) / 2
            x = min(max(x, bar.left() + half), bar.right() - half)
            painter.drawText(QPointF(x - half, bar.bottom() + line - 2), text)

    def _words_height(self, width: float) -> float:
        metrics = QFontMetricsF(theme.font("small"))
        room = QRectF(0, 0, width, 1000)
        return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self.words).height()
