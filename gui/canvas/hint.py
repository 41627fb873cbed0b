"""The words beside the pointer while something is dragged."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QGraphicsView, QLabel

from gui import theme
from gui.canvas.verdict import Verdict
from gui.words import tr

_AWAY = 18
_SIGNS = {"ok": "✓", "warning": "⚠", "error": "✕"}


class Hint(QLabel):
    """A small sign with a word, so that colour is never all that tells."""

    def __init__(self, view: QGraphicsView) -> None:
        super().__init__(view.parentWidget() or view)  # above all that lies over the view
        self._view = view
        self._shown: Verdict | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("What dropping here would do"))
        self.hide()

    def say(self, verdict: Verdict, at: QPointF | None = None, above: bool = False) -> None:
        """Show the verdict beside the point, or just above it; an empty one hides it."""
        if not verdict.text or at is None:
            self.hide()
            return
        if verdict != self._shown:
            self._dress(verdict)
        room = self._view.rect()
        right = 0 if above else _AWAY
        down = -self.height() - 6 if above else _AWAY
        x = min(round(at.x()) + right, room.right() - self.width() - 4)
        y = min(round(at.y()) + down, room.bottom() - self.height() - 4)
        self.move(max(4, x), max(4, y))
        self.show()
        self.raise_()

    def _dress(self, verdict: Verdict) -> None:
        self._shown = verdict
        colors = theme.current()
        self.setStyleSheet(
            f"background: {colors.surface}; color: {getattr(colors, verdict.kind, colors.text)};"
            f"border: 1px solid {colors.border}; border-radius: 6px; padding: 4px 8px;"
        )
        self.setText(f"{_SIGNS.get(verdict.kind, '')} {verdict.text}".strip())
        self.adjustSize()
