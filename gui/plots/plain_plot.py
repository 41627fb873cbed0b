"""A plot without ornaments: quiet axes, no menus, and one way to point at something in it."""

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent

from gui import theme
from gui.plots.axes import PlainAxis

ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}


class PlainPlot(pg.PlotWidget):
    """`item` and `box` are pyqtgraph's plot item and view box; `axes` go by their side."""

    pointed_at = Signal(object)  # QPointF in the plot's own units, None where the pointer left
    walked = Signal(int, int)  # by the arrow keys, to the right and down

    def __init__(self, *sides: str) -> None:
        self.axes = {side: PlainAxis(side) for side in sides}
        super().__init__(axisItems=self.axes)
        self.item: Any = self.getPlotItem()
        self.box: Any = self.item.getViewBox()
        self.item.hideButtons()
        self.item.setContentsMargins(0, 10, 14, 4)  # for the halves of the outermost numbers
        self.setMenuEnabled(False)
        self.setFrameShape(self.Shape.NoFrame)
        self.setMinimumSize(80, 60)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scene: Any = self.scene()
        scene.sigMouseMoved.connect(self._on_moved)

    def apply_theme(self) -> None:
        """Takes the colours of the theme in force."""
        self.setBackground(theme.color("surface"))
        for axis in self.axes.values():
            axis.apply_theme()

    def show_range(
        self, x: tuple[float, float] | None = None, y: tuple[float, float] | None = None
    ) -> None:
        """Shows exactly this part."""
        self.box.setRange(xRange=x, yRange=y, padding=0)

    def _on_moved(self, place: QPointF) -> None:
        inside = self.box.sceneBoundingRect().contains(place)
        self.pointed_at.emit(self.box.mapSceneToView(place) if inside else None)

    def leaveEvent(self, ev: QEvent) -> None:
        super().leaveEvent(ev)
        self.pointed_at.emit(None)

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        """Arrows walk, Escape leaves; all other keys are the window's."""
        if ev.key() == Qt.Key.Key_Escape:
            self.pointed_at.emit(None)
        elif ev.key() in ARROWS:
            self.walked.emit(*ARROWS[Qt.Key(ev.key())])
        else:
            ev.ignore()
