"""What is on a panel can be copied and saved: as pixels, as lines and letters, as figures."""

import csv
from io import StringIO
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QMessageBox, QVBoxLayout
from pytestqt.qtbot import QtBot

from gui import panel_copy
from gui.figure_table import FigureTable, to_csv
from gui.panels.base import Panel
from gui.plots.line_plot import LinePlot
from gui.plots.lines import Line


class Curves(Panel):
    title: ClassVar[str] = "Curves"
    name: ClassVar[str] = "curves"

    def __init__(self) -> None:
        super().__init__()
        self.plot = LinePlot("Loss", across="epoch", up="loss")
        self.plot.show_lines([Line("loss", np.arange(3.0), np.array([1.0, 0.5, 0.25]))])
        QVBoxLayout(self).addWidget(self.plot)

    def tables(self) -> tuple[FigureTable, ...]:
        rows = [[epoch, np.float32(0.5)] for epoch in range(3)]
        return (FigureTable("Loss", ("epoch", "loss"), rows),)


@pytest.fixture
def panel(qtbot: QtBot) -> Curves:
    made = Curves()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def test_the_picture_is_copied_as_pixels_and_as_svg(panel: Curves) -> None:
    panel_copy.copy_picture(panel)
    data = QGuiApplication.clipboard().mimeData()
    image = QImage(data.imageData())
    assert (image.width(), image.height()) == (800, 600)
    assert b"<svg" in data.data("image/svg+xml").data()


def test_the_svg_holds_letters_and_no_pixels(panel: Curves) -> None:
    svg = panel_copy.svg(panel).decode()
    assert ">epoch<" in svg
    assert "<image" not in svg


@pytest.mark.parametrize(("name", "start"), [("a.png", b"\x89PNG"), ("a.svg", b"<?xml")])
def test_the_ending_says_in_which_format(
    panel: Curves, tmp_path: Path, name: str, start: bytes
) -> None:
    panel_copy.save_picture(panel, tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_figures_are_saved_in_full_precision(panel: Curves, tmp_path: Path) -> None:
    path = tmp_path / "loss.csv"
    panel_copy.save_figures(panel, path)
    rows = list(csv.reader(StringIO(path.read_text("utf-8-sig"))))
    assert rows == [["epoch", "loss"], ["0", "0.5"], ["1", "0.5"], ["2", "0.5"]]


def test_several_tables_follow_each_other_under_their_titles() -> None:
    tables = [FigureTable("a", ("x",), [[1]]), FigureTable("b", ("y", "z"), [[2, "ä,b"]])]
    assert to_csv(tables) == 'a\nx\n1\n\nb\ny,z\n2,"ä,b"\n'


def test_the_menu_offers_only_what_there_is(panel: Curves, qtbot: QtBot) -> None:
    assert [action.isEnabled() for action in panel_copy.menu(panel).actions()] == [True] * 4
    plain = Panel()
    qtbot.addWidget(plain)
    enabled = [action.isEnabled() for action in panel_copy.menu(plain).actions()]
    assert enabled == [True, False, True, False]


def test_figures_are_copied_from_the_menu(panel: Curves) -> None:
    panel_copy.menu(panel).actions()[1].trigger()
    assert QGuiApplication.clipboard().text().startswith("epoch,loss\n0,0.5\n")


def test_a_folder_that_cannot_be_written_is_said_and_costs_nothing(
    panel: Curves, tmp_path: Path
) -> None:
    panel_copy.save_figures(panel, tmp_path / "missing" / "a.csv")
    box = panel.findChild(QMessageBox)
    assert box is not None
    assert box.informativeText() == "Cannot write a.csv: No such file or directory"
