"""Where one looked on the canvas of a file is where one looks when it is opened again."""

from pathlib import Path

import pytest

from gui.main_window import MainWindow
from gui.settings import VIEWS, Settings
from gui.view_memory import ViewMemory
from tests.gui.person import Person


def middle(window: MainWindow) -> tuple[float, float]:
    view = window.canvas.view
    point = view.mapToScene(view.viewport().rect().center())
    return point.x(), point.y()


def rest(window: MainWindow) -> None:
    (memory,) = window.canvas.findChildren(ViewMemory)
    memory.keep()


def test_zoom_and_place_of_a_file_are_kept(
    person: Person, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "a.h5"
    person.begin("iris")
    person.save_to(path, "save_as")
    person.do("zoom_in")
    person.do("zoom_in")
    window.canvas.view.centerOn(300, 120)
    zoom, place = window.canvas.zoom, middle(window)
    rest(window)
    person.begin("xor")
    assert window.canvas.zoom != pytest.approx(zoom)
    person.open(path)
    person.qtbot.wait(50)
    assert window.canvas.zoom == pytest.approx(zoom, rel=1e-3)
    assert middle(window) == pytest.approx(place, abs=2)


def test_a_view_that_is_fitted_again_is_forgotten(
    person: Person, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "a.h5"
    person.begin("iris")
    person.save_to(path, "save_as")
    person.do("zoom_in")
    rest(window)
    assert window.settings.view_of(path) is not None
    window.canvas.fit()
    rest(window)
    assert window.settings.view_of(path) is None


def test_only_so_many_files_are_remembered_and_damage_reads_as_nothing(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    for number in range(VIEWS + 5):
        settings.keep_view(tmp_path / f"{number}|a.h5", (1.5, number, -2.25))
    assert settings.view_of(tmp_path / "3|a.h5") is None
    again = Settings(tmp_path)
    assert again.view_of(tmp_path / f"{VIEWS + 4}|a.h5") == (1.5, VIEWS + 4, -2.25)
    again._store.setValue("views", [f"x|1|2|{tmp_path / 'b.h5'}", "nonsense"])
    assert again.view_of(tmp_path / "b.h5") is None
