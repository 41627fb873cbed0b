"""How well gradients reach each layer: norms and spread over time, and units that are idle."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.control import Wanted
from engine.data.dataset import DataFacts
from engine.design import Design, Link
from engine.events import Event, Measured
from engine.gradient_health import Finding, findings
from engine.spread_history import SpreadHistory
from gui import theme
from gui.elided import ElidedLabel
from gui.figure_table import FigureTable
from gui.figures import number, percent
from gui.panels.base import Area, Panel
from gui.plots.empty import EmptyOr
from gui.plots.histogram import Bins, Histogram
from gui.plots.layer_history import LayerHistory
from gui.plots.line_plot import LinePlot
from gui.plots.spread_plot import SpreadPlot
from gui.requests import ColourLinks
from gui.slim_box import slim_box
from gui.value_table import Column, ValueTable
from gui.words import mark, tr

if TYPE_CHECKING:
    from gui.document import Focus, State

EMPTY = mark("Appears with the first batch of a training")
VIEWS = (
    (mark("Norms over time"), "norms"),
    (mark("Histogram"), "histogram"),
    (mark("Histogram over time"), "over time"),
    (mark("Idle units"), "units"),
)
OF_ONE = ("histogram", "over time")  # views that show one layer
FEW = 12  # units that are listed one by one
FLOW = Wanted("flow", apart=0.3)


class GradientsPanel(Panel):
    """Of the last batch, as the optimizer takes them; units on the validation rows."""

    title: ClassVar[str] = mark("Gradients")
    name: ClassVar[str] = "gradients"
    area: ClassVar[Area] = "bottom"
    order: ClassVar[int] = 2
    opens: ClassVar[bool] = False
    least_ms: ClassVar[int] = 250

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._design = Design()
        self._focused: tuple[str, ...] = ()
        self._history = LayerHistory()
        self._sizes = LayerHistory()
        self._spread: Mapping[str, np.ndarray] = {}
        self._spreads: dict[str, SpreadHistory] = {}
        self._idle: Mapping[str, np.ndarray] = {}
        self._flow: Mapping[str, np.ndarray] = {}
        self.findings: tuple[Finding, ...] = ()
        self._build()
        self.clear()

    # ── what it is shown ────────────────────────────────────────────────────────────────────

    def measurements(self) -> frozenset[Wanted]:
        return frozenset({Wanted("gradients"), Wanted("units")})

    def wanted(self) -> frozenset[Wanted]:
        """The colours of the links are wanted behind another tab, too."""
        flow = {FLOW, Wanted("gradients")} if self.on_links.isChecked() else set[Wanted]()
        return super().wanted() | flow

    def show_state(self, state: "State", facts: DataFacts | None) -> None:
        before, self._design = self._design, state.project.design
        if before.nodes != self._design.nodes and self._flow:
            self._flow = {}
            self._colour()

    def show_focus(self, focus: "Focus") -> None:
        self._focused = focus.layers
        for identifier in focus.layers:
            place = self.layer.findData(identifier)
            if place >= 0:
                self.layer.setCurrentIndex(place)
                return

    def show_events(self, events: Sequence[Event]) -> None:
        measured = [each for each in events if isinstance(each, Measured) and each.arrays]
        for event in measured:
            if event.name == "gradients":
                self._take(event)
        newest = {event.name: event.arrays for event in measured}
        self._idle = newest.get("units", self._idle)
        if "gradients" in newest:
            self._name()
        if "flow" in newest and self.on_links.isChecked():
            self._flow = newest["flow"]
            self._colour()
        if newest.keys() & {"gradients", "units"}:
            self._refresh()

    def clear(self) -> None:
        self._history.forget()
        self._sizes.forget()
        self._spreads = {}
        self._spread = self._idle = self._flow = {}
        self.findings = ()
        self.norms.forget_limits()
        self.histogram.forget_limits()
        self._colour()
        self._refresh()

    def apply_theme(self) -> None:
        for plot in (self.norms, self.histogram, self.over_time):
            plot.apply_theme()

    def tables(self) -> Sequence[FigureTable]:
        if not len(self._history):
            return ()
        names = [self._name_of(layer) for layer in self._history.layers]
        rows = [
            [time, *values]
            for time, values in zip(
                self._history.times.tolist(), self._history.values.tolist(), strict=True
            )
        ]
        return (FigureTable(tr("Gradient norms"), (tr("epoch"), *names), rows),)

    # ── building ────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        self.view = slim_box(tr("What is shown of the gradients"), tr("View"))
        for text, name in VIEWS:
            self.view.addItem(tr(text), name)
        self.view.currentIndexChanged.connect(self._refresh)
        self.layer = slim_box(tr("The layer whose gradients are counted"), tr("Layer"))
        self.layer.currentIndexChanged.connect(self._refresh)
        self.on_links = QCheckBox(tr("On the links"))
        self.on_links.setToolTip(tr("Colour the links by the gradient that flows through them"))
        self.on_links.toggled.connect(self._toggle)
        self.reading = ElidedLabel()
        self.reading.setProperty("role", "muted")
        self.warning = QLabel(wordWrap=True)
        self.warning.setProperty("role", "warning")
        self.norms = LinePlot(across=tr("epoch"), up=tr("norm"))
        self.norms.set_logarithmic(up=True)
        self.histogram = Histogram(tr("size of a gradient, power of ten"), tr("weights"))
        self.over_time = SpreadPlot(tr("size, power of ten"))
        self.units = ValueTable(
            tr("Idle units"),
            (
                Column(tr("Layer")),
                Column(tr("Activation")),
                Column(tr("Idle"), lambda count: f"{count:,}"),
                Column(tr("Of"), lambda count: f"{count:,}"),
                Column(tr("Share"), percent),
                Column(tr("Which units")),
            ),
        )
        self.body = EmptyOr(self._content())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)

    def _content(self) -> QWidget:
        content = QWidget()
        header = QHBoxLayout()
        header.setSpacing(theme.SPACE_S)
        header.addWidget(self.view, 4)
        header.addWidget(self.layer, 3)
        header.addWidget(self.on_links)
        header.addWidget(self.reading, 2)
        self.pages = QStackedWidget()
        for page in (self.norms, self.histogram, self.over_time, self.units):
            self.pages.addWidget(page)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_S, theme.SPACE_XS)
        layout.setSpacing(theme.SPACE_XS)
        layout.addLayout(header)
        layout.addWidget(self.warning)
        layout.addWidget(self.pages, 1)
        return content

    # ── taking in ───────────────────────────────────────────────────────────────────────────

    def _take(self, event: Measured) -> None:
        layers = [str(each) for each in event.arrays["layers"]]
        self._history.add(event.epoch, layers, event.arrays["norms"])
        self._sizes.add(event.epoch, layers, event.arrays["sizes"])
        self._spread = event.arrays
        if self._spreads.keys() != set(layers):
            self._spreads = {layer: SpreadHistory() for layer in layers}
        counts = event.arrays["counts"].astype(np.uint32)  # half the memory, for hundreds are kept
        for layer, mine in zip(layers, counts, strict=True):
            self._spreads[layer].add(event.epoch, mine, event.arrays["edges"])

    def _name(self) -> None:
        """Says what is wrong, on the canvas as well."""
        found = findings(self._sizes.layers, self._sizes.values)
        self.findings = found
        self.warning.setText(self._sentences())

    def _sentences(self) -> str:
        return " ".join(sentence(each, self._name_of) for each in self.findings)

    def _toggle(self, _: bool) -> None:
        self.wanted_changed.emit()
        if not self.on_links.isChecked():
            self._flow = {}
        self._colour()

    def toggle_links(self) -> None:
        """Shows the gradients on the links, or no longer."""
        self.on_links.toggle()

    def _colour(self) -> None:
        if not self.on_links.isChecked():
            self.requested.emit(ColourLinks(None))
            return
        links = [Link(source=str(a), target=str(b)) for a, b in self._flow.get("links", ())]
        sizes = dict(zip(links, map(float, self._flow.get("sizes", ())), strict=True))
        title = tr("Gradient through the links, for one row")
        if not sizes:
            title = tr("The gradients on the links appear with the first batch")
        self.requested.emit(ColourLinks(sizes, title, self._sentences()))

    # ── drawing ─────────────────────────────────────────────────────────────────────────────

    def _refresh(self) -> None:
        name = self.view.currentData()
        self.layer.setVisible(name in OF_ONE)
        self.warning.setText(self._sentences())
        self.warning.setVisible(bool(self.findings))
        if not len(self._history) and not self._idle:
            self.body.show_sentence(tr(EMPTY))
            return
        self.body.show_content()
        self.pages.setCurrentIndex(self.view.currentIndex())
        if self.isVisible():
            drawing = {
                "norms": self._draw_norms,
                "histogram": self._draw_histogram,
                "over time": self._draw_over_time,
                "units": self._list_units,
            }
            drawing[name]()

    def _draw_norms(self) -> None:
        names = {node.id: node.name for node in self._design.nodes}
        self.norms.show_lines(self._history.lines(names))
        self.reading.setText(tr("of the last batch"))

    def _draw_histogram(self) -> None:
        place = self._place()
        if place is None:
            return
        layers = self._history.layers
        counts, edges = self._spread["counts"][place], self._spread["edges"]
        seen = np.flatnonzero(counts)
        shown = slice(seen[0], seen[-1] + 1) if len(seen) else slice(0, 1)
        ends = slice(shown.start, shown.stop + 1)
        self.histogram.show_bins([Bins(layers[place], edges[ends], counts[shown])])
        zeros, weights = int(self._spread["zeros"][place]), int(self._spread["weights"][place])
        self.reading.setText(
            tr("{zeros} of {weights} are exactly 0", zeros=f"{zeros:,}", weights=f"{weights:,}")
        )

    def _draw_over_time(self) -> None:
        place = self._place()
        if place is not None:
            self.over_time.show_history(self._spreads[self._history.layers[place]])
            self.reading.setText(tr("one batch at each time"))

    def _place(self) -> int | None:
        """Which of the measured layers is chosen."""
        layers = self._history.layers
        if [self.layer.itemData(each) for each in range(self.layer.count())] != list(layers):
            self._offer(layers)
        return max(0, self.layer.currentIndex()) if layers else None

    def _offer(self, layers: Sequence[str]) -> None:
        self.layer.blockSignals(True)
        self.layer.clear()
        for identifier in layers:
            self.layer.addItem(self._name_of(identifier), identifier)
        chosen = next((each for each in self._focused if each in layers), None)
        self.layer.setCurrentIndex(max(0, self.layer.findData(chosen)))
        self.layer.blockSignals(False)

    def _list_units(self) -> None:
        layers = [str(each) for each in self._idle.get("layers", ())]
        rows = [self._unit_row(layer, place) for place, layer in enumerate(layers)]
        self.units.show_rows(rows)
        self.reading.setText(
            tr("on validation rows, after the last epoch")
            if rows
            else tr("No hidden layer ends in relu, sigmoid or tanh, or no epoch is over yet")
        )

    def _unit_row(self, layer: str, place: int) -> list[str | int | float]:
        kind, width = str(self._idle["kinds"][place]), int(self._idle["widths"][place])
        count = int(self._idle["idle"][place])
        which = self._idle[f"idle {layer}"].tolist()
        listed = ", ".join(map(str, which[:FEW])) + (" …" if len(which) > FEW else "")
        state = tr("dead") if kind == "relu" else tr("saturated")
        said = f"{state}: {listed}" if which else "–"
        return [self._name_of(layer), kind, count, width, count / width, said]

    def _name_of(self, layer: str) -> str:
        return self._design.node(layer).name if self._design.has(layer) else layer


def sentence(finding: Finding, name_of: Callable[[str], str]) -> str:
    """What is wrong, with the evidence, and what usually helps; `name_of` names a layer's id."""
    layer = name_of(finding.layer)
    if finding.kind == "vanishing":
        return tr(
            "Gradients vanish: in {layer} they have been {times} times smaller than in {other} in "
            "the last %n measurements, so {layer} hardly learns. Relu, batch normalisation or a "
            "shorter way to the output help most often.",
            finding.measurements,
            layer=layer,
            other=name_of(finding.other),
            times=number(finding.times),
        )
    if not np.isfinite(finding.times):
        return tr("Gradients explode: in {layer} they are not finite any more.", layer=layer)
    return tr(
        "Gradients explode: in {layer} they have been {times} times larger than at first in the "
        "last %n measurements. A lower learning rate or clipping helps most often.",
        finding.measurements,
        layer=layer,
        times=number(finding.times),
    )
