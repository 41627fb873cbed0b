"""The canvas as one widget: the view with what lies over it, and all that menus can ask of it."""

from itertools import pairwise

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from engine.data.dataset import DataFacts
from engine.design import Link
from engine.errors import DesignError
from engine.repairs import Repair
from gui import theme
from gui.canvas import clipboard, edits, geometry, grouping, keys
from gui.canvas.adding import Adding
from gui.canvas.block_desk import BlockDesk
from gui.canvas.card import NO_NUMBERS
from gui.canvas.catalogue import Catalogue
from gui.canvas.editor import Editor
from gui.canvas.finder import Finder
from gui.canvas.group_desk import GroupDesk
from gui.canvas.lights import Lights
from gui.canvas.minimap import Minimap
from gui.canvas.name_editor import NameEditor
from gui.canvas.neurons.view import NeuronView
from gui.canvas.overlays import EmptyText, Header
from gui.canvas.placing import Piece
from gui.canvas.scene import Scene
from gui.canvas.tidy import Tidy
from gui.canvas.view import View
from gui.document import Document, Focus, State
from gui.picture.desk import Pictures
from gui.words import told, tr

_ZOOM_STEP = 1.25
_EDGE = 12
_ROOM_FOR_MINIMAP = 320  # pixels of height


class Canvas(QWidget):
    """Mirrors the document, asks it for edits, and follows its focus both ways."""

    zoom_changed = Signal(float)
    search_requested = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.editor = Editor(document)
        self.scene = Scene(self)
        self.view = View(self.scene, self.editor, self)
        self.tidy = Tidy(self.scene, self.editor)
        self._header = Header(self)
        self._empty = EmptyText(self)
        self._minimap = Minimap(self.view, self)
        self._names = NameEditor(self.view)
        self.grouping = GroupDesk(self.scene, self.editor, self.view, self._names)
        self.finder = Finder(self.scene, self)
        self.adding = Adding(self.scene, self.editor, self.view, self)
        self.blocks = BlockDesk(self.scene, self.editor, self)
        self.pictures = Pictures(document, self)
        self.lights = Lights(self)
        self.neurons = NeuronView(document, self.editor, self)
        self._pasted = 0
        self.stays_fitted = True
        self._lay_out()
        self._connect()
        self._mirror()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        self.setFocusProxy(self.view)
        self.setAccessibleName(tr("Canvas"))
        self.setMinimumSize(240, 160)

    def _connect(self) -> None:
        self.document.document_changed.connect(self._follow_document)
        self.document.replaced.connect(self._fit_soon)
        self.document.facts_changed.connect(self._follow_facts)
        self.document.focus_changed.connect(self._follow_focus)
        self.scene.layers_selected.connect(self.editor.focus)
        self.view.zoom_changed.connect(self.zoom_changed)
        self.view.search_requested.connect(self.search_requested)
        self.view.rename_requested.connect(self.rename)
        self.view.repair_requested.connect(self.repair)
        self.view.menu_requested.connect(self._open_menu)
        self._minimap.went_to.connect(self.view.centerOn)
        self._minimap.went_to.connect(lambda _: self._stay())
        self.view.navigated.connect(self._stay)
        self._names.renamed.connect(self._rename)
        self.finder.looked_at.connect(self.show_layer)
        self.finder.chosen.connect(self.grouping.reveal)
        self.finder.closed.connect(self.view.setFocus)
        theme.notifier.theme_changed.connect(self._repaint)

    def use(self, catalogue: Catalogue) -> None:
        """Offer what that has from now on, favourites and blocks of one's own included."""
        self.adding.catalogue = self.blocks.catalogue = catalogue

    # ── following the document ──────────────────────────────────────────────────────────────

    def _follow_document(self, before: State, after: State) -> None:
        if before.project is after.project:
            return
        starts = self.scene.corners()
        self._mirror()
        self.scene.glide_from(starts, edited=before.project.design is not after.project.design)

    def _follow_facts(self, facts: DataFacts | None) -> None:
        self._mirror()

    def _follow_focus(self, focus: Focus) -> None:
        self.scene.select(focus.layers)
        self._describe()

    def _mirror(self) -> None:
        document = self.document
        self.finder.hide()
        self.scene.mirror(document.project, document.walk, document.problems)
        known = document.facts is not None
        self._header.show_design(document.project.name, document.walk.total, known)
        self._empty.setVisible(not document.project.design.nodes)
        self._show_minimap()
        self.scene.select(document.focus.layers)
        self._describe()

    def _show_minimap(self) -> None:
        """Where there is something to see in it, and it would not cover what there is."""
        roomy = self.height() >= _ROOM_FOR_MINIMAP
        self._minimap.setVisible(roomy and bool(self.document.project.design.nodes))

    def _describe(self) -> None:
        """Say the selection to a screen reader."""
        chosen = [self.scene.layers[each].card for each in self.scene.selected_layers()]
        said = "; ".join(f"{card.name}, {card.summary}, {card.numbers}" for card in chosen[:5])
        count = tr("%n layers", len(self.scene.layers))
        self.view.setAccessibleDescription(
            tr("{count}; selected: {said}", count=count, said=said) if said else count
        )

    def _repaint(self) -> None:
        self.view.viewport().update()
        self._minimap.update()

    # ── where one looks ─────────────────────────────────────────────────────────────────────

    @property
    def zoom(self) -> float:
        """Screen pixels a scene unit."""
        return self.view.zoom

    @Slot()
    def fit(self) -> None:
        """Show all cards."""
        self.stays_fitted = True
        self.view.fit()

    @Slot()
    def fit_selection(self) -> None:
        """Show the selected cards, as large as they fit."""
        if chosen := self.scene.selected_layers():
            self._stay()
            self.view.fit(self.scene.rect_of(chosen))

    @Slot()
    def find_layer(self) -> None:
        """List the layers, to go to one of them."""
        design = self.document.project.design
        self.finder.open(design.order)
        self.finder.place(self)

    @Slot(str)
    def show_layer(self, identifier: str) -> None:
        """Select that layer, and have its card in the middle, large enough to be read."""
        self._stay()
        self.editor.focus((identifier,))
        if self.view.zoom < NO_NUMBERS:
            self.view.set_zoom(1.0)
        self.view.centerOn(self.scene.rect_of((identifier,)).center())

    @Slot()
    def zoom_reset(self) -> None:
        """Zoom 1."""
        self._zoom_to(1.0)

    @Slot()
    def zoom_in(self) -> None:
        self._zoom_to(self.view.zoom * _ZOOM_STEP)

    @Slot()
    def zoom_out(self) -> None:
        self._zoom_to(self.view.zoom / _ZOOM_STEP)

    def _zoom_to(self, zoom: float) -> None:
        self._stay()
        self.view.set_zoom(zoom)

    # ── edits ───────────────────────────────────────────────────────────────────────────────

    @Slot(bool)
    def delete_selection(self, heal: bool = False) -> None:
        """Delete what is selected; `heal` joins what was before it to what was behind."""
        layers, links = self.scene.selected_layers(), self.scene.selected_links()
        notes = self.scene.selected_notes()
        inner = [link for link in links if not {link.source, link.target} & set(layers)]
        if layers or inner or notes:
            self.editor.do(lambda project: grouping.delete(project, layers, inner, heal, notes))

    @Slot()
    def delete_and_reconnect(self) -> None:
        """Delete what is selected, and join what was before it to what was behind."""
        self.delete_selection(heal=True)

    @Slot()
    def copy(self) -> None:
        """Put the selected layers on the clipboard, as text."""
        if self.editor.copy(self.scene.selected_layers()):
            self._pasted = 0

    @Slot()
    def cut(self) -> None:
        """Put the selected layers on the clipboard and take them away."""
        if self.editor.cut(self.scene.selected_layers()):
            self._pasted = -1

    @Slot()
    def paste(self) -> None:
        """The layers on the clipboard, beside where they were, or in the middle of the view."""
        self._pasted += 1
        if not self.editor.paste(self._paste_offset()):
            self._pasted -= 1

    @Slot()
    def duplicate(self) -> None:
        """A second set of the selected layers and the links among them."""
        self.editor.duplicate(self.scene.selected_layers())

    @Slot()
    def repair_selected(self) -> None:
        """Mend what is wrong with the selected layers, where one option is all that it takes."""
        for identifier in self.scene.selected_layers():
            self.repair(identifier)

    @Slot(str)
    def repair(self, identifier: str) -> None:
        """The same for one layer; says so where it takes more than that."""
        if repair := self._repair_of(identifier):
            self.editor.do(lambda project: edits.repair(project, repair))
        else:
            name = self.document.project.design.node(identifier).name
            self.document.noted.emit(
                tr("There is nothing about {name} that one click would mend.", name=name)
            )

    def _repair_of(self, identifier: str) -> Repair | None:
        mine = (each for each in self.document.problems if each.where == identifier)
        return next((each.repair for each in mine if each.repair), None)

    @Slot()
    def select_all(self) -> None:
        self.editor.focus(tuple(self.scene.layers))

    @Slot()
    def connect_selected(self) -> None:
        """Link the selected layers, from left to right."""
        chosen = sorted(self.scene.selected_layers(), key=lambda each: self.scene.layers[each].x())
        for source, target in pairwise(chosen):
            self.editor.do(lambda project, s=source, t=target: edits.connect(project, s, t))

    @Slot(float, float)
    def nudge(self, dx: float, dy: float) -> None:
        """Move the selected cards by so many scene units."""
        if chosen := self.scene.selected_places():
            self.editor.do(lambda project: grouping.nudge(project, chosen, dx, dy))
            self.scene.settle()

    @Slot(object)
    def append_layer(self, piece: Piece) -> None:
        """Add a layer or block behind the selection, or behind the output."""
        if self.editor.append(piece):
            self._show_selection()

    @Slot()
    def rename_selected(self) -> None:
        """Edit the selected layer's name on its card."""
        if self.grouping.rename_selected() or self.grouping.edit_selected_note():
            return
        if len(chosen := self.scene.selected_layers()) == 1:
            self.rename(chosen[0])

    @Slot(str)
    def rename(self, identifier: str) -> None:
        """Edit that layer's name on its card."""
        if not self.editor.refuses():
            self.grouping.reveal(identifier)
            self.view.ensureVisible(self.scene.layers[identifier].sceneBoundingRect())
            self._names.begin(self.scene.layers[identifier])

    @Slot(int, int)
    def select_towards(self, dx: int, dy: int) -> None:
        """Select the nearest card in that direction from the one selected."""
        if identifier := keys.nearest(self.scene, dx, dy):
            self.editor.focus(self.scene.members(identifier))
            self._show_selection()

    # ── where things are on the screen ──────────────────────────────────────────────────────

    def layer_center(self, identifier: str) -> QPoint:
        """The middle of a card, in global coordinates."""
        self.scene.settle()
        return self._global(self.scene.card_of(identifier).pos() + geometry.CARD.center())

    def port_position(self, identifier: str, port: str) -> QPoint:
        """The middle of a layer's "in" or "out" port, in global coordinates."""
        self.scene.settle()
        item = self.scene.card_of(identifier)
        return self._global(item.in_port if port == "in" else item.out_port)

    def link_center(self, source: str, target: str) -> QPoint:
        """The middle of a link, where its label is, in global coordinates."""
        self.scene.settle()
        return self._global(self.scene.links[Link(source=source, target=target)].center)

    def _global(self, point: QPointF) -> QPoint:
        view = self.view
        return view.viewport().mapToGlobal(view.viewportTransform().map(point).toPoint())

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _open_menu(self, where: QPoint) -> None:
        """The actions that the window has given the canvas."""
        if self.actions():
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            for identifier in self.scene.selected_layers():
                if repair := self._repair_of(identifier):
                    menu.addAction(told(repair.words), lambda each=identifier: self.repair(each))
            menu.addActions(self.actions())
            menu.popup(where)

    def _rename(self, identifier: str, name: str) -> None:
        if self.grouping.take_name(identifier, name):
            return
        if self.document.project.design.has(identifier):
            self.editor.do(lambda project: edits.rename(project, identifier, name))

    def _paste_offset(self) -> edits.Point:
        step = self._pasted * edits.PASTE_STEP
        try:
            where = clipboard.take().places
        except DesignError:
            where = {}
        area = self.view.visible_area()
        if not where or any(area.contains(QPointF(x, y)) for x, y in where.values()):
            return step, step
        x, y = next(iter(where.values()))
        middle = area.center() - geometry.CARD.center()
        return middle.x() - x + step, middle.y() - y + step

    def _show_selection(self) -> None:
        for identifier in self.scene.selected_layers():
            self.view.ensureVisible(self.scene.card_of(identifier).sceneBoundingRect(), 24, 24)

    def _fit_soon(self) -> None:
        """Fit once the window has its size, and at every other size until somebody navigates."""
        self.stays_fitted = True
        QTimer.singleShot(0, self, self._fit_if_wanted)

    def _fit_if_wanted(self) -> None:
        if self.stays_fitted and self.isVisible():
            self.view.fit()

    def _stay(self) -> None:
        """From now on the view stays where it was put by hand."""
        self.stays_fitted = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not keys.press(self, event):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._fit_if_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._header.move(28, 24)
        corner = self.rect().bottomRight() - self._minimap.rect().bottomRight()
        self._minimap.move(corner - QPoint(_EDGE, _EDGE))
        self._show_minimap()
        self._empty.setGeometry(self.rect().adjusted(24, 0, -24, 0))
        QTimer.singleShot(0, self, self._fit_if_wanted)
        self.finder.place(self)
        self.lights.place()
        self.neurons.setGeometry(self.rect())
        for each in (self._header, self._empty, self._minimap, self.neurons, self.finder):
            each.raise_()
