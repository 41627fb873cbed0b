"""The window onto the scene: zoom, pan, the dot grid, and presses that become gestures."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsView, QWidget

from gui import theme
from gui.canvas import geometry, grid, mime
from gui.canvas.block_item import BlockItem
from gui.canvas.card import NAME_ONLY, NO_NUMBERS
from gui.canvas.crowd import Crowd
from gui.canvas.drop import PlaceLayer
from gui.canvas.editor import Editor
from gui.canvas.frame_item import FrameItem
from gui.canvas.gestures import Connect, Gesture, MoveCards, Reroute
from gui.canvas.hint import Hint
from gui.canvas.link_item import LinkItem
from gui.canvas.note_item import NoteItem
from gui.canvas.resize import ResizeNote
from gui.canvas.scene import Scene
from gui.canvas.spot import Spot
from gui.canvas.take_out import TakeOut
from gui.canvas.verdict import NOTHING
from gui.words import tr

LEAST_ZOOM, MOST_ZOOM = 0.1, 4.0
_WHEEL = 1.0015
_FIT_ZOOM = 1.0
_MARGIN = 48
_EXTENT = 10_000_000.0  # scene units to each side: forty thousand layers in a row
_SHARPEN = 80  # ms between frames that draw what was left out of the one before
_MANY = 60  # cards, from which on they are painted all at once
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_Policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


class View(QGraphicsView):
    """Scroll bars are hidden: the middle button pans, the wheel zooms at the pointer."""

    zoom_changed = Signal(float)
    looked_elsewhere = Signal()
    navigated = Signal()  # by hand: from now on the view stays where it was put
    search_requested = Signal()
    rename_requested = Signal(str)
    repair_requested = Signal(str)
    add_requested = Signal(object)  # Spot: something is to be chosen and placed there
    fold_requested = Signal(str)
    note_requested = Signal(str)
    menu_requested = Signal(QPoint)

    def __init__(self, scene: Scene, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.board = scene
        self.editor = editor
        self._gesture: Gesture | None = None
        self._place: PlaceLayer | None = None
        self._pressed: tuple[QPoint, LinkItem] | None = None
        self._pan: QPointF | None = None
        self._hint = Hint(self)
        self._crowd = Crowd()
        self._sharpening = QTimer(self, singleShot=True, interval=_SHARPEN)
        self._sharpening.timeout.connect(self.viewport().update)
        self.setAccessibleName(tr("Canvas"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSceneRect(-_EXTENT, -_EXTENT, 2 * _EXTENT, 2 * _EXTENT)
        self.setHorizontalScrollBarPolicy(_Policy)
        self.setVerticalScrollBarPolicy(_Policy)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setDragMode(QGraphicsView.DragMode.RubberBandDrag)
        self.setAcceptDrops(True)
        self.centerOn(0, 0)
        scene.changed_content.connect(self._abandon)
        scene.changed_content.connect(self._see_to_crowd)
        theme.notifier.theme_changed.connect(self._crowd.forget)

    # ── where one looks ─────────────────────────────────────────────────────────────────────

    @property
    def zoom(self) -> float:
        """Screen pixels a scene unit."""
        return self.transform().m11()

    def to_scene(self, point: QPointF) -> QPointF:
        """A point of the viewport in scene coordinates, with fractions of pixels kept."""
        inverted, _ = self.viewportTransform().inverted()
        return inverted.map(point)

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom so that what lies at `at` (in the viewport; its middle by default) stays there."""
        at = QPointF(self.viewport().rect().center()) if at is None else at
        zoom = max(LEAST_ZOOM, min(MOST_ZOOM, zoom))
        stays = self.to_scene(at)
        self.resetTransform()
        self.scale(zoom, zoom)
        self._pan_by(self.viewportTransform().map(stays) - at)
        self._see_to_crowd()
        self.viewport().update()
        self.zoom_changed.emit(self.zoom)

    def fit(self, box: QRectF | None = None) -> None:
        """Show all cards, or this part of the scene, never larger than life."""
        self.board.settle()
        box = box or self.board.content_rect()
        if box.isEmpty():
            self.set_zoom(1.0)
            self.centerOn(0, 0)
            return
        room = self.viewport().rect().adjusted(_MARGIN, 2 * _MARGIN, -_MARGIN, -_MARGIN)
        wanted = min(room.width() / box.width(), room.height() / box.height(), _FIT_ZOOM)
        self.set_zoom(wanted)
        self.centerOn(box.center() - QPointF(0, _MARGIN / 2 / self.zoom))

    def visible_area(self) -> QRectF:
        """The part of the scene that is shown."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def _see_to_crowd(self) -> None:
        many = len(self.board.cards) > _MANY
        self.board.set_crowded(many or self.zoom < NO_NUMBERS)

    def _pan_by(self, delta: QPointF) -> None:
        for bar, distance in (
            (self.horizontalScrollBar(), delta.x()),
            (self.verticalScrollBar(), delta.y()),
        ):
            bar.setValue(bar.value() + round(distance))

    # ── the mouse ───────────────────────────────────────────────────────────────────────────

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.set_zoom(self.zoom * _WHEEL ** event.angleDelta().y(), event.position())
        self.navigated.emit()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.board.settle()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan = event.position()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.button() == Qt.MouseButton.LeftButton and (
            self._press_badge(event)
            or self._begin_wire(event)
            or self._press_frame(event)
            or self._begin_resize(event)
        ):
            event.accept()
        else:
            super().mousePressEvent(event)
            if event.button() == Qt.MouseButton.LeftButton:
                self._begin_on_item(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pan is not None:
            whole = QPointF((self._pan - event.position()).toPoint())
            self._pan_by(whole)
            self.navigated.emit()
            self._pan -= whole
        elif self._gesture is not None or self._begin_reroute(event):
            self._follow(event.position())
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan = None
            self.viewport().unsetCursor()
        gesture = self._take_gesture()
        super().mouseReleaseEvent(event)
        if gesture is not None:
            gesture.finish()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._open_at(event):
            return
        layer = self.board.layer_at(self.to_scene(event.position()))
        if layer is not None and event.button() == Qt.MouseButton.LeftButton:
            self.rename_requested.emit(layer.identifier)
        elif event.button() == Qt.MouseButton.LeftButton:
            self.add_requested.emit(self.spot_at(event.position()))
        else:
            super().mouseDoubleClickEvent(event)

    def spot_at(self, position: QPointF) -> Spot:
        """What is placed at this point of the viewport would stand in the link below it, if any."""
        point = self.to_scene(position)
        item = self.board.link_at(point, geometry.LINK_TARGET / min(1.0, self.zoom))
        return Spot(point, link=None if item is None else item.link)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Select what lies under the pointer, unless it is selected, and ask for a menu there."""
        item = self.itemAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Mouse and not (item and item.isSelected()):
            self.board.clearSelection()
            if isinstance(item, FrameItem):
                self.board.select_also(self.board.groups.members(item.identifier))
            elif item is not None:
                item.setSelected(True)
        self.menu_requested.emit(event.globalPos())

    def _press_badge(self, event: QMouseEvent) -> bool:
        """A press on the badge of a card asks to have its problem mended."""
        point = self.to_scene(event.position())
        layer = self.board.layer_at(point)
        if layer is None or self.zoom < NAME_ONLY or not layer.badge_at(point):
            return False
        self.repair_requested.emit(layer.identifier)
        return True

    def _press_frame(self, event: QMouseEvent) -> bool:
        """A press on a group's title selects its layers and may move them; on its sign, folds."""
        item = self.itemAt(event.position().toPoint())
        if not isinstance(item, FrameItem):
            return False
        point = self.to_scene(event.position())
        if item.sign_at(point):
            self.fold_requested.emit(item.identifier)
            return True
        members = self.board.groups.members(item.identifier)
        more = event.modifiers() & (_CONTROL | _SHIFT)
        chosen = set(self.board.selected_layers())
        if not more and not chosen.issuperset(members):
            self.board.clearSelection()
        if more or not chosen.issuperset(members):
            self.board.select_also(members)
        if set(self.board.selected_layers()).issuperset(members):
            self._gesture = MoveCards(self.board, self.editor, point)
        return True

    def _begin_resize(self, event: QMouseEvent) -> bool:
        """A press on the corner of a note resizes it."""
        item = self.itemAt(event.position().toPoint())
        point = self.to_scene(event.position())
        if not isinstance(item, NoteItem) or not item.corner_at(point):
            return False
        self._gesture = ResizeNote(self.board, self.editor, item, point)
        return True

    def _open_at(self, event: QMouseEvent) -> bool:
        """A block or a frame folds, and a note is edited."""
        item = self.itemAt(event.position().toPoint())
        if isinstance(item, BlockItem | FrameItem):
            self.fold_requested.emit(item.identifier)
        elif isinstance(item, NoteItem):
            self.note_requested.emit(item.identifier)
        else:
            return False
        return True

    def _begin_wire(self, event: QMouseEvent) -> bool:
        point = self.to_scene(event.position())
        layer = self.board.layer_at(point)
        port = None if layer is None else layer.port_at(point)
        if layer is None or port is None or self.zoom < NAME_ONLY:
            return False
        if not self.editor.refuses():
            wish = self.add_requested.emit
            self._gesture = Connect(self.board, self.editor, layer, port == "out", wish)
        return True

    def _begin_on_item(self, event: QMouseEvent) -> None:
        """After Qt's own selecting: a card may now be moved, a link re-routed."""
        item = self.itemAt(event.position().toPoint())
        if isinstance(item, LinkItem):
            self._pressed = (event.position().toPoint(), item)
        elif item is not None and item.isSelected():
            point = self.to_scene(event.position())
            if not event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._gesture = MoveCards(self.board, self.editor, point)
            elif not self.editor.refuses():
                self._gesture = TakeOut(self.board, self.editor, point)

    def _begin_reroute(self, event: QMouseEvent) -> bool:
        if self._pressed is None:
            return False
        start, item = self._pressed
        far = (event.position().toPoint() - start).manhattanLength()
        if far < QApplication.startDragDistance():
            return False
        self._pressed = None
        if self.editor.refuses() or item.link not in self.board.links:
            return False
        point = self.to_scene(QPointF(start))
        self._gesture = Reroute(self.board, self.editor, item, item.nearer_target(point), point)
        return True

    def _take_gesture(self) -> Gesture | None:
        """The gesture under way, which is the view's no longer."""
        gesture, self._gesture, self._pressed = self._gesture, None, None
        self._hint.say(NOTHING)
        return gesture

    def _abandon(self) -> None:
        gesture = self._take_gesture()
        if gesture is not None:
            gesture.abandon()

    def _follow(self, position: QPointF) -> None:
        if self._gesture is not None:
            self._hint.say(self._gesture.move(self.to_scene(position), self.zoom), position)

    # ── dragging in from the palette ────────────────────────────────────────────────────────

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dragged = mime.unpack(event.mimeData())
        if dragged is None:
            event.ignore()
            return
        self.board.settle()
        self._place = PlaceLayer(self.board, self.editor, dragged)
        event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._place is None:
            event.ignore()
            return
        verdict = self._place.move(self.to_scene(event.position()), self.zoom)
        corner = self.viewportTransform().map(self.board.ghost.pos())
        clear = self.board.ghost.isVisible()
        self._hint.say(verdict, corner if clear else event.position(), above=clear)
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._end_drag()

    def dropEvent(self, event: QDropEvent) -> None:
        dragged = mime.unpack(event.mimeData())
        self._end_drag()
        if dragged is None:
            event.ignore()
            return
        placing = PlaceLayer(self.board, self.editor, dragged)
        placing.drop(self.to_scene(event.position()), self.zoom)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.acceptProposedAction()

    def _end_drag(self) -> None:
        if self._place is not None:
            self._place.leave()
        self._place = None
        self._hint.say(NOTHING)

    # ── keys and painting ───────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends a gesture; all other keys are the canvas's."""
        gesture = self._take_gesture() if event.key() == Qt.Key.Key_Escape else None
        if gesture is not None:
            gesture.cancel()
        else:
            event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab asks for the layers to choose from; Shift+Tab leaves the canvas."""
        if forward:
            self.search_requested.emit()
            return True
        return super().focusNextPrevChild(forward)

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The grid, and all cards and links where there are too many to paint one by one."""
        grid.paint(
            painter, self.mapFromScene(rect).boundingRect(), self.mapFromScene(0, 0), self.zoom
        )
        if self.board.is_crowded:
            self._crowd.paint(painter, self.board, QRectF(rect), self.zoom)
            if self._crowd.is_behind:
                self._sharpening.start()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.looked_elsewhere.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.looked_elsewhere.emit()
