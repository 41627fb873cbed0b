"""What the layers give: how their outputs are spread, and what one row makes of each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.control import Wanted
from engine.data.dataset import DataFacts
from engine.design import Design
from engine.events import Event, Measured
from gui import theme
from gui.document import Focus
from gui.elided import ElidedLabel
from gui.figure_table import FigureTable
from gui.figures import number, percent
from gui.panels.base import Area, Panel
from gui.plots.empty import EmptyOr
from gui.plots.histogram import Bins, Histogram
from gui.requests import ChangeFocus, LightUp, PlayPulse
from gui.slim_box import slim_box
from gui.value_table import Column, ValueTable
from gui.words import mark, tr

if TYPE_CHECKING:
    from gui.document import State

EMPTY = mark("Appears after epoch 1, on validation rows")
VIEWS = ((mark("Histogram"), "histogram"), (mark("All layers"), "layers"), (mark("Row"), "row"))
APART = 0.2  # seconds between two looks at a row
ROW_WIDTH = 96  # pixels: "row 12345"
FEW = 24  # units of which each is written into a table


class ActivationsPanel(Panel):
    """Outputs on the validation rows, and on the canvas those for one row."""

    title: ClassVar[str] = mark("Activations")
    name: ClassVar[str] = "activations"
    area: ClassVar[Area] = "bottom"
    order: ClassVar[int] = 3
    opens: ClassVar[bool] = False
    least_ms: ClassVar[int] = 250

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._design = Design()
        self._facts: DataFacts | None = None
        self._focus = Focus()
        self._arrays: Mapping[str, np.ndarray] = {}
        self._lit: Mapping[str, np.ndarray] = {}
        self._plays = False
        self._build()
        self.clear()

    # ── what it is shown ────────────────────────────────────────────────────────────────────

    def measurements(self) -> frozenset[Wanted]:
        found = {Wanted("activations")}
        return frozenset(found | self._row_wanted() if self._shows_row else found)

    def wanted(self) -> frozenset[Wanted]:
        """A row on the canvas is wanted behind another tab, too."""
        row = self._row_wanted() if self.on_cards.isChecked() else set[Wanted]()
        return super().wanted() | row

    def show_state(self, state: "State", facts: DataFacts | None) -> None:
        before, self._design = self._design, state.project.design
        other = self._facts is not None and facts is not self._facts
        self._facts = facts
        self.row.setMaximum(facts.rows if facts else 1)
        if other:
            self.clear()
        elif before.nodes != self._design.nodes and self._lit:
            self._lit = {}
            self._light()

    def show_focus(self, focus: Focus) -> None:
        before = self._focus
        self._focus = focus
        if focus.rows and focus.rows[0] != self._row:
            self.row.blockSignals(True)
            self.row.setValue(focus.rows[0] + 1)
            self.row.blockSignals(False)
            self._change_row()
        if focus.rows and focus.rows != before.rows:
            self.on_cards.setChecked(True)  # to choose a row is to ask what it lights up
        place = next((self.layer.findData(each) for each in focus.layers), -1)
        if place >= 0:
            self.layer.setCurrentIndex(place)

    def show_events(self, events: Sequence[Event]) -> None:
        measured = [each for each in events if isinstance(each, Measured) and each.arrays]
        newest = {
            each.name: each.arrays
            for each in measured
            if each.name != "lit" or each.setting == self._row
        }
        self._arrays = newest.get("activations", self._arrays)
        if "lit" in newest:
            self._lit = newest["lit"]
            self._light()
        if newest.keys() & {"activations", "lit"}:
            self._refresh()

    def clear(self) -> None:
        self._arrays, self._lit = {}, {}
        self.histogram.forget_limits()
        self._light()
        self._refresh()

    def apply_theme(self) -> None:
        self.histogram.apply_theme()
        self._light()

    def tables(self) -> Sequence[FigureTable]:
        if self.view.currentData() == "row" and self._lit:
            rows = [[self._name_of(layer), *map(float, v)] for layer, v in self._lit.items()]
            most = max(len(row) for row in rows) - 1
            header = (tr("Layer"), *map(str, range(most)))
            title = tr("What row {row} makes of each layer", row=self.row.value())
            return (FigureTable(title, header, rows),)
        if not self._arrays:
            return ()
        header = (tr("Layer"), tr("Mean"), tr("Deviation"), tr("Exactly 0"))
        return (FigureTable(tr("Outputs of the layers"), header, self._rows()),)

    # ── building ────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        self.view = slim_box(tr("What is shown of the outputs"), tr("View"))
        self.layer = slim_box(tr("The layer whose outputs are counted"), tr("Layer"))
        for text, name in VIEWS:
            self.view.addItem(tr(text), name)
        self.view.currentIndexChanged.connect(self._change_view)
        self.layer.currentIndexChanged.connect(self._refresh)
        self.row = QSpinBox()
        self.row.setPrefix(tr("row "))
        self.row.setRange(1, 1)
        self.row.setMinimumWidth(theme.scaled(ROW_WIDTH))
        self.row.setKeyboardTracking(False)
        self.row.setToolTip(tr("The row that is sent through the network, by its number from 1"))
        self.row.setAccessibleName(tr("Row"))
        self.row.valueChanged.connect(self._choose_row)
        self.on_cards = QCheckBox(tr("On the cards"))
        self.on_cards.setToolTip(tr("Show on the cards what the row makes of each layer"))
        self.on_cards.toggled.connect(self._toggle)
        self.play_button = QPushButton(tr("Play"))
        self.play_button.setToolTip(tr("Send the row through the network once, on the canvas"))
        self.play_button.clicked.connect(self.play)
        self.reading = ElidedLabel()
        self.reading.setProperty("role", "muted")
        self.histogram = Histogram(tr("output"), tr("outputs"))
        self.layers = ValueTable(
            tr("Outputs of the layers"),
            (
                Column(tr("Layer")),
                Column(tr("Mean")),
                Column(tr("Deviation")),
                Column(tr("Exactly 0"), percent),
            ),
        )
        self.values = ValueTable(
            tr("What the row makes of each layer"),
            (
                Column(tr("Layer")),
                Column(tr("Units"), lambda count: f"{count:,}"),
                Column(tr("Strongest unit"), lambda place: f"{place:,}"),
                Column(tr("Its output")),
                Column(tr("Outputs")),
            ),
        )
        self.body = EmptyOr(self._content())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)

    def _content(self) -> QWidget:
        content = QWidget()
        header = QHBoxLayout()
        header.setSpacing(theme.SPACE_XS)
        for widget in (self.view, self.layer, self.row):
            header.addWidget(widget, 1)
        below = QHBoxLayout()
        below.setSpacing(theme.SPACE_S)
        below.addWidget(self.reading, 1)
        for widget in (self.on_cards, self.play_button):
            below.addWidget(widget)
        self.pages = QStackedWidget()
        for page in (self.histogram, self.layers, self.values):
            self.pages.addWidget(page)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_S, theme.SPACE_XS)
        layout.setSpacing(theme.SPACE_XS)
        layout.addLayout(header)
        layout.addLayout(below)
        layout.addWidget(self.pages, 1)
        return content

    # ── choosing ────────────────────────────────────────────────────────────────────────────

    @property
    def _row(self) -> int:
        """From 0, as rows are numbered inside."""
        return self.row.value() - 1

    @property
    def _shows_row(self) -> bool:
        return self.on_cards.isChecked() or self.view.currentData() == "row"

    def _row_wanted(self) -> set[Wanted]:
        return {Wanted("lit", setting=self._row, apart=APART)}

    def _change_view(self, _: int) -> None:
        self.wanted_changed.emit()
        self._refresh()

    def _choose_row(self, _: int) -> None:
        """By the person: everybody looks at it."""
        self._change_row()
        self.requested.emit(ChangeFocus(replace(self._focus, rows=(self._row,))))

    def _change_row(self) -> None:
        self._lit = {}
        if self._shows_row:
            self.wanted_changed.emit()
        self._refresh()

    def _toggle(self, _: bool) -> None:
        self.wanted_changed.emit()
        self._light()

    def play(self) -> None:
        """Sends the row through the network once, as soon as its values are known."""
        self._plays = True
        if not self.on_cards.isChecked():
            self.on_cards.setChecked(True)
        elif self._lit:
            self._light()

    def _light(self) -> None:
        if not self.on_cards.isChecked():
            self.requested.emit(LightUp(None, {}))
            self._plays = False
        elif not self._lit:
            self.requested.emit(LightUp(None, {}))  # what is there is of other weights
        else:
            words = {layer: self._said(layer, each) for layer, each in self._lit.items()}
            self.requested.emit(LightUp(self._lit, words))
            if self._plays:
                self._plays = False
                self.requested.emit(PlayPulse())

    def _said(self, layer: str, values: np.ndarray) -> str:
        """What stands beside a strip: the class that wins, a few values, or the strongest."""
        facts = self._facts
        if layer in self._design.outputs and facts is not None:
            if facts.task == "classification" and len(values) == len(facts.classes):
                winner = int(values.argmax())
                return f"{facts.classes[winner]}: {percent(float(values[winner]))}"
            if facts.task == "classification" and len(values) == 1:
                return f"{facts.classes[1]}: {percent(float(values[0]))}"
        if len(values) == 1:
            return number(float(values[0]))
        strongest = int(np.abs(values).argmax())
        return tr("max {value}", value=number(float(values[strongest])))

    # ── drawing ─────────────────────────────────────────────────────────────────────────────

    def _refresh(self) -> None:
        view = self.view.currentData()
        self.layer.setVisible(view == "histogram")
        if not self._arrays and not self._lit:
            self.body.show_sentence(tr(EMPTY))
            return
        self.body.show_content()
        self.pages.setCurrentIndex(self.view.currentIndex())
        if not self.isVisible():
            return
        if view == "row":
            self._list_values()
        elif self._arrays:
            self._draw_histogram() if view == "histogram" else self.layers.show_rows(self._rows())

    def _draw_histogram(self) -> None:
        layers = [str(each) for each in self._arrays["layers"]]
        if [self.layer.itemData(each) for each in range(self.layer.count())] != layers:
            self._offer(layers)
        place = max(0, self.layer.currentIndex())
        bins = Bins(layers[place], self._arrays["edges"][place], self._arrays["counts"][place])
        self.histogram.show_bins([bins])
        self.reading.setText(
            tr(
                "mean {mean}, deviation {deviation}, {zeros} are exactly 0",
                mean=number(float(self._arrays["means"][place])),
                deviation=number(float(self._arrays["deviations"][place])),
                zeros=percent(float(self._arrays["zeros"][place])),
            )
        )

    def _offer(self, layers: Sequence[str]) -> None:
        self.layer.blockSignals(True)
        self.layer.clear()
        for identifier in layers:
            self.layer.addItem(self._name_of(identifier), identifier)
        focused = self._focus.layers
        chosen = next((each for each in focused if each in layers), layers[min(1, len(layers) - 1)])
        self.layer.setCurrentIndex(self.layer.findData(chosen))
        self.layer.blockSignals(False)

    def _rows(self) -> list[list[str | float]]:
        names = ("means", "deviations", "zeros")
        columns = [self._arrays[name].tolist() for name in names]
        layers = [self._name_of(str(each)) for each in self._arrays["layers"]]
        self.reading.setText(tr("on validation rows, after the last epoch"))
        return [list(row) for row in zip(layers, *columns, strict=True)]

    def _list_values(self) -> None:
        self.reading.setText(tr("on the cards, blue is negative and orange positive"))
        self.values.show_rows(
            [self._value_row(layer, values) for layer, values in self._lit.items()]
        )

    def _value_row(self, layer: str, values: np.ndarray) -> list[str | int | float]:
        strongest = int(np.abs(values).argmax())
        said = "  ".join(number(float(each)) for each in values[:FEW])
        more = " …" if len(values) > FEW else ""
        value = float(values[strongest])
        return [self._name_of(layer), len(values), strongest, value, said + more]

    def _name_of(self, layer: str) -> str:
        return self._design.node(layer).name if self._design.has(layer) else layer
