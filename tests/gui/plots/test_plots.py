"""Plots are painted as cheaply as can be, and look as if they were painted whole."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QRegion, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui import theme
from gui.plots.curve_view import Cursor, CurveView, Stroke
from gui.plots.heatmap import Heatmap
from gui.plots.mapping import Mapping, Span
from gui.plots.matrix import MatrixView
from gui.plots.plain_plot import PlainPlot
from gui.plots.scatter import Scatter
from gui.plots.series import Part, Series
from gui.plots.signed_image import averaged, signed_image

STROKES: dict[Part, Stroke] = {
    "batches": Stroke("training", width=1, alpha=0.35),
    "training": Stroke("training"),
    "validation": Stroke("validation", dashes=(8, 5)),
}


class Watched(CurveView):
    """Notes which part of it is to be painted."""

    def __init__(self) -> None:
        super().__init__(STROKES)
        self.due: list[QRect] = []

    def update(self, *where: QRect) -> None:  # type: ignore[override]
        self.due.append(where[0] if where else self.rect())


@pytest.fixture
def view(qtbot: QtBot) -> Watched:
    made = Watched()
    qtbot.addWidget(made)
    made.resize(420, 200)
    made.show_range((0, 100), (0, 5))
    made.show()
    return made


def grown(series: dict[Part, Series], epochs: range) -> None:
    """More of every curve."""
    draw = np.random.default_rng(epochs.start)
    for epoch in epochs:
        series["batches"].extend(epoch + np.arange(20) / 20, draw.uniform(1, 4, 20))
        series["training"].add(epoch + 1, 4 / (1 + epoch / 20))
        series["validation"].add(epoch + 1, 4 / (1 + epoch / 20) + draw.uniform(0, 0.5))


def test_the_strip_that_is_painted_anew_holds_all_that_is_new(view: Watched) -> None:
    series: dict[Part, Series] = {part: Series() for part in STROKES}
    grown(series, range(40))
    view.show_series(series)
    picture = view.grab().toImage()
    for step in range(40, 60):
        view.due.clear()
        grown(series, range(step, step + 1))
        view.show_series(series)
        (strip,) = view.due
        assert strip.width() < 40
        painter = QPainter(picture)
        view.render(painter, strip.topLeft(), QRegion(strip), QWidget.RenderFlag.DrawChildren)
        painter.end()
    assert difference(picture, view.grab().toImage()) < 8  # of 255: rounding of soft edges


def test_nothing_is_painted_where_nothing_is_new(view: Watched) -> None:
    series: dict[Part, Series] = {part: Series() for part in STROKES}
    grown(series, range(10))
    view.show_series(series)
    view.grab()
    view.due.clear()
    view.show_series(series)
    view.show_cursor(None)
    view.show_caption(view.caption, low=False)
    view.show_range((0, 100), (0, 5))
    assert view.due == []


def test_the_cursor_marks_its_time_and_the_caption_its_corner(view: Watched) -> None:
    plain = view.grab().toImage()
    view.show_cursor(Cursor(50, ((2.5, "training"),)))
    view.show_caption("Loss", low=True)
    marked = view.grab().toImage()
    spot = view.mapping.point(50, 2.5).toPoint()
    assert marked.pixelColor(spot) == theme.color("training")
    corner = view.mapping.area.bottomRight().toPoint() - QPoint(40, 20)
    area = QRect(corner, view.mapping.area.bottomRight().toPoint())
    assert marked.copy(area) != plain.copy(area)


def test_a_mapping_leads_there_and_back() -> None:
    for downwards in (False, True):
        mapping = Mapping(QRectF(10, 20, 300, 100), Span(5, 8), Span(-1, 4), downwards)
        there = mapping.point(6.2, 3.3)
        back = mapping.values(there)
        assert (back.x(), back.y()) == pytest.approx((6.2, 3.3))
        fixed = mapping.zoomed(0.5, 2.0, there)
        assert (fixed.point(6.2, 3.3) - there).manhattanLength() == pytest.approx(0, abs=1e-9)
        assert (fixed.x.size, fixed.y.size) == pytest.approx((1.5, 10))
        moved = mapping.dragged(there, there + QPointF(30, -10))
        assert moved.values(there + QPointF(30, -10)).x() == pytest.approx(6.2)
        squared = mapping.squared()
        assert squared.cell[0] == pytest.approx(squared.cell[1])


@pytest.fixture
def plot(qtbot: QtBot) -> PlainPlot:
    made = PlainPlot("left", "bottom")
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show_range((0, 10), (0, 1))
    made.show()
    return made


def wheel(plot: PlainPlot, place: QPointF) -> None:
    event = QWheelEvent(
        place,
        QPointF(plot.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plot, event)


def test_the_wheel_zooms_about_the_pointer_and_over_an_axis_along_it(plot: PlainPlot) -> None:
    place = plot.mapping.point(2.0, 0.25)
    wheel(plot, place)
    (left, right), (bottom, top) = plot.ranges
    assert right - left < 10
    assert top - bottom < 1
    assert plot.mapping.values(place).x() == pytest.approx(2.0, abs=0.1)
    before = plot.ranges
    wheel(plot, QPointF(3, place.y()))
    assert plot.ranges[0] == pytest.approx(before[0])
    assert plot.ranges[1] != pytest.approx(before[1])
    before = plot.ranges
    wheel(plot, QPointF(place.x(), plot.height() - 2))
    assert plot.ranges[0] != pytest.approx(before[0])
    assert plot.ranges[1] == pytest.approx(before[1])


def test_dragging_moves_and_with_the_right_button_zooms(plot: PlainPlot, qtbot: QtBot) -> None:
    start = plot.mapping.area.center().toPoint()
    width = plot.mapping.cell[0]
    plot._drag(QPointF(start), QPointF(start) + QPointF(2 * width, 0), zooms=False)
    assert plot.ranges[0] == pytest.approx((-2, 8))
    plot._drag(QPointF(start), QPointF(start) + QPointF(50, 0), zooms=True)
    (left, right), _ = plot.ranges
    assert right - left < 10
    qtbot.mouseDClick(plot, Qt.MouseButton.LeftButton)
    assert plot.ranges == ((0, 10), (0, 1))


def test_dragging_follows_the_mouse_only_while_a_button_is_down(
    plot: PlainPlot, qtbot: QtBot
) -> None:
    start = plot.mapping.area.center().toPoint()
    qtbot.mousePress(plot, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(plot, start + QPoint(40, 0))
    assert plot.ranges[0] == (0, 10)


def test_cells_have_the_colours_of_their_values() -> None:
    colors = theme.signed_colors()
    values = np.array([[-1.0, 0.0, 1.0, 9.0, np.nan]], np.float32)
    image = signed_image(values, 1.0, colors)
    found = [image.pixelColor(x, 0).getRgb()[:3] for x in range(4)]
    assert found[0] == tuple(colors[0])
    assert found[2] == found[3] == tuple(colors[-1])
    assert np.abs(np.array(found[1]) - colors[127:129].mean(axis=0)).max() <= 2
    assert image.pixelColor(4, 0).alpha() == 0


def test_a_large_matrix_is_averaged_and_keeps_its_mean() -> None:
    draw = np.random.default_rng(0)
    values = draw.normal(size=(784, 512)).astype(np.float32)
    small = averaged(values, 4, 2)
    assert small.shape == (196, 256)
    assert small.mean() == pytest.approx(values.mean(), abs=1e-5)
    np.testing.assert_allclose(small[0, 0], values[:4, :2].mean(), rtol=1e-4)
    ragged = averaged(values, 5, 3)
    assert ragged.shape == (157, 171)
    np.testing.assert_allclose(ragged[-1, -1], values[780:, 510:].mean(), rtol=1e-4)
    np.testing.assert_array_equal(averaged(values, 1, 1), values)


def test_every_cell_of_a_large_matrix_lies_where_its_numbers_are(qtbot: QtBot) -> None:
    made = Heatmap()
    qtbot.addWidget(made)
    made.resize(330, 130)
    values = np.full((784, 512), 0.5, np.float32)
    values[680:740, 100:120] = -0.5
    made.show_values(values)
    image = made.grab().toImage()
    inside, outside = made.mapping.point(110, 710), made.mapping.point(140, 640)
    low, high = (theme.signed_colors()[place] for place in (0, -1))
    assert image.pixelColor(inside.toPoint()).getRgb()[:3] == tuple(low)
    assert image.pixelColor(outside.toPoint()).getRgb()[:3] == tuple(high)


def test_a_heatmap_that_has_nothing_yet_can_be_painted(qtbot: QtBot) -> None:
    made = Heatmap()
    qtbot.addWidget(made)
    assert not made.grab().isNull()


def test_dots_lie_where_their_values_are(qtbot: QtBot) -> None:
    made = Scatter()
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show_range((0, 10), (0, 10))
    plain = made.grab().toImage()
    made.show_points(np.array([3.0, np.nan]), np.array([7.0, 1.0]))
    spot = made.mapping.point(3, 7).toPoint()
    assert made.grab().toImage().pixelColor(spot) != plain.pixelColor(spot)


def test_cells_that_change_are_painted_a_few_at_a_time(qtbot: QtBot) -> None:
    class View(MatrixView):
        due = QRegion()

        def update(self, *where: QRegion) -> None:  # type: ignore[override]
            if where:
                parts.append(where[0])

    parts: list[QRegion] = []
    made = View()
    qtbot.addWidget(made)
    made.resize(320, 240)
    names = tuple("abcdefghij")
    before, after = np.zeros((10, 10), np.int64), np.arange(100).reshape(10, 10)
    made.show_matrix(before, names)
    parts.clear()
    made.show_matrix(after, names)
    qtbot.waitUntil(lambda: not made._stale)
    assert len(parts) > 1
    together = QRegion()
    for part in parts:
        together += part
    geometry = made.geometry_of_cells()
    places = np.argwhere(after != before)
    assert all(
        together.contains(geometry.cell(row, column).center().toPoint()) for row, column in places
    )


def difference(one: QImage, other: QImage) -> int:
    """By how much any channel of any pixel differs at most."""
    arrays = [
        np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint8)
        for image in (one, other)
    ]
    return int(np.abs(arrays[0].astype(int) - arrays[1]).max())
