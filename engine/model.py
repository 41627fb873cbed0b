"""A trained model as other programs use it: rows in as a person has them, labels or values out."""

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from engine import files
from engine.edits import require_whole
from engine.errors import GlassworkError, TrainingError
from engine.judgement.kept import decide
from engine.network import Network
from engine.project import EpochRecord, Project, Trained
from engine.runs import Runs

if TYPE_CHECKING:
    from engine.estimator import NetworkClassifier, NetworkRegressor


def load(path: str | os.PathLike[str]) -> "Model":
    """The model in a file of Glasswork's or Keras's. Raises FileError in one sentence."""
    opened = files.read(Path(path))
    return Model(opened.project, opened.trained, opened.notes, opened.runs)


class Model:
    """A project with what training made of it; nothing in it changes.

    `X` is an array `(rows, columns)` or a pandas table with the columns trained on; rows may
    have missing values where the training rows had a rule for them.
    """

    def __init__(
        self,
        project: Project,
        trained: Trained | None = None,
        notes: tuple[str, ...] = (),
        runs: Runs = (),
    ) -> None:
        self._project, self._trained, self._notes, self._runs = project, trained, notes, runs

    @property
    def project(self) -> Project:
        """The design, the layout and the recipes."""
        return self._project

    @property
    def trained(self) -> Trained | None:
        """What training made, or None where it has not begun."""
        return self._trained

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about what was assumed on opening."""
        return self._notes

    @property
    def history(self) -> tuple[EpochRecord, ...]:
        """The figures of every epoch; empty before training."""
        return self._trained.history if self._trained else ()

    @property
    def runs(self) -> Runs:
        """Every training that was done, the oldest first."""
        return self._runs

    @cached_property
    def classes(self) -> np.ndarray:
        """The classes, or the names of labels, in the order of `predict_proba`; empty for values.

        Numbers and truth values are such where all are.
        """
        target = self._require_trained().preprocessing.target
        return _labels(target.classes or target.labels)

    def prepare(self, X: Any) -> np.ndarray:
        """The prepared rows `(rows, width)` that the network and Keras take.

        They are float32, or float64 where the project says so.
        """
        precision = self._project.training.precision
        return self._require_trained().preprocessing.transform(X, precision)[0]

    def predict(self, X: Any) -> np.ndarray:
        """A class a row, 0 and 1 for each of several labels, or values in the target's own units.

        Of two classes the positive one where its probability is above the threshold that the
        project keeps (`project.judgement`, ½ unless a person chose another).
        Raises TrainingError where layers have begun anew since training, or nothing was trained.
        """
        preprocessing = self._require_trained().preprocessing
        outputs = self._network.predict(self.prepare(X))
        if preprocessing.classes:
            probabilities = preprocessing.probabilities(outputs)
            judgement = self._project.judgement
            return self.classes[decide(probabilities, preprocessing.classes, judgement)]
        return preprocessing.decode(outputs)

    def predict_proba(self, X: Any) -> np.ndarray:
        """`(rows, classes or labels)` probabilities. Raises GlassworkError for regression."""
        preprocessing = self._require_trained().preprocessing
        if preprocessing.target.task == "regression":
            raise GlassworkError(f"{self._project.name} predicts values, which have no classes")
        return preprocessing.probabilities(self._network.predict(self.prepare(X)))

    def save(self, path: str | os.PathLike[str], *, include_data: bool = True) -> None:
        """Writes the model to `path`. Raises FileError; what was there before is then intact."""
        project, trained, runs = self._project, self._trained, self._runs
        files.save(path, project, trained, include_data=include_data, runs=runs)

    def as_estimator(self) -> "NetworkClassifier | NetworkRegressor":
        """A fitted estimator of scikit-learn that predicts the same, by the same threshold.

        Fitting it, or a clone of it, anew prepares columns and trains as the project says, and
        then predicts the more probable class: a threshold belongs to what it was chosen for.
        """
        from engine.estimator.opened import estimator_of

        return estimator_of(self)

    @cached_property
    def _network(self) -> Network:
        trained = self._require_trained()
        require_whole(trained, self._project)
        precision = self._project.training.precision
        width, weights = trained.facts.width, trained.weights
        return Network(
            self._project.design, width, seed=trained.seed, dtype=precision, weights=weights
        )

    def _require_trained(self) -> Trained:
        if self._trained is None:
            raise TrainingError(f"{self._project.name} has not been trained yet")
        return self._trained


def _labels(classes: tuple[str, ...]) -> np.ndarray:
    """Class names as whole numbers, numbers or truth values where all are, else as text."""
    if set(classes) == {"False", "True"}:
        return np.array([each == "True" for each in classes])
    for kind, dtype in ((int, np.int64), (float, np.float64)):
        try:
            if all(str(kind(each)) == each for each in classes):
                return np.array([kind(each) for each in classes], dtype)
        except ValueError:
            continue
    return np.array(classes, dtype=object)
