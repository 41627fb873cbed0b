"""What was measured of each layer, over the epochs."""

import numpy as np

from gui.plots.layer_history import MOST, LayerHistory


def test_a_line_for_each_layer_by_its_name() -> None:
    history = LayerHistory()
    history.add(0.5, ("a", "b"), np.array([1.0, 2.0]))
    history.add(1.0, ("a", "b"), np.array([3.0, 4.0]))
    first, second = history.lines({"a": "one"})
    assert (first.name, second.name) == ("one", "b")
    assert first.token != second.token
    np.testing.assert_array_equal(second.x, [0.5, 1.0])
    np.testing.assert_array_equal(second.y, [2.0, 4.0])


def test_other_layers_or_an_earlier_time_begin_anew_and_the_same_time_is_replaced() -> None:
    history = LayerHistory()
    for time in (1.0, 2.0, 2.0):
        history.add(time, ("a",), np.array([time]))
    assert len(history) == 2
    history.add(1.5, ("a",), np.array([0.0]))
    assert history.times.tolist() == [1.5]
    history.add(3.0, ("b",), np.array([7.0]))
    assert history.values.tolist() == [[7.0]]


def test_it_does_not_grow_without_end() -> None:
    history = LayerHistory()
    for time in range(3 * MOST):
        history.add(float(time), ("a",), np.array([0.0]))
    assert len(history) <= MOST
    assert np.all(np.diff(history.times) > 0)
