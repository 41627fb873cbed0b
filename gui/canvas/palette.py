"""The dock "Layers": everything that can be placed as chips to drag, in sections, with a search."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.canvas.catalogue import FAVOURITES, OWN, PRESETS, Catalogue, Entry, in_sections
from gui.canvas.chip import Chip
from gui.words import tr

_COLUMNS = 2
_LONG = 12  # letters that fit into one of two columns


class Palette(QWidget):
    """Chips in two columns. Drag one, or press Enter on it to add it behind the selection."""

    layer_chosen = Signal(object)
    rename_requested = Signal(object)
    remove_requested = Signal(object)

    def __init__(self, catalogue: Catalogue | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.catalogue = catalogue or Catalogue(parent=self)
        self.setAccessibleName(tr("Layers"))
        self._zoom = 1.0
        self._search = self._make_search()
        self._nothing = QLabel(tr("No layer is called that."))
        self._nothing.setProperty("role", "muted")
        self._nothing.hide()
        self._problems = QLabel()
        self._problems.setProperty("role", "warning")
        self._problems.setWordWrap(True)
        self.chips: list[Chip] = []
        self._sections: list[Section] = []
        self._column = self._lay_out()
        self._rebuild()
        self.catalogue.changed.connect(self._rebuild)
        theme.notifier.theme_changed.connect(self.update)

    def focus_search(self) -> None:
        """Ready to type a layer's name."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def set_zoom(self, zoom: float) -> None:
        """Drag cards of the size that they will have on the canvas."""
        self._zoom = zoom
        for chip in self.chips:
            chip.zoom = zoom

    # ── building ────────────────────────────────────────────────────────────────────────────

    def _make_search(self) -> QLineEdit:
        search = QLineEdit()
        search.setPlaceholderText(tr("search layers…"))
        search.setAccessibleName(tr("Search layers"))
        search.setClearButtonEnabled(True)
        search.textChanged.connect(self._filter)
        search.returnPressed.connect(self._choose_first)
        self._search_icon = search.addAction(
            theme.icon("magnifying-glass", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        theme.notifier.theme_changed.connect(self._refresh_icon)
        return search

    def _refresh_icon(self) -> None:
        self._search_icon.setIcon(theme.icon("magnifying-glass", "muted"))

    def _lay_out(self) -> QVBoxLayout:
        content = QWidget()
        content.setProperty("role", "content")
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.SPACE_M, 0, theme.SPACE_M, theme.SPACE_M)
        column.setSpacing(theme.SPACE_XS)
        column.addWidget(self._nothing)
        column.addWidget(self._problems)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, theme.SPACE_XS, 0, 0)
        outer.setSpacing(theme.SPACE_XS)
        top = QVBoxLayout()
        top.setContentsMargins(theme.SPACE_M, 0, theme.SPACE_M, 0)
        top.addWidget(self._search)
        outer.addLayout(top)
        outer.addWidget(area, 1)
        return column

    def _rebuild(self) -> None:
        """All sections anew: favourites or blocks are others than before."""
        for section in self._sections:
            self._column.removeWidget(section)
            section.hide()
            section.deleteLater()
        favourites = self.catalogue.favourites
        named = in_sections(self.catalogue.entries)
        shown = ({FAVOURITES: list(favourites)} if favourites else {}) | named
        self._sections = [self._section(name, shown[name]) for name in shown]
        self.chips = [chip for section in self._sections for chip in section.chips]
        self._problems.setText("\n".join(f"⚠ {each}" for each in self.catalogue.problems))
        self._problems.setVisible(bool(self.catalogue.problems))
        self.set_zoom(self._zoom)
        self._filter(self._search.text())

    def _section(self, name: str, members: Sequence[Entry]) -> "Section":
        chips = [Chip(each, self.catalogue.is_favourite(each)) for each in members]
        for chip in chips:
            chip.chosen.connect(self.layer_chosen)
            chip.stepped.connect(self._step)
            chip.starred.connect(self.catalogue.set_favourite, Qt.ConnectionType.QueuedConnection)
            chip.menu_requested.connect(self._open_menu)
        section = Section(name, chips)
        self._column.insertWidget(self._column.count() - 2, section)
        return section

    def _open_menu(self, entry: Entry, where: QPoint) -> None:
        """What can be done with an entry; its parts are the same for keyboard and mouse."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Add behind the selection"), lambda: self.layer_chosen.emit(entry.piece))
        favourite = self.catalogue.is_favourite(entry)
        words = tr("Remove from favourites") if favourite else tr("Add to favourites")
        icon = theme.icon("star-fill" if favourite else "star")
        mark = lambda: self.catalogue.set_favourite(entry, not favourite)  # noqa: E731
        menu.addAction(icon, words, mark)
        if entry.is_own:
            menu.addSeparator()
            menu.addAction(tr("Rename the block…"), lambda: self.rename_requested.emit(entry))
            menu.addAction(tr("Remove the block"), lambda: self.remove_requested.emit(entry))
        menu.popup(where)

    # ── searching and stepping ──────────────────────────────────────────────────────────────

    def _filter(self, text: str) -> None:
        wanted = text.strip().lower()
        for section in self._sections:
            section.show_matching(wanted)
        self._nothing.setVisible(not self._shown())

    def _shown(self) -> list[Chip]:
        wanted = self._search.text().strip().lower()
        return [chip for chip in self.chips if chip.matches(wanted)]

    def _choose_first(self) -> None:
        if shown := self._shown():
            self.layer_chosen.emit(shown[0].piece)

    def _step(self, chip: Chip, dx: int, dy: int) -> None:
        """Arrow keys go from chip to chip, as they are laid out."""
        here = chip.mapTo(self, chip.rect().center())
        ahead: list[tuple[int, Chip]] = []
        for other in self._shown():
            away = other.mapTo(self, other.rect().center()) - here
            forward = away.x() * dx + away.y() * dy
            if forward > 0:
                aside = abs(away.x() * dy) + abs(away.y() * dx)
                ahead.append((forward + 3 * aside, other))
        if ahead:
            min(ahead, key=lambda pair: pair[0])[1].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._search.hasFocus() and self._shown():
            self._shown()[0].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Escape and self._search.text():
            self._search.clear()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another window may have marked favourites while this one was behind it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.catalogue.look_again()


class Section(QWidget):
    """A heading with its chips, in two columns, or in one where names are long."""

    def __init__(self, name: str, chips: Sequence[Chip]) -> None:
        super().__init__()
        self.chips = tuple(chips)
        long = any(len(chip.label) > _LONG for chip in chips)
        self._columns = 1 if name in (PRESETS, OWN) or long else _COLUMNS
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        heading = QLabel(tr(name))
        heading.setProperty("role", "section")
        heading.setWordWrap(True)  # else it would make the whole list wider than its room
        heading.setContentsMargins(0, theme.SPACE_XS, 0, 0)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.SPACE_XS)
        for index in range(self._columns):
            self._grid.setColumnStretch(index, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_XS)
        column.addWidget(heading)
        column.addLayout(self._grid)
        self._fill(self.chips)

    def show_matching(self, wanted: str) -> None:
        """Only the chips with these words, if any."""
        for chip in self.chips:
            self._grid.removeWidget(chip)
            chip.setVisible(chip.matches(wanted))
        shown = [chip for chip in self.chips if chip.matches(wanted)]
        self._fill(shown)
        self.setVisible(bool(shown))

    def _fill(self, chips: Sequence[Chip]) -> None:
        for index, chip in enumerate(chips):
            self._grid.addWidget(chip, index // self._columns, index % self._columns)
