"""How good predictions are: live figures in NumPy, the final judgement with scikit-learn."""

from collections.abc import Sequence

import numpy as np

from engine.data.dataset import DataFacts
from engine.data.preprocessing import Preprocessing
from engine.judgement.kept import Judgement, decide

# Probabilities are kept above the smallest normal float32 before a logarithm.
LEAST = np.finfo(np.float32).tiny
EVEN_ODDS = Judgement()


def confusion_matrix(actual: np.ndarray, predicted: np.ndarray, classes: int) -> np.ndarray:
    """Counts `(classes, classes)`: rows are the actual class, columns the predicted one."""
    pairs = actual * classes + predicted
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)


def mae(actual: np.ndarray, predicted: np.ndarray) -> float:
    """Mean absolute error, in the units of the target."""
    return float(np.mean(np.abs(actual - predicted)))


def rmse(actual: np.ndarray, predicted: np.ndarray) -> float:
    """Root of the mean squared error, in the units of the target."""
    return float(np.sqrt(np.mean(np.square(actual - predicted))))


def r2(actual: np.ndarray, predicted: np.ndarray) -> float:
    """The share of the target's variance that is explained; NaN where the target is constant."""
    total = np.square(actual - actual.mean(axis=0)).sum()
    return float(1 - np.square(actual - predicted).sum() / total) if total else float("nan")


def evaluate(
    y: np.ndarray,
    outputs: np.ndarray,
    facts: DataFacts,
    preprocessing: Preprocessing,
    judgement: Judgement = EVEN_ODDS,
) -> dict[str, float]:
    """The figures of prepared targets `y` against the network's `outputs` (probabilities, values).

    Classification, as `judgement` decides: accuracy, the share of the most frequent class (the
    accuracy of always predicting that), balanced accuracy, macro F1, loss (cross-entropy) and AUC
    (one class against the rest, where all classes occur). Labels: accuracy (all of a row right),
    label accuracy, macro F1, loss (binary cross-entropy). Regression: in the target's own units. A
    figure that the rows do not allow, such as R² of one row, is left out.
    """
    if facts.task == "multilabel":
        return _labels(y, np.asarray(outputs, np.float64))
    if facts.task == "classification":
        probabilities = preprocessing.probabilities(outputs).astype(np.float64)
        found = decide(probabilities, preprocessing.classes, judgement)
        return _classification(y, probabilities, found)
    actual, predicted = preprocessing.decode(y), preprocessing.decode(outputs)
    from sklearn.metrics import median_absolute_error

    found = {
        "loss": float(np.mean(np.square(np.asarray(outputs, np.float64) - y))),
        "mae": mae(actual, predicted),
        "rmse": rmse(actual, predicted),
        "r2": r2(actual, predicted),
        "median_absolute_error": float(median_absolute_error(actual, predicted)),
    }
    return {name: value for name, value in found.items() if np.isfinite(value)}


def _classification(
    actual: np.ndarray, probabilities: np.ndarray, predicted: np.ndarray
) -> dict[str, float]:
    matrix = confusion_matrix(actual, predicted, probabilities.shape[1])
    loss = float(cross_entropies(actual, probabilities).mean())
    found = {**matrix_figures(matrix), "loss": loss}
    if matrix.sum(axis=1).all():
        found["auc"] = _area_under_curve(actual, probabilities)
    return found


def matrix_figures(matrix: np.ndarray) -> dict[str, float]:
    """What follows from a confusion matrix alone."""
    counts = matrix.sum(axis=1)
    occurs = counts > 0
    return {
        "accuracy": float(matrix.trace() / matrix.sum()),
        "majority_share": majority_share(counts),
        "balanced_accuracy": float(np.mean(matrix.diagonal()[occurs] / counts[occurs])),
        "f1_macro": _f1(matrix),
    }


def majority_share(counts: np.ndarray | Sequence[int]) -> float:
    """The accuracy of always predicting the most frequent class."""
    total = int(np.sum(counts))
    return int(np.max(counts)) / total if total else 0.0


def _labels(actual: np.ndarray, probabilities: np.ndarray) -> dict[str, float]:
    """Figures of labels of which a row may have any; F1 is the mean over those that occur."""
    found, true = probabilities > 0.5, actual > 0.5
    both = found.sum(axis=0) + true.sum(axis=0)
    hits = (found & true).sum(axis=0)
    chosen = np.maximum(np.where(true, probabilities, 1 - probabilities), LEAST)
    figures = {
        "accuracy": float(np.mean((found == true).all(axis=1))),
        "loss": float(-np.log(chosen).mean()),
        "label_accuracy": float(np.mean(found == true)),
    }
    if both.any():
        figures["f1_macro"] = float(np.mean(2 * hits[both > 0] / both[both > 0]))
    return figures


def _f1(matrix: np.ndarray) -> float:
    """Mean over the classes that occur or were predicted of 2 TP / (2 TP + FP + FN)."""
    both = matrix.sum(axis=0) + matrix.sum(axis=1)
    return float(np.mean(2 * matrix.diagonal()[both > 0] / both[both > 0]))


def cross_entropies(actual: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    """-ln p of each row's actual class; p is kept above the smallest normal float32."""
    chosen = probabilities[np.arange(len(actual)), actual]
    return -np.log(np.maximum(chosen, LEAST))


def _area_under_curve(actual: np.ndarray, probabilities: np.ndarray) -> float:
    """ROC AUC of each class against the rest, averaged with equal weights."""
    from sklearn.metrics import roc_auc_score

    classes = range(probabilities.shape[1])
    if len(classes) == 2:
        return float(roc_auc_score(actual, probabilities[:, 1]))
    areas = [roc_auc_score(actual == each, probabilities[:, each]) for each in classes]
    return float(np.mean(areas))
