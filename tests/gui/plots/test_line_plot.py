"""Line plots, histograms and named bars: what they show, and what they say at the pointer."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from gui.plots.bar_plot import Bar, BarPlot
from gui.plots.histogram import Bins, Histogram
from gui.plots.line_plot import LinePlot
from gui.plots.lines import Dot, Line, Mark
from tests.gui.plots.pixels import colours_of

X = np.linspace(1.0, 100.0, 100)


@pytest.fixture
def plot(qtbot: QtBot) -> LinePlot:
    made = LinePlot("Norms", across="epoch", up="norm")
    qtbot.addWidget(made)
    made.resize(500, 240)
    made.show()
    return made


def test_the_legend_says_the_values_under_the_pointer(plot: LinePlot) -> None:
    plot.show_lines([Line("one", X, X), Line("two", X, 2 * X, "validation"), Line("", X, X)])
    plot.view.pointed_at.emit(QPointF(50.5, 0.0))
    assert plot.legend.text.startswith("epoch 50.5 · one 50.5 · two 101")
    plot.view.pointed_at.emit(None)
    assert plot.legend.text.startswith("one · two")


def test_quiet_lines_have_no_entry(plot: LinePlot) -> None:
    plot.show_lines([Line("smoothed", X, X), Line("raw", X, X, quiet=True)])
    assert plot.legend.text == "smoothed"


def test_beyond_a_line_there_is_no_value(plot: LinePlot) -> None:
    plot.show_lines([Line("short", X[:10], X[:10]), Line("long", X, X)])
    plot.view.pointed_at.emit(QPointF(50.0, 0.0))
    assert "short –" in plot.legend.text


def test_arrow_keys_move_the_crosshair(plot: LinePlot, qtbot: QtBot) -> None:
    plot.show_lines([Line("one", X, X)])
    qtbot.keyClick(plot.view, Qt.Key.Key_Right)
    first = plot.view.looked_at
    qtbot.keyClick(plot.view, Qt.Key.Key_Right)
    assert first is not None
    assert plot.view.looked_at == pytest.approx(first + 99 / 50)


def test_axes_only_widen_until_they_are_forgotten(plot: LinePlot) -> None:
    plot.show_lines([Line("one", X, X)])
    tall = plot.view.ranges[1]
    plot.show_lines([Line("one", X, X / 10)])
    assert plot.view.ranges[1] == tall
    plot.forget_limits()
    plot.show_lines([Line("one", X, X / 10)])
    assert plot.view.ranges[1][1] < tall[1]


def test_a_logarithmic_axis_shows_powers_and_reads_values(plot: LinePlot) -> None:
    plot.set_logarithmic(across=True, up=True)
    plot.show_lines([Line("one", X, X**2)])
    assert plot.view.ranges == ((0.0, 2.0), (0.0, 4.0))
    plot.view.pointed_at.emit(QPointF(1.0, 0.0))
    assert plot.legend.text == "epoch 10.0 · one 100"


def test_given_ranges_stay(plot: LinePlot) -> None:
    plot.keep_ranges((0.0, 1.0), (0.0, 1.0))
    plot.show_lines([Line("one", X, X)])
    assert plot.view.ranges == ((0.0, 1.0), (0.0, 1.0))


def test_a_click_chooses_a_place_and_a_drag_does_not(plot: LinePlot, qtbot: QtBot) -> None:
    plot.show_lines([Line("one", X, X)])
    places: list[float] = []
    plot.chosen.connect(places.append)
    middle = plot.view.mapping.area.center().toPoint()
    qtbot.mouseClick(plot.view, Qt.MouseButton.LeftButton, pos=middle)
    assert places == [pytest.approx(50.5, abs=0.5)]
    qtbot.mousePress(plot.view, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseRelease(plot.view, Qt.MouseButton.LeftButton, pos=middle * 1.5)
    assert len(places) == 1


def test_lines_dots_and_marks_are_painted_in_their_colours(plot: LinePlot) -> None:
    plot.show_lines(
        [Line("one", X, X), Line("two", X, X[::-1], "validation", dashed=True)],
        [Dot(20.0, 20.0, "error", "here")],
        [Mark(70.0, "best", "ok")],
    )
    assert {"accent", "validation", "error", "ok"} <= colours_of(plot.view)


def test_nothing_to_draw_draws_nothing(plot: LinePlot) -> None:
    plot.show_lines([])
    plot.show_lines([Line("empty", np.empty(0), np.empty(0))])
    assert not plot.grab().isNull()


def test_a_histogram_says_what_lies_under_the_pointer(qtbot: QtBot) -> None:
    view = Histogram("residual")
    qtbot.addWidget(view)
    counts, edges = np.histogram([0.1, 0.2, 1.5], bins=[0, 1, 2])
    view.show_bins([Bins("validation", edges, counts)])
    view.pointed_at.emit(QPointF(0.5, 0.0))
    assert view.accessibleDescription() == "2 rows from 0 to 1"
    view.show_bins([Bins("a", edges, counts), Bins("b", edges, counts, "validation")])
    assert view.sentence(1.5) == "a: 1 rows from 1 to 2 · b: 1 rows from 1 to 2"
    assert view.sentence(7.0) == ""


def test_a_histogram_counts_on_a_logarithmic_axis_too(qtbot: QtBot) -> None:
    view = Histogram()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show_bins([Bins("a", np.array([0.0, 1.0, 2.0]), np.array([1000, 10]))])
    view.set_logarithmic(True)
    assert view.ranges[1] == (1.0, 3.0)
    assert "accent" in colours_of(view)


def test_bars_can_be_chosen_by_mouse_and_keys(qtbot: QtBot) -> None:
    view = BarPlot("Probabilities")
    qtbot.addWidget(view)
    view.show_bars([Bar(str(each), each / 10, f"{each}0 %") for each in range(4)], whole=1.0)
    view.resize(300, 200)
    view.show()
    chosen: list[int] = []
    view.chosen.connect(chosen.append)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert chosen == [0, 1, 0, 0]
    assert view.accessibleDescription().startswith("0 00 %; 1 10 %")


def test_signed_bars_grow_from_the_middle(qtbot: QtBot) -> None:
    view = BarPlot("Weights")
    qtbot.addWidget(view)
    view.resize(400, 60)
    view.show_bars([Bar("a", -1.0, "−1", strong=True), Bar("b", 0.0, "0"), Bar("c", 1.0, "1")])
    image = view.grab().toImage()
    row = [image.pixelColor(x, 12).name() for x in range(image.width())]
    filled = [x for x, name in enumerate(row) if name == image.pixelColor(120, 12).name()]
    assert max(filled) < 230
    assert not view.grab().isNull()
