"""Lines of few points and few strokes that look like those of many."""

import time

import numpy as np
import pytest

from gui.plots.mapping import Span
from gui.plots.segments import dashed, lengths, solid
from gui.plots.series import Series
from gui.plots.trace import Trace, thinned

SPAN, PIXELS = Span(0.0, 100.0), 200.0


def series(x: np.ndarray, y: np.ndarray) -> Series:
    made = Series()
    made.extend(x, y)
    return made


def noisy(count: int) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(0)
    return np.linspace(0, 99.9, count), draw.normal(size=count)


def test_few_points_are_kept_as_they_are() -> None:
    x, y = np.array([1.0, 50.0, 99.0]), np.array([3.0, 1.0, 2.0])
    trace = Trace()
    trace.follow(series(x, y), SPAN, PIXELS, logarithmic=False)
    np.testing.assert_allclose(trace.points, [x * 2, y])


def test_no_peak_is_lost_among_many_points() -> None:
    x, y = noisy(100_000)
    y[54_321], y[77_777] = 50.0, -50.0
    trace = Trace()
    trace.follow(series(x, y), SPAN, PIXELS, logarithmic=False)
    columns, values = trace.points
    assert len(columns) <= 2 * PIXELS
    assert np.all(np.diff(columns) >= 0)
    for peak in (54_321, 77_777):
        place = np.flatnonzero(values == y[peak])
        assert abs(columns[place[0]] - 2 * x[peak]) <= 1


def test_points_that_come_bit_by_bit_make_the_same_line() -> None:
    x, y = noisy(5_000)
    whole, growing, trace = Trace(), Series(), Trace()
    whole.follow(series(x, y), SPAN, PIXELS, logarithmic=False)
    for start in range(0, 5_000, 7):
        growing.extend(x[start : start + 7], y[start : start + 7])
        trace.follow(growing, SPAN, PIXELS, logarithmic=False)
    columns, values = (each.points for each in (whole, trace))
    for column in range(int(PIXELS)):
        of_whole = columns[1][np.floor(columns[0]) == column]
        of_parts = values[1][np.floor(values[0]) == column]
        assert {of_whole.min(), of_whole.max()} == {of_parts.min(), of_parts.max()}


def test_a_long_run_costs_no_more_than_a_short_one() -> None:
    def seconds_for_a_point(before: int) -> float:
        x, y = noisy(before)
        growing, trace = series(x, y), Trace()
        trace.follow(growing, Span(0, 200), PIXELS, logarithmic=True)
        began = time.perf_counter()
        for step in range(200):
            growing.add(100 + step / 4, 1.0)
            trace.follow(growing, Span(0, 200), PIXELS, logarithmic=True)
        return time.perf_counter() - began

    assert seconds_for_a_point(500_000) < 20 * seconds_for_a_point(500)


def test_another_span_or_scale_begins_anew() -> None:
    made, trace = series(np.array([10.0, 20.0]), np.array([1.0, 100.0])), Trace()
    trace.follow(made, SPAN, PIXELS, logarithmic=False)
    trace.follow(made, Span(10.0, 20.0), PIXELS, logarithmic=True)
    np.testing.assert_allclose(trace.points, [[0, 200], [0, 2]])


def test_gaps_stay_gaps_where_points_are_few_and_vanish_within_a_pixel() -> None:
    trace = Trace()
    trace.follow(series(np.array([1.0, 2.0, 3.0]), np.array([1.0, 0.0, 1.0])), SPAN, PIXELS, True)
    assert np.isnan(trace.points[1]).tolist() == [False, True, False]
    x = np.full(9, 4.5)
    y = np.where(np.arange(9) == 4, np.nan, np.arange(9.0))
    assert thinned(x, y)[1].tolist() == [0.0, 8.0]


def test_strokes_join_every_point_to_the_next() -> None:
    x, y = np.arange(4.0), np.array([5.0, 6.0, 7.0, 8.0])
    np.testing.assert_array_equal(solid(x, y), [[0, 5, 1, 6], [1, 6, 2, 7], [2, 7, 3, 8]])


def test_a_gap_parts_a_line_and_a_lone_point_is_a_speck() -> None:
    x, y = np.arange(6.0), np.array([1.0, 2.0, np.nan, 3.0, np.nan, 4.0])
    assert sorted(solid(x, y).tolist()) == [[0, 1, 1, 2], [2, 3, 4, 3], [4, 4, 6, 4]]
    assert solid(np.array([7.0]), np.array([1.0])).tolist() == [[6, 1, 8, 1]]


def length(strokes: np.ndarray) -> float:
    return float(np.hypot(strokes[:, 2] - strokes[:, 0], strokes[:, 3] - strokes[:, 1]).sum())


def test_dashes_cover_their_share_of_the_line() -> None:
    draw = np.random.default_rng(0)
    x, y = np.arange(400.0), draw.uniform(0, 100, 400)
    total = lengths(x, y)[-1]
    assert length(dashed(x, y, 8, 5, 0.0)) == pytest.approx(total * 8 / 13, abs=8)


def test_dashes_go_on_where_those_before_them_ended() -> None:
    draw = np.random.default_rng(1)
    x, y = np.arange(50.0), draw.uniform(0, 30, 50)
    whole = dashed(x, y, 8, 5, 0.0)
    cut = 23
    parts = [
        dashed(x[: cut + 1], y[: cut + 1], 8, 5, 0.0),
        dashed(x[cut:], y[cut:], 8, 5, float(lengths(x, y)[cut])),
    ]
    np.testing.assert_allclose(np.concatenate(parts), whole, atol=1e-9)
