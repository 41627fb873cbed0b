"""The values of curves at one epoch: for the legend, for the cursor, and the best epoch."""

from collections.abc import Iterator

import numpy as np

from gui.figures import count_behind, figure
from gui.plots.axes import on_axis
from gui.plots.curve_lines import CurveLines
from gui.plots.curve_view import Cursor
from gui.plots.legend import Entry
from gui.plots.series import EXTRAS, Part, Series
from gui.words import mark, tr

PARTS: tuple[tuple[Part, str, bool], ...] = (
    ("training", "training", False),
    ("afresh", "training", True),
    ("validation", "validation", True),
)
LONG = {
    "training": mark("training"),
    "afresh": mark("training, afresh"),
    "validation": mark("validation"),
}
SHORT = {"training": mark("train"), "afresh": mark("afresh"), "validation": mark("val")}


class CurveValues:
    """Of one metric, at `epoch` or, where that is None, at the newest."""

    def __init__(self, lines: CurveLines, metric: str, epoch: int | None = None) -> None:
        self._lines, self._metric, self._epoch = lines, metric, epoch

    @property
    def are_there(self) -> bool:
        """Whether any curve has a value at that epoch."""
        return any(self._in(series) is not None for _, series in self._lines.raw(self._metric))

    def entries(self, validation_rows: int) -> tuple[Entry, ...]:
        """What the legend says, the run at hand first."""
        return (*self._own(validation_rows), *self._others())

    def cursor(self, logarithmic: bool) -> Cursor | None:
        """The epoch looked at, with a dot on each curve of the run at hand."""
        if self._epoch is None:
            return None
        own = PARTS if self._lines.shows_own else ()
        values = [(self._value(part), token) for part, token, _ in own]
        known = [(value, token) for value, token in values if value is not None]
        places = on_axis(np.array([value for value, _ in known]), logarithmic)
        tokens = (token for _, token in known)
        return Cursor(self._epoch, tuple(zip(places.tolist(), tokens, strict=True)))

    def best(self, logarithmic: bool) -> Cursor | None:
        """The epoch of the lowest loss, as one dot on the curve that it was found on."""
        best, lines = self._lines.curves.best, self._lines
        if best is None or self._metric in EXTRAS or not lines.shows_own:
            return None
        part = self._best_part
        value = lines.curves.series(self._metric, part).at(best[0])
        if value is None:
            return None
        (place,) = on_axis(np.array([value]), logarithmic).tolist()
        return Cursor(best[0], ((place, part),)) if np.isfinite(place) else None

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    @property
    def _best_part(self) -> Part:
        """On validation where rows are held back: its colour has the same name."""
        return "validation" if len(self._series("validation")) else "training"

    def _series(self, part: Part) -> Series:
        return self._lines.curves.series(self._metric, part)

    def _value(self, part: Part) -> float | None:
        return self._in(self._series(part))

    def _in(self, series: Series) -> float | None:
        if self._epoch is not None:
            at = series.near if self._metric == "gradient_norm" else series.at
            return at(self._epoch)
        return float(series.y[-1]) if len(series) else None

    def _own(self, validation_rows: int) -> Iterator[Entry]:
        if not self._lines.shows_own:
            return
        best = self._lines.curves.best
        if best and self._metric not in EXTRAS:  # the first, since where room lacks it is left out
            yield Entry(tr("best epoch"), tr("best"), f"{best[0]:,}", self._best_part)
        for part, token, dashed in PARTS:
            value = self._value(part)
            if value is None:
                continue
            text = figure(self._metric, value)
            # While rows are trained on the weights move: a count would be of no one network.
            rows = validation_rows if part == "validation" else 0
            detail = count_behind(self._metric, value, rows)
            names = ("", "") if self._metric in EXTRAS else (tr(LONG[part]), tr(SHORT[part]))
            yield Entry(*names, text, token, dashed, detail)

    def _others(self) -> Iterator[Entry]:
        """Of each other run its value on validation, else on the training rows."""
        found = dict(self._lines.raw(self._metric))
        for place, other in enumerate(self._lines.others):
            dashed = bool(len(found[f"{place} validation"]))
            series = found[f"{place} validation" if dashed else f"{place} training"]
            value = self._in(series)
            text = "–" if value is None else figure(self._metric, value)
            yield Entry(other.name, other.name, text, other.token, dashed)
