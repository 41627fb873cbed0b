"""How figures are written: names of metrics, numbers in few digits, per cents with their counts."""

import math
from typing import TYPE_CHECKING

from gui.words import mark, tr

if TYPE_CHECKING:
    from engine.data.dataset import DataFacts

NAMES = {
    "loss": mark("Loss"),
    "accuracy": mark("Accuracy"),
    "rmse": "RMSE",
    "mae": "MAE",
    "mse": "MSE",
    "r2": "R²",
    "majority_share": mark("Majority class"),
    "f1_macro": mark("F1, macro"),
    "auc": "AUC",
    "brier": mark("Brier score"),
}
SHARES = frozenset(
    {"accuracy", "balanced_accuracy", "majority_share", "label_accuracy", "top_2", "top_3", "top_5"}
)
FALLING = frozenset(
    {"loss", "rmse", "mae", "mse"}
)  # metrics that are never negative; small is good
READABLE_MS = 250  # figures that change faster cannot be read
OWN_UNITS = frozenset({"rmse", "mae"})


def metric_name(metric: str) -> str:
    """How people know it: "Accuracy" for "accuracy", "Top 5" for "top_5"."""
    return tr(NAMES.get(metric) or metric.replace("_", " ").capitalize())


def number(value: float) -> str:
    """Three digits that count: 0.0612, 1.53, 12,345, 1.2e-07."""
    if not math.isfinite(value):
        return tr("not finite")
    sign, size = "−" if value < 0 else "", abs(value)
    if size >= 1000:
        return f"{sign}{size:,.0f}"
    if size and size < 1e-4:
        return f"{sign}{size:.1e}"
    decimals = 2 - math.floor(math.log10(size)) if size else 0
    return f"{sign}{size:.{max(0, decimals)}f}"


def data_value(value: float) -> str:
    """A number out of a table in six digits: 1978, 0.25, 66691.7, and whole if larger: 627,547."""
    whole = 1e5 <= abs(value) < 1e15
    return f"{value:,.0f}" if whole else f"{value:.6g}"


def figure(metric: str, value: float) -> str:
    """A metric's value for reading: accuracies and other shares in per cent."""
    return percent(value) if metric in SHARES else number(value)


def count_behind(metric: str, value: float, rows: int) -> str:
    """The count that an accuracy stands for, "(176 of 180)"; "" for other metrics."""
    if metric != "accuracy" or not rows:
        return ""
    return tr("({right:,} of {rows:,})", right=round(value * rows), rows=rows)


def beside_accuracy(facts: "DataFacts | None") -> str:
    """What an accuracy must be held against where classes are uneven: "majority 94.0 %"."""
    from engine.judgement.classes import share_to_beat  # the window is shown before

    share = share_to_beat(facts) if facts else None
    return "" if share is None else tr("majority {share}", share=percent(share))


def percent(share: float) -> str:
    """97.8 %, and 100 % only where nothing is missing."""
    shown = f"{100 * share:.1f}"
    if shown == "100.0":
        return "100 %" if share >= 1 else "99.9 %"
    return f"{shown} %"


def duration(seconds: float) -> str:
    """0:04, 12:30, 1:05:00."""
    minutes, rest = divmod(math.ceil(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def short_count(value: float) -> str:
    """950, 52k, 168k, 1.2M."""
    if value < 1000:
        return f"{value:.0f}"
    if value < 999_500:
        return f"{value / 1000:.0f}k" if value >= 9_950 else f"{value / 1000:.1f}k"
    return f"{value / 1e6:.1f}M"
