"""What a fit leaves: attributes named as scikit-learn's, outputs for new rows, a file."""

import os
import re
from typing import Any, Self

import numpy as np
from scipy.sparse import issparse
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted, validate_data

from engine.errors import FileError
from engine.estimator.watch import Curves
from engine.model import Model, load
from engine.network import Network
from engine.project import Project, Trained

FLOATS = (np.float64, np.float32)
# scikit-learn's names for what the last op does.
OUT_ACTIVATIONS = {"Sigmoid": "logistic", "Gemm": "identity"}


class FittedNetwork(BaseEstimator):
    """The part of an estimator that knows what was trained.

    `_prepares` says whether rows are prepared as the project says, or taken as they are.
    """

    _prepares: bool
    _project: Project
    _trained: Trained
    _network: Network
    _curves: Curves

    def _keep(self, project: Project, trained: Trained, network: Network, curves: Curves) -> None:
        """Becomes fitted."""
        self._project, self._trained, self._network = project, trained, network
        self._curves = curves
        self.n_iter_, self.t_ = curves.epochs, curves.rows_seen
        self.loss_, self.loss_curve_, self.best_loss_ = curves.loss, curves.losses, curves.best_loss
        self.validation_scores_ = curves.scores
        self.best_validation_score_ = curves.best_score
        self.n_layers_ = len(self.coefs_) + 1
        self.n_outputs_ = network.widths[network.output]
        last = type(network.output_op).__name__
        self.out_activation_ = OUT_ACTIVATIONS.get(last, last.lower())

    def _become(self, project: Project, trained: Trained, network: Network, curves: Curves) -> None:
        """Becomes fitted with a model that was trained elsewhere."""
        self._keep(project, trained, network, curves)
        names = tuple(column.name for column in trained.preprocessing.columns)
        self.n_features_in_ = len(names)
        if not all(re.fullmatch(r"x\d+", name) for name in names):
            self.feature_names_in_ = np.array(names, dtype=object)

    # ── attributes ──────────────────────────────────────────────────────────────────────────

    @property
    def coefs_(self) -> list[np.ndarray]:
        """The weights of every Dense layer, `(inputs, units)`, in the order of the design."""
        weights = self._fitted().weights
        layers = self._project.design.order
        return [weights[each, "kernel"] for each in layers if (each, "kernel") in weights]

    @property
    def intercepts_(self) -> list[np.ndarray]:
        """The biases of every Dense layer, `(units,)`; zeros where one has none."""
        weights = self._fitted().weights
        kernels = {key[0]: array for key, array in weights.items() if key[1] == "kernel"}
        return [
            weights.get((each, "bias"), np.zeros(kernels[each].shape[1], kernels[each].dtype))
            for each in self._project.design.order
            if each in kernels
        ]

    @property
    def model_(self) -> Model:
        """The same as `engine.load` gives: prepare, predict, history, project."""
        trained = self._fitted()
        return Model(self._project, trained)

    def _fitted(self) -> Trained:
        """What was trained. Raises NotFittedError, which is an AttributeError too."""
        check_is_fitted(self)
        return self._trained

    # ── outputs ─────────────────────────────────────────────────────────────────────────────

    def _outputs(self, X: Any) -> np.ndarray:
        """What the network gives for rows as they were given to `fit`."""
        self._fitted()
        if self._prepares:
            return self._network.predict(self.model_.prepare(X))
        floats: dict[str, Any] = {"dtype": FLOATS, "accept_sparse": "csr"}
        return self._network.predict(dense(validate_data(self, X, reset=False, **floats)))

    # ── files and copies ────────────────────────────────────────────────────────────────────

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the file that the window, Keras and `engine.load` open. Raises FileError."""
        self.model_.save(path)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """The fitted estimator in such a file. Raises FileError where it is of another kind."""
        found = load(path).as_estimator()
        if not isinstance(found, cls):
            raise FileError(f"{path} holds no {cls.__name__}: load it as {type(found).__name__}")
        return found

    def __getstate__(self) -> dict[str, Any]:
        state: Any = super().__getstate__()
        return {name: value for name, value in state.items() if name != "_network"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        if "_trained" in state:
            self._network = network_of(self._project, self._trained)


def network_of(project: Project, trained: Trained) -> Network:
    """The network of the design with the weights that were trained."""
    precision, width = project.training.precision, trained.facts.width
    return Network(project.design, width, dtype=precision, weights=trained.weights)


def dense(values: Any) -> np.ndarray:
    """An array; rows that were sparse take their full space."""
    return values.toarray() if issparse(values) else np.asarray(values)
