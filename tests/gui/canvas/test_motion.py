"""What moves is quick, waits for nobody, and stands still where the system wishes it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractAnimation, QEasingCurve, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.canvas import Canvas
from gui.canvas.glide import LAYOUT, SPLICE
from gui.canvas.glow import SELECTION
from gui.document import Document, Focus
from tests.gui.canvas.hands import HIDDEN, OUTPUT

RUNNING = QAbstractAnimation.State.Running


@pytest.fixture
def motion(qapp: QApplication) -> Iterator[None]:
    """A system that has its effects switched on."""
    before = qapp.isEffectEnabled(Qt.UIEffect.UI_General)
    qapp.setEffectEnabled(Qt.UIEffect.UI_General, True)
    yield
    qapp.setEffectEnabled(Qt.UIEffect.UI_General, before)


def test_motion_takes_as_long_as_was_designed() -> None:
    assert (SELECTION, SPLICE, LAYOUT) == (100, 160, 220)


def test_a_halo_grows_around_what_is_selected(
    qtbot: QtBot, canvas: Canvas, document: Document, motion: None
) -> None:
    document.set_focus(Focus(layers=(HIDDEN,)))
    glow = canvas.scene._glow
    assert canvas.scene.selected_layers() == (HIDDEN,), "selected at once, whatever is painted"
    assert glow.state() == RUNNING
    assert canvas.scene.layers[HIDDEN]._glow < 1
    document.set_focus(Focus(layers=(OUTPUT,)))
    assert canvas.scene.layers[HIDDEN]._glow == 1
    qtbot.waitUntil(lambda: glow.state() != RUNNING)
    assert canvas.scene.layers[OUTPUT]._glow == 1


def test_without_effects_the_halo_is_there_at_once(canvas: Canvas, document: Document) -> None:
    document.set_focus(Focus(layers=(HIDDEN,)))
    assert canvas.scene.layers[HIDDEN]._glow == 1
    assert canvas.scene._glow.state() != RUNNING


def test_a_layout_takes_its_time_and_an_edit_hurries(
    canvas: Canvas, document: Document, motion: None
) -> None:
    document.set_focus(Focus(layers=(HIDDEN,)))
    canvas.nudge(8, 120)
    canvas.tidy.lay_out_right()
    glide = canvas.scene._glide
    assert glide.state() == RUNNING
    assert glide.duration() == LAYOUT
    assert glide.easingCurve().type() == QEasingCurve.Type.OutCubic
    document.undo()
    canvas.scene.settle()
    assert glide.state() != RUNNING
