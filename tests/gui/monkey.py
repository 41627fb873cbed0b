"""A monkey at the window: it clicks, drags, types and turns the wheel anywhere, at random."""

import random
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget
from shiboken6 import isValid

from engine import layers
from gui.canvas.chip import Chip
from gui.main_window import MainWindow
from tests.gui.canvas.hands import Hands, chain

Button, Key, Held = Qt.MouseButton, Qt.Key, Qt.KeyboardModifier
KEYS = (
    *((Key(ord(letter)), Held.NoModifier) for letter in "AEFGLNS"),
    *((Key(ord(letter)), Held.ControlModifier) for letter in "ACDFGLVXYZ12"),
    *((Key(ord(letter)), Held.ControlModifier | Held.ShiftModifier) for letter in "GLPZ"),
    *((key, Held.NoModifier) for key in (Key.Key_Delete, Key.Key_Backspace, Key.Key_F2)),
    *((key, Held.NoModifier) for key in (Key.Key_Tab, Key.Key_Return, Key.Key_Space)),
    *((key, Held.NoModifier) for key in (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down)),
    *((key, Held.AltModifier) for key in (Key.Key_Left, Key.Key_Right)),
    *((Key.Key_Escape, Held.NoModifier) for _ in range(6)),
)
# What would end the program or leave it: files are written by tests of their own.
LEFT_ALONE = ("quit", "close", "new_window", "save", "save_as", "save_copy", "export_keras")
MOST_LAYERS = 60
TIDY_EVERY = 250


class Monkey(QObject):
    """Does `events` things; the seed decides which."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        super().__init__(window)
        self.window = window
        self.draw = random.Random(seed)
        self.done = 0
        self._popup: QWidget | None = None
        for each in LEFT_ALONE:
            window.commands.by_id[each].triggered.disconnect()
        window.installEventFilter(self)
        self._watch = QTimer(self, interval=60)
        self._watch.timeout.connect(self._close_what_waits)
        self._watch.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window stays open."""
        closes = watched is self.window and event.type() == QEvent.Type.Close
        if closes:
            event.ignore()
        return closes

    def play(self, events: int) -> None:
        """Do so many things."""
        acts: tuple[tuple[int, Callable[[], None]], ...] = (
            (5, self.click),
            (5, self.drag),
            (7, self.press_a_key),
            (2, self.wheel),
            (1, self.drop_a_layer),
        )
        weights = [weight for weight, _ in acts]
        while self.done < events:
            ((_, act),) = self.draw.choices(acts, weights)
            act()
            self.done += 1
            if self.draw.random() < 0.25:  # what waits is done, and the window painted
                QApplication.processEvents()
            if not self.done % TIDY_EVERY:
                self.tidy()

    def leave(self) -> None:
        """Be gone, with all that was opened."""
        self._watch.stop()
        self.close_all()
        self.window.training.stop()
        self.window.removeEventFilter(self)

    # ── what it does ────────────────────────────────────────────────────────────────────────

    def click(self) -> None:
        widget, at = self.somewhere()
        button = self.draw.choice((Button.LeftButton,) * 5 + (Button.RightButton,))
        self._mouse(widget, QEvent.Type.MouseButtonPress, at, button, button)
        self._mouse(widget, QEvent.Type.MouseButtonRelease, at, button, Button.NoButton)
        if self.draw.random() < 0.2:
            self._mouse(widget, QEvent.Type.MouseButtonDblClick, at, button, button)
            self._mouse(widget, QEvent.Type.MouseButtonRelease, at, button, Button.NoButton)

    def drag(self) -> None:
        """Not of a chip, which is a loop of the system's own until a button is let go."""
        widget, at = self.somewhere()
        if isinstance(widget, Chip) or isinstance(widget.parentWidget(), Chip):
            return
        button = self.draw.choice((Button.LeftButton,) * 5 + (Button.MiddleButton,))
        held = self.draw.choice((Held.NoModifier,) * 4 + (Held.ControlModifier, Held.AltModifier))
        end = at + QPointF(self.draw.gauss(0, 120), self.draw.gauss(0, 80))
        self._mouse(widget, QEvent.Type.MouseButtonPress, at, button, button, held)
        for step in range(1, self.draw.randint(2, 6)):
            point = at + (end - at) * (step / 5)
            self._mouse(widget, QEvent.Type.MouseMove, point, Button.NoButton, button, held)
        self._mouse(widget, QEvent.Type.MouseButtonRelease, end, button, Button.NoButton, held)

    def press_a_key(self) -> None:
        key, held = self.draw.choice(KEYS)
        target = QApplication.activePopupWidget() or QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, held)

    def wheel(self) -> None:
        widget, at = self.somewhere()
        turn = QPoint(0, self.draw.choice((-240, -120, 120, 240)))
        where = QPointF(widget.mapToGlobal(at.toPoint()))
        flags = (Button.NoButton, Held.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(widget, QWheelEvent(at, where, QPoint(), turn, *flags))

    def drop_a_layer(self) -> None:
        canvas = self.window.canvas
        at = QPointF(*(self.draw.uniform(0, size) for size in canvas.view.size().toTuple()))
        kinds = (layers.Dense(units=4), layers.Dropout(), layers.Add(), layers.Activation())
        if canvas.isVisible() and not self._dialogs():
            Hands(canvas).drop(self.draw.choice(kinds), at)

    # ── where ───────────────────────────────────────────────────────────────────────────────

    def somewhere(self) -> tuple[QWidget, QPointF]:
        """A widget that can be pressed, mostly on the canvas, and a point of it.

        PySide may hand out what stood for a widget that has gone where a new one has its address.
        """
        widget, at = self._anywhere()
        return (widget, at) if isValid(widget) else (self.window, self._point(self.window))

    def _anywhere(self) -> tuple[QWidget, QPointF]:
        canvas = self.window.canvas.view.viewport()
        popup = QApplication.activePopupWidget()
        top = popup if popup and isValid(popup) else next(iter(self._dialogs()), None)
        if top is None and canvas.isVisible() and self.draw.random() < 0.6:
            return canvas, self._on_a_card() or self._point(canvas)
        top = top or self.window
        point = self._point(top).toPoint()
        widget = top if isinstance(top, QMenu) else top.childAt(point) or top
        return widget, QPointF(widget.mapFrom(top, point) if isValid(widget) else point)

    def _on_a_card(self) -> QPointF | None:
        scene, view = self.window.canvas.scene, self.window.canvas.view
        notes, frames = scene.notes.values(), scene.groups.frames.values()
        items = [*scene.cards.values(), *scene.links.values(), *notes, *frames]
        if not items or self.draw.random() < 0.4:
            return None
        box = self.draw.choice(items).sceneBoundingRect()
        x, y = self.draw.random(), self.draw.random()
        return view.viewportTransform().map(
            QPointF(box.x() + x * box.width(), box.y() + y * box.height())
        )

    def _point(self, widget: QWidget) -> QPointF:
        return QPointF(
            self.draw.randrange(max(1, widget.width())),
            self.draw.randrange(max(1, widget.height())),
        )

    def _dialogs(self) -> list[QDialog]:
        top = QApplication.topLevelWidgets()  # ten times as quick as to ask the window for them
        return [each for each in top if isinstance(each, QDialog) and each.isVisible()]

    def _mouse(
        self,
        widget: QWidget,
        kind: QEvent.Type,
        at: QPointF,
        button: Qt.MouseButton,
        down: Qt.MouseButton,
        held: Qt.KeyboardModifier = Held.NoModifier,
    ) -> None:
        where = QPointF(widget.mapToGlobal(at.toPoint()))
        QApplication.sendEvent(widget, QMouseEvent(kind, at, where, button, down, held))

    # ── keeping it at work ──────────────────────────────────────────────────────────────────

    def tidy(self) -> None:
        """Back to the canvas, with few layers and nothing that is locked."""
        self.close_all()
        window = self.window
        if window.full_screen.is_on:
            window.full_screen.toggle()
        window.training.stop()
        if window.pages.currentIndex() != 1:
            window.show_workbench()
        many = len(window.document.project.design.nodes) > MOST_LAYERS
        if (many or self.draw.random() < 0.1) and not window.document.locked:
            window.document.edit("Begin again", project=chain())

    def close_all(self) -> None:
        while popup := QApplication.activePopupWidget():
            popup.close()
            QApplication.processEvents()
        for each in self._dialogs():
            each.reject()

    def _close_what_waits(self) -> None:
        """A menu of a button holds up whoever has opened it; files are not chosen at random."""
        popup = QApplication.activePopupWidget()
        if popup is not None and popup is self._popup:
            popup.close()
        self._popup = QApplication.activePopupWidget()
        for each in self._dialogs():
            if isinstance(each, QFileDialog):
                each.reject()
