"""Cards in a grid, each a button with a drawing, a title and a line; arrow keys move among them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from gui import theme, thumbnails
from gui.words import tr

MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
COLUMNS = 3


@dataclass(frozen=True)
class Entry:
    """One card: what choosing it means, its title and its line."""

    name: str
    title: str
    line: str


class Card(QAbstractButton):
    """A button that is a small picture with words beneath."""

    moved = Signal(int, int)

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.setAccessibleName(tr(entry.title))
        self.setAccessibleDescription(tr(entry.line))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaximumHeight(190)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(240, 86 + self._text_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(170, 72 + self._text_height())

    def _text_height(self) -> int:
        return 2 * self.fontMetrics().height() + 2 * theme.SPACE_S + theme.SPACE_XS

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in MOVES:
            self.moved.emit(*MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        words = self.rect().adjusted(14, 0, -14, -theme.SPACE_S)
        words.setTop(words.bottom() - self._text_height() + theme.SPACE_S)
        picture = QRectF(14, 12, self.width() - 28, words.top() - 12 - theme.SPACE_S)
        thumbnails.paint(self.entry.name, painter, picture)
        self._paint_words(painter, words)
        painter.end()

    def _paint_frame(self, painter: QPainter) -> None:
        active = self.underMouse() or self.isDown()
        edge = "accent" if active or self.hasFocus() else "hairline"
        painter.setPen(QPen(theme.color(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(theme.color("canvas" if self.isDown() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

    def _paint_words(self, painter: QPainter, area: QRect) -> None:
        for role, token, text, top in (
            ("strong", "text", tr(self.entry.title), area.top()),
            ("body", "muted", tr(self.entry.line), area.center().y()),
        ):
            painter.setFont(theme.font("strong" if role == "strong" else "body"))
            painter.setPen(theme.color(token))
            line = QRect(area.left(), top, area.width(), area.height() // 2)
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)


class Gallery(QWidget):
    """`entries` as cards in three columns; `chosen` carries the name of an entry."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.cards = [Card(entry) for entry in entries]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.SPACE_M)
        for index, card in enumerate(self.cards):
            grid.addWidget(card, index // COLUMNS, index % COLUMNS)
            card.clicked.connect(lambda _=False, name=card.entry.name: self.chosen.emit(name))
            card.moved.connect(lambda dx, dy, at=index: self._move(at + dx + COLUMNS * dy))

    def _move(self, index: int) -> None:
        if 0 <= index < len(self.cards):
            self.cards[index].setFocus(Qt.FocusReason.TabFocusReason)
