"""Figures of predicted numbers beside scikit-learn's."""

import numpy as np
import pytest
from sklearn import metrics as reference

from engine.judgement import numbers


def test_figures_of_each_target_are_scikit_learn_s() -> None:
    draw = np.random.default_rng(0)
    actual = 50 + 20 * draw.standard_normal((80, 2))
    predicted = actual + draw.standard_normal((80, 2)) * [3, 9]
    names = numbers.target_names("size", 2)
    assert names == ("size 1", "size 2")
    for place, row in enumerate(numbers.by_target(names, actual, predicted)):
        pair = actual[:, place], predicted[:, place]
        assert row.name == names[place]
        assert row.mae == pytest.approx(reference.mean_absolute_error(*pair))
        assert row.rmse == pytest.approx(reference.root_mean_squared_error(*pair))
        assert row.r2 == pytest.approx(reference.r2_score(*pair))
        assert row.median == pytest.approx(reference.median_absolute_error(*pair))
        assert row.bias == pytest.approx(np.mean(pair[0] - pair[1]))
        assert row.rows == 80


@pytest.mark.parametrize("values", [[-3.0, 1.0, 2.5, 8.0], [0.0, 0.0], [4.0], [-1.0, np.nan]])
def test_a_histogram_counts_every_value_and_has_an_edge_at_zero(values: list[float]) -> None:
    counts, edges = numbers.histogram(np.array(values))
    assert counts.sum() == np.isfinite(values).sum()
    assert len(edges) == len(counts) + 1
    assert np.abs(edges).min() == 0
    expected, _ = np.histogram(np.array(values)[np.isfinite(values)], edges)
    np.testing.assert_array_equal(counts, expected)


def test_without_values_a_histogram_is_empty() -> None:
    counts, _ = numbers.histogram(np.array([np.nan]))
    assert len(counts) == 0


def test_one_target_has_its_own_name() -> None:
    assert numbers.target_names("price", 1) == ("price",)
