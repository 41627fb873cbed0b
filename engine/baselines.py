"""Simple models beside the network on the same split: what it has to beat to earn its keep.

They see the training rows as the network does, prepared alike, and are judged on validation rows
by the same figures. The test rows have no part in it.
"""

import time
import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.data.dataset import Prepared
from engine.data.preprocessing import Preprocessing
from engine.data.streaming.store import Progress, untold

MOST_ROWS = 50_000  # that a baseline is trained on
MOST_JUDGED = 100_000
LIGHT = 20_000_000  # numbers times outputs that are fitted in some seconds
ITERATIONS, AT_A_TIME = 100, 10  # trees of gradient boosting
WORTH_THREADS = 5_000_000  # numbers from which trees are grown by several threads
STEPS = 500  # of a logistic regression at most


@dataclass(frozen=True)
class Baseline:
    """A trained baseline: what it gives for the judged rows, in the network's terms."""

    name: str
    outputs: np.ndarray
    seconds: float


@dataclass(frozen=True)
class Baselines:
    """All of them, the rows `judged`, and how many of the training rows they were trained on."""

    models: tuple[Baseline, ...]
    judged: np.ndarray
    trained_on: int
    training_rows: int


def is_light(prepared: Prepared) -> bool:
    """Whether training them is a matter of seconds, which nobody need be asked about."""
    rows = min(len(prepared.rows.train), MOST_ROWS)
    facts = prepared.facts
    return rows * facts.width * max(1, len(facts.classes), facts.targets) <= LIGHT


def judged_rows(prepared: Prepared) -> np.ndarray:
    """The validation rows; of very many, every second, third, … one."""
    rows = prepared.rows.validation
    return rows[:: max(1, -(-len(rows) // MOST_JUDGED))]


def train(prepared: Prepared, seed: int = 0, progress: Progress = untold) -> Baselines:
    """Trains the baselines of the task. `progress` may raise, which ends it."""
    rows = _sample(prepared.rows.train, seed)
    X, y = np.asarray(prepared.X[rows]), prepared.y[rows]
    judged = judged_rows(prepared)
    held = np.asarray(prepared.X[judged])
    recipes = _recipes(prepared, seed)
    found: list[Baseline] = []
    for place, (name, fit) in enumerate(recipes.items()):

        def tell(share: float, name: str = name, place: int = place) -> None:
            progress((place + share) / len(recipes), name)

        tell(0.0)
        began = time.perf_counter()
        with warnings.catch_warnings(), _quiet(X):
            warnings.simplefilter("ignore")  # a baseline that stops early is one all the same
            outputs = fit(X, y, held, tell)
        found.append(Baseline(name, outputs, time.perf_counter() - began))
    return Baselines(tuple(found), judged, len(rows), len(prepared.rows.train))


def _quiet(X: np.ndarray) -> AbstractContextManager[object]:
    """One thread for trees of few rows: several would wait for each other more than they work."""
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1, user_api="openmp") if X.size < WORTH_THREADS else nullcontext()


# ── the models ──────────────────────────────────────────────────────────────────────────────────

Tell = Callable[[float], None]
Fit = Callable[[np.ndarray, np.ndarray, np.ndarray, Tell], np.ndarray]


def _recipes(prepared: Prepared, seed: int) -> dict[str, Fit]:
    task, preprocessing = prepared.facts.task, prepared.preprocessing
    if task == "regression":
        return {
            "mean": lambda _X, y, held, _tell: np.tile(y.mean(axis=0), (len(held), 1)),
            "linear regression": _linear,
            "gradient boosting": _each_column(_boosted_values(seed)),
        }
    if task == "multilabel":
        return {
            "most frequent": lambda _X, y, held, _tell: np.tile(y.mean(axis=0), (len(held), 1)),
            "logistic regression": _each_column(_binary(_logistic)),
            "gradient boosting": _each_column(_binary(_boosted_classes(seed))),
        }
    return {
        "most frequent": _frequent(preprocessing),
        "logistic regression": _of_classes(_logistic, preprocessing),
        "gradient boosting": _of_classes(_boosted_classes(seed), preprocessing),
    }


def _frequent(preprocessing: Preprocessing) -> Fit:
    """The share of every class among the training rows, whatever the row."""

    def fit(_X: np.ndarray, y: np.ndarray, held: np.ndarray, _tell: Tell) -> np.ndarray:
        shares = np.bincount(y, minlength=len(preprocessing.classes)) / len(y)
        return np.tile(shares, (len(held), 1))

    return fit


def _linear(X: np.ndarray, y: np.ndarray, held: np.ndarray, _tell: Tell) -> np.ndarray:
    from sklearn.linear_model import LinearRegression

    return LinearRegression().fit(X, y).predict(held).reshape(len(held), -1)


def _logistic(X: np.ndarray, y: np.ndarray, _tell: Tell) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(max_iter=STEPS).fit(X, y)


def _boosted_classes(seed: int) -> Callable[[np.ndarray, np.ndarray, Tell], Any]:
    def fit(X: np.ndarray, y: np.ndarray, tell: Tell) -> Any:
        from sklearn.ensemble import HistGradientBoostingClassifier

        return _boosted(HistGradientBoostingClassifier(random_state=seed), X, y, tell)

    return fit


def _boosted_values(seed: int) -> Fit:
    def fit(X: np.ndarray, y: np.ndarray, held: np.ndarray, tell: Tell) -> np.ndarray:
        from sklearn.ensemble import HistGradientBoostingRegressor

        model = _boosted(HistGradientBoostingRegressor(random_state=seed), X, y, tell)
        return model.predict(held)

    return fit


def _boosted(model: Any, X: np.ndarray, y: np.ndarray, tell: Tell) -> Any:
    """The same as fitted at once, a few trees at a time, so that it can be told of and ended."""
    model.set_params(warm_start=True)
    for trees in range(AT_A_TIME, ITERATIONS + 1, AT_A_TIME):
        tell((trees - AT_A_TIME) / ITERATIONS)
        model.set_params(max_iter=trees).fit(X, y)
        if model.n_iter_ < trees:
            break  # it has stopped by itself
    return model


# ── from models of scikit-learn to outputs of a network ─────────────────────────────────────────


def _of_classes(fit: Callable[..., Any], preprocessing: Preprocessing) -> Fit:
    """Probabilities of all classes, also of those that the training rows do not have."""

    def outputs(X: np.ndarray, y: np.ndarray, held: np.ndarray, tell: Tell) -> np.ndarray:
        found = np.zeros((len(held), len(preprocessing.classes)))
        present = np.unique(y)
        if len(present) == 1:
            found[:, present] = 1.0
            return found
        model = fit(X, y, tell)
        found[:, model.classes_] = model.predict_proba(held)
        return found

    return outputs


def _binary(fit: Callable[..., Any]) -> Fit:
    """The probability of one label."""

    def outputs(X: np.ndarray, y: np.ndarray, held: np.ndarray, tell: Tell) -> np.ndarray:
        has = y > 0.5
        if has.all() or not has.any():
            return np.full(len(held), float(has[0]))
        return fit(X, has, tell).predict_proba(held)[:, 1]

    return outputs


def _each_column(fit: Fit) -> Fit:
    """A model for each of several targets."""

    def outputs(X: np.ndarray, y: np.ndarray, held: np.ndarray, tell: Tell) -> np.ndarray:
        count = y.shape[1]
        columns = [
            fit(X, y[:, place], held, lambda share, place=place: tell((place + share) / count))
            for place in range(count)
        ]
        return np.stack(columns, axis=1)

    return outputs


def _sample(rows: np.ndarray, seed: int) -> np.ndarray:
    if len(rows) <= MOST_ROWS:
        return rows
    chosen = np.random.default_rng(seed).choice(len(rows), MOST_ROWS, replace=False)
    return rows[np.sort(chosen)]
