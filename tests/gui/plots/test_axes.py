"""Limits that hold still and ticks that can be read."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.plots.axes import Axis, Limits, on_axis
from gui.plots.legend import Entry, Legend
from gui.plots.named_axis import NamedAxis
from gui.plots.plain_plot import PlainPlot


@pytest.mark.parametrize(
    ("values", "floor", "ceiling", "limits"),
    [
        ([0.3, 0.97], None, 1.0, (0.2, 1.0)),
        ([3.2, 47.0], 0.0, None, (0.0, 50.0)),
        ([-0.2, 0.4], None, 1.0, (-0.5, 1.0)),
        ([0.0], 0.0, None, (-0.2, 0.2)),
        ([5.0, 5.0], None, None, (4.0, 6.0)),
    ],
)
def test_linear_limits_are_round(
    values: list[float], floor: float | None, ceiling: float | None, limits: tuple[float, float]
) -> None:
    low, high = limits
    found = Limits(False, floor, ceiling).widen(np.array(values))
    assert found is not None
    assert found == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("values", "limits"),
    [
        ([0.06, 2.3], (0.05, 5)),
        ([1.0, 1.0], (0.1, 1)),
        ([0.2, 100.0], (0.2, 100)),
        ([3e-7, 4.0], (2e-7, 5)),
    ],
)
def test_logarithmic_limits_are_at_1_2_and_5(
    values: list[float], limits: tuple[float, float]
) -> None:
    found = Limits(logarithmic=True).widen(on_axis(np.array(values), True))
    assert found == pytest.approx(tuple(np.log10(limits)))


def test_limits_ignore_what_is_not_finite_and_never_narrow() -> None:
    limits = Limits(logarithmic=False)
    assert limits.widen(np.array([np.nan, np.inf])) is None
    before = limits.widen(np.array([0.0, 10.0]))
    assert limits.widen(np.array([4.0, 5.0])) == before
    assert limits.widen(np.array([])) == before
    after = limits.widen(np.array([12.0]))
    assert after is not None
    assert before is not None
    assert after[0] == before[0]
    assert after[1] >= 12


def shown(axis: Axis, low: float, high: float, pixels: float) -> list[str]:
    return [text for _, text in axis.ticks(low, high, pixels)]


def test_logarithmic_ticks_are_as_many_as_there_is_room_for() -> None:
    axis = Axis("left")
    axis.logarithmic = True
    low, high = np.log10(0.05), np.log10(5)
    assert shown(axis, low, high, 400) == ["0.05", "0.1", "0.2", "0.5", "1", "2", "5"]
    assert shown(axis, low, high, 150) == ["0.05", "0.1", "0.5", "1", "5"]
    assert shown(axis, low, high, 60) == ["0.1", "1"]
    assert shown(axis, -12, 6, 60)[0] == "1e-12"
    assert len(shown(axis, -12, 6, 60)) == 2


def test_linear_ticks_have_the_digits_that_tell_them_apart() -> None:
    axis = Axis("bottom")
    assert shown(axis, 0, 100, 400) == ["0", "20", "40", "60", "80", "100"]
    assert shown(axis, 0.2, 0.4, 300) == ["0.20", "0.25", "0.30", "0.35", "0.40"]
    assert shown(axis, 0, 1e6, 300) == ["0", "200k", "400k", "600k", "800k", "1M"]
    assert shown(axis, 0, 2e9, 120) == ["0", "1e+09", "2e+09"]
    assert shown(axis, 0, 2e-5, 120) == ["0", "1e-05", "2e-05"]


def test_other_keys_are_left_to_the_window(qtbot: QtBot) -> None:
    plot = PlainPlot("left")
    qtbot.addWidget(plot)
    with qtbot.assertNotEmitted(plot.walked, wait=10):
        qtbot.keyClick(plot, Qt.Key.Key_A)
    with qtbot.waitSignal(plot.walked) as walked:
        qtbot.keyClick(plot, Qt.Key.Key_Down)
    assert walked.args == [0, 1]


def test_a_legend_takes_shorter_words_where_there_is_less_room(qtbot: QtBot) -> None:
    legend = Legend()
    qtbot.addWidget(legend)
    legend.show_entries((Entry("validation", "val", "97.8 %", "validation", True, "(176 of 180)"),))
    pictures = []
    for width in (400, 150, 100, 20):
        legend.resize(width, 22)
        pictures.append(legend.grab().toImage())
    assert legend.text == "validation 97.8 % (176 of 180)" == legend.accessibleName()
    lefts = [
        next(x for x in range(p.width()) if p.pixelColor(x, 11) != p.pixelColor(0, 0))
        for p in pictures[:3]
    ]
    lengths = [p.width() - left for p, left in zip(pictures[:3], lefts, strict=True)]
    assert lengths[0] > lengths[1] > lengths[2]


def test_names_stand_at_whole_numbers_and_some_are_left_out_where_there_is_no_room() -> None:
    axis = NamedAxis("bottom")
    assert axis.ticks(0.0, 10.0, 400.0) == Axis("bottom").ticks(0.0, 10.0, 400.0)
    axis.names = ("red", "green", "a very long name indeed")
    assert axis.ticks(-0.5, 2.5, 900.0) == [(0.0, "red"), (1.0, "green"), (2.0, "a very long n…")]
    assert axis.ticks(-0.5, 2.5, 150.0) == [(0.0, "red"), (2.0, "a very long n…")]
    upright = NamedAxis("left")
    upright.names = axis.names
    assert [name for _, name in upright.ticks(0.6, 2.5, 400.0)] == ["green", "a very long n…"]
