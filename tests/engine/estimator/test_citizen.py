"""Estimators in pipelines, searches, other processes and a cluster, as scikit-learn uses them."""

import pickle
from typing import Any

import joblib
import numpy as np
import pandas as pd
import pytest
import sklearn
from sklearn.base import clone
from sklearn.datasets import load_breast_cancer, load_iris
from sklearn.experimental import enable_halving_search_cv  # noqa: F401 - makes it importable
from sklearn.model_selection import (
    GridSearchCV,
    HalvingGridSearchCV,
    cross_val_score,
    cross_validate,
)
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from engine import Design, NetworkClassifier, NetworkRegressor, layers

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")

QUICK: dict[str, Any] = {
    "hidden_layer_sizes": (8,),
    "max_iter": 20,
    "learning_rate_init": 0.02,
    "random_state": 0,
}


@pytest.fixture(scope="module")
def iris() -> tuple[np.ndarray, np.ndarray]:
    return load_iris(return_X_y=True)


@pytest.fixture
def pipeline() -> Any:
    return make_pipeline(StandardScaler(), NetworkClassifier(**QUICK))


def test_a_pipeline_gives_names_of_columns() -> None:
    X, y = load_breast_cancer(return_X_y=True, as_frame=True)
    pipeline = make_pipeline(StandardScaler(), NetworkClassifier(**QUICK))
    pipeline.set_output(transform="pandas").fit(X, y)
    network = pipeline[-1]
    assert network.feature_names_in_.tolist() == X.columns.tolist()
    assert network.model_.trained.facts.feature_names == tuple(X.columns)
    assert pipeline.score(X, y) > 0.95
    with pytest.raises(ValueError, match="feature names should match"):
        network.predict(X.rename(columns={"mean radius": "radius"}))


def test_cross_validation_and_what_it_returns(pipeline: Any, iris: Any) -> None:
    found = cross_validate(pipeline, *iris, cv=3, return_estimator=True, return_train_score=True)
    assert found["test_score"].mean() > 0.85
    assert all(hasattr(each[-1], "coefs_") for each in found["estimator"])


def test_searches_over_parameters_and_designs(pipeline: Any, iris: Any) -> None:
    wide, deep = (
        Design.chain(layers.Input(), *hidden, layers.Dense(3, activation="softmax"))
        for hidden in ([layers.Dense(16, activation="selu")], [layers.Dense(4)] * 2)
    )
    grid = {
        "networkclassifier__design": [None, wide, deep],
        "networkclassifier__alpha": np.logspace(-4, -3, 2),
    }
    search = GridSearchCV(pipeline, grid, cv=3).fit(*iris)
    assert search.best_score_ > 0.9
    assert np.isfinite(search.cv_results_["mean_test_score"]).all()


def test_a_halving_search_gives_more_epochs_to_the_better(pipeline: Any, iris: Any) -> None:
    search = HalvingGridSearchCV(
        pipeline,
        {"networkclassifier__hidden_layer_sizes": [(2,), (8,), np.array([8, 8])]},
        resource="networkclassifier__max_iter",
        min_resources=5,
        max_resources=20,
        cv=3,
        random_state=0,
    ).fit(*iris)
    assert search.n_resources_ == [5, 15]
    assert search.best_score_ > 0.6


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_other_processes_give_the_same(pipeline: Any, iris: Any) -> None:
    here = cross_val_score(pipeline, *iris, cv=3)
    with joblib.parallel_config("loky", n_jobs=2):
        np.testing.assert_array_equal(cross_val_score(pipeline, *iris, cv=3), here)


def test_threads_may_share_one_network(iris: Any) -> None:
    fitted = NetworkClassifier(**QUICK).fit(*iris)
    rows = [np.tile(iris[0][place : place + 1], (400, 1)) for place in range(40)]
    alone = [fitted.predict_proba(each) for each in rows]
    with joblib.parallel_config("threading", n_jobs=2):
        together = joblib.Parallel()(joblib.delayed(fitted.predict_proba)(each) for each in rows)
    np.testing.assert_array_equal(alone, together)


@pytest.mark.interop
@pytest.mark.filterwarnings("ignore")  # what a cluster says while it starts and ends
def test_a_cluster_gives_the_same(pipeline: Any, iris: Any) -> None:
    from dask.distributed import Client, LocalCluster

    here = cross_val_score(pipeline, *iris, cv=3)
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster.scheduler_address),
        joblib.parallel_config("dask"),
    ):
        assert cluster.scheduler_address.startswith("tcp://")
        np.testing.assert_array_equal(cross_val_score(pipeline, *iris, cv=3), here)
        grid = {"networkclassifier__hidden_layer_sizes": [(4,), (8,)]}
        assert GridSearchCV(pipeline, grid, cv=3).fit(*iris).best_score_ > 0.8


@pytest.mark.parametrize("solver", ["adam", "sgd", "lbfgs"])
def test_copies_predict_the_same_and_go_on_alike(iris: Any, solver: str) -> None:
    X, y = iris
    fitted = NetworkClassifier(**QUICK, solver=solver).fit(X, y)
    copy = pickle.loads(pickle.dumps(fitted))
    np.testing.assert_array_equal(copy.predict_proba(X), fitted.predict_proba(X))
    if solver != "lbfgs":
        copy.partial_fit(X, y)
        fitted.partial_fit(X, y)
        np.testing.assert_array_equal(copy.predict_proba(X), fitted.predict_proba(X))
    fresh = clone(fitted)
    assert not hasattr(fresh, "coefs_")
    assert fresh.get_params() == fitted.get_params()


def test_sample_weights_are_routed(iris: Any) -> None:
    X, y = iris
    weights = np.where(y == 2, 0.0, 1.0)
    with sklearn.config_context(enable_metadata_routing=True):
        network = NetworkClassifier(**QUICK)
        network.set_fit_request(sample_weight=True).set_score_request(sample_weight=True)
        found = cross_validate(
            make_pipeline(StandardScaler().set_fit_request(sample_weight=False), network),
            X,
            y,
            cv=3,
            params={"sample_weight": weights},
            return_estimator=True,
        )
    assert found["test_score"].mean() == 1
    assert all((each.predict(X) != 2).all() for each in found["estimator"])


def test_a_regressor_is_a_citizen_too() -> None:
    X = pd.DataFrame({"a": np.linspace(-1, 1, 90), "b": np.tile([0.0, 1.0, 2.0], 30)})
    y = 3 * X["a"] - X["b"]
    network = NetworkRegressor((16,), solver="lbfgs", random_state=0)
    search = GridSearchCV(network, {"activation": ["tanh", "relu"]}, cv=3).fit(X, y)
    assert search.best_estimator_.score(X, y) > 0.99
    assert search.best_estimator_.feature_names_in_.tolist() == ["a", "b"]
