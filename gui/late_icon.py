"""An icon that is looked up when it is painted: the window need not wait for the icon fonts."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap


class LateIcon(QIconEngine):
    """Stands for an icon of QtAwesome, which loads its fonts when it is imported."""

    def __init__(self, name: str, color: QColor, disabled: QColor) -> None:
        super().__init__()
        self._name, self._color, self._disabled = name, color, disabled
        self._icon: QIcon | None = None

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        self._found().paint(painter, rect, mode=mode, state=state)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._found().pixmap(size, mode, state)

    def clone(self) -> QIconEngine:
        return LateIcon(self._name, self._color, self._disabled)

    def _found(self) -> QIcon:
        if self._icon is None:
            import qtawesome

            self._icon = qtawesome.icon(
                self._name, color=self._color, color_disabled=self._disabled
            )
        return self._icon
