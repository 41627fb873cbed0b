"""scikit-learn's MLPClassifier: `fit`, with nothing that would end it early."""

import warnings
from functools import partial
from typing import Any

from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from benchmarks.harness.cases import Case
from benchmarks.harness.contenders import Run, Times, timed


def enter(case: Case) -> Run:
    """Fits a fresh classifier each time."""
    X, y = case.arrays()
    warnings.simplefilter("ignore", ConvergenceWarning)

    def run(epochs: int) -> Times:
        return timed(partial(MLPClassifier(**options(case, epochs)).fit, X, y))

    return run


def options(case: Case, epochs: int) -> dict[str, Any]:
    """The case in scikit-learn's words."""
    return {
        "hidden_layer_sizes": case.widths[1:-1],
        "solver": case.optimizer,
        "batch_size": case.batch,
        "learning_rate_init": 1e-3,
        "alpha": 0,
        "momentum": 0,
        "max_iter": epochs,
        "n_iter_no_change": epochs + 1,
        "tol": 0,
        "random_state": 0,
    }
