"""Hands for tests of the canvas: a design to work on, and real mouse, key and drop events."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication

from engine import layers
from engine.design import Design, Link
from engine.layers import Layer
from engine.project import Project
from gui.canvas import Canvas, mime
from gui.canvas.geometry import CARD

INPUT, HIDDEN, OUTPUT, ADD = "n1", "n2", "n3", "n4"
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NONE = Qt.KeyboardModifier.NoModifier


def chain() -> Project:
    """Input n1, Dense 8 relu n2, Dense 3 softmax n3."""
    hidden = layers.Dense(units=8, activation="relu")
    output = layers.Dense(units=3, activation="softmax")
    return Project(name="little", design=Design.chain(layers.Input(), hidden, output))


def with_add() -> Project:
    """The chain, and an Add n4 that is linked to nothing yet, below it."""
    project = chain()
    design = project.design.add(layers.Add(), splice=False)
    return project.edited(design=design)


def link(source: str, target: str) -> Link:
    return Link(source=source, target=target)


class Hands:
    """Works on a canvas in viewport coordinates, as a person does."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.view = canvas.view

    def at(self, scene: QPointF) -> QPointF:
        """A point of the scene, where it is in the viewport."""
        return self.view.viewportTransform().map(scene)

    def card(self, identifier: str) -> QPointF:
        return self.at(self.canvas.scene.layers[identifier].pos() + CARD.center())

    def port(self, identifier: str, name: str) -> QPointF:
        item = self.canvas.scene.layers[identifier]
        return self.at(item.in_port if name == "in" else item.out_port)

    def wire(self, source: str, target: str) -> QPointF:
        return self.at(self.canvas.scene.links[link(source, target)].center)

    # ── the mouse ───────────────────────────────────────────────────────────────────────────

    def press(self, at: QPointF, button: Qt.MouseButton = LEFT, held: object = NONE) -> None:
        self._mouse(QEvent.Type.MouseButtonPress, at, button, button, held)

    def move(self, at: QPointF, button: Qt.MouseButton = LEFT) -> None:
        self._mouse(QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton, button)

    def release(self, at: QPointF, button: Qt.MouseButton = LEFT, held: object = NONE) -> None:
        self._mouse(QEvent.Type.MouseButtonRelease, at, button, Qt.MouseButton.NoButton, held)

    def click(self, at: QPointF, held: object = NONE) -> None:
        self.press(at, held=held)
        self.release(at, held=held)

    def double_click(self, at: QPointF) -> None:
        self.click(at)
        self._mouse(QEvent.Type.MouseButtonDblClick, at, LEFT, LEFT)
        self.release(at)

    def drag(self, start: QPointF, end: QPointF, button: Qt.MouseButton = LEFT) -> None:
        self.hold(start, end, button)
        self.release(end, button)

    def hold(self, start: QPointF, end: QPointF, button: Qt.MouseButton = LEFT) -> None:
        """A drag whose button is still down."""
        self.press(start, button)
        for step in range(1, 6):
            self.move(start + (end - start) * (step / 5), button)

    def right_click(self, at: QPointF) -> None:
        reason, spot = QContextMenuEvent.Reason.Mouse, at.toPoint()
        event = QContextMenuEvent(reason, spot, self.view.viewport().mapToGlobal(spot))
        QApplication.sendEvent(self.view.viewport(), event)

    def wheel(self, at: QPointF, delta: int) -> None:
        flags = (Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False)
        event = QWheelEvent(at, at, QPoint(), QPoint(0, delta), *flags)
        QApplication.sendEvent(self.view.viewport(), event)

    def _mouse(
        self,
        kind: QEvent.Type,
        at: QPointF,
        button: Qt.MouseButton,
        down: Qt.MouseButton,
        held: object = NONE,
    ) -> None:
        where = QPointF(self.view.viewport().mapToGlobal(at.toPoint()))
        event = QMouseEvent(kind, at, where, button, down, held)
        QApplication.sendEvent(self.view.viewport(), event)

    # ── dragging in ─────────────────────────────────────────────────────────────────────────

    def carry(self, layer: Layer, at: QPointF, grab: QPointF | None = None) -> None:
        """A drag from the palette that hovers at this point of the viewport."""
        data = mime.pack(layer, grab or QPointF(60, 20))
        actions, spot = Qt.DropAction.CopyAction, at.toPoint()
        viewport = self.view.viewport()
        QApplication.sendEvent(viewport, QDragEnterEvent(spot, actions, data, LEFT, NONE))
        QApplication.sendEvent(viewport, QDragMoveEvent(spot, actions, data, LEFT, NONE))

    def drop(self, layer: Layer, at: QPointF, grab: QPointF | None = None) -> None:
        """A drag from the palette that ends at this point of the viewport."""
        self.carry(layer, at, grab)
        data = mime.pack(layer, grab or QPointF(60, 20))
        event = QDropEvent(at, Qt.DropAction.CopyAction, data, LEFT, NONE)
        QApplication.sendEvent(self.view.viewport(), event)
