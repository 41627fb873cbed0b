"""The dock "Layers": every kind of layer as a chip to drag, by category, with a search."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from engine import activations, layers
from engine.layers import Layer
from gui import theme
from gui.canvas.chip import Chip
from gui.canvas.edits import title

_COLUMNS = 2
_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Core", ("input-output", "core")),
    ("Activation", ("activation",)),
    ("Regularise · normalise", ("regularise", "norm")),
    ("Merge", ("merge",)),
)
_SHORT = {"gaussian_noise": "Noise", "concatenate": "Concat"}
_FIRST = ("relu", "tanh", "sigmoid", "softmax")


@dataclass(frozen=True)
class Entry:
    """One chip: a layer with the options it begins with, and what it is called."""

    layer: Layer
    label: str
    tip: str
    formula: str


def entries() -> tuple[Entry, ...]:
    """All layers of the engine, an activation layer once for each function."""
    plain = [name for name in Layer.family if name != layers.Activation.kind]
    functions = activations.Activation.family
    ordered = sorted(functions, key=lambda kind: _FIRST.index(kind) if kind in _FIRST else 99)
    found = [_of_layer(Layer.parse(name)) for name in plain]
    found.sort(key=lambda entry: entry.layer.category != "input-output")
    return (*found, *(_of_function(activations.Activation.parse(name)) for name in ordered))


class Palette(QWidget):
    """Chips in two columns. Drag one, or press Enter on it to add it behind the selection."""

    layer_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Layers")
        self._search = self._make_search()
        self._nothing = QLabel("No layer is called that.")
        self._nothing.setProperty("role", "muted")
        self._nothing.hide()
        self.chips: list[Chip] = []
        self._groups: list[tuple[QLabel, QWidget, QGridLayout, list[Chip]]] = []
        self._lay_out()
        theme.notifier.theme_changed.connect(self.update)

    def focus_search(self) -> None:
        """Ready to type a layer's name."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def set_zoom(self, zoom: float) -> None:
        """Drag cards of the size that they will have on the canvas."""
        for chip in self.chips:
            chip.zoom = zoom

    # ── building ────────────────────────────────────────────────────────────────────────────

    def _make_search(self) -> QLineEdit:
        search = QLineEdit()
        search.setPlaceholderText("search layers…")
        search.setAccessibleName("Search layers")
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

    def _lay_out(self) -> None:
        content = QWidget()
        content.setProperty("role", "content")
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.SPACE_M, 0, theme.SPACE_M, theme.SPACE_M)
        column.setSpacing(theme.SPACE_XS)
        column.addWidget(self._nothing)
        every = entries()
        for name, categories in _GROUPS:
            self._add_group(column, name, [e for e in every if e.layer.category in categories])
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

    def _add_group(self, column: QVBoxLayout, name: str, members: Sequence[Entry]) -> None:
        heading = QLabel(name)
        heading.setProperty("role", "section")
        heading.setContentsMargins(0, theme.SPACE_XS, 0, 0)
        box = QWidget()
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.SPACE_XS)
        for index in range(_COLUMNS):
            grid.setColumnStretch(index, 1)
        chips = [Chip(each.layer, each.label, each.tip, each.formula) for each in members]
        for chip in chips:
            chip.chosen.connect(self.layer_chosen)
            chip.stepped.connect(self._step)
        _fill(grid, chips)
        column.addWidget(heading)
        column.addWidget(box)
        self.chips += chips
        self._groups.append((heading, box, grid, chips))

    # ── searching and stepping ──────────────────────────────────────────────────────────────

    def _filter(self, text: str) -> None:
        wanted = text.strip().lower()
        for heading, box, grid, chips in self._groups:
            for chip in chips:
                grid.removeWidget(chip)
                chip.setVisible(chip.matches(wanted))
            shown = [chip for chip in chips if chip.matches(wanted)]
            _fill(grid, shown)
            heading.setVisible(bool(shown))
            box.setVisible(bool(shown))
        self._nothing.setVisible(not self._shown())

    def _shown(self) -> list[Chip]:
        wanted = self._search.text().strip().lower()
        return [chip for chip in self.chips if chip.matches(wanted)]

    def _choose_first(self) -> None:
        if shown := self._shown():
            self.layer_chosen.emit(shown[0].layer)

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


def _fill(grid: QGridLayout, chips: Sequence[Chip]) -> None:
    for index, chip in enumerate(chips):
        grid.addWidget(chip, index // _COLUMNS, index % _COLUMNS)


def _of_layer(layer: Layer) -> Entry:
    return Entry(layer, _SHORT.get(layer.kind, layer.label), layer.tip, layer.formula)


def _of_function(function: activations.Activation) -> Entry:
    layer = layers.Activation(function=function)
    return Entry(layer, title(layer), function.tip, function.formula)
