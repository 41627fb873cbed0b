"""Baselines and the verdict on the network, against scikit-learn's models fitted by hand."""

from typing import Any

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import accuracy_score, balanced_accuracy_score, root_mean_squared_error
from threadpoolctl import threadpool_limits

import engine
from engine import baselines, data, layers
from engine.baselines import train
from engine.data.dataset import Dataset, Prepared, Table
from engine.data.recipe import DataRecipe, SplitRecipe
from engine.data.sources.given import Given
from engine.design import Design
from engine.earning import NETWORK, Comparison, Verdict, compare
from engine.evaluation import evaluate_rows
from engine.judgement.kept import Judgement
from engine.network import Network
from engine.project import Project, Trained
from engine.trainer import Trainer

Made = tuple[Project, Prepared, Trained]


def trained(project: Project, prepared: Prepared | None = None) -> Made:
    project = project.edited(training=project.training.edited(epochs=5))
    trainer = Trainer(project, prepared=prepared)
    return project, trainer.prepared, list(trainer.run())[-1].trained  # type: ignore[union-attr]


def prepared_of(target: np.ndarray, columns: int = 3, **recipe: Any) -> Prepared:
    X = np.random.default_rng(0).normal(size=(columns, len(target)))
    names = tuple("abcdef"[:columns])
    return data.prepare(
        Dataset("t", Table(names, tuple(X)), target, "y"), DataRecipe(source=Given(), **recipe)
    )


@pytest.fixture(scope="module")
def cancer() -> Made:
    return trained(engine.new("breast_cancer"))


def test_the_baselines_of_classes_are_scikit_learns(
    cancer: Made,
) -> None:
    _, rows, _ = cancer
    found = {model.name: model.outputs for model in train(rows, seed=3).models}
    X, y = rows.X[rows.rows.train], rows.y[rows.rows.train]
    held = rows.X[rows.rows.validation]
    shares = np.bincount(y) / len(y)
    np.testing.assert_allclose(found["most frequent"], np.tile(shares, (len(held), 1)))
    logistic = LogisticRegression(max_iter=500).fit(X, y).predict_proba(held)
    np.testing.assert_allclose(found["logistic regression"], logistic, rtol=1e-6)
    with threadpool_limits(1):
        boosted = HistGradientBoostingClassifier(random_state=3).fit(X, y).predict_proba(held)
    np.testing.assert_allclose(found["gradient boosting"], boosted, rtol=1e-6)


def test_the_baselines_of_values_are_scikit_learns() -> None:
    _, rows, _ = trained(engine.new("diabetes"))
    found = {model.name: model.outputs for model in train(rows).models}
    X, y = rows.X[rows.rows.train], rows.y[rows.rows.train]
    held = rows.X[rows.rows.validation]
    np.testing.assert_allclose(found["mean"], np.full((len(held), 1), y.mean()), atol=1e-6)
    np.testing.assert_allclose(
        found["linear regression"], LinearRegression().fit(X, y).predict(held), rtol=1e-4
    )
    with threadpool_limits(1):
        boosted = HistGradientBoostingRegressor(random_state=0).fit(X, y[:, 0]).predict(held)
    np.testing.assert_allclose(found["gradient boosting"][:, 0], boosted, rtol=1e-6)


def test_boosting_that_stops_by_itself_is_left_there(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(0)
    X, y = draw.normal(size=(400, 3)), draw.integers(0, 2, 400)
    told: list[float] = []

    def make() -> HistGradientBoostingClassifier:
        return HistGradientBoostingClassifier(random_state=0, early_stopping=True)

    with threadpool_limits(1):
        model = baselines._boosted(make(), X, y, told.append)
    assert model.n_iter_ < 100
    assert len(told) < 10


def test_the_networks_figures_are_those_of_an_evaluation(
    cancer: Made,
) -> None:
    project, rows, end = cancer
    found = compare(project, end, rows, train(rows))
    network = Network(project.design, rows.facts.width, weights=end.weights)
    assert found.rows[0].name == NETWORK
    assert found.rows[0].figures == evaluate_rows(network, rows, rows.rows.validation)
    assert found.rows_judged == len(rows.rows.validation)
    for row in found.rows:
        for figure, span in row.intervals.items():
            assert span.low <= row.figures[figure] <= span.high


def test_the_verdict_names_the_best_baseline_and_pairs_the_rows(
    cancer: Made,
) -> None:
    project, rows, end = cancer
    models = train(rows)
    found = compare(project, end, rows, models)
    actual = rows.y[models.judged]
    scores = {m.name: accuracy_score(actual, m.outputs.argmax(axis=1)) for m in models.models}
    verdict = found.verdict
    assert verdict.figure == "accuracy"
    assert verdict.value == pytest.approx(max(scores.values()))
    assert verdict.ahead == pytest.approx(verdict.network - verdict.value)
    network = Network(project.design, rows.facts.width, weights=end.weights)
    right = (network.predict(rows.X[models.judged])[:, 0] > 0.5) == actual
    best = next(m for m in models.models if m.name == verdict.baseline)
    gain = right * 1.0 - (best.outputs.argmax(axis=1) == actual)
    drawn = np.random.default_rng(0).integers(0, len(actual), (1_000, len(actual)))
    low, high = np.quantile(gain[drawn].mean(axis=1), (0.025, 0.975))
    assert (verdict.difference.low, verdict.difference.high) == pytest.approx((low, high))


def test_of_a_regression_less_error_is_better() -> None:
    project, rows, end = trained(engine.new("diabetes"))
    models = train(rows)
    verdict = compare(project, end, rows, models).verdict
    actual = rows.preprocessing.decode(rows.y[models.judged])
    errors = {
        m.name: root_mean_squared_error(actual, rows.preprocessing.decode(m.outputs))
        for m in models.models
    }
    assert verdict.figure == "rmse"
    assert verdict.value == pytest.approx(min(errors.values()))
    assert verdict.ahead == pytest.approx(verdict.value - verdict.network)


def test_what_an_interval_says_of_the_difference() -> None:
    span = engine.bootstrap.Interval
    said = [
        Verdict("accuracy", 0.9, "x", 0.8, 0.1, span(*each)).outcome
        for each in ((0.02, 0.2), (-0.1, 0.2), (-0.3, -0.1))
    ]
    assert said == ["better", "open", "worse"]


def uneven() -> tuple[Prepared, Comparison, np.ndarray]:
    target = np.where(np.arange(400) % 10 == 0, "yes", "no").astype(object)
    rows = prepared_of(target)
    design = Design.chain(layers.Input(), layers.Dense(1, activation="sigmoid"))
    project, _, end = trained(Project(design=design), rows)
    models = train(rows)
    return rows, compare(project, end, rows, models), models.models[1].outputs


def test_where_classes_are_uneven_balanced_accuracy_decides() -> None:
    rows, found, logistic = uneven()
    assert found.verdict.figure == "balanced_accuracy"
    actual = rows.y[rows.rows.validation]
    expected = balanced_accuracy_score(actual, logistic.argmax(axis=1))
    assert found.rows[2].figures["balanced_accuracy"] == pytest.approx(expected)


def test_a_threshold_that_was_chosen_holds_for_all(
    cancer: Made,
) -> None:
    project, rows, end = cancer
    models = train(rows)
    strict = project.edited(judgement=Judgement(threshold=0.9))
    found = compare(strict, end, rows, models)
    actual = rows.y[models.judged]
    for row, model in zip(found.rows[1:], models.models, strict=True):
        expected = accuracy_score(actual, model.outputs[:, 1] > 0.9)
        assert row.figures["accuracy"] == pytest.approx(expected)


def test_labels_have_a_model_each_and_a_constant_one_none() -> None:
    draw = np.random.default_rng(1)
    target = (draw.random((200, 3)) < 0.5).astype(float)
    target[:, 2] = 1.0
    rows = prepared_of(target)
    found = train(rows)
    held, chosen = rows.X[rows.rows.validation], rows.rows.train
    for model in found.models:
        assert model.outputs.shape == (len(held), 3)
        np.testing.assert_array_equal(model.outputs[:, 2], 1.0)
    one = LogisticRegression(max_iter=500).fit(rows.X[chosen], rows.y[chosen, 0] > 0.5)
    np.testing.assert_allclose(found.models[1].outputs[:, 0], one.predict_proba(held)[:, 1])
    design = Design.chain(layers.Input(), layers.Dense(3, activation="sigmoid"))
    project, _, end = trained(Project(design=design), rows)
    assert compare(project, end, rows, found).verdict.figure == "label_accuracy"


def test_several_values_have_a_model_each() -> None:
    rows = prepared_of(np.random.default_rng(1).normal(size=(200, 2)))
    assert {model.outputs.shape for model in train(rows).models} == {(len(rows.rows.validation), 2)}


def test_classes_that_training_rows_lack_have_no_probability() -> None:
    target = np.array(["a", "b"] * 30 + ["c"], object)
    split = SplitRecipe(stratify=False, validation=0.3, test=0.0, seed=0)
    rows = prepared_of(target, split=split)
    lacking = next(
        made
        for seed in range(50)
        if 60 not in (made := prepared_of(target, split=split.edited(seed=seed))).rows.train
    )
    assert rows.facts.classes == ("a", "b", "c")
    for model in train(lacking).models:
        np.testing.assert_array_equal(model.outputs[:, 2], 0.0)
        np.testing.assert_allclose(model.outputs.sum(axis=1), 1.0)


def test_a_single_class_among_the_training_rows_is_certain() -> None:
    target = np.array(["a"] * 30 + ["b"], object)
    split = SplitRecipe(stratify=False, validation=0.3, test=0.0)
    rows = next(
        made
        for seed in range(50)
        if 30 not in (made := prepared_of(target, split=split.edited(seed=seed))).rows.train
    )
    np.testing.assert_array_equal(train(rows).models[1].outputs[:, 0], 1.0)


def test_of_many_rows_some_are_trained_on_and_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baselines, "MOST_ROWS", 100)
    monkeypatch.setattr(baselines, "MOST_JUDGED", 20)
    rows = prepared_of(np.random.default_rng(1).normal(size=400), task="regression")
    found = train(rows)
    assert (found.trained_on, found.training_rows) == (100, 280)
    np.testing.assert_array_equal(found.judged, rows.rows.validation[::2])
    assert baselines.is_light(rows)
    monkeypatch.setattr(baselines, "LIGHT", 100)
    assert not baselines.is_light(rows)


def test_it_tells_how_far_it_is_and_can_be_ended_between_trees() -> None:
    rows = prepared_of(np.random.default_rng(1).normal(size=200), task="regression")
    told: list[tuple[float, str]] = []
    train(rows, progress=lambda share, text: told.append((share, text)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[0] == 0.0
    assert 0.9 < shares[-1] < 1
    assert [text for _, text in told][-1] == "gradient boosting"

    class Ended(Exception):
        pass

    def end(share: float, _text: str) -> None:
        if share > 0.8:
            raise Ended

    with pytest.raises(Ended):
        train(rows, progress=end)
