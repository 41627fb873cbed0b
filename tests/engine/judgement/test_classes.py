"""Figures of classes and labels beside scikit-learn's."""

import numpy as np
import pytest
from sklearn import metrics as reference

from engine.judgement import classes
from engine.judgement.classes import Hits

AVERAGES = ("macro", "weighted", "micro")


def drawn(rows: int, count: int, seed: int, shares: list[float] | None = None):
    """Truth, and probabilities that know something of it, some of them equal."""
    draw = np.random.default_rng(seed)
    truth = draw.choice(count, rows, p=shares)
    scores = draw.random((rows, count)).round(2) + 0.6 * np.eye(count)[truth]
    return truth, scores / scores.sum(axis=1, keepdims=True)


CASES = [(200, 2, 0, None), (300, 10, 1, None), (400, 3, 2, [0.9, 0.08, 0.02])]


@pytest.mark.parametrize("case", CASES)
def test_every_figure_of_a_class_is_scikit_learn_s(case: tuple) -> None:
    truth, p = drawn(*case)
    found, count = p.argmax(axis=1), p.shape[1]
    matrix = reference.confusion_matrix(truth, found, labels=range(count))
    hits = Hits.of_matrix(matrix)
    areas = classes.areas(truth[:, None] == np.arange(count), p)
    rows = classes.by_class([str(n) for n in range(count)], hits, areas)
    expected = reference.precision_recall_fscore_support(truth, found, zero_division=0)
    for place, row in enumerate(rows):
        figures = [row.precision, row.recall, row.f1, row.support]
        np.testing.assert_allclose(figures, [each[place] for each in expected], rtol=1e-12)
        area = reference.roc_auc_score(truth == place, p[:, place])
        assert row.area == pytest.approx(area, rel=1e-12)
    for average, row in zip(AVERAGES, classes.averages(rows, hits), strict=True):
        expected = reference.precision_recall_fscore_support(
            truth, found, average=average, zero_division=0
        )
        assert (row.name, row.support) == (average, len(truth))
        np.testing.assert_allclose([row.precision, row.recall, row.f1], expected[:3], rtol=1e-12)
    if count > 2:
        for average in ("macro", "weighted"):
            area = reference.roc_auc_score(truth, p, multi_class="ovr", average=average)
            row = classes.averages(rows, hits)[AVERAGES.index(average)]
            assert row.area == pytest.approx(area, rel=1e-12)


@pytest.mark.parametrize("case", CASES)
def test_figures_of_all_classes_are_scikit_learn_s(case: tuple) -> None:
    truth, p = drawn(*case)
    found, count = p.argmax(axis=1), p.shape[1]
    matrix = reference.confusion_matrix(truth, found, labels=range(count))
    figures = classes.matrix_figures(matrix)
    assert figures == pytest.approx(
        {
            "accuracy": reference.accuracy_score(truth, found),
            "balanced_accuracy": reference.balanced_accuracy_score(truth, found),
            "matthews": reference.matthews_corrcoef(truth, found),
            "f1_macro": reference.f1_score(truth, found, average="macro"),
            "majority_share": np.bincount(truth).max() / len(truth),
        },
        rel=1e-12,
    )
    single = p[:, 1] if count == 2 else p
    expected = {
        "log_loss": reference.log_loss(truth, p, labels=range(count)),
        "brier": reference.brier_score_loss(truth, single, labels=range(count)),
    }
    for k in (2, 3, 5):
        if k < count:
            expected[f"top_{k}"] = reference.top_k_accuracy_score(truth, p, k=k)
    assert classes.probability_figures(truth, p) == pytest.approx(expected, rel=1e-9)


def test_labels_are_scikit_learn_s() -> None:
    draw = np.random.default_rng(3)
    actual = draw.random((150, 4)) < [0.5, 0.2, 0.9, 0.0]
    p = np.clip(0.4 * actual + 0.7 * draw.random((150, 4)), 0.0, 1.0)
    found = p > 0.5
    hits = Hits.of_labels(actual, found)
    rows = classes.by_class("abcd", hits, classes.areas(actual, p))
    assert np.isnan(rows[3].area)
    for average, row in zip(AVERAGES, classes.averages(rows, hits), strict=True):
        expected = reference.precision_recall_fscore_support(
            actual, found, average=average, zero_division=0
        )
        np.testing.assert_allclose([row.precision, row.recall, row.f1], expected[:3], rtol=1e-12)
    figures = classes.label_figures(actual, p)
    assert figures["accuracy"] == pytest.approx(reference.accuracy_score(actual, found))
    assert figures["label_accuracy"] == pytest.approx(1 - reference.hamming_loss(actual, found))
    losses = [reference.log_loss(actual[:, n], p[:, n], labels=[0, 1]) for n in range(4)]
    assert figures["log_loss"] == pytest.approx(np.mean(losses))
    assert figures["brier"] == pytest.approx(np.mean((p - actual) ** 2))


def test_a_class_that_neither_occurs_nor_is_predicted_is_left_out_of_the_mean() -> None:
    matrix = np.array([[5, 1, 0], [2, 4, 0], [0, 0, 0]])
    hits = Hits.of_matrix(matrix)
    rows = classes.by_class("abc", hits, np.array([0.5, 0.7, np.nan]))
    macro = classes.averages(rows, hits)[0]
    assert macro.precision == pytest.approx((5 / 7 + 4 / 5) / 2)
    assert macro.area == pytest.approx(0.6)
    one = np.diag([3, 0])
    assert classes.matrix_figures(one)["matthews"] == 0.0


def test_classes_are_uneven_where_the_largest_has_a_quarter_more_than_its_share() -> None:
    assert not classes.is_uneven([50, 50])
    assert not classes.is_uneven([178, 182, 177, 183])
    assert classes.is_uneven([212, 357])
    assert classes.is_uneven(np.array([940, 30, 30]))
    assert not classes.is_uneven([7])
    assert not classes.is_uneven([])
