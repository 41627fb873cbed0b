"""One line that says what colours and shapes of dots mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

SAMPLE, GAP, BETWEEN = 9.0, 5.0, 12.0
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Sign:
    """A name beside a dot, which is a ring where it is `hollow`; colour by token or by class."""

    name: str
    token: str = "muted"
    class_: int | None = None
    hollow: bool = False

    def color(self) -> QColor:
        """In the theme in force."""
        return theme.color(self.token) if self.class_ is None else theme.class_color(self.class_)


class Key(QWidget):
    """Signs from left to right; "…" stands for those without room, and the tooltip says all."""

    def __init__(self) -> None:
        super().__init__()
        self._signs: tuple[Sign, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_signs(self, signs: Sequence[Sign]) -> None:
        """Replaces what it says."""
        if tuple(signs) != self._signs:
            self._signs = tuple(signs)
            said = ", ".join(sign.name for sign in signs)
            self.setAccessibleName(said)
            self.setToolTip(said)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, theme.scaled(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, theme.scaled(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        metrics = QFontMetricsF(painter.font(), self)
        left, middle = 0.0, self.height() / 2
        for place, sign in enumerate(self._signs):
            width = SAMPLE + GAP + metrics.horizontalAdvance(sign.name)
            rest = 0.0 if place == len(self._signs) - 1 else BETWEEN + 10
            painter.setPen(theme.color("text"))
            if left + width + rest > self.width():
                painter.drawText(QRectF(left, 0, 20, self.height()), LEFT, "…")
                return
            room = QRectF(left + SAMPLE + GAP, 0, width, self.height())
            painter.drawText(room, LEFT, sign.name)
            thick = 2.0 if sign.hollow else 1.0
            painter.setPen(QPen(sign.color(), thick))
            painter.setBrush(Qt.BrushStyle.NoBrush if sign.hollow else sign.color())
            radius = (SAMPLE - thick) / 2
            painter.drawEllipse(QPointF(left + SAMPLE / 2, middle), radius, radius)
            left += width + BETWEEN
