"""The halo around what has just been selected grows within a tenth of a second."""

from collections.abc import Iterable

from PySide6.QtCore import QEasingCurve, QObject, Qt, QVariantAnimation
from PySide6.QtWidgets import QApplication

from gui.canvas.layer_item import LayerItem

SELECTION = 100  # ms


class Glow(QVariantAnimation):
    """Only paints: what is selected is so at once. Without the system's effects, no motion."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._chosen: set[LayerItem] = set()
        self._growing: set[LayerItem] = set()
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setDuration(SELECTION)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.valueChanged.connect(self._show)
        self.finished.connect(self._forget)

    def follow(self, chosen: Iterable[LayerItem]) -> None:
        """These cards are selected now."""
        before, self._chosen = self._chosen, set(chosen)
        new = self._chosen - before
        if not new or not QApplication.isEffectEnabled(Qt.UIEffect.UI_General):
            return
        self.stop()
        self._show(1.0)
        self._growing = new
        self._show(0.0)
        self.start()

    def _forget(self) -> None:
        """Cards that are deleted are not kept."""
        self._growing = set()

    def _show(self, share: float) -> None:
        for item in self._growing:
            item.show_glow(share)
