"""scikit-learn's own checks of an estimator, all of them, for several sets of parameters."""

from collections.abc import Callable
from typing import Any

import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

from engine import NetworkClassifier, NetworkRegressor

SMALL: dict[str, Any] = {"hidden_layer_sizes": (8,), "max_iter": 40}

pytestmark = [
    # Forty epochs are not enough, and nothing here asks for more.
    pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning"),
    # Checks of array API libraries that are not installed.
    pytest.mark.filterwarnings("ignore::sklearn.exceptions.SkipTestWarning"),
]


@parametrize_with_checks(
    [
        NetworkClassifier(),
        NetworkClassifier(**SMALL, solver="lbfgs", activation="tanh"),
        NetworkClassifier(**SMALL, solver="sgd", learning_rate="adaptive", learning_rate_init=0.05),
        NetworkClassifier(
            **SMALL,
            solver="rmsprop",
            learning_rate_init=0.01,
            activation="gelu",
            class_weight="balanced",
        ),
        NetworkRegressor(),
        NetworkRegressor(**SMALL, solver="lbfgs", activation="logistic"),
        NetworkRegressor(
            **SMALL, solver="sgd", learning_rate_init=0.1, activation="silu", loss="huber"
        ),
    ]
)
def test_scikit_learn_is_content(estimator: Any, check: Callable[[Any], None]) -> None:
    check(estimator)
