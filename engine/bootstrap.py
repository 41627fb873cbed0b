"""How far figures would vary on other rows of the same kind: bootstrap percentile intervals.

Rows are drawn with replacement as often as there are rows, and each figure is found again on every
such sample (Efron, 1979). A sample is how often each row was drawn, so a figure of all samples is a
few products of matrices.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from engine.data.dataset import DataFacts
from engine.data.preprocessing import Preprocessing
from engine.judgement.kept import Judgement, decide
from engine.metrics import EVEN_ODDS, LEAST, cross_entropies

CONFIDENCE = 0.95
RESAMPLES, FEWEST = 1_000, 200
DRAWS = 20_000_000  # rows drawn in all: of very many rows, fewer samples are taken
BLOCK = 2_000_000  # numbers at a time

Counts = np.ndarray  # (samples, rows): how often each row was drawn
Figure = Callable[[Counts], np.ndarray]


@dataclass(frozen=True)
class Interval:
    """Where a figure lies in 95 % of the samples; NaN where no sample allows it."""

    low: float
    high: float


def intervals(
    y: np.ndarray,
    outputs: np.ndarray,
    facts: DataFacts,
    preprocessing: Preprocessing,
    judgement: Judgement = EVEN_ODDS,
    *,
    seed: int = 0,
) -> dict[str, Interval]:
    """An interval for each figure of `metrics.evaluate`, given the same arguments.

    The same seed draws the same rows. A sample that does not allow a figure (a class is missing for
    the AUC) has no part in it.
    """
    found = distributions(y, outputs, facts, preprocessing, judgement, seed=seed)
    return {name: interval(values) for name, values in found.items()}


def distributions(
    y: np.ndarray,
    outputs: np.ndarray,
    facts: DataFacts,
    preprocessing: Preprocessing,
    judgement: Judgement = EVEN_ODDS,
    *,
    resamples: int | None = None,
    seed: int = 0,
) -> dict[str, np.ndarray]:
    """Each figure on every sample `(samples,)`.

    Of two models judged on the same rows, the differences sample by sample say how far the
    difference of their figures would vary.
    """
    if facts.task == "multilabel":
        figures = _of_labels(y, np.asarray(outputs, np.float64))
    elif facts.task == "classification":
        probabilities = preprocessing.probabilities(outputs).astype(np.float64)
        decided = decide(probabilities, preprocessing.classes, judgement)
        figures = _of_classes(y, probabilities, decided)
    else:
        figures = _of_values(y, np.asarray(outputs, np.float64), preprocessing)
    found: dict[str, list[np.ndarray]] = {name: [] for name in figures}
    for counts in _samples(len(y), resamples or _enough(len(y)), seed):
        for name, figure in figures.items():
            found[name].append(figure(counts))
    return {name: np.concatenate(values) for name, values in found.items()}


def interval(values: np.ndarray, confidence: float = CONFIDENCE) -> Interval:
    """The percentile interval of a figure's values on the samples."""
    known = values[np.isfinite(values)]
    if not len(known):
        return Interval(float("nan"), float("nan"))
    beyond = (1 - confidence) / 2
    low, high = np.quantile(known, (beyond, 1 - beyond))
    return Interval(float(low), float(high))


# ── samples ─────────────────────────────────────────────────────────────────────────────────────


def _enough(rows: int) -> int:
    return max(FEWEST, min(RESAMPLES, DRAWS // max(1, rows)))


def _samples(rows: int, resamples: int, seed: int) -> Iterator[Counts]:
    """Blocks of samples; the draws do not depend on how they are cut into blocks."""
    generator = np.random.default_rng(seed)
    size = max(1, BLOCK // max(1, rows))
    for start in range(0, resamples, size):
        samples = min(size, resamples - start)
        drawn = generator.integers(0, rows, (samples, rows))
        drawn += np.arange(samples)[:, None] * rows
        yield np.bincount(drawn.ravel(), minlength=samples * rows).reshape(samples, rows) * 1.0


def _mean(values: np.ndarray) -> Figure:
    """The mean over the rows drawn."""
    return lambda counts: counts @ values / len(values)


# ── figures of samples ──────────────────────────────────────────────────────────────────────────


def _of_classes(
    actual: np.ndarray, probabilities: np.ndarray, decided: np.ndarray
) -> dict[str, Figure]:
    classes = probabilities.shape[1]
    true, guessed = _indicators(actual, classes), _indicators(decided, classes)
    hits = true.multiply(guessed).tocsr()

    def balanced(counts: Counts) -> np.ndarray:
        return _ratios(counts @ hits, counts @ true)

    def f1(counts: Counts) -> np.ndarray:
        return _ratios(2 * (counts @ hits), counts @ true + counts @ guessed)

    figures: dict[str, Figure] = {
        "accuracy": _mean((actual == decided).astype(np.float64)),
        "balanced_accuracy": balanced,
        "f1_macro": f1,
        "loss": _mean(cross_entropies(actual, probabilities)),
    }
    if len(np.unique(actual)) == classes:
        figures["auc"] = _area(actual, probabilities)
    return figures


def _of_labels(y: np.ndarray, probabilities: np.ndarray) -> dict[str, Figure]:
    true, found = y > 0.5, probabilities > 0.5
    chosen = np.maximum(np.where(true, probabilities, 1 - probabilities), LEAST)
    hits, both = (true & found) * 1.0, true * 1.0 + found
    right = true == found
    return {
        "accuracy": _mean(right.all(axis=1) * 1.0),
        "loss": _mean(-np.log(chosen).mean(axis=1)),
        "label_accuracy": _mean(right.mean(axis=1)),
        "f1_macro": lambda counts: _ratios(2 * (counts @ hits), counts @ both),
    }


def _of_values(
    y: np.ndarray, outputs: np.ndarray, preprocessing: Preprocessing
) -> dict[str, Figure]:
    rows = len(y)
    actual, predicted = (
        preprocessing.decode(each).reshape(rows, -1).astype(np.float64) for each in (y, outputs)
    )
    error = predicted - actual
    squares, size = np.square(error).mean(axis=1), np.abs(error)
    centred = actual - actual.mean(axis=0)  # squares of large numbers would lose their digits

    def r2(counts: Counts) -> np.ndarray:
        sums = np.square(counts @ centred).sum(axis=1) / rows
        spread = counts @ np.square(centred).sum(axis=1) - sums
        with np.errstate(divide="ignore", invalid="ignore"):
            return 1 - counts @ np.square(error).sum(axis=1) / np.where(spread > 0, spread, np.nan)

    return {
        "loss": _mean(np.square(outputs - y).mean(axis=1)),
        "mae": _mean(size.mean(axis=1)),
        "rmse": lambda counts: np.sqrt(counts @ squares / rows),
        "r2": r2,
        "median_absolute_error": lambda counts: _medians(size, counts),
    }


def _indicators(codes: np.ndarray, classes: int):
    """`(rows, classes)`: 1 for the class of each row, held sparsely."""
    from scipy.sparse import csr_array

    places = np.arange(len(codes))
    return csr_array((np.ones(len(codes)), (places, codes)), shape=(len(codes), classes))


def _ratios(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """The mean over the classes of above / below, of those that occur."""
    occurs = below > 0
    shares = np.divide(above, below, out=np.zeros_like(above), where=occurs)
    return shares.sum(axis=1) / np.maximum(occurs.sum(axis=1), 1)


def _area(actual: np.ndarray, probabilities: np.ndarray) -> Figure:
    """ROC AUC of each class against the rest, averaged; of two classes, that of the second."""
    classes = [1] if probabilities.shape[1] == 2 else list(range(probabilities.shape[1]))
    ranked = [_ranking(actual == each, probabilities[:, each]) for each in classes]
    return lambda counts: np.mean([area(counts) for area in ranked], axis=0)


def _ranking(positive: np.ndarray, scores: np.ndarray) -> Figure:
    """The share of pairs that are in the right order, ties as half of one."""
    order = np.argsort(scores, kind="stable")
    ranked, held = positive[order] * 1.0, scores[order]
    starts = np.flatnonzero(np.concatenate(([True], held[1:] != held[:-1])))

    def area(counts: Counts) -> np.ndarray:
        counts = counts[:, order]
        ahead = np.add.reduceat(counts * ranked, starts, axis=1)
        behind = np.add.reduceat(counts * (1 - ranked), starts, axis=1)
        passed = np.cumsum(behind, axis=1) - behind / 2
        pairs = ahead.sum(axis=1) * behind.sum(axis=1)
        return (ahead * passed).sum(axis=1) / np.where(pairs > 0, pairs, np.nan)

    return area


def _medians(values: np.ndarray, counts: Counts) -> np.ndarray:
    """The median of each column's values over the rows drawn, averaged over the columns."""
    rows = len(values)
    found = np.zeros(len(counts))
    for column in values.T:
        order = np.argsort(column, kind="stable")
        passed = np.cumsum(counts[:, order], axis=1)
        for middle in ((rows - 1) // 2, rows // 2):
            found += column[order][(passed > middle).argmax(axis=1)] / 2
    return found / values.shape[1]
