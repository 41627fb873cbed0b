"""The score that early stopping watches: what `score` of the estimators gives, at little cost."""

import numpy as np

from engine.data.dataset import Prepared
from engine.network import Network


class Score:
    """Accuracy or R² on the validation rows, weighted like them."""

    def __init__(self, prepared: Prepared) -> None:
        rows = prepared.rows.validation
        self.X, self.truth = prepared.X[rows], prepared.y[rows]
        self.target = prepared.preprocessing.target
        self.weights = np.ones(len(rows)) if prepared.weights is None else prepared.weights[rows]

    def of(self, network: Network) -> float:
        """The score of the network as it stands; NaN where its outputs are not finite."""
        outputs = network.predict(self.X)
        if not np.isfinite(outputs).all():
            return float("nan")
        if self.target.classes:
            found = self.target.probabilities(outputs).argmax(axis=1)
            return float(np.average(found == self.truth, weights=self.weights))
        if self.target.labels:
            right = (self.target.decode(outputs) == self.truth).all(axis=1)
            return float(np.average(right, weights=self.weights))
        return r2(self.truth, outputs, self.weights)


def r2(truth: np.ndarray, outputs: np.ndarray, weights: np.ndarray) -> float:
    """The mean over the targets of 1 - Σw(t-a)² / Σw(t-t̄)², as scikit-learn's `r2_score`.

    Of a target that is constant: 1 if all is right, else 0.
    """
    mean = np.average(truth, axis=0, weights=weights)
    total = weights @ np.square(truth - mean)
    left = weights @ np.square(truth - outputs.astype(np.float64))
    known = total > 0
    each = np.where(known, 1 - left / np.where(known, total, 1), left == 0)
    return float(each.mean())
