"""From an estimator to the window's file and back, and from the window's model to an estimator."""

import copy
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.datasets import load_diabetes
from sklearn.model_selection import cross_val_score

import engine
from engine import FileError, NetworkClassifier, NetworkRegressor, Trainer, TrainingError
from engine.data import DataRecipe
from engine.data.recipe import Column
from engine.data.sources.given import Given
from engine.edits import carry_over
from engine.events import Paused, TrainingFinished, TrainingStarted
from engine.optimizers import SGD, Momentum, Nesterov, RMSprop
from engine.project import EarlyStopping, Project

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")

QUICK: dict[str, Any] = {"hidden_layer_sizes": (8,), "max_iter": 5, "random_state": 3}
DRAW = np.random.default_rng(0)
X = DRAW.standard_normal((120, 4))
NAMED = pd.DataFrame(X, columns=["age", "height", "weight", "x9"])
Y = {
    "words": np.array(["no", "yes", "maybe"])[np.arange(120) % 3],
    "numbers": np.arange(120) % 2 - 1,
    "truth": X[:, 0] > 0,
    "labels": (X[:, :3] > 0.2).astype(int),
}


# ── the estimator's own file ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", Y)
@pytest.mark.parametrize("rows", [X, X.astype(np.float32), NAMED], ids=["64", "32", "named"])
def test_a_classifier_comes_back_from_its_file(kind: str, rows: Any, tmp_path: Path) -> None:
    fitted = NetworkClassifier(**QUICK).fit(rows, Y[kind])
    fitted.save(tmp_path / "m.h5")
    again = NetworkClassifier.load(tmp_path / "m.h5")
    model = engine.load(tmp_path / "m.h5")
    for other in (again, model):
        np.testing.assert_array_equal(other.predict(rows), fitted.predict(rows))
        np.testing.assert_array_equal(other.predict_proba(rows), fitted.predict_proba(rows))
    np.testing.assert_array_equal(again.classes_, fitted.classes_)
    assert hasattr(again, "feature_names_in_") == hasattr(fitted, "feature_names_in_")
    for name in ("n_iter_", "t_", "n_layers_", "n_outputs_", "out_activation_", "n_features_in_"):
        assert getattr(again, name) == getattr(fitted, name)
    np.testing.assert_allclose(again.loss_curve_, fitted.loss_curve_, rtol=1e-4)


@pytest.mark.parametrize("targets", [1, 2])
def test_a_regressor_comes_back_from_its_file(targets: int, tmp_path: Path) -> None:
    y = X[:, 0] if targets == 1 else X[:, :2]
    fitted = NetworkRegressor(**QUICK, solver="lbfgs").fit(X, y)
    fitted.save(tmp_path / "m.h5")
    again = NetworkRegressor.load(tmp_path / "m.h5")
    np.testing.assert_array_equal(again.predict(X), fitted.predict(X))
    np.testing.assert_array_equal(engine.load(tmp_path / "m.h5").predict(X), fitted.predict(X))
    assert set(fitted.model_.history[-1].training) == {"loss", "mae", "rmse", "r2"}
    with pytest.raises(FileError, match="holds no NetworkClassifier: load it as NetworkRegressor"):
        NetworkClassifier.load(tmp_path / "m.h5")


@pytest.mark.parametrize("kind", ["words", "labels"])
def test_a_clone_of_what_came_back_fits_the_same_again(kind: str, tmp_path: Path) -> None:
    fitted = NetworkClassifier(**QUICK, batch_size=32, n_iter_no_change=99).fit(X, Y[kind])
    fitted.save(tmp_path / "m.h5")
    again = clone(NetworkClassifier.load(tmp_path / "m.h5")).fit(X, Y[kind])
    np.testing.assert_array_equal(again.predict_proba(X), fitted.predict_proba(X))


def test_what_came_back_goes_on(tmp_path: Path) -> None:
    fitted = NetworkClassifier(**QUICK, batch_size=32).fit(X, Y["words"])
    fitted.save(tmp_path / "m.h5")
    again = NetworkClassifier.load(tmp_path / "m.h5").partial_fit(X, Y["words"])
    fitted.partial_fit(X, Y["words"])
    np.testing.assert_allclose(again.predict_proba(X), fitted.predict_proba(X), rtol=1e-5)


@pytest.mark.interop
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
@pytest.mark.parametrize("kind", ["words", "labels"])
def test_keras_opens_the_file(kind: str, tmp_path: Path) -> None:
    import keras

    fitted = NetworkClassifier(**QUICK).fit(X, Y[kind])
    fitted.save(tmp_path / "m.h5")
    network: Any = keras.saving.load_model(tmp_path / "m.h5", compile=False)
    np.testing.assert_allclose(network.predict(X, verbose=0), fitted.predict_proba(X), atol=1e-5)


def test_what_was_stopped_half_way_goes_on_with_whole_epochs() -> None:
    project = quick("iris", batch_size=10)
    trainer = Trainer(project)
    for event in trainer.run():
        if isinstance(event, TrainingStarted):
            trainer.control.step("batch")
        elif isinstance(event, Paused):
            trainer.control.stop = True
        elif isinstance(event, TrainingFinished):
            stopped = event.trained
    assert stopped.progress.row == 10
    estimator: Any = engine.Model(project, stopped).as_estimator()
    rows = DRAW.standard_normal((12, 4))
    with pytest.raises(engine.DataError, match="'0', which is none of the classes setosa, "):
        estimator.partial_fit(rows, np.arange(12) % 3)
    estimator.partial_fit(rows, estimator.classes_[np.arange(12) % 3])
    assert estimator.model_.history[-1].rows == 12


# ── a model that was trained elsewhere ──────────────────────────────────────────────────────


def trained(project: Project, rows: Any = None, y: Any = None) -> engine.Model:
    *_, finished = Trainer(project, rows, y).run()
    return engine.Model(project, finished.trained)


def quick(name: str, **training: Any) -> Project:
    project = engine.new(name)
    return project.edited(training=project.training.edited(epochs=20, **training))


@pytest.mark.parametrize("name", ["iris", "spiral", "digits"])
def test_a_model_becomes_an_estimator(name: str) -> None:
    model = trained(quick(name))
    dataset = engine.data.load_dataset(model.project.data)
    rows = np.stack(dataset.features.columns, axis=1)
    y = dataset.target.astype(model.classes.dtype)
    estimator: Any = model.as_estimator()
    np.testing.assert_array_equal(estimator.predict(rows), model.predict(rows))
    np.testing.assert_array_equal(estimator.predict_proba(rows), model.predict_proba(rows))
    np.testing.assert_array_equal(
        pickle.loads(pickle.dumps(estimator)).predict(rows), model.predict(rows)
    )
    assert estimator.score(rows, y) > 0.8
    assert cross_val_score(estimator, rows, y, cv=3).mean() > 0.8


def test_a_model_of_numbers_becomes_an_estimator() -> None:
    rows, y = load_diabetes(return_X_y=True, as_frame=True, scaled=False)
    model = trained(quick("diabetes"), rows, y)
    estimator: Any = model.as_estimator()
    assert isinstance(estimator, NetworkRegressor)
    np.testing.assert_array_equal(estimator.predict(rows), model.predict(rows))
    # Its target is scaled as in the window, of which the network itself would know nothing.
    assert cross_val_score(estimator, rows, y, cv=3).mean() > 0.3


def mixed() -> tuple[pd.DataFrame, np.ndarray]:
    """A table with text, a gap and a column of no use; the target hangs on all of it."""
    colour = np.array(["red", "green", "blue"])[np.arange(120) % 3]
    size = X[:, 0] * 100
    y = np.where((colour == "red") | (size > 80), "buy", "leave")
    size[5] = np.nan
    return pd.DataFrame({"colour": colour, "size": size, "note": colour}), y


@pytest.fixture(scope="module")
def of_a_table() -> engine.Model:
    table, y = mixed()
    ignored = Column(name="note", kind="ignore")
    scaled = Column(name="size", scaling="minmax", missing="median")
    recipe = DataRecipe(source=Given(), columns=(ignored, scaled))
    design = engine.Design.chain(
        engine.layers.Input(),
        engine.layers.Dense(8, activation="relu"),
        engine.layers.Dense(1, activation="sigmoid"),
    )
    return trained(Project(design=design, data=recipe), table, y)


def test_an_estimator_takes_the_tables_that_its_model_takes(of_a_table: engine.Model) -> None:
    table, y = mixed()
    estimator: Any = of_a_table.as_estimator()
    np.testing.assert_array_equal(estimator.predict(table), of_a_table.predict(table))
    fewer = table[["size", "colour"]]
    np.testing.assert_array_equal(estimator.predict(fewer), of_a_table.predict(table))
    assert estimator.feature_names_in_.tolist() == ["colour", "size", "note"]
    assert estimator.data.columns[2] == Column(name="note", kind="ignore")
    fresh = clone(estimator).set_params(learning_rate_init=0.02)
    assert cross_val_score(fresh, table, y, cv=3).mean() > 0.8
    fitted = fresh.fit(table, y, sample_weight=np.where(y == "buy", 1.0, 0.5))
    assert fitted.model_.trained.facts.feature_names == (
        "colour=blue",
        "colour=green",
        "colour=red",
        "size",
    )


def test_tables_of_labels_and_numbers_are_prepared(of_a_table: engine.Model) -> None:
    table, _ = mixed()
    recipe = DataRecipe(source=Given())
    several = NetworkClassifier(**QUICK, data=recipe).fit(table, Y["labels"])
    assert several.predict(table).shape == (120, 3)
    options = QUICK | {"max_iter": 200, "learning_rate_init": 0.02}
    numbers = NetworkRegressor(**options, data=recipe).fit(table, 1e4 + 1e3 * X[:, 0])
    assert numbers.score(table, 1e4 + 1e3 * X[:, 0]) > 0.8
    assert numbers.coefs_[0].dtype == np.float32


OPTIMIZERS = {
    SGD(0.1): {"solver": "sgd", "momentum": 0.0},
    Momentum(0.1, 0.8): {"solver": "sgd", "momentum": 0.8, "nesterovs_momentum": False},
    Nesterov(0.1, 0.7): {"solver": "sgd", "momentum": 0.7, "nesterovs_momentum": True},
    RMSprop(0.1, 0.8): {"solver": RMSprop(0.1, 0.8)},
}


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda each: each.kind)
def test_an_optimizer_is_found_again_in_the_parameters(optimizer: Any) -> None:
    model = trained(quick("iris", optimizer=optimizer, batch_size="all", class_weights="balanced"))
    parameters = model.as_estimator().get_params()
    assert parameters.items() >= OPTIMIZERS[optimizer].items()
    assert parameters["learning_rate_init"] == 0.1
    assert parameters["batch_size"] == 105
    assert parameters["class_weight"] == "balanced"
    stepper = clone(model.as_estimator())
    rows = np.stack(engine.data.load_dataset(model.project.data).features.columns, axis=1)
    stepper.fit(rows, np.arange(150) // 50)
    assert stepper.model_.project.training.optimizer == optimizer


def test_early_stopping_is_found_again_in_the_parameters() -> None:
    stopping = EarlyStopping(patience=7, min_delta=0.01)
    parameters = trained(quick("iris", early_stopping=stopping)).as_estimator().get_params()
    assert (parameters["early_stopping"], parameters["n_iter_no_change"]) == (True, 7)
    assert (parameters["validation_fraction"], parameters["tol"]) == (0.1, 0.01)


def test_what_was_not_trained_is_no_estimator() -> None:
    with pytest.raises(TrainingError, match="not been trained yet"):
        engine.Model(engine.new("iris")).as_estimator()
    model = trained(quick("iris"))
    design = model.project.design.replace("dense_1", engine.layers.Dense(99))
    wider = model.project.edited(design=design)
    assert model.trained is not None
    kept, _ = carry_over(model.trained, wider)
    with pytest.raises(TrainingError, match="begun anew"):
        engine.Model(wider, kept).as_estimator()


def test_what_was_trained_can_be_copied() -> None:
    model = trained(quick("iris"))
    other = copy.deepcopy(model.trained)
    assert other.history == model.history
    assert other.progress == model.trained.progress
    for key, array in model.trained.weights.items():
        np.testing.assert_array_equal(other.weights[key], array)
