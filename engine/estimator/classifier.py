"""The classifier: one class of several, or any of several labels."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from sklearn.base import ClassifierMixin
from sklearn.utils import Tags, column_or_1d
from sklearn.utils.class_weight import compute_sample_weight
from sklearn.utils.metaestimators import available_if
from sklearn.utils.multiclass import check_classification_targets

from engine.errors import DataError
from engine.estimator.base import BaseNetwork, steps_by_batches
from engine.estimator.classes import (
    are_labels,
    classes_in,
    codes_of,
    label_names,
    names_of,
    require_same,
    weighed_by_class,
)
from engine.estimator.goal import Goal, of_classes, of_labels
from engine.estimator.settings import ClassifierSettings, Settings
from engine.judgement.kept import decide
from engine.project import Trained


@dataclass(eq=False, repr=False)
class NetworkClassifier(ClassifierMixin, BaseNetwork, ClassifierSettings):
    """A neural network that classifies, with the parameters of scikit-learn's MLPClassifier.

    `y` holds classes `(rows,)`, or 0 and 1 `(rows, labels)`. The network computes in the type of
    `X`, float32 or float64. Beyond MLPClassifier: `design` takes any graph of layers, `data`
    prepares the columns of tables, `class_weight` weighs classes, and `precision`, `training` and
    further names of activations and solvers are the engine's.

    >>> NetworkClassifier(hidden_layer_sizes=(32,), random_state=0).fit(X, y).score(X, y)
    """

    _kind: ClassVar[type[Settings]] = ClassifierSettings
    _numeric: ClassVar[bool] = False

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Trains anew, or goes on where `warm_start` says so."""
        return self._fit(X, y, sample_weight)

    @available_if(steps_by_batches)
    def partial_fit(self, X: Any, y: Any, sample_weight: Any = None, classes: Any = None) -> Self:
        """Trains one epoch more on these rows; the first call is told all `classes`."""
        if classes is None and not hasattr(self, "classes_") and np.ndim(y) < 2:
            raise DataError("the first call of partial_fit needs classes, all that there are")
        return self._fit(X, y, sample_weight, classes, incremental=True)

    def predict(self, X: Any) -> np.ndarray:
        """A class a row, or 0 and 1 `(rows, labels)`.

        One opened from a file decides between two classes by the threshold that is kept there.
        """
        outputs = self._outputs(X)
        target = self._trained.preprocessing.target
        if target.labels:
            return target.decode(outputs)
        judgement = self._project.judgement
        return self.classes_[decide(target.probabilities(outputs), target.classes, judgement)]

    def predict_proba(self, X: Any) -> np.ndarray:
        """Probabilities `(rows, classes or labels)`, in the order of `classes_`."""
        outputs = self._outputs(X)
        return self._trained.preprocessing.probabilities(outputs)

    def predict_log_proba(self, X: Any) -> np.ndarray:
        """Natural logarithms of `predict_proba`."""
        with np.errstate(divide="ignore"):
            return np.log(self.predict_proba(X))

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_label = True
        return tags

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _encoded(
        self, y: np.ndarray, settings: Settings, known: Trained | None, classes: Any
    ) -> tuple[Goal, np.ndarray]:
        check_classification_targets(y)
        loss = settings.training.loss if settings.training else None
        if are_labels(y):
            self.classes_ = np.arange(y.shape[1])
            return of_labels(label_names(y.shape[1], known), loss), y.astype(np.int64)
        y = column_or_1d(y, warn=True)
        if known is None:
            self.classes_ = classes_in(y, classes)
        elif known.preprocessing.target.labels:
            raise DataError("y holds classes, but training began with several labels a row")
        require_same(classes, self.classes_)
        return of_classes(names_of(self.classes_), loss), codes_of(y, self.classes_)

    def _weighed(self, truth: np.ndarray, weights: np.ndarray | None) -> np.ndarray | None:
        if self.class_weight is None:
            return weights
        if truth.ndim == 2:
            of_labels = compute_sample_weight(self.class_weight, truth)
            return of_labels if weights is None else weights * of_labels
        return weighed_by_class(truth, self.classes_, self.class_weight, weights)
