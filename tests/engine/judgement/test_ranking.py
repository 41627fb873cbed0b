"""Curves, areas and thresholds beside scikit-learn's, and by trying every threshold."""

import numpy as np
import pytest
from sklearn import metrics as reference
from sklearn.calibration import calibration_curve

from engine.judgement import ranking as module
from engine.judgement.ranking import Ranking


def drawn(rows: int = 300, share: float = 0.3, digits: int = 2) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(rows)
    actual = draw.random(rows) < share
    return actual, np.clip(0.25 * actual + 0.75 * draw.random(rows), 0, 1).round(digits)


CASES = [drawn(), drawn(500, 0.03, 6), drawn(40, 0.5, 1)]


@pytest.mark.parametrize("case", CASES)
def test_curves_and_areas_are_scikit_learn_s(case: tuple[np.ndarray, np.ndarray]) -> None:
    actual, scores = case
    ranking = Ranking(actual, scores)
    x, y, _ = reference.roc_curve(actual, scores, drop_intermediate=False)
    np.testing.assert_allclose(ranking.roc.x, x, atol=1e-12)
    np.testing.assert_allclose(ranking.roc.y, y, atol=1e-12)
    assert ranking.roc.area == pytest.approx(reference.roc_auc_score(actual, scores), rel=1e-12)
    precision, recall, _ = reference.precision_recall_curve(actual, scores)
    np.testing.assert_allclose(ranking.precision_recall.x, recall[::-1], atol=1e-12)
    np.testing.assert_allclose(ranking.precision_recall.y[1:], precision[::-1][1:], atol=1e-12)
    average = reference.average_precision_score(actual, scores)
    assert ranking.precision_recall.area == pytest.approx(average, rel=1e-12)


@pytest.mark.parametrize("case", CASES)
def test_lift_is_precision_over_the_share_of_positives(case: tuple) -> None:
    actual, scores = case
    lift = Ranking(actual, scores).lift
    thresholds = np.unique(scores)[::-1]
    for place, threshold in enumerate(thresholds, 1):
        taken = scores >= threshold
        assert lift.x[place] == pytest.approx(taken.mean())
        assert lift.y[place] == pytest.approx(actual[taken].mean() / actual.mean())
    assert lift.y[-1] == 1.0
    assert lift.area == pytest.approx(np.trapezoid(lift.y, lift.x))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("threshold", [0.0, 0.31, 0.5, 0.8, 1.0])
def test_counts_are_scikit_learn_s(case: tuple, threshold: float) -> None:
    actual, scores = case
    expected = reference.confusion_matrix(actual, scores > threshold, labels=[False, True])
    counts = Ranking(actual, scores).at(threshold)
    assert [counts.tn, counts.fp, counts.fn, counts.tp] == expected.ravel().tolist()
    assert counts.cost(2.0, 10.0) == 2 * expected[0, 1] + 10 * expected[1, 0]
    found = scores > threshold
    zero = {"zero_division": 0}
    assert counts.precision == pytest.approx(reference.precision_score(actual, found, **zero))
    assert counts.recall == pytest.approx(reference.recall_score(actual, found))
    assert counts.f1 == pytest.approx(reference.f1_score(actual, found, **zero))
    assert counts.accuracy == pytest.approx(reference.accuracy_score(actual, found))
    assert counts.fall_out == pytest.approx(1 - reference.recall_score(~actual, ~found))
    assert counts.taken == pytest.approx(found.mean())
    assert counts.lift == pytest.approx(counts.precision / actual.mean())


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("costs", [(1.0, 1.0), (1.0, 20.0), (50.0, 1.0), (1.0, 0.0), (0.0, 0.0)])
def test_no_threshold_is_cheaper_than_the_cheapest(case: tuple, costs: tuple) -> None:
    actual, scores = case
    ranking = Ranking(actual, scores)
    found = ranking.at(ranking.cheapest(*costs)).cost(*costs)
    tried = [ranking.at(each).cost(*costs) for each in np.linspace(0, 1, 2001)]
    assert found <= min(tried) + 1e-9


@pytest.mark.parametrize("case", CASES)
def test_the_curve_of_costs_is_that_of_every_threshold(case: tuple) -> None:
    actual, scores = case
    ranking = Ranking(actual, scores)
    curve = ranking.costs(3.0, 7.0)
    assert (curve.x[0], curve.x[-1]) == (0.0, 1.0)
    for threshold in (0.123456, 0.5012345, 0.87654321):
        expected = ranking.at(threshold).cost(3.0, 7.0)
        assert np.interp(threshold, curve.x, curve.y) == pytest.approx(expected)


def test_of_equally_cheap_thresholds_the_one_nearest_to_even_is_taken() -> None:
    ranking = Ranking(np.array([0, 0, 1, 1], bool), np.array([0.1, 0.2, 0.7, 0.9]))
    assert ranking.cheapest(1.0, 1.0) == 0.5
    ranking = Ranking(np.array([0, 0, 1, 1], bool), np.array([0.1, 0.2, 0.31, 0.39]))
    assert 0.2 <= ranking.cheapest(1.0, 1.0) < 0.31


@pytest.mark.parametrize("case", CASES)
def test_calibration_is_scikit_learn_s(case: tuple) -> None:
    actual, scores = case
    observed, predicted = calibration_curve(actual, scores, n_bins=10)
    found = Ranking(actual, scores).calibration()
    np.testing.assert_allclose(found.observed, observed, rtol=1e-12)
    np.testing.assert_allclose(found.predicted, predicted, rtol=1e-12)
    assert found.counts.sum() == len(actual)
    assert found.error == pytest.approx(
        np.sum(found.counts * np.abs(observed - predicted)) / len(actual)
    )


def test_with_rows_of_one_kind_areas_are_not_defined() -> None:
    nobody = Ranking(np.zeros(5, bool), np.linspace(0, 1, 5))
    assert not nobody.has_both
    assert np.isnan([nobody.area, nobody.precision_recall.area, nobody.lift.area]).all()
    assert nobody.at(0.5).fp == 2


def test_a_curve_of_many_rows_is_drawn_with_few_points() -> None:
    actual, scores = drawn(20_000, 0.2, 9)
    curve = Ranking(actual, scores).roc
    assert len(curve.x) == len(curve.y) == module.MOST_POINTS
    assert (curve.x[0], curve.y[0], curve.x[-1], curve.y[-1]) == (0, 0, 1, 1)
    assert curve.area == pytest.approx(reference.roc_auc_score(actual, scores), rel=1e-12)
