"""Fitting: from arrays or tables in scikit-learn's terms to a session of the engine, and back."""

import warnings
from abc import abstractmethod
from dataclasses import replace
from typing import Any, ClassVar, Self

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import Tags, check_consistent_length, check_random_state
from sklearn.utils.validation import validate_data

from engine.data.dataset import Table
from engine.data.preprocessing import Preprocessing
from engine.data.sources.array_file import features_of
from engine.errors import TrainingError
from engine.estimator import lbfgs, stochastic
from engine.estimator.building import project_of
from engine.estimator.classes import require_two
from engine.estimator.fitted import FLOATS, FittedNetwork, dense
from engine.estimator.goal import Goal
from engine.estimator.rows import Given, as_they_are, given_of, learned, prepared_of, weights_of
from engine.estimator.settings import Settings, checked
from engine.estimator.watch import Curves
from engine.project import Trained


class BaseNetwork(FittedNetwork, Settings):
    """What the classifier and the regressor share."""

    _kind: ClassVar[type[Settings]]
    _numeric: ClassVar[bool]
    n_features_in_: int

    @abstractmethod
    def _encoded(
        self, y: np.ndarray, settings: Any, known: Trained | None, classes: Any
    ) -> tuple[Goal, np.ndarray]:
        """What is to be predicted, and `y` as class indices or as numbers `(rows, outputs)`."""

    @abstractmethod
    def _weighed(self, truth: np.ndarray, weights: np.ndarray | None) -> np.ndarray | None:
        """The weights of rows with those of their classes; None for all alike."""

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags

    # ── fitting ─────────────────────────────────────────────────────────────────────────────

    def _fit(
        self, X: Any, y: Any, sample_weight: Any, classes: Any = None, *, incremental: bool = False
    ) -> Self:
        settings = checked(self, self._kind)
        if incremental:
            if settings.early_stopping:
                raise TrainingError("early_stopping needs all rows at once: use fit")
            settings = replace(settings, max_iter=1)
        goes_on = (incremental or settings.warm_start) and hasattr(self, "_trained")
        known = self._trained if goes_on else None
        rows, y = self._validated(X, y, settings, known)
        goal, truth = self._encoded(y, settings, known, classes)
        weights = self._weighed(truth, weights_of(sample_weight, len(truth)))
        random = check_random_state(self.random_state)
        seed = settings.random_state
        if not isinstance(seed, int):
            seed = int(random.randint(np.iinfo(np.int32).max))
        given = given_of(rows, truth, weights, goal, settings, random)
        if goal.task == "classification" and not incremental:
            require_two(given.truth)
        self._train(settings, goal, given, seed, known, anew=not incremental)
        return self

    def _train(
        self,
        settings: Settings,
        goal: Goal,
        given: Given,
        seed: int,
        known: Trained | None,
        *,
        anew: bool,
    ) -> None:
        """Trains, and keeps what came of it; `known` is what it goes on from."""
        dtype = self._precision(settings, given, known)
        fitted = known.preprocessing if known else self._preparation(settings, goal, given)
        project = project_of(
            settings, goal, given, name=type(self).__name__, seed=seed, precision=dtype
        )
        curves = Curves()
        if known is not None:
            curves = self._curves.going_on(anew=anew)
            project, known = stochastic.going_on(project, known, anew=anew)
        kind = lbfgs.Fit if settings.solver == "lbfgs" else stochastic.Fit
        prepared = prepared_of(given, goal, fitted, dtype)
        fit = kind(settings, goal, project, prepared, known, curves)
        session = fit.run()
        if anew and fit.shortfall:
            said = f"training has not converged {fit.shortfall}: raise max_iter, or scale X"
            warnings.warn(said, ConvergenceWarning, stacklevel=4)
        self._prepares = settings.data is not None
        self._keep(project, session.snapshot(), session.network, curves)

    def _validated(
        self, X: Any, y: Any, settings: Settings, known: Trained | None
    ) -> tuple[Any, Any]:
        """X as floats, or as a table where its columns are yet to be prepared; y as an array."""
        kinds: dict[str, Any] = {"multi_output": True, "y_numeric": self._numeric}
        if settings.data is None:
            floats: dict[str, Any] = {"dtype": FLOATS, "accept_sparse": "csr"}
            rows, y = validate_data(self, X, y, reset=known is None, **floats, **kinds)
            return dense(rows), dense(y)
        y = validate_data(self, y=y, **kinds)
        check_consistent_length(X, y)
        if known is not None:
            return known.preprocessing.table_of(X), dense(y)
        validate_data(self, X, skip_check_array=True)
        return features_of(X)[0], dense(y)

    def _precision(self, settings: Settings, given: Given, known: Trained | None) -> str:
        """The type that the network computes in: that of X, unless another is asked for."""
        if known is not None:
            return self._project.training.precision
        if settings.precision != "auto":
            return settings.precision
        return "float32" if isinstance(given.X, Table) else str(given.X.dtype)

    def _preparation(self, settings: Settings, goal: Goal, given: Given) -> Preprocessing:
        if settings.data is not None:
            return learned(given, goal, settings.data)
        unnamed = (f"x{place}" for place in range(self.n_features_in_))
        return as_they_are(tuple(getattr(self, "feature_names_in_", unnamed)), goal.target)


def steps_by_batches(estimator: BaseNetwork) -> bool:
    """Raises AttributeError where the solver knows no single epoch over a few rows."""
    if estimator.solver == "lbfgs":
        raise AttributeError("partial_fit needs a solver that goes by batches, not 'lbfgs'")
    return True
