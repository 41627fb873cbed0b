"""Gradients on links, a row's values on cards, and the pulse that runs along."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine import layers
from engine.design import Design, Link
from engine.project import Project
from gui.canvas import Canvas
from gui.canvas.flow_item import band_color, strength
from gui.canvas.lights import depths
from gui.document import Document, State
from gui.requests import ColourLinks, LightUp, PlayPulse

FIRST, SECOND = Link(source="n1", target="n2"), Link(source="n2", target="n3")
VALUES = {"n1": np.array([1.0, -1.0]), "n2": np.array([0.0, 2.0, 0.0]), "n3": np.array([0.9])}
WORDS = {layer: layer for layer in VALUES}


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[Canvas]:
    document = Document()
    design = Design.chain(layers.Input(), layers.Dense(units=3), layers.Dense(units=1))
    document.replace(State(Project(design=design)))
    made = Canvas(document)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    made.tidy.lay_out_right()
    made.scene.settle()
    made.fit()
    before = QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, True)
    yield made
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, before)
    made.lights.pulse.stop()


def seen(canvas: Canvas, place: QPointF) -> QColor:
    view = canvas.view
    return view.grab().toImage().pixelColor(view.mapFromScene(place))


def beside(canvas: Canvas, link: Link) -> QPointF:
    """On the band, above the line itself and beside its label."""
    return canvas.scene.links[link].course.pointAtPercent(0.12) + QPointF(0, -4)


def test_links_wear_the_gradient_that_flows_through_them(canvas: Canvas) -> None:
    place = beside(canvas, SECOND)
    before = seen(canvas, place)
    sizes = {FIRST: float("nan"), SECOND: 5.0}
    canvas.lights.act(ColourLinks(sizes, "Gradients", "They vanish."))
    assert seen(canvas, place) != before
    assert seen(canvas, beside(canvas, FIRST)) == seen(canvas, beside(canvas, FIRST))
    legend = canvas.lights.legend
    assert legend.isVisible()
    assert legend.accessibleName() == "Gradients. They vanish."
    assert canvas.rect().contains(legend.geometry())
    assert not legend.grab().isNull()
    canvas.lights.act(ColourLinks(None))
    assert seen(canvas, place) == before
    assert not legend.isVisible()


def test_more_gradient_is_a_stronger_colour() -> None:
    assert strength(0.0) == 0.0
    assert strength(1e-9) == 0.0
    assert strength(1e5) == 1.0
    assert strength(1e-4) < strength(1e-2)
    assert band_color(0.1).alphaF() < band_color(0.9).alphaF()


def test_cards_show_what_a_row_makes_of_them(canvas: Canvas) -> None:
    corner = canvas.scene.layers["n2"].pos()
    cell = corner + QPointF(84, 56)  # the one in the middle of three
    before = seen(canvas, cell)
    canvas.lights.act(LightUp(VALUES, WORDS))
    lit = seen(canvas, cell)
    assert lit != before
    assert seen(canvas, cell - QPointF(56, 0)) != lit
    canvas.lights.act(LightUp(None, {}))
    assert seen(canvas, cell) == before


def test_a_pulse_runs_once_and_lights_layer_by_layer(canvas: Canvas, qtbot: QtBot) -> None:
    reached: list[float] = []
    canvas.lights.act(PlayPulse())
    assert not canvas.lights.pulse.is_running  # nothing to be sent
    canvas.lights.act(LightUp(VALUES, WORDS))
    canvas.lights.pulse.passed.connect(reached.append)
    canvas.lights.act(PlayPulse())
    assert canvas.lights.pulse.is_running
    cell = canvas.scene.layers["n3"].pos() + QPointF(60, 56)
    canvas.lights.pulse.setCurrentTime(300)
    dark = seen(canvas, cell)
    qtbot.waitUntil(lambda: not canvas.lights.pulse.is_running, timeout=4000)
    assert reached == sorted(reached)
    assert reached[-1] == 2.0
    assert seen(canvas, cell) != dark


def test_without_motion_everything_is_lit_at_once(canvas: Canvas) -> None:
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, False)
    canvas.lights.act(LightUp(VALUES, WORDS))
    canvas.lights.act(PlayPulse())
    assert not canvas.lights.pulse.is_running


def test_depth_is_the_longest_way_from_an_input() -> None:
    design = Design.chain(layers.Input(), layers.Dense(units=2), layers.Dense(units=2))
    design = design.add(layers.Add(), name="sum", after=["dense_1", "dense_2"])
    found = depths(design)
    assert found == {"n1": 0, "n2": 1, "n3": 2, "n4": 3}


def test_links_and_cards_may_go_while_they_are_shown(canvas: Canvas) -> None:
    canvas.lights.act(ColourLinks({FIRST: 1.0, SECOND: 1e-6}, "Gradients", ""))
    canvas.lights.act(LightUp(VALUES, WORDS))
    canvas.lights.act(PlayPulse())
    canvas.editor.focus(("n2",))
    canvas.delete_selection()
    canvas.lights.pulse.setCurrentTime(500)
    assert not canvas.grab().isNull()
