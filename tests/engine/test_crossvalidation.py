"""Cross-validation against folds of scikit-learn and trainings by hand."""

import os
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sklearn import model_selection as sk
from sklearn.metrics import accuracy_score, root_mean_squared_error

import engine
from engine import data
from engine.crossvalidation import CrossValidated, cross_validate, run_fold
from engine.data.dataset import Dataset, Prepared, Table
from engine.data.recipe import DataRecipe, SplitRecipe
from engine.data.sources.given import Given
from engine.design import Design
from engine.errors import DataError, TrainingError
from engine.folds import Fold, Folds, deal
from engine.layers import Dense, Input
from engine.network import Network
from engine.project import EarlyStopping, Project, TrainingRecipe
from engine.trainer import Trainer

SPLIT = SplitRecipe()


def loaded(name: str, **training: Any) -> tuple[Project, Prepared]:
    project = engine.new(name)
    project = project.edited(training=project.training.edited(**training))
    assert project.data is not None
    return project, data.prepare(data.load_dataset(project.data), project.data)


def table(target: np.ndarray, **columns: np.ndarray) -> Prepared:
    x = np.random.default_rng(0).normal(size=len(target))
    names, values = ("x", *columns), (x, *columns.values())
    return data.prepare(Dataset("t", Table(names, values), target, "y"), DataRecipe(source=Given()))


def by_hand(project: Project, whole: Prepared, train: np.ndarray, held: np.ndarray) -> np.ndarray:
    """Predictions for the rows `held` of a network trained on `train`, as a person would do it."""
    rows = whole.dataset.features
    part = Table(rows.names, tuple(column[train] for column in rows.columns))
    assert whole.dataset.target is not None
    assert project.data is not None
    dataset = Dataset(
        "part",
        part,
        whole.dataset.target[train],
        whole.facts.target_name,
        image_shape=whole.dataset.image_shape,
    )
    everything = project.data.edited(split=SplitRecipe(validation=0, test=0))
    prepared = data.prepare(dataset, everything)
    single = project.edited(training=project.training.edited(threads=1))
    end: Any = list(Trainer(single, prepared=prepared).run())[-1]
    X, _ = prepared.preprocessing.transform(
        Table(rows.names, tuple(column[held] for column in rows.columns))
    )
    network = Network(project.design, prepared.facts.width, weights=end.trained.weights)
    return prepared.preprocessing.decode(network.predict(X))


@pytest.fixture(scope="module")
def iris() -> tuple[Project, Prepared, CrossValidated, list[tuple[float, str]]]:
    project, prepared = loaded("iris", epochs=4)
    told: list[tuple[float, str]] = []
    found = cross_validate(
        project, prepared, Folds(folds=3), lambda share, text: told.append((share, text))
    )
    return project, prepared, found, told


def test_it_equals_a_loop_of_trainings_by_hand(iris: Any) -> None:
    project, whole, found, _ = iris
    rows = np.sort(np.concatenate((whole.rows.train, whole.rows.validation)))
    splitter = sk.StratifiedKFold(3, shuffle=True, random_state=0)
    truth = whole.dataset.target
    labels = whole.preprocessing.decode(np.eye(3)[whole.y])
    assert truth is not None
    for fold, (train, held) in zip(found.folds, splitter.split(rows, whole.y[rows]), strict=True):
        predicted = by_hand(project, whole, rows[train], rows[held])
        expected = accuracy_score(labels[rows[held]], predicted)
        assert fold.figures["accuracy"] == pytest.approx(expected)
        assert (fold.trained_on, fold.judged) == (len(train), len(held))
        assert fold.history[-1].validation["accuracy"] == pytest.approx(expected)
        assert len(fold.history) == 4
    values = [fold.figures["accuracy"] for fold in found.folds]
    assert found.means["accuracy"] == pytest.approx(np.mean(values))
    assert found.spreads["accuracy"] == pytest.approx(np.std(values, ddof=1))


def test_it_tells_how_far_it_is(iris: Any) -> None:
    told = iris[3]
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert told[-1][1] == "3 of 3 folds"


def test_a_regression_equals_it_as_well() -> None:
    project, whole = loaded("diabetes", epochs=3)
    assert project.data is not None
    folds = deal(whole, project.training, SPLIT, Folds(folds=2))
    rows = np.sort(np.concatenate((whole.rows.train, whole.rows.validation)))
    for fold, (train, held) in zip(
        folds, sk.KFold(2, shuffle=True, random_state=0).split(rows), strict=True
    ):
        np.testing.assert_array_equal(fold.judged, rows[held])
        told: list[int] = []
        found = run_fold(project, project.data, whole.dataset, fold, told.append)
        predicted = by_hand(project, whole, rows[train], rows[held])
        actual = whole.preprocessing.decode(whole.y[rows[held]])
        assert found.figures["rmse"] == pytest.approx(
            root_mean_squared_error(actual, predicted), rel=1e-5
        )
        assert told == [1, 2, 3]


def test_test_rows_are_in_no_fold_and_every_other_is_held_out_once_a_repeat() -> None:
    project, whole = loaded("breast_cancer")
    folds = deal(whole, project.training, SPLIT, Folds(folds=4, repeats=2))
    outside = np.sort(np.concatenate((whole.rows.train, whole.rows.validation)))
    shares = whole.y[outside].mean()
    for repeat in (1, 2):
        chosen = [fold for fold in folds if fold.repeat == repeat]
        assert [fold.number for fold in chosen] == [1, 2, 3, 4]
        held = np.sort(np.concatenate([fold.judged for fold in chosen]))
        np.testing.assert_array_equal(held, outside)
        for fold in chosen:
            assert not set(fold.rows.train) & set(fold.judged)
            assert whole.y[fold.judged].mean() == pytest.approx(shares, abs=0.02)
    assert not np.array_equal(folds[0].judged, folds[4].judged)


@pytest.mark.parametrize("task", ["classification", "regression"])
def test_groups_stay_together(task: str) -> None:
    draw = np.random.default_rng(1)
    patient = draw.integers(0, 20, 120).astype(str).astype(object)
    target = draw.normal(size=120)
    if task == "classification":
        target = np.where(target > 0, "b", "a").astype(object)
    whole = table(target, patient=patient)
    for fold in deal(whole, TrainingRecipe(), SPLIT, Folds(folds=4, group="patient")):
        assert not set(patient[fold.rows.train]) & set(patient[fold.judged])


def test_a_recipe_that_chooses_does_not_see_the_rows_held_out() -> None:
    project, whole = loaded("iris", early_stopping=EarlyStopping(patience=3))
    for fold in deal(whole, project.training, SPLIT, Folds()):
        parts = fold.rows.train, fold.rows.validation, fold.judged
        assert all(len(part) for part in parts)
        together = np.sort(np.concatenate(parts))
        assert len(np.unique(together)) == len(together)
        np.testing.assert_array_equal(fold.rows.test, fold.judged)
        assert set(whole.y[fold.rows.validation]) == {0, 1, 2}
    target = np.random.default_rng(0).normal(size=60)
    numbers = deal(table(target), project.training, SPLIT.edited(validation=0.0), Folds())
    assert all(len(fold.rows.validation) for fold in numbers)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (Folds(group="z"), "no column 'z' to group by: x, gap, few"),
        (Folds(group="gap"), "gap has rows without a value"),
        (Folds(group="few"), "few has 2 groups, too few for 5 folds"),
        (Folds(folds=100), "rows in the largest class are too few for 100 folds"),
    ],
)
def test_rows_that_cannot_be_dealt_so_are_refused(how: Folds, words: str) -> None:
    target = np.array(["a", "b"] * 30, object)
    gap = np.array(["g", None] * 30, object)
    few = np.array(["p", "q"] * 30, object)
    with pytest.raises(DataError, match=words):
        deal(table(target, gap=gap, few=few), TrainingRecipe(), SPLIT, how)


def test_a_streamed_file_is_refused(tmp_path: Any) -> None:
    np.save(tmp_path / "x.npy", np.zeros((30, 2), np.float32))
    np.save(tmp_path / "y.npy", np.arange(30) % 2)
    recipe = data.recipe_for_file(tmp_path / "x.npy", str(tmp_path / "y.npy"))
    whole = data.prepare(data.load_dataset(recipe, tmp_path), recipe)
    with pytest.raises(DataError, match="rows in memory"):
        deal(whole, TrainingRecipe(), SPLIT, Folds())


def test_a_fold_that_fails_is_named() -> None:
    draw = np.random.default_rng(0)
    whole = table(draw.normal(size=60))
    design = Design.chain(Input(), Dense(units=7))  # one output was wanted
    with pytest.raises(TrainingError, match=r"fold [12]: "):
        cross_validate(Project(design=design), whole, Folds(folds=2))


def test_whoever_stops_waiting_ends_all_processes() -> None:
    project, whole = loaded("iris", epochs=1_000_000)

    class Ended(Exception):
        pass

    def end(share: float, _text: str) -> None:
        if share > 0:
            raise Ended

    with pytest.raises(Ended):
        cross_validate(project, whole, Folds(folds=2), end)
    assert not _children()


def test_a_process_that_dies_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from engine import crossvalidation

    monkeypatch.setattr(crossvalidation, "_serve", os._exit)
    project, whole = loaded("iris", epochs=1)
    with pytest.raises((TrainingError, OSError)):
        cross_validate(project, whole, Folds(folds=2))
    assert not _children()


def test_figures_that_some_folds_lack_have_no_mean() -> None:
    made = run_fold(*_small())
    without = replace(made, figures={"loss": 1.0})
    found = CrossValidated(Folds(), (made, without), 1.0)
    assert set(found.means) == {"loss"}


def _small() -> tuple[Project, DataRecipe, Dataset, Fold]:
    project, whole = loaded("iris", epochs=1)
    assert project.data is not None
    return project, project.data, whole.dataset, deal(whole, project.training, SPLIT, Folds())[0]


def _children() -> list[Any]:
    """Processes begun here; joblib keeps some of its own alive after other tests."""
    import multiprocessing

    here = multiprocessing.active_children()
    return [each for each in here if not each.name.startswith("Loky")]
