"""Figures of predicted numbers, in the target's own units: errors, residuals, their histogram."""

from dataclasses import dataclass

import numpy as np

from engine import metrics

BINS = 30


@dataclass(frozen=True)
class NumberFigures:
    """Of one target. R² is NaN where all values are the same."""

    name: str
    mae: float
    rmse: float
    r2: float
    median: float
    bias: float
    rows: int


def by_target(
    names: tuple[str, ...], actual: np.ndarray, predicted: np.ndarray
) -> tuple[NumberFigures, ...]:
    """The figures of each column of `actual` and `predicted`, `(rows, targets)`."""
    found = zip(names, actual.T, predicted.T, strict=True)
    return tuple(_figures(name, true, said) for name, true, said in found)


def together(actual: np.ndarray, predicted: np.ndarray) -> dict[str, float]:
    """The figures of all targets as one, by name, as `metrics.evaluate` has them."""
    found = {
        "rmse": metrics.rmse(actual, predicted),
        "mae": metrics.mae(actual, predicted),
        "r2": metrics.r2(actual, predicted),
    }
    return {name: value for name, value in found.items() if np.isfinite(value)}


def residuals(actual: np.ndarray, predicted: np.ndarray) -> np.ndarray:
    """Actual less predicted: above 0 where the prediction is too low."""
    return actual - predicted


def histogram(values: np.ndarray, bins: int = BINS) -> tuple[np.ndarray, np.ndarray]:
    """Counts, and the edges of bins of equal widths with 0 at one of them."""
    finite = values[np.isfinite(values)]
    if not len(finite):
        return np.zeros(0, np.int64), np.zeros(1)
    low, high = min(float(finite.min()), 0.0), max(float(finite.max()), 0.0)
    width = (high - low or 1.0) / bins
    first, last = np.floor(low / width), np.ceil(high / width)
    edges = width * np.arange(first, max(last, first + 1) + 1)
    return np.histogram(np.clip(finite, edges[0], edges[-1]), edges)


def target_names(name: str, targets: int) -> tuple[str, ...]:
    """A name for each column of the target."""
    return (name,) if targets == 1 else tuple(f"{name} {n + 1}" for n in range(targets))


def _figures(name: str, actual: np.ndarray, predicted: np.ndarray) -> NumberFigures:
    errors = residuals(actual, predicted)
    return NumberFigures(
        name,
        metrics.mae(actual, predicted),
        metrics.rmse(actual, predicted),
        metrics.r2(actual, predicted),
        float(np.median(np.abs(errors))),
        float(errors.mean()),
        len(errors),
    )
