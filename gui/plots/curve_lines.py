"""Which lines a plot of curves draws: of the run at hand and of others, smoothed over their raw."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.smoothing import Smoothing
from gui.plots.curve_view import Stroke
from gui.plots.series import EMPTY, Curves, Part, Series

STROKES: dict[Part, Stroke] = {
    "batches": Stroke("training", width=1, alpha=0.35),
    "training": Stroke("training"),
    "afresh": Stroke("training", dashes=(2, 4)),
    "validation": Stroke("validation", dashes=(8, 5)),
}
RAW = 0.3  # strength of what lies beneath a smoothed line
OTHERS = ("norm", "merge", "regularise", "activation", "ok", "error")
"""Colours of runs that are compared, in the order in which they were chosen."""

NONE = Curves()


@dataclass(frozen=True, eq=False)
class Other:
    """Another run: its curves, and how long its epochs are beside those of the run at hand."""

    run: str
    name: str
    curves: Curves
    token: str
    stretch: float = 1.0

    def strokes(self) -> Iterator[tuple[Part, Stroke]]:
        """Training thin, validation dashed, both in the run's own colour."""
        yield "training", Stroke(self.token, width=1.2, alpha=0.75)
        yield "validation", Stroke(self.token, dashes=(8, 5))


@dataclass(frozen=True)
class Line:
    """One line of a plot."""

    series: Series
    stroke: Stroke


class CurveLines:
    """The run at hand, unless it is hidden, and the others; `smoothing` is from 0 to below 1."""

    def __init__(self, curves: Curves | None = None) -> None:
        self.curves = curves or Curves()
        self.others: tuple[Other, ...] = ()
        self.shows_own = True
        self.smoothing = 0.0
        self._smoothed: dict[tuple[str, str], _Smoothed] = {}
        self._stretched: dict[tuple[str, str, str], tuple[float, Series]] = {}

    @property
    def looked_at(self) -> Curves:
        """The curves of which something can be said: the run at hand, or the only other one."""
        if self.shows_own:
            return self.curves
        return self.others[0].curves if len(self.others) == 1 else NONE

    def smooth(self, weight: float) -> None:
        """Draws from now on lines smoothed so much."""
        self.smoothing = weight
        self._smoothed.clear()

    def of(self, metric: str) -> dict[str, Line]:
        """The lines of a metric by name, the faintest first. Empty ones are there, too."""
        found: dict[str, Line] = {}
        for place, other in enumerate(self.others):
            for part, stroke in other.strokes():
                self._add(
                    found, metric, f"{place} {part}", self._series(other, metric, part), stroke
                )
        if self.shows_own:
            for part, stroke in STROKES.items():
                self._add(found, metric, part, self.curves.series(metric, part), stroke)
        raw = {name: line for name, line in found.items() if name.startswith("raw ")}
        return raw | found

    def raw(self, metric: str) -> Iterator[tuple[str, Series]]:
        """What the limits of an axis have to hold, by name."""
        if self.shows_own:
            for part in STROKES:
                yield part, self.curves.series(metric, part)
        for place, other in enumerate(self.others):
            for part, _ in other.strokes():
                yield f"{place} {part}", self._series(other, metric, part)

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _add(
        self, found: dict[str, Line], metric: str, name: str, series: Series, stroke: Stroke
    ) -> None:
        if not self.smoothing:
            found[name] = Line(series, stroke)
            return
        faint = Stroke(stroke.token, 1.0, RAW * stroke.alpha)
        found[f"raw {name}"] = Line(series, faint)
        smoothed = self._smoothed.get((metric, name))
        if smoothed is None or smoothed.source is not series:
            smoothed = self._smoothed[metric, name] = _Smoothed(series, self.smoothing)
        strong = Stroke(stroke.token, stroke.width, max(stroke.alpha, 0.7), stroke.dashes)
        found[name] = Line(smoothed.caught_up(), strong)

    def _series(self, other: Other, metric: str, part: Part) -> Series:
        """On the same axis as the run at hand."""
        series = other.curves.series(metric, part)
        if other.stretch == 1.0 or not len(series):
            return series
        key = (other.run, metric, part)
        stretch, made = self._stretched.get(key, (0.0, EMPTY))
        if stretch != other.stretch or len(made) != len(series):
            made = Series()
            made.extend(series.x * other.stretch, series.y)
            self._stretched[key] = (other.stretch, made)
        return made


class _Smoothed:
    """A series that follows another one, smoothed."""

    def __init__(self, source: Series, weight: float) -> None:
        self.source = source
        self._smoothing, self._series = Smoothing(weight), Series()

    def caught_up(self) -> Series:
        """With the points that are new; the same object for as long as the source is the same."""
        done = len(self._series)
        if done < len(self.source):
            fresh = self._smoothing.extend(self.source.y[done:])
            self._series.extend(self.source.x[done:], fresh)
        return self._series
