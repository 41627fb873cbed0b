"""The pages of the weights panel that count: histograms, bars, norms and update ratios."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from engine.events import Event, Measured
from engine.spread_history import SpreadHistory
from gui.figure_table import FigureTable
from gui.figures import number
from gui.plots.bar_plot import Bar, BarPlot
from gui.plots.histogram import Bins, Histogram
from gui.plots.layer_history import LayerHistory
from gui.plots.line_plot import LinePlot
from gui.plots.spread_plot import SpreadPlot
from gui.words import tr

MOST_BARS = 200


class WeightNumbers:
    """Takes in what is measured and draws the page that is looked at."""

    def __init__(self) -> None:
        self.histogram = Histogram(tr("value"), tr("weights"))
        self.over_time = SpreadPlot(tr("value"))
        self.bars = BarPlot(tr("Values"))
        self.norms = LinePlot(across=tr("epoch"), up=tr("norm of the weights"))
        self.ratios = LinePlot(across=tr("epoch"), up=tr("update / weights"))
        self.ratios.set_logarithmic(up=True)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self.bars)
        self.pages: tuple[QWidget, ...] = (
            self.histogram,
            self.over_time,
            scroll,
            self.norms,
            self.ratios,
        )
        self._spread: Mapping[str, np.ndarray] = {}
        self._of: tuple[str, object] = ("", None)
        self._history = SpreadHistory()
        self._norms, self._ratios = LayerHistory(), LayerHistory()

    def take_in(self, events: Sequence[Event], wanted: Collection[tuple[str, str, object]]) -> bool:
        """Takes what was measured for this panel; whether there was any."""
        heard = False
        for event in events:
            if not isinstance(event, Measured) or not event.arrays:
                continue
            if (event.name, event.layer, event.setting) not in wanted:
                continue
            if event.name == "spread":
                self._take_spread(event)
                heard = True
            elif event.name == "updates":
                self._take_updates(event)
                heard = True
        return heard

    def forget(self) -> None:
        """Another run begins."""
        self._spread = {}
        self._history.forget()
        self._norms.forget()
        self._ratios.forget()
        self.histogram.forget_limits()
        for plot in (self.norms, self.ratios):
            plot.forget_limits()

    def apply_theme(self) -> None:
        """Takes the colours of the theme in force."""
        for plot in (self.histogram, self.over_time, self.bars, self.norms, self.ratios):
            plot.apply_theme()

    # ── drawing ─────────────────────────────────────────────────────────────────────────────

    def has(self, view: str) -> bool:
        """Whether there is something to be drawn."""
        known = {"norms": len(self._norms), "ratios": len(self._ratios)}
        return bool(known.get(view, len(self._spread)))

    def draw(self, view: str, names: Mapping[str, str]) -> None:
        """Draws one page; `names` of layers are by id."""
        if view == "histogram":
            self.histogram.show_bins([Bins("", self._spread["edges"], self._spread["counts"])])
        elif view == "over time":
            self.over_time.show_history(self._history)
        elif view == "norms":
            self.norms.show_lines(self._norms.lines(names))
        elif view == "ratios":
            self.ratios.show_lines(self._ratios.lines(names))

    def draw_bars(self, values: np.ndarray) -> None:
        """A bar for each value of a vector, up to 200; coloured as in the picture."""
        shown = values[:MOST_BARS].tolist()
        self.bars.show_bars(
            [
                Bar(str(place), value, number(value), "validation" if value >= 0 else "accent")
                for place, value in enumerate(shown)
            ]
        )

    def tables(self, view: str, names: Mapping[str, str]) -> Sequence[FigureTable]:
        """The figures of a page."""
        if not self.has(view):
            return ()
        if view in ("norms", "ratios"):
            history = self._norms if view == "norms" else self._ratios
            header = [names.get(layer, layer) for layer in history.layers]
            values = zip(history.times.tolist(), history.values.tolist(), strict=True)
            rows = [[time, *each] for time, each in values]
            return (FigureTable(tr("Layers"), (tr("epoch"), *header), rows),)
        edges, counts = self._spread["edges"].tolist(), self._spread["counts"].tolist()
        bins = list(zip(edges[:-1], edges[1:], counts, strict=True))
        return (FigureTable(tr("Histogram"), (tr("from"), tr("to"), tr("weights")), bins),)

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _take_spread(self, event: Measured) -> None:
        if (event.layer, event.setting) != self._of:
            self._of = (event.layer, event.setting)
            self._history.forget()
            self.histogram.forget_limits()
        self._spread = event.arrays
        self._history.add(event.epoch, event.arrays["counts"], event.arrays["edges"])

    def _take_updates(self, event: Measured) -> None:
        layers = [str(each) for each in event.arrays["layers"]]
        self._norms.add(event.epoch, layers, event.arrays["norms"])
        if np.isfinite(event.arrays["ratios"]).any():
            self._ratios.add(event.epoch, layers, event.arrays["ratios"])
