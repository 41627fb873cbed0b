"""The weights of one layer as a heatmap that moves while training runs."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.control import Wanted
from engine.data.dataset import DataFacts
from engine.design import Design, Node
from engine.events import Event, Measured
from engine.layers import Dense
from engine.project import Trained
from gui import theme
from gui.elided import ElidedLabel
from gui.figure_table import FigureTable
from gui.figures import number
from gui.pages.weight_numbers import WeightNumbers
from gui.panels.base import Area, Panel
from gui.plots.color_bar import ColorBar
from gui.plots.empty import EmptyOr
from gui.plots.heatmap import Heatmap
from gui.plots.reading import ReadingLabel
from gui.plots.tiles import Tiling
from gui.slim_box import slim_box
from gui.words import mark, tr

if TYPE_CHECKING:
    from gui.document import Focus, State

PROBE = "weights"
EMPTY = mark("Appears with the first batch")
NO_LAYER = mark("Add a Dense layer to see its weights")
NO_VECTOR = mark("This layer has no bias")
VIEWS = (
    (mark("Picture"), "picture"),
    (mark("Histogram"), "histogram"),
    (mark("Histogram over time"), "over time"),
    (mark("Bars"), "bars"),
    (mark("Norms"), "norms"),
    (mark("Update ratio"), "ratios"),
)
SOON = {
    "histogram": mark("Appears with the next batch"),
    "over time": mark("Appears with the next batch"),
    "norms": mark("Appears after an epoch"),
    "ratios": mark("Appears after an epoch that was watched from its beginning"),
}
OF_ALL = ("norms", "ratios")
PARAMETERS = ("kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance")


class WeightsPanel(Panel):
    """The chosen layer's arrays; the first Dense layer's where none is chosen."""

    title: ClassVar[str] = mark("Weights")
    name: ClassVar[str] = "weights"
    area: ClassVar[Area] = "bottom"
    order: ClassVar[int] = 1

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._design = Design()
        self._facts: DataFacts | None = None
        self._trained: Trained | None = None
        self._focused: tuple[str, ...] = ()
        self._layer: Node | None = None
        self._measured: dict[str, Mapping[str, np.ndarray]] = {}
        self._tiling: Tiling | None = None
        self._shown: tuple[object, ...] = ()
        self._values = np.zeros((1, 1))
        self.numbers = WeightNumbers()
        self._build()

    # ── what it is shown ────────────────────────────────────────────────────────────────────

    def measurements(self) -> frozenset[Wanted]:
        view = self.view.currentData()
        if view in OF_ALL:
            return frozenset({Wanted("updates")})
        if not self._layer:
            return frozenset()
        if view in ("picture", "bars"):
            return frozenset({Wanted(PROBE, self._layer.id)})
        spread = Wanted("spread", self._layer.id, self.choice.currentData() or "kernel")
        return frozenset({spread, Wanted(PROBE, self._layer.id, apart=1.0)})

    def show_state(self, state: "State", facts: DataFacts | None) -> None:
        before = (self._design, self._facts, self._trained)
        self._design, self._facts = state.project.design, facts
        if state.trained is not self._trained:
            self._trained = state.trained
            self._measured.clear()
        now = (self._design, self._facts, self._trained)
        if any(old is not new for old, new in zip(before, now, strict=True)):  # not by a drag
            self._choose_layer()

    def show_focus(self, focus: "Focus") -> None:
        self._focused = focus.layers
        self._choose_layer()

    def show_events(self, events: Sequence[Event]) -> None:
        measured = [e for e in events if isinstance(e, Measured) and e.name == PROBE]
        self._measured |= {event.layer: event.arrays for event in measured}
        wanted = {(each.probe, each.layer, each.setting) for each in self.measurements()}
        heard = self.numbers.take_in(events, wanted)
        if heard or (self._layer and any(event.layer == self._layer.id for event in measured)):
            self._refresh()

    def clear(self) -> None:
        self._measured.clear()
        self._shown = ()
        self.numbers.forget()
        self._refresh()

    def tables(self) -> Sequence[FigureTable]:
        if self.view.currentData() not in ("picture", "bars"):
            return self.numbers.tables(self.view.currentData(), self._names())
        if self._layer is None or not self._arrays(self._layer):
            return ()
        array = self._arrays(self._layer)[self.choice.currentData()]
        rows = (array if array.ndim == 2 else array.reshape(1, -1)).tolist()
        title = f"{self._layer.name} {self.choice.currentText()}"
        return (FigureTable(title, tuple(map(str, range(len(rows[0])))), rows),)

    def apply_theme(self) -> None:
        self.numbers.apply_theme()
        self.heatmap.apply_theme()
        self.bar.update()

    # ── building ────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        self.caption = ElidedLabel(asks=True)
        self.caption.setProperty("role", "title")
        self.view = slim_box(tr("What is shown of the weights"), tr("View"))
        for text, name in VIEWS:
            self.view.addItem(tr(text), name)
        self.view.currentIndexChanged.connect(self._change)
        self.choice = slim_box(tr("Which of the layer's arrays is drawn"), tr("Array"))
        self.choice.currentIndexChanged.connect(self._change)
        self.as_images = QCheckBox(tr("As images"))
        self.as_images.setToolTip(tr("Each unit's weights as a picture"))
        self.as_images.toggled.connect(self._refresh)
        self.reading = ReadingLabel()
        self.heatmap, self.bar = Heatmap(), ColorBar()
        self.heatmap.setAccessibleName(tr("Weights"))
        self.heatmap.cell_changed.connect(self._read)
        self.heatmap.limit_changed.connect(self.bar.show_limit)
        self.body = EmptyOr(self._content())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self.body.show_sentence(tr(NO_LAYER))

    def _content(self) -> QWidget:
        content = QWidget()
        header = QHBoxLayout()
        header.setSpacing(theme.SPACE_S)
        header.addWidget(self.caption)
        for box in (self.view, self.choice):
            header.addWidget(box, 1)
        header.addWidget(self.as_images)
        header.addWidget(self.reading, 1)
        cells = QWidget()
        picture = QHBoxLayout(cells)
        picture.setContentsMargins(0, 0, 0, 0)
        picture.setSpacing(0)
        picture.addWidget(self.heatmap, 1)
        picture.addWidget(self.bar)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_M, theme.SPACE_S)
        layout.setSpacing(theme.SPACE_XS)
        layout.addLayout(header)
        self.pages = QStackedWidget()
        for page in (cells, *self.numbers.pages):
            self.pages.addWidget(page)
        layout.addWidget(self.pages, 1)
        return content

    # ── choosing ────────────────────────────────────────────────────────────────────────────

    def _choose_layer(self) -> None:
        """The first chosen layer that has arrays, or else the first Dense."""
        before = self._layer
        chosen = [self._design.node(i) for i in self._focused if self._design.has(i)]
        dense = [node for node in self._design.nodes if isinstance(node.layer, Dense)]
        known = [node for node in chosen if self._arrays(node) or node in dense]
        self._layer = next(iter(known or dense), None)
        if (self._layer and self._layer.id) != (before and before.id):
            self.wanted_changed.emit()
        self._refresh()

    def _arrays(self, node: Node) -> dict[str, np.ndarray]:
        """The newest arrays of a layer: measured in this run, or what training left."""
        found = self._measured.get(node.id)
        if found is None and self._trained:
            found = {
                name: a for (owner, name), a in self._trained.weights.items() if owner == node.id
            }
        known = found or {}
        return {name: known[name] for name in (*PARAMETERS, *known) if name in known}

    def _offer(self, names: tuple[str, ...]) -> None:
        offered = tuple(self.choice.itemData(each) for each in range(self.choice.count()))
        if names == offered:
            return
        kept = self.choice.currentData()
        self.choice.blockSignals(True)
        self.choice.clear()
        for name in names:
            self.choice.addItem(name.replace("_", " "), name)
        self.choice.setCurrentIndex(max(0, self.choice.findData(kept)))
        self.choice.blockSignals(False)

    # ── drawing ─────────────────────────────────────────────────────────────────────────────

    def _change(self) -> None:
        """Another view or array is chosen, which may need other measurements."""
        self.wanted_changed.emit()
        self._refresh()

    def _refresh(self) -> None:
        view = self.view.currentData()
        self.pages.setCurrentIndex(self.view.currentIndex())
        self.choice.setVisible(view not in OF_ALL)
        self.as_images.setVisible(False)
        if self._layer is None:
            self.body.show_sentence(tr(NO_LAYER))
            return
        arrays = self._arrays(self._layer)
        if not arrays and view not in OF_ALL:
            self.body.show_sentence(tr(EMPTY))
            return
        self.body.show_content()
        if view not in OF_ALL:
            self._offer(tuple(arrays))
        if self.isVisible():
            self._show(view, self._layer, arrays)

    def _show(self, view: str, layer: Node, arrays: Mapping[str, np.ndarray]) -> None:
        self.caption.setText(tr("All layers") if view in OF_ALL else layer.name)
        if view == "picture":
            self._draw(layer, arrays[self.choice.currentData()])
            return
        self.reading.say("")
        if view == "bars":
            self._draw_bars(layer, arrays)
        elif self.numbers.has(view):
            self.numbers.draw(view, self._names())
        else:
            self.reading.say(tr(SOON[view]))

    def _draw_bars(self, layer: Node, arrays: Mapping[str, np.ndarray]) -> None:
        """The chosen array if it is a vector, else the bias."""
        name = self.choice.currentData()
        if arrays[name].ndim > 1:
            name = next((each for each, array in arrays.items() if array.ndim == 1), None)
        if name is None:
            self.numbers.draw_bars(np.empty(0))
            self.reading.say(tr(NO_VECTOR))
            return
        self.choice.blockSignals(True)
        self.choice.setCurrentIndex(self.choice.findData(name))
        self.choice.blockSignals(False)
        self.numbers.draw_bars(arrays[name])

    def _names(self) -> dict[str, str]:
        return {node.id: node.name for node in self._design.nodes}

    def _draw(self, layer: Node, array: np.ndarray) -> None:
        values = array if array.ndim == 2 else array.reshape(1, -1)
        name = self.choice.currentData()
        shape = self._image_shape(layer, name, values)
        self.as_images.setVisible(shape is not None)
        self._tiling = None
        if shape and self.as_images.isChecked():
            self._tiling = Tiling.fitting(shape, values.shape[1], self._aspect())
        shown = (layer.id, name, values.shape)
        if shown != self._shown:
            self._shown = shown
            self.heatmap.forget_limit()
        self._values = values
        picture = self._tiling.assemble(values) if self._tiling else values
        self.heatmap.show_values(picture, square=self._tiling is not None)
        self._read(self.heatmap.cell)

    def _aspect(self) -> float:
        return self.heatmap.width() / max(1, self.heatmap.height())

    def _image_shape(self, layer: Node, name: str, values: np.ndarray) -> tuple[int, int] | None:
        """The shape of the pictures that this layer looks at, if it looks at pictures."""
        shape = self._facts.image_shape if self._facts else None
        behind_input = any(each in self._design.inputs for each in self._design.parents(layer.id))
        fits = shape is not None and values.shape[0] == shape[0] * shape[1]
        return shape if fits and behind_input and name == "kernel" else None

    def _read(self, cell: tuple[int, int] | None) -> None:
        """Says the value under the pointer; without one, the shape and how many are clipped."""
        if cell and self._tiling:
            cell = self._tiling.source(*cell)
        self.reading.say(self._value_text(cell) if cell else self._summary())

    def _value_text(self, cell: tuple[int, int]) -> str:
        name, value = self.choice.currentData(), float(self._values[cell])
        place = f"{cell[0]}, {cell[1]}" if name == "kernel" else f"{cell[1]}"
        return f"{self.caption.text()} {name}[{place}] = {number(value)}"

    def _summary(self) -> str:
        rows, columns = self._values.shape
        size = f"{rows:,} × {columns:,}" if rows > 1 else tr("{columns:,} units", columns=columns)
        beyond = tr(
            "{clipped:,} beyond ±{number}",
            clipped=self.heatmap.clipped,
            number=number(self.heatmap.limit),
        )
        return f"{size} · {beyond}" if self.heatmap.clipped else size

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()
