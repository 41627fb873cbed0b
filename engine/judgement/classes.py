"""Figures of classes and labels: one by one, averaged, and of all together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine import metrics
from engine.data.dataset import DataFacts
from engine.judgement.ranking import Ranking
from engine.metrics import LEAST, majority_share

TOPS = (2, 3, 5)
UNEVEN = 1.25  # times its even share that the largest class has where accuracy says too little


@dataclass(frozen=True)
class ClassFigures:
    """Of one class or label, or an average of several; `area` is that of ROC against the rest.

    Precision is 0 where nothing was predicted, recall where nothing is true; an area is NaN where
    it is not defined.
    """

    name: str
    precision: float
    recall: float
    f1: float
    support: int
    area: float


@dataclass(frozen=True)
class Hits:
    """By class or label: rows rightly found, wrongly found, and missed."""

    right: np.ndarray
    wrong: np.ndarray
    missed: np.ndarray

    @classmethod
    def of_matrix(cls, matrix: np.ndarray) -> "Hits":
        """From a confusion matrix, rows being the actual class."""
        right = matrix.diagonal()
        return cls(right, matrix.sum(axis=0) - right, matrix.sum(axis=1) - right)

    @classmethod
    def of_labels(cls, actual: np.ndarray, found: np.ndarray) -> "Hits":
        """From truth values `(rows, labels)`."""
        return cls(
            *(each.sum(axis=0) for each in (actual & found, found & ~actual, actual & ~found))
        )

    @property
    def support(self) -> np.ndarray:
        """How many rows each has."""
        return self.right + self.missed


def by_class(names: Sequence[str], hits: Hits, areas: np.ndarray) -> tuple[ClassFigures, ...]:
    """The figures of each class or label."""
    precision = _share(hits.right, hits.right + hits.wrong)
    recall = _share(hits.right, hits.support)
    f1 = _share(2 * hits.right, 2 * hits.right + hits.wrong + hits.missed)
    columns = zip(names, precision, recall, f1, hits.support, areas, strict=True)
    return tuple(
        ClassFigures(name, float(p), float(r), float(f), int(support), float(area))
        for name, p, r, f, support, area in columns
    )


def averages(rows: Sequence[ClassFigures], hits: Hits) -> tuple[ClassFigures, ...]:
    """Macro (each class alike), weighted (by its rows) and micro (each decision alike).

    Classes that neither occur nor were predicted are left out, as scikit-learn does.
    """
    seen = (hits.right + hits.wrong + hits.missed) > 0
    table = np.array([(r.precision, r.recall, r.f1, r.area) for r in rows])[seen]
    support = hits.support[seen]
    total = int(support.sum())
    right, wrong, missed = (int(each.sum()) for each in (hits.right, hits.wrong, hits.missed))
    micro = (
        _ratio(right, right + wrong),
        _ratio(right, right + missed),
        _ratio(2 * right, 2 * right + wrong + missed),
    )
    return (
        _average("macro", table, np.ones(len(table)), total),
        _average("weighted", table, support, total),
        ClassFigures("micro", *micro, total, float("nan")),
    )


def matrix_figures(matrix: np.ndarray) -> dict[str, float]:
    """Of a confusion matrix: accuracy, what it must be held against, and Matthews' coefficient.

    Matthews (1975), for several classes as Gorodkin (2004) has it; 0 where it is not defined.
    """
    actual, predicted = (matrix.sum(axis=axis).astype(float) for axis in (1, 0))
    rows, right = float(actual.sum()), float(matrix.trace())
    above = right * rows - float(actual @ predicted)
    below = (rows**2 - float(predicted @ predicted)) * (rows**2 - float(actual @ actual))
    return metrics.matrix_figures(matrix) | {"matthews": above / below**0.5 if below > 0 else 0.0}


def probability_figures(truth: np.ndarray, probabilities: np.ndarray) -> dict[str, float]:
    """Of probabilities `(rows, classes)` alone, whatever threshold decides.

    Log loss, Brier's score (of two classes that of one, of more the sum over them), and how often
    the true class is among the first 2, 3 and 5, where there are more classes than that.
    """
    p = probabilities.astype(np.float64)
    classes, places = p.shape[1], np.arange(len(p))
    own = p[places, truth]
    errors = np.square(p).sum(axis=1) - 2 * own + 1
    # Of equal probabilities the last class comes first, as in scikit-learn.
    ahead = (p > own[:, None]) | ((p == own[:, None]) & (np.arange(classes) > truth[:, None]))
    rank = ahead.sum(axis=1)
    found = {
        "log_loss": float(-np.log(np.maximum(own, LEAST)).mean()),
        "brier": float(errors.mean()) / (2 if classes == 2 else 1),
    }
    return found | {f"top_{k}": float(np.mean(rank < k)) for k in TOPS if k < classes}


def label_figures(actual: np.ndarray, probabilities: np.ndarray) -> dict[str, float]:
    """Of labels `(rows, labels)`: rows with all of them right, decisions right, and the losses."""
    p = probabilities.astype(np.float64)
    right = (p > 0.5) == actual
    own = np.maximum(np.where(actual, p, 1 - p), LEAST)
    return {
        "accuracy": float(right.all(axis=1).mean()),
        "label_accuracy": float(right.mean()),
        "log_loss": float(-np.log(own).mean()),
        "brier": float(np.square(p - actual).mean()),
    }


def areas(actual: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    """The area under ROC of each class against the rest; `actual` is `(rows, classes)`."""
    pairs = zip(actual.T, probabilities.T, strict=True)
    return np.array([Ranking(true, scores).area for true, scores in pairs])


def is_uneven(counts: np.ndarray | Sequence[int]) -> bool:
    """Whether classes are so uneven that accuracy must not be shown alone."""
    return len(counts) > 1 and majority_share(counts) * len(counts) > UNEVEN


def share_to_beat(facts: DataFacts) -> float | None:
    """The share of the largest class where accuracy must not be shown without it."""
    if facts.task != "classification" or not is_uneven(facts.class_counts):
        return None
    return majority_share(facts.class_counts)


def _average(name: str, table: np.ndarray, weights: np.ndarray, support: int) -> ClassFigures:
    """Areas that are not defined are left out of the mean."""
    precision, recall, f1 = (_mean(column, weights) for column in table.T[:3])
    known = np.isfinite(table[:, 3])
    area = _mean(table[known, 3], weights[known])
    return ClassFigures(name, precision, recall, f1, support, area)


def _mean(values: np.ndarray, weights: np.ndarray) -> float:
    return float(np.average(values, weights=weights)) if weights.sum() else float("nan")


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return part / np.maximum(whole, 1)


def _ratio(part: int, whole: int) -> float:
    return part / max(1, whole)
