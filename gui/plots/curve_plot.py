"""One plot of a metric over time: training solid, validation dashed, batches thin, other runs."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.figures import FALLING, READABLE_MS, metric_name
from gui.plots.axes import Limits, on_axis
from gui.plots.curve_lines import CurveLines
from gui.plots.curve_values import CurveValues
from gui.plots.curve_view import CurveView
from gui.plots.legend import Legend
from gui.plots.series import EXTRAS
from gui.throttle import Throttle
from gui.words import tr

MOST_FOR_CHOICE = 136  # pixels, so that the legend has the rest
AT_MOST_ONE = frozenset({"accuracy", "r2"})
NEVER_NEGATIVE = FALLING | frozenset(EXTRAS)


class CurvePlot(QWidget):
    """A metric that can be chosen, its curves, and the values of the epoch under the pointer."""

    chosen = Signal()  # another metric

    def __init__(self, metric: str, label: Callable[[str], str] = metric_name) -> None:
        super().__init__()
        self.drawn = metric
        self._label = label
        self._lines = CurveLines()
        self._steps = 0.0  # in an epoch, where the axis counts them
        self._validation_rows = 0
        self._target = 1
        self._epoch: int | None = None
        self._limits = Limits(logarithmic=True)
        self._seen: dict[str, int] = {}  # points that the limits have taken in
        self._figures = Throttle(self._show_values, READABLE_MS, self)
        self._build_header()
        self._build_plot()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_M, 0)
        layout.setSpacing(0)
        layout.addLayout(self._header)
        layout.addWidget(self.view)
        self._show_scale()
        self.apply_theme()

    # ── what it is shown ────────────────────────────────────────────────────────────────────

    def show_curves(self, lines: CurveLines, epochs: int, validation_rows: int) -> None:
        """Other curves, over so many epochs, of so many rows held back for validation."""
        self._lines, self._target = lines, max(1, epochs)
        self._validation_rows = validation_rows
        self._epoch = None
        self._start_anew()

    def count_steps(self, in_an_epoch: float) -> None:
        """Lets the axis count steps of the optimizer; epochs where that is 0."""
        self._steps = in_an_epoch
        self.view.axes["bottom"].unit = in_an_epoch or 1.0
        self.view.redraw()

    def offer(self, metrics: tuple[str, ...], metric: str) -> None:
        """The metrics to choose from, and the one that is drawn."""
        self.choice.blockSignals(True)
        self.choice.clear()
        for each in metrics:
            self.choice.addItem(tr(metric_name(each)), each)
        self.choice.setCurrentIndex(max(0, self.choice.findData(metric)))
        self.choice.blockSignals(False)
        self._take_choice()

    def refresh(self) -> None:
        """Draws what the curves hold now; figures follow as often as they can be read."""
        self._draw()
        self._figures.ask()

    def add_to_header(self, widget: QWidget) -> None:
        """Puts something before the choice of the metric."""
        self._header.insertWidget(0, widget)

    def apply_theme(self) -> None:
        """Takes the colours of the theme in force."""
        self.view.apply_theme()
        self.legend.update()

    # ── building ────────────────────────────────────────────────────────────────────────────

    def _build_header(self) -> None:
        self.choice = QComboBox()
        self.choice.setToolTip(tr("Which metric is drawn"))
        self.choice.setAccessibleName(tr("Metric"))
        self.choice.setMaximumWidth(theme.scaled(MOST_FOR_CHOICE))
        self.choice.addItem(tr(metric_name(self.drawn)), self.drawn)
        self.choice.currentIndexChanged.connect(self._take_choice)
        self.choice.currentIndexChanged.connect(lambda _: self.chosen.emit())
        self.log = QCheckBox(tr("Log"))
        self.log.setToolTip(tr("Logarithmic scale: equal steps are equal factors"))
        self.log.setChecked(True)
        self.log.toggled.connect(self._show_scale)
        self.legend = Legend()
        self._header = QHBoxLayout()
        self._header.setSpacing(theme.SPACE_S)
        self._header.addWidget(self.choice)
        self._header.addWidget(self.log)
        self._header.addWidget(self.legend, 1)

    def _build_plot(self) -> None:
        self.view = CurveView({})
        self._axis = self.view.axes["left"]
        self.view.setAccessibleName(tr("Curves over the epochs"))
        self.view.pointed_at.connect(self._on_pointed)
        self.view.walked.connect(self._on_walked)

    # ── scales ──────────────────────────────────────────────────────────────────────────────

    def _take_choice(self) -> None:
        self.drawn = self.choice.currentData() or self.drawn
        self._show_scale()

    def _show_scale(self) -> None:
        self.log.setVisible(self.drawn in NEVER_NEGATIVE)
        self._axis.logarithmic = self.drawn in NEVER_NEGATIVE and self.log.isChecked()
        self._start_anew()

    def _start_anew(self) -> None:
        """Forgets the limits, which otherwise only widen."""
        floor = 0.0 if self.drawn in NEVER_NEGATIVE else None
        ceiling = 1.0 if self.drawn in AT_MOST_ONE else None
        self._limits = Limits(self._axis.logarithmic, floor, ceiling)
        self._seen = {}
        self.view.show_range(x=(0, self._target))
        self.view.redraw()
        self._draw()
        self._show_values()

    def _draw(self) -> None:
        self._widen()
        lines = self._lines.of(self.drawn)
        self.view.set_strokes({name: line.stroke for name, line in lines.items()})
        self.view.show_series({name: line.series for name, line in lines.items()})

    def _show_caption(self) -> None:
        scale = tr(", log") if self._axis.logarithmic else ""
        time = self._title() or (tr("step →") if self._steps else tr("epoch →"))
        # In the corner that curves leave empty: falling ones above, rising ones below.
        low = self.drawn not in FALLING
        self.view.show_caption(f"{self._label(self.drawn)}{scale} · {time}", low=low)

    def _widen(self) -> None:
        """Takes what is new into the limits: epochs, or batches as long as there are none."""
        every = dict(self._lines.raw(self.drawn))
        parts = {name: series for name, series in every.items() if name != "batches"}
        if not any(map(len, parts.values())):
            parts = every
        before = self._limits.range
        for name, series in parts.items():
            y = series.y
            fresh, self._seen[name] = y[self._seen.get(name, 0) :], len(y)
            if not self._limits.hold(fresh):
                self._limits.widen(on_axis(fresh, self._axis.logarithmic))
        after = self._limits.range
        if after and after != before:
            self.view.show_range(y=after)

    # ── the epoch looked at ─────────────────────────────────────────────────────────────────

    def look_at(self, epoch: int | None) -> None:
        """Shows the values of that epoch, if there are any; None: the newest."""
        there = epoch is not None and CurveValues(self._lines, self.drawn, epoch).are_there
        self._epoch = epoch if there else None
        self._show_values()

    def _show_values(self) -> None:
        values = CurveValues(self._lines, self.drawn, self._epoch)
        self.view.show_cursor(values.cursor(self._axis.logarithmic))
        self.view.show_best(values.best(self._axis.logarithmic))
        self.legend.show_entries(values.entries(self._validation_rows), self._title())
        self._show_caption()

    def _title(self) -> str:
        """The epoch looked at, with its last step where the axis counts them."""
        if self._epoch is None:
            return ""
        if not self._steps:
            return tr("epoch {epoch:,}", epoch=self._epoch)
        step = round(self._epoch * self._steps)
        return tr("epoch {epoch:,}, step {step:,}", epoch=self._epoch, step=step)

    def _on_pointed(self, place: QPointF | None) -> None:
        self.look_at(max(1, round(place.x())) if place else None)

    def _on_walked(self, right: int, _down: int) -> None:
        newest = self._lines.curves.epoch
        if newest:
            self.look_at(min(max(1, (self._epoch or newest) + right), newest))
