"""The regressor: one or several numbers a row."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from sklearn.base import RegressorMixin
from sklearn.utils import Tags, column_or_1d
from sklearn.utils.metaestimators import available_if

from engine.errors import DataError
from engine.estimator.base import BaseNetwork, steps_by_batches
from engine.estimator.goal import Goal, of_numbers
from engine.estimator.settings import RegressorSettings, Settings
from engine.project import Trained


@dataclass(eq=False, repr=False)
class NetworkRegressor(RegressorMixin, BaseNetwork, RegressorSettings):
    """A neural network that predicts numbers, with the parameters of scikit-learn's MLPRegressor.

    `y` holds numbers, `(rows,)` or `(rows, targets)`. The network computes in the type of `X`,
    float32 or float64. Beyond MLPRegressor: `design` takes any graph of layers, `data` prepares the
    columns of tables and scales the target, and `loss`, `precision`, `training` and further names
    of activations and solvers are the engine's.
    """

    _kind: ClassVar[type[Settings]] = RegressorSettings
    _numeric: ClassVar[bool] = True

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Trains anew, or goes on where `warm_start` says so."""
        return self._fit(X, y, sample_weight)

    @available_if(steps_by_batches)
    def partial_fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Trains one epoch more on these rows."""
        return self._fit(X, y, sample_weight, incremental=True)

    def predict(self, X: Any) -> np.ndarray:
        """Values in the target's own units, `(rows,)` or `(rows, targets)`."""
        outputs = self._outputs(X)
        return self._trained.preprocessing.decode(outputs)

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _encoded(
        self, y: np.ndarray, settings: Any, known: Trained | None, classes: Any
    ) -> tuple[Goal, np.ndarray]:
        if y.ndim == 2 and y.shape[1] == 1:
            y = column_or_1d(y, warn=True)
        numbers = y.reshape(len(y), -1)
        if known is not None and numbers.shape[1] != known.facts.targets:
            before = known.facts.targets
            raise DataError(f"y has {numbers.shape[1]} targets, but training began with {before}")
        return of_numbers(numbers.shape[1], settings.loss), numbers

    def _weighed(self, truth: np.ndarray, weights: np.ndarray | None) -> np.ndarray | None:
        return weights
