"""A plot without ornaments: quiet axes, no menus, and one way to point at something in it.

Made of pyqtgraph's parts and not its PlotWidget, whose hidden menus cost 60 ms a plot.
"""

from typing import Any, ClassVar

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGraphicsGridLayout

from gui import theme
from gui.plots.axes import PlainAxis

PLACES = {"top": (0, 1), "left": (1, 0), "bottom": (2, 1)}  # of the axes; the box is at (1, 1)
ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}


class PlainPlot(pg.GraphicsView):
    """`box` is pyqtgraph's view box, which holds what is drawn; `axes` go by their side."""

    axis_type: ClassVar[type[PlainAxis]] = PlainAxis

    pointed_at = Signal(object)  # QPointF in the plot's own units, None where the pointer left
    walked = Signal(int, int)  # by the arrow keys, to the right and down

    def __init__(self, *sides: str) -> None:
        super().__init__()
        self.axes = {side: self.axis_type(side) for side in sides}
        self.box: Any = pg.ViewBox(enableMenu=False)
        self._range: dict[str, tuple[float, float]] = {}
        self._arrange()
        self.enableMouse(False)  # the box zooms, not the whole view
        self.setFrameShape(self.Shape.NoFrame)
        self.setMinimumSize(80, 60)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip("Wheel zooms, dragging moves, a double click shows everything again")
        scene: Any = self.scene()
        scene.sigMouseMoved.connect(self._on_moved)

    def add(self, item: Any) -> Any:
        """Puts a pyqtgraph item into the box, and returns it."""
        self.box.addItem(item, ignoreBounds=True)
        return item

    def show_grid(self, *sides: str) -> None:
        """Grid lines at the numbers of these axes."""
        for side in sides:
            self.axes[side].setGrid(255)

    def apply_theme(self) -> None:
        """Takes the colours of the theme in force."""
        self.setBackground(theme.color("surface"))
        for axis in self.axes.values():
            axis.apply_theme()

    def show_range(
        self, x: tuple[float, float] | None = None, y: tuple[float, float] | None = None
    ) -> None:
        """Shows exactly this part."""
        given = {"xRange": x, "yRange": y}
        changed = {name: limits for name, limits in given.items() if limits is not None}
        self._range |= changed
        self.box.setRange(**changed, padding=0)

    def _arrange(self) -> None:
        layout = QGraphicsGridLayout()
        layout.setSpacing(0)
        layout.setContentsMargins(0, 10, 14, 4)  # for the halves of the outermost numbers
        layout.addItem(self.box, 1, 1)
        layout.setRowStretchFactor(1, 1)
        layout.setColumnStretchFactor(1, 1)
        for side, axis in self.axes.items():
            axis.linkToView(self.box)
            layout.addItem(axis, *PLACES[side])
        widget: Any = pg.GraphicsWidget()
        widget.setLayout(layout)
        self.setCentralItem(widget)

    def _on_moved(self, place: QPointF) -> None:
        inside = self.box.sceneBoundingRect().contains(place)
        self.pointed_at.emit(self.box.mapSceneToView(place) if inside else None)

    def leaveEvent(self, ev: QEvent) -> None:
        super().leaveEvent(ev)
        self.pointed_at.emit(None)

    def mouseDoubleClickEvent(self, ev: QMouseEvent) -> None:
        self.box.setRange(**self._range, padding=0)
        ev.accept()

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        """Arrows walk, Escape leaves; all other keys are the window's."""
        if ev.key() == Qt.Key.Key_Escape:
            self.pointed_at.emit(None)
        elif ev.key() in ARROWS:
            self.walked.emit(*ARROWS[Qt.Key(ev.key())])
        else:
            ev.ignore()
