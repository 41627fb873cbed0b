"""Figures that change all the time leave the window alone."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.steady_label import SteadyLabel
from gui.throttle import Throttle


class Witness(QObject):
    """Counts events of a kind that a widget gets."""

    def __init__(self, widget: QWidget, kind: QEvent.Type) -> None:
        super().__init__(widget)
        self.count = 0
        self._kind = kind
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == self._kind
        return False


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    QHBoxLayout(made)
    made.resize(400, 40)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def label(holder: QWidget) -> SteadyLabel:
    made = SteadyLabel()
    layout = holder.layout()
    assert layout is not None
    layout.addWidget(made)
    made.say("epoch <b>100</b> of 1,000")
    settle()
    return made


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def test_new_figures_of_the_same_width_lay_nothing_out(holder: QWidget, label: SteadyLabel) -> None:
    layouts = Witness(holder, QEvent.Type.LayoutRequest)
    paints = Witness(label, QEvent.Type.Paint)
    label.say("epoch <b>101</b> of 1,000")
    settle()
    assert (layouts.count, paints.count) == (0, 1)
    label.say("epoch <b>9</b> of 1,000")
    settle()
    assert (layouts.count, paints.count) == (0, 2)


def test_the_same_text_is_not_painted_again(label: SteadyLabel) -> None:
    paints = Witness(label, QEvent.Type.Paint)
    label.say(label.text())
    settle()
    assert paints.count == 0


def test_it_grows_and_keeps_what_is_reserved(label: SteadyLabel) -> None:
    width = label.width()
    label.say("epoch <b>1,000,000</b> of 1,000,000")
    settle()
    assert label.width() > width
    grown = label.width()
    label.forget()
    settle()
    assert (label.text(), label.width()) == ("", grown)
    label.reserve("a text that is much longer than all that has been said so far, by far")
    assert label.minimumWidth() > grown


def test_screen_readers_get_the_words_without_marks(label: SteadyLabel) -> None:
    assert label.accessibleName() == "epoch 100 of 1,000"


def test_bold_words_are_wider_than_plain_ones(label: SteadyLabel) -> None:
    plain, bold = SteadyLabel(), SteadyLabel()
    plain.say("epoch 100")
    bold.say("<b>epoch 100</b>")
    assert bold.minimumWidth() > plain.minimumWidth()
    before = label.grab().toImage()
    label.say("epoch 100 of 1,000")
    assert label.grab().toImage() != before


def test_a_throttle_calls_at_once_then_seldom_and_never_forgets_the_last(qtbot: QtBot) -> None:
    state, seen = [0], []
    owner = QObject()
    throttle = Throttle(lambda: seen.append(state[0]), 40, owner)
    for value in range(1, 30):
        state[0] = value
        throttle.ask()
        qtbot.wait(3)
    qtbot.waitUntil(lambda: seen[-1] == 29)
    assert seen[0] == 1
    assert len(seen) < 10
    qtbot.wait(60)
    assert seen[-1] == 29
    owner.deleteLater()


def test_in_a_larger_font_it_takes_the_room_that_its_widest_words_need(qtbot: QtBot) -> None:
    label = SteadyLabel()
    qtbot.addWidget(label)
    label.reserve("epoch <b>100</b> of 100")
    before = label.size()
    font = label.font()
    font.setPointSizeF(2 * font.pointSizeF())
    label.setFont(font)
    assert label.width() > 1.7 * before.width()
    assert label.height() > 1.7 * before.height()
    font.setPointSizeF(font.pointSizeF() / 2)
    label.setFont(font)
    assert label.size() == before
