"""Cards on their way to where a splice, a layout or an undone step has put them."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QObject, QPointF, Qt, QVariantAnimation
from PySide6.QtWidgets import QApplication

Corners = dict[str, tuple[float, float]]
SPLICE, LAYOUT = 160, 220  # ms
_MOST_CARDS = 200


class Glide(QVariantAnimation):
    """Moves cards with `place`; jumps to the end when somebody cannot wait for it.

    Where the system has its effects switched off there is no motion.
    """

    def __init__(self, place: Callable[[dict[str, QPointF]], None], parent: QObject) -> None:
        super().__init__(parent)
        self._place = place
        self._ways: dict[str, tuple[QPointF, QPointF]] = {}
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setDuration(SPLICE)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.valueChanged.connect(self._show)

    def begin(self, starts: Corners, ends: Corners) -> None:
        """Move every card that is elsewhere now from where it was."""
        self._ways = {
            each: (QPointF(*start), QPointF(*end))
            for each, end in ends.items()
            if (start := starts.get(each)) is not None and start != end
        }
        wanted = QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
        if wanted and 0 < len(self._ways) <= _MOST_CARDS:
            self._show(0.0)
            self.start()

    def settle(self) -> None:
        """Be there now."""
        if self.state() == QAbstractAnimation.State.Running:
            self.stop()
            self._show(1.0)

    def _show(self, share: float) -> None:
        self._place({each: a + (b - a) * share for each, (a, b) in self._ways.items()})
