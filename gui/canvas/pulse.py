"""A row on its way through the network: pulses that run along the links, layer by layer."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractAnimation, QObject, QRectF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.design import Link
from gui import theme
from gui.canvas.link_item import LinkItem

A_LINK, ALL = 420, 6_000  # ms along one link, and along all of them at most
RADIUS = 5.0


class Pulse(QVariantAnimation):
    """Runs once and stops; `passed` says how many steps from the inputs have been reached.

    Where the system has its effects switched off there is no motion, and all is reached at once.
    """

    passed = Signal(float)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setStartValue(0.0)
        self.valueChanged.connect(lambda value: self.passed.emit(float(value)))

    def begin(self, steps: int) -> None:
        """Runs along so many links in a row."""
        self.stop()
        if not steps or not QApplication.isEffectEnabled(Qt.UIEffect.UI_General):
            self.passed.emit(float(steps))
            return
        self.setEndValue(float(steps))
        self.setDuration(min(steps * A_LINK, ALL))
        self.start()

    @property
    def is_running(self) -> bool:
        """Whether something moves."""
        return self.state() == QAbstractAnimation.State.Running


class PulseItem(QGraphicsItem):
    """A dot on each link that is on the way."""

    def __init__(self, links: Mapping[Link, LinkItem]) -> None:
        super().__init__()
        self._links = links
        self._dots: Sequence[tuple[Link, float]] = ()
        self.setZValue(1.4)
        self.setVisible(False)

    def show_dots(self, dots: Sequence[tuple[Link, float]]) -> None:
        """How far along which links they are, from 0 to 1."""
        self.prepareGeometryChange()
        self._dots = [each for each in dots if each[0] in self._links]
        self.setVisible(bool(self._dots))
        self.update()

    def boundingRect(self) -> QRectF:
        area = QRectF()
        for link, _ in self._dots:
            area = area.united(self._links[link].course.controlPointRect())
        return area.adjusted(-3 * RADIUS, -3 * RADIUS, 3 * RADIUS, 3 * RADIUS)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for link, share in self._dots:
            item = self._links.get(link)
            if item is None or not item.isVisible():
                continue
            for back, strength in ((0.10, 0.25), (0.05, 0.5), (0.0, 1.0)):
                place = item.course.pointAtPercent(max(0.0, share - back))
                painter.setBrush(theme.color("accent", strength))
                painter.drawEllipse(place, RADIUS, RADIUS)
