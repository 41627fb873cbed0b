"""One plot of a metric over the epochs: training solid, validation dashed, batches thin."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.figures import FALLING, READABLE_MS, count_behind, figure, metric_name
from gui.plots.axes import Limits, on_axis
from gui.plots.curve_view import Cursor, CurveView, Stroke
from gui.plots.legend import Entry, Legend
from gui.plots.series import Curves, Part
from gui.throttle import Throttle
from gui.words import mark, tr

PARTS: tuple[tuple[Part, str, bool], ...] = (
    ("training", "training", False),
    ("validation", "validation", True),
)
STROKES: dict[Part, Stroke] = {
    "batches": Stroke("training", width=1, alpha=0.35),
    "training": Stroke("training"),
    "validation": Stroke("validation", dashes=(8, 5)),
}
SHORT = {"training": mark("train"), "validation": mark("val")}
LONG = {"training": mark("training"), "validation": mark("validation")}
AT_MOST_ONE = frozenset({"accuracy", "r2"})


class CurvePlot(QWidget):
    """A metric that can be chosen, its curves, and the values of the epoch under the pointer."""

    def __init__(self, metric: str, label: Callable[[str], str] = metric_name) -> None:
        super().__init__()
        self.drawn = metric
        self._label = label
        self._curves = Curves()
        self._validation_rows = 0
        self._target = 1
        self._epoch: int | None = None
        self._limits = Limits(logarithmic=True)
        self._seen: dict[Part, int] = {}  # points that the limits have taken in
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

    def show_curves(self, curves: Curves, epochs: int, validation_rows: int) -> None:
        """Other curves, over so many epochs, of so many rows held back for validation."""
        self._curves, self._target = curves, max(1, epochs)
        self._validation_rows = validation_rows
        self._epoch = None
        self._start_anew()

    def offer(self, metrics: tuple[str, ...], metric: str) -> None:
        """The metrics to choose from, and the one that is drawn."""
        self.choice.blockSignals(True)
        self.choice.clear()
        for each in metrics:
            self.choice.addItem(metric_name(each), each)
        self.choice.setCurrentIndex(max(0, self.choice.findData(metric)))
        self.choice.blockSignals(False)
        self._take_choice()

    def refresh(self) -> None:
        """Draws what the curves hold now; figures follow as often as they can be read."""
        self._draw()
        self._figures.ask()

    def apply_theme(self) -> None:
        """Takes the colours of the theme in force."""
        self.view.apply_theme()
        self.legend.update()

    # ── building ────────────────────────────────────────────────────────────────────────────

    def _build_header(self) -> None:
        self.choice = QComboBox()
        self.choice.setToolTip(tr("Which metric is drawn"))
        self.choice.setAccessibleName(tr("Metric"))
        self.choice.addItem(metric_name(self.drawn), self.drawn)
        self.choice.currentIndexChanged.connect(self._take_choice)
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
        self.view = CurveView(STROKES)
        self._axis = self.view.axes["left"]
        self.view.setAccessibleName(tr("Curves over the epochs"))
        self.view.pointed_at.connect(self._on_pointed)
        self.view.walked.connect(self._on_walked)

    # ── scales ──────────────────────────────────────────────────────────────────────────────

    def _take_choice(self) -> None:
        self.drawn = self.choice.currentData() or self.drawn
        self._show_scale()

    def _show_scale(self) -> None:
        self.log.setVisible(self.drawn in FALLING)
        self._axis.logarithmic = self.drawn in FALLING and self.log.isChecked()
        self._start_anew()

    def _start_anew(self) -> None:
        """Forgets the limits, which otherwise only widen."""
        floor = 0.0 if self.drawn in FALLING else None
        ceiling = 1.0 if self.drawn in AT_MOST_ONE else None
        self._limits = Limits(self._axis.logarithmic, floor, ceiling)
        self._seen = {}
        self.view.show_range(x=(0, self._target))
        self.view.redraw()
        self._draw()
        self._show_values()

    def _draw(self) -> None:
        self._widen()
        self.view.show_series({part: self._curves.series(self.drawn, part) for part in STROKES})

    def _show_caption(self) -> None:
        scale = tr(", log") if self._axis.logarithmic else ""
        time = tr("epoch →") if self._epoch is None else tr("epoch {epoch:,}", epoch=self._epoch)
        # In the corner that curves leave empty: falling ones above, rising ones below.
        low = self.drawn not in FALLING
        self.view.show_caption(f"{self._label(self.drawn)}{scale} · {time}", low=low)

    def _widen(self) -> None:
        """Takes what is new into the limits: epochs, or batches as long as there are none."""
        parts: list[Part] = [part for part, _, _ in PARTS]
        if not any(len(self._curves.series(self.drawn, part)) for part in parts):
            parts = ["batches"]
        before = self._limits.range
        for part in parts:
            y = self._curves.series(self.drawn, part).y
            fresh, self._seen[part] = y[self._seen.get(part, 0) :], len(y)
            if not self._limits.hold(fresh):
                self._limits.widen(on_axis(fresh, self._axis.logarithmic))
        after = self._limits.range
        if after and after != before:
            self.view.show_range(y=after)

    # ── the epoch looked at ─────────────────────────────────────────────────────────────────

    def look_at(self, epoch: int | None) -> None:
        """Shows the values of that epoch, if there are any; None: the newest."""
        values = [self._value(part, epoch) for part, _, _ in PARTS] if epoch is not None else []
        self._epoch = epoch if any(value is not None for value in values) else None
        self._show_values()

    def _value(self, part: Part, epoch: int | None) -> float | None:
        series = self._curves.series(self.drawn, part)
        if epoch is not None:
            return series.at(epoch)
        return float(series.y[-1]) if len(series) else None

    def _show_values(self) -> None:
        entries: list[Entry] = []
        for part, token, dashed in PARTS:
            value = self._value(part, self._epoch)
            if value is None:
                continue
            text = figure(self.drawn, value)
            # While rows are trained on the weights move: a count would be of no one network.
            rows = self._validation_rows if part == "validation" else 0
            detail = count_behind(self.drawn, value, rows)
            entries.append(Entry(tr(LONG[part]), tr(SHORT[part]), text, token, dashed, detail))
        self.view.show_cursor(self._cursor())
        title = "" if self._epoch is None else tr("epoch {epoch:,}", epoch=self._epoch)
        self.legend.show_entries(tuple(entries), title)
        self._show_caption()

    def _cursor(self) -> Cursor | None:
        """The epoch looked at, with a dot on each curve."""
        if self._epoch is None:
            return None
        values = [(self._value(part, self._epoch), token) for part, token, _ in PARTS]
        known = [(value, token) for value, token in values if value is not None]
        places = on_axis(np.array([value for value, _ in known]), self._axis.logarithmic)
        tokens = (token for _, token in known)
        return Cursor(self._epoch, tuple(zip(places.tolist(), tokens, strict=True)))

    def _on_pointed(self, place: QPointF | None) -> None:
        self.look_at(max(1, round(place.x())) if place else None)

    def _on_walked(self, right: int, _down: int) -> None:
        newest = self._curves.epoch
        if newest:
            self.look_at(min(max(1, (self._epoch or newest) + right), newest))
