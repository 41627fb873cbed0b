"""Lines of few points and few strokes that look like those of many."""

import time
from collections.abc import Sequence

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from engine.project import EpochRecord
from gui.plots.axes import Limits, on_axis
from gui.plots.mapping import Mapping, Span
from gui.plots.pixel_line import PixelLine
from gui.plots.segments import dashed, solid
from gui.plots.series import Curves, Series
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
    strokes = solid([0.0, 1.0, 2.0], [5.0, 6.0, 7.0])
    assert strokes == [(0, 5, 1, 6), (1, 6, 2, 7)]
    assert solid([], []) == []


def test_a_gap_parts_a_line_and_a_lone_point_is_a_speck() -> None:
    x, y = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0], [1.0, 2.0, np.nan, 3.0, np.nan, 4.0]
    assert solid(x, y) == [(0, 1, 1, 2), (2, 3, 4, 3), (4, 4, 6, 4)]
    assert solid([7.0], [1.0]) == [(6, 1, 8, 1)]


def length(strokes: Sequence[tuple[float, ...]]) -> float:
    ends = np.array(strokes)
    return float(np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]).sum())


def zigzag(count: int) -> tuple[list[float], list[float]]:
    draw = np.random.default_rng(0)
    return np.arange(float(count)).tolist(), draw.uniform(0, 60, count).tolist()


def test_dashes_cover_their_share_of_the_line() -> None:
    x, y = zigzag(400)
    assert length(dashed(x, y, 8, 5)) == pytest.approx(length(solid(x, y)) * 8 / 13, abs=8)


def test_dashes_go_on_where_those_before_them_ended() -> None:
    x, y = zigzag(50)
    first, second = (x[:24], y[:24]), (x[23:], y[23:])
    parts = dashed(*first, 8, 5) + dashed(*second, 8, 5, length(solid(*first)))
    np.testing.assert_allclose(parts, dashed(x, y, 8, 5), atol=1e-9)


def test_a_line_in_pixels_grows_as_its_trace_does() -> None:
    x, y = noisy(3_000)
    mapping = Mapping(QRectF(30, 10, PIXELS, 120), SPAN, Span(-4.0, 4.0))
    growing, trace = Series(), Trace()
    line = PixelLine(trace)
    for start in range(0, 3_000, 11):
        growing.extend(x[start : start + 11], y[start : start + 11])
        trace.follow(growing, SPAN, PIXELS, logarithmic=False)
        line.between(mapping, 0, 100)
    whole = PixelLine(trace).between(mapping, 0, 1000)
    assert line.between(mapping, 0, 1000) == whole
    np.testing.assert_allclose(whole[0], trace.points[0] + 30)
    np.testing.assert_allclose(whole[1], mapping.down(trace.points[1]))
    part_x, part_y, before = line.between(mapping, 100, 120)
    assert part_x[0] < 100 <= part_x[1]
    assert part_x[-2] <= 120 < part_x[-1]
    place = whole[0].index(part_x[0])
    assert before == pytest.approx(length(solid(whole[0][: place + 1], whole[1][: place + 1])))
    assert part_y == whole[1][place : place + len(part_y)]


def test_epochs_need_not_all_have_the_same_figures() -> None:
    curves = Curves()
    curves.add_epochs(())
    figures = [{"loss": 3.0}, {"loss": 2.0, "accuracy": 0.5}, {"loss": 1.0}]
    curves.add_epochs([EpochRecord(e + 1, each, {}, 0.1, 0.1, 1) for e, each in enumerate(figures)])
    curves.add_epochs([EpochRecord(4, {"loss": 0.5}, {"loss": 0.6}, 0.1, 0.1, 1)])
    assert curves.series("loss", "training").points.tolist() == [[1, 2, 3, 4], [3, 2, 1, 0.5]]
    assert curves.series("accuracy", "training").points.tolist() == [[2], [0.5]]
    assert curves.series("loss", "validation").points.tolist() == [[4], [0.6]]
    assert curves.series("accuracy", "validation").points.size == 0
    assert (curves.metrics, curves.epoch) == (("loss", "accuracy"), 4)


def test_values_within_the_limits_are_known_at_once() -> None:
    for logarithmic in (False, True):
        limits = Limits(logarithmic)
        assert limits.hold(np.array([]))
        assert not limits.hold(np.array([1.0]))
        limits.widen(on_axis(np.array([0.3, 4.0]), logarithmic))
        assert limits.hold(np.array([0.5, 3.0]))
        assert not limits.hold(np.array([0.5, 300.0]))
        assert not limits.hold(np.array([0.5, np.nan]))
