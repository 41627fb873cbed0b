"""Rows in the order of a probability: what every threshold comes to, as counts, curves, areas."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

MOST_POINTS = 1_000  # of a curve that is drawn


@dataclass(frozen=True)
class Counts:
    """Rows found and missed at one threshold."""

    tp: int
    fp: int
    fn: int
    tn: int

    @property
    def rows(self) -> int:
        """All of them."""
        return self.tp + self.fp + self.fn + self.tn

    @property
    def precision(self) -> float:
        """Of the rows taken for positives, the share that is; 0 where none was taken."""
        return self.tp / max(1, self.tp + self.fp)

    @property
    def recall(self) -> float:
        """Of the positives, the share that was found."""
        return self.tp / max(1, self.tp + self.fn)

    @property
    def fall_out(self) -> float:
        """Of the negatives, the share that was taken for positives."""
        return self.fp / max(1, self.fp + self.tn)

    @property
    def taken(self) -> float:
        """The share of all rows that was taken for positives."""
        return (self.tp + self.fp) / max(1, self.rows)

    @property
    def lift(self) -> float:
        """How many times as many positives there are among those taken as among all."""
        return self.precision * self.rows / max(1, self.tp + self.fn)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.tp / max(1, 2 * self.tp + self.fp + self.fn)

    @property
    def accuracy(self) -> float:
        """The share of rows that are right."""
        return (self.tp + self.tn) / max(1, self.rows)

    def cost(self, false_positive: float, false_negative: float) -> float:
        """What the mistakes cost together."""
        return self.fp * false_positive + self.fn * false_negative


@dataclass(frozen=True)
class Curve:
    """Points to draw, at most 1,000, and the area that all of them have together."""

    x: np.ndarray
    y: np.ndarray
    area: float


@dataclass(frozen=True)
class Calibration:
    """Rows by their probability: its mean, the share that is positive, and how many, by bin."""

    predicted: np.ndarray
    observed: np.ndarray
    counts: np.ndarray
    error: float


class Ranking:
    """`actual (rows,)` says which rows are positive, `scores (rows,)` how probable that seemed.

    A row is taken for a positive where its score is above the threshold.
    """

    def __init__(self, actual: np.ndarray, scores: np.ndarray) -> None:
        order = np.argsort(scores, kind="stable")
        self.scores = scores[order].astype(np.float64)
        self.actual = actual[order].astype(bool)
        self.positives = int(self.actual.sum())
        self.negatives = len(order) - self.positives
        # At or below place k there are missed[k] positives.
        self._missed = np.concatenate(([0], np.cumsum(self.actual)))

    @property
    def has_both(self) -> bool:
        """Whether there are rows of both kinds, without which no curve is defined."""
        return bool(self.positives and self.negatives)

    def at(self, threshold: float) -> Counts:
        """What is found and missed at a threshold."""
        below = int(np.searchsorted(self.scores, threshold, "right"))
        missed = int(self._missed[below])
        right = below - missed
        return Counts(self.positives - missed, self.negatives - right, missed, right)

    # ── curves ──────────────────────────────────────────────────────────────────────────────

    @cached_property
    def area(self) -> float:
        """The area under the ROC curve: how often a positive row stands before a negative one."""
        if not self.has_both:
            return float("nan")
        fall_out, recall = self._steps[:2]
        return float(np.trapezoid(recall, fall_out))

    @cached_property
    def roc(self) -> Curve:
        """Recall over the share of negatives that are taken for positives."""
        fall_out, recall = self._steps[:2]
        return _drawn(fall_out, recall, self.area)

    @cached_property
    def precision_recall(self) -> Curve:
        """Precision over recall; its area is the average precision, without interpolation."""
        recall, precision = self._steps[1], self._steps[2]
        area = float(np.sum(np.diff(recall) * precision[1:])) if self.positives else float("nan")
        return _drawn(recall, precision, area)

    @cached_property
    def lift(self) -> Curve:
        """How many times as many positives there are among the first rows as among all.

        Over the share of rows taken; the area is the mean lift.
        """
        taken, precision = self._steps[3], self._steps[2]
        share = self.positives / max(1, len(self.scores))
        lift = precision / share if share else np.full_like(precision, np.nan)
        return _drawn(taken, lift, float(np.trapezoid(lift, taken)))

    @cached_property
    def _steps(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Fall-out, recall, precision and share taken, from no row taken to all of them.

        Rows with one score are taken together. With no row taken, precision is that of the next
        step.
        """
        below = np.flatnonzero(np.diff(self.scores, prepend=-np.inf))[::-1]  # where a score begins
        found = self.positives - self._missed[below]
        taken = len(self.scores) - below
        recall = found / max(1, self.positives)
        fall_out = (taken - found) / max(1, self.negatives)
        precision = found / taken
        shares = taken / max(1, len(self.scores))
        start = precision[:1] if len(precision) else np.ones(1)
        return (
            np.concatenate(([0.0], fall_out)),
            np.concatenate(([0.0], recall)),
            np.concatenate((start, precision)),
            np.concatenate(([0.0], shares)),
        )

    # ── thresholds and trust ────────────────────────────────────────────────────────────────

    def cheapest(self, false_positive: float, false_negative: float) -> float:
        """The threshold, in few digits, at which mistakes cost least; of several, nearest to ½."""
        lows, costs = self._costs(false_positive, false_negative)
        highs = np.append(lows[1:], 1.0)
        best = np.flatnonzero((costs <= costs.min() + 1e-9) & (lows < highs))
        nearest = np.clip(0.5, lows[best], highs[best])
        place = best[np.argmin(np.abs(nearest - 0.5))]
        return _short(float(lows[place]), float(highs[place]))

    def costs(self, false_positive: float, false_negative: float) -> Curve:
        """What the mistakes cost, over the threshold; the area is the mean cost."""
        lows, costs = self._costs(false_positive, false_negative)
        x = np.repeat(np.append(lows, 1.0), 2)[1:-1]
        y = np.repeat(costs, 2)
        return _drawn(x, y, float(np.trapezoid(y, x)))

    def _costs(self, false_positive: float, false_negative: float) -> tuple[np.ndarray, np.ndarray]:
        """Where each threshold begins, and the cost from there to the next."""
        lows = np.unique(np.append(self.scores, 0.0))
        below = np.searchsorted(self.scores, lows, "right")
        missed = self._missed[below]
        wrong = self.negatives - (below - missed)
        return lows, wrong * false_positive + missed * false_negative

    def calibration(self, bins: int = 10) -> Calibration:
        """Whether of the rows with a probability of 30 % about 30 % are positive.

        Bins have equal widths, and empty ones are left out; `error` is the mean distance, each
        bin weighed by its rows.
        """
        edges = np.linspace(0.0, 1.0, bins + 1)
        place = np.searchsorted(edges[1:-1], self.scores)
        counts = np.bincount(place, minlength=bins)
        filled = counts > 0
        rows = np.maximum(counts, 1)
        predicted = (np.bincount(place, self.scores, bins) / rows)[filled]
        observed = (np.bincount(place, self.actual, bins) / rows)[filled]
        error = np.average(np.abs(predicted - observed), weights=counts[filled])
        return Calibration(predicted, observed, counts[filled], float(error))


def _drawn(x: np.ndarray, y: np.ndarray, area: float) -> Curve:
    """Of many points, those at equal distances, with the ends."""
    if len(x) > MOST_POINTS:
        kept = np.linspace(0, len(x) - 1, MOST_POINTS).round().astype(np.int64)
        x, y = x[kept], y[kept]
    return Curve(x, y, area)


def _short(low: float, high: float) -> float:
    """The number with the fewest decimals from `low` up to below `high`; ½ where that is one."""
    if low <= 0.5 < high:
        return 0.5
    middle = (low + high) / 2
    for decimals in range(1, 16):
        found = round(middle, decimals)
        if low <= found < high:
            return found
    return low
