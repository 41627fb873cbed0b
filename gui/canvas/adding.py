"""Choosing what to place while looking at the place: the quick-add box and the ghost beside it."""

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from engine.errors import DesignError
from gui.canvas import geometry, preview
from gui.canvas.catalogue import Catalogue, Entry
from gui.canvas.editor import Editor
from gui.canvas.quick_add import QuickAdd
from gui.canvas.scene import Scene
from gui.canvas.spot import Spot
from gui.canvas.view import View
from gui.words import tr

_BESIDE = 12


class Adding(QObject):
    """Opens the box at a spot, shows what the entry under the bar would make there, and does it."""

    def __init__(self, scene: Scene, editor: Editor, view: View, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._scene, self._editor, self._view = scene, editor, view
        self.catalogue = Catalogue(parent=self)
        self._canvas = canvas
        self.box = QuickAdd(canvas)
        self._spot = Spot(QPointF())
        self.box.looked_at.connect(self._preview)
        self.box.chosen.connect(self._place)
        self.box.closed.connect(self._end)
        view.add_requested.connect(self.open_at)
        view.zoom_changed.connect(self.box.hide)
        view.looked_elsewhere.connect(self.box.hide)
        scene.changed_content.connect(self.box.hide)

    def open(self) -> None:
        """Choose something to be placed at the pointer, behind the selected layers.

        Where the pointer is elsewhere, it goes beside them, or into the middle of the view.
        """
        viewport = self._view.viewport()
        pointer = viewport.mapFromGlobal(QCursor.pos())
        after = self._scene.selected_layers()
        if viewport.rect().contains(pointer):
            spot = self._view.spot_at(QPointF(pointer))
            self.open_at(spot if spot.link else Spot(spot.at, after))
        elif after:
            self.open_at(Spot(None, after))
        else:
            self.open_at(Spot(self._view.visible_area().center()))

    def open_at(self, spot: Spot) -> None:
        """Choose something to be placed there."""
        if self._editor.refuses() or self._is_full(spot):
            return
        self._spot = spot
        self._scene.settle()
        fitting = [each for each in self._offered() if spot.fits(each.piece)]
        self.box.open(fitting)
        self._put_box()

    def _offered(self) -> list[Entry]:
        """Favourites first, and nothing twice."""
        favourites = self.catalogue.favourites
        return [*favourites, *(each for each in self.catalogue.entries if each not in favourites)]

    def _is_full(self, spot: Spot) -> bool:
        """Whether the layer at the end of the link takes no more; if so, says why."""
        if not spot.target:
            return False
        design = self._editor.project.design
        node, count = design.node(spot.target), len(design.parents(spot.target))
        full = node.layer.max_inputs is not None and count >= node.layer.max_inputs
        if full:
            self._editor.document.noted.emit(
                tr(
                    "{name} takes one input and has one already; merge them with Add or "
                    "Concatenate.",
                    name=node.name,
                )
            )
        return full

    def _words(self, entry: Entry) -> str:
        design = self._editor.project.design
        where = self._spot.words(design, entry.piece)
        alone = self._spot.alone.words(design, entry.piece)
        if where == alone:
            return tr("Enter adds it {where}", where=where)
        return tr("Enter adds it {where}, Shift+Enter {alone}", where=where, alone=alone)

    def _preview(self, entry: Entry | None) -> None:
        """The box covers the view beside the ghost, never the ghost."""
        if entry is None:
            preview.hide(self._scene)
            self.box.say(tr("Nothing that fits here is called that"))
            return
        self.box.say(self._words(entry))
        try:
            change = self._spot.place(self._editor.project, entry.piece, self._editor.widths)
        except DesignError:
            preview.hide(self._scene)
        else:
            preview.show(self._scene, change, spliced=self._spot.link is not None)

    def _put_box(self) -> None:
        """Below the first card that is about to be placed; above it where there is no room."""
        ghost = self._scene.ghost
        corner = ghost.pos() if ghost.isVisible() else self._spot.at or QPointF()
        card = self._view.viewportTransform().mapRect(QRectF(corner, geometry.CARD.size()))
        left = round(card.left())
        below, above = round(card.bottom()) + _BESIDE, round(card.top()) - _BESIDE
        fits = below + self.box.height() <= self._canvas.height()
        top = below if fits else above - self.box.height()
        room = self._canvas.rect().adjusted(_BESIDE, _BESIDE, -self.box.width(), -self.box.height())
        spot = QPoint(min(left, room.right() - _BESIDE), min(top, room.bottom() - _BESIDE))
        self.box.move(max(_BESIDE, spot.x()), max(_BESIDE, spot.y()))

    def _place(self, entry: Entry, alone: bool) -> None:
        spot = self._spot.alone if alone and self._spot.at is not None else self._spot
        widths = self._editor.widths
        self._editor.do(lambda project: spot.place(project, entry.piece, widths))

    def _end(self) -> None:
        preview.hide(self._scene)
        self._view.setFocus(Qt.FocusReason.PopupFocusReason)
