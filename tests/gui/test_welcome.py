"""The welcome page: every way to begin is a card, a button or a line, by mouse and by keyboard."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine import templates as engine_templates
from gui import theme, thumbnails
from gui.welcome import ENTRIES, RecentFile, Welcome

TEMPLATES = [entry.name for entry in ENTRIES if entry.name != "table"]


@pytest.fixture
def page(qtbot: QtBot) -> Welcome:
    made = Welcome()
    qtbot.addWidget(made)
    made.resize(900, 760)
    made.show()
    return made


def card(page: Welcome, name: str):
    return next(each for each in page.gallery.cards if each.entry.name == name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_can_be_chosen_with_the_mouse(
    qtbot: QtBot, page: Welcome, name: str
) -> None:
    with qtbot.waitSignal(page.template_chosen) as chosen:
        qtbot.mouseClick(card(page, name), Qt.MouseButton.LeftButton)
    assert chosen.args == [name]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_card_can_be_chosen_with_the_keyboard(qtbot: QtBot, page: Welcome, key: Qt.Key) -> None:
    with qtbot.waitSignal(page.template_chosen) as chosen:
        qtbot.keyClick(card(page, "digits"), key)
    assert chosen.args == ["digits"]


def test_a_table_of_ones_own_is_asked_for(qtbot: QtBot, page: Welcome) -> None:
    with qtbot.waitSignal(page.table_requested), qtbot.assertNotEmitted(page.template_chosen):
        qtbot.mouseClick(card(page, "table"), Qt.MouseButton.LeftButton)


def test_open_is_asked_for(qtbot: QtBot, page: Welcome) -> None:
    with qtbot.waitSignal(page.open_requested):
        qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)


def test_arrow_keys_move_among_the_cards_and_stop_at_the_edges(qtbot: QtBot, page: Welcome) -> None:
    page.activateWindow()
    qtbot.waitUntil(card(page, "xor").hasFocus)
    for key, reached in (
        (Qt.Key.Key_Right, "moons"),
        (Qt.Key.Key_Down, "iris"),
        (Qt.Key.Key_Left, "digits"),
        (Qt.Key.Key_Up, "xor"),
        (Qt.Key.Key_Up, "xor"),
    ):
        qtbot.keyClick(QApplication.focusWidget(), key)
        assert QApplication.focusWidget().entry.name == reached


def test_recent_files_show_name_folder_and_day(qtbot: QtBot, page: Welcome, tmp_path: Path) -> None:
    first, second = tmp_path / "digits.h5", tmp_path / "gone.h5"
    first.write_bytes(b"")
    page.show_recent_files([first, second])
    rows = page.findChildren(RecentFile)
    texts = [[label.text() for label in row.labels] for row in rows]
    assert texts[0][:2] == ["digits.h5", str(tmp_path)]
    assert texts[0][2].startswith("today ")
    assert texts[1][2] == ""
    with qtbot.waitSignal(page.file_chosen) as chosen:
        qtbot.mouseClick(rows[0], Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert chosen.args == [first]


def test_a_file_from_another_day_shows_its_date_and_home_is_short(
    qtbot: QtBot, page: Welcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    path = tmp_path / "models" / "iris.h5"
    path.parent.mkdir()
    path.write_bytes(b"")
    day = time.mktime((2024, 3, 5, 12, 0, 0, 0, 0, -1))
    os.utime(path, (day, day))
    page.show_recent_files([path])
    (row,) = page.findChildren(RecentFile)
    assert [label.text() for label in row.labels] == ["iris.h5", "~/models", "5 Mar 2024"]


def test_recent_files_are_replaced(qtbot: QtBot, page: Welcome, tmp_path: Path) -> None:
    page.show_recent_files([tmp_path / "a.h5", tmp_path / "b.h5"])
    page.show_recent_files([])
    qtbot.waitUntil(lambda: not page.findChildren(RecentFile))


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", [entry.name for entry in ENTRIES])
def test_every_template_has_a_drawing_of_its_own(
    qapp: QApplication, name: str, mode: theme.Mode
) -> None:
    theme.apply(qapp, mode)
    try:
        assert name in thumbnails.THUMBNAILS
        assert _drawn(name) != _drawn("nothing of that name")
        assert _drawn(name) == _drawn(name)
    finally:
        theme.apply(qapp, "light")


def _drawn(name: str) -> QImage:
    image = QImage(QSize(160, 80), QImage.Format.Format_ARGB32)
    image.fill(theme.color("surface"))
    painter = QPainter(image)
    thumbnails.paint(name, painter, QRectF(4, 4, 152, 72))
    painter.end()
    return image


def test_a_card_shows_where_the_pointer_is(qtbot: QtBot, page: Welcome) -> None:
    under = card(page, "wine")
    before = under.grab().toImage()
    under.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    assert under.grab().toImage() != before


@pytest.mark.parametrize("name", engine_templates.TEMPLATES)
def test_cards_say_what_the_templates_are(name: str) -> None:
    template = engine_templates.TEMPLATES[name]
    entry = next(each for each in ENTRIES if each.name == name)
    assert entry.title == template.title
    assert entry.line.startswith(f"{template.rows:,} rows · {template.features} ")
    assert ("regression" in entry.line) == (template.task == "regression")


def test_every_template_has_a_card() -> None:
    assert set(engine_templates.TEMPLATES) == set(TEMPLATES)


def test_the_page_needs_no_scientific_library() -> None:
    code = (
        "import sys, gui.welcome\n"
        "heavy = {'sklearn', 'pandas', 'scipy', 'h5py', 'pyqtgraph'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
