"""What holds for every panel: it can be built, shown anything in any order, and themed."""

from collections.abc import Iterator
from functools import cache

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.project import Project
from gui import panel_copy, theme
from gui.document import Focus, State
from gui.panels import PANELS
from gui.panels.base import Panel
from tests.gui.panels.runs import Run, classification, regression, run

WIDEST = 460  # pixels: what two panels side by side have at a width of 1280
WITHOUT_FIGURES = {"data", "inspector", "training", "outline"}
SIZES = ((800, 230), (1200, 300), (200, 100))


@cache
def runs() -> dict[str, Run]:
    return {
        "classification": run(classification()),
        "regression": run(regression()),
        "without validation": run(classification(0)),
    }


@pytest.fixture(params=PANELS, ids=lambda panel: panel.name)
def panel(request: pytest.FixtureRequest, qtbot: QtBot) -> Panel:
    made: Panel = request.param()
    qtbot.addWidget(made)
    return made


@pytest.fixture(params=["light", "dark"])
def themed(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    theme.apply(qapp, request.param)
    yield request.param
    theme.apply(qapp, "light")


def test_names_are_unique_and_everything_is_said() -> None:
    assert len({panel.name for panel in PANELS}) == len(PANELS)
    for panel in PANELS:
        assert panel.title
        assert panel.name.isidentifier()
        assert panel.area in ("left", "right", "bottom", "bottom-right")


def test_it_draws_before_there_is_anything_to_draw(panel: Panel, qtbot: QtBot) -> None:
    panel.show_state(State(Project()), None)
    panel.show_focus(Focus())
    panel.show_events(())
    panel.clear()
    for width, height in SIZES:
        panel.resize(width, height)
        panel.show()
        assert not panel.grab().isNull()


@pytest.mark.parametrize("name", ["classification", "regression", "without validation"])
def test_it_takes_a_whole_run_and_the_document_after_it(
    panel: Panel, themed: str, name: str
) -> None:
    done = runs()[name]
    panel.show()
    panel.show_state(State(done.project), done.facts)
    panel.clear()
    panel.show_events(done.events[: len(done.events) // 2])
    panel.show_events(done.events[len(done.events) // 2 :])
    panel.show_state(State(done.project, done.finished.trained), done.facts)
    panel.show_focus(Focus(layers=(done.project.design.nodes[-1].id,)))
    for width, height in SIZES:
        panel.resize(width, height)
        assert not panel.grab().isNull()


def test_it_changes_its_colours_with_the_theme(panel: Panel, qapp: QApplication) -> None:
    done = runs()["regression" if not panel.relevant(classification().facts) else "classification"]
    panel.resize(800, 230)
    panel.show()
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    shades = []
    for mode in ("dark", "light"):
        theme.apply(qapp, mode)
        panel.apply_theme()
        image = panel.grab().toImage()
        colors = [image.pixelColor(x, y) for x in range(0, 800, 7) for y in range(0, 230, 7)]
        shades.append(sum(map(QColor.lightnessF, colors)) / len(colors))
    assert shades[0] < 0.45
    assert shades[1] > 0.6


def shown(panel: Panel) -> Panel:
    """After a whole run of data that it has something to say about."""
    fits = panel.relevant(classification().facts)
    done = runs()["classification" if fits else "regression"]
    panel.resize(800, 300)
    panel.show()
    panel.show_state(State(done.project), done.facts)
    panel.show_events(done.events)
    panel.show_state(State(done.project, done.finished.trained), done.facts)
    return panel


def test_it_has_room_beside_others(panel: Panel) -> None:
    assert shown(panel).minimumSizeHint().width() <= WIDEST


def test_its_picture_can_be_copied_as_lines_and_letters(panel: Panel) -> None:
    assert b"<svg" in panel_copy.svg(shown(panel))
    assert not panel_copy.image(panel).isNull()


def test_its_figures_are_tables_with_a_heading_a_column(panel: Panel) -> None:
    for table in shown(panel).tables():
        assert table.title
        assert {len(row) for row in table.rows} <= {len(table.header)}
    has_figures = type(panel).tables is not Panel.tables
    assert has_figures != (panel.name in WITHOUT_FIGURES)


def test_it_wants_measurements_only_while_it_is_seen(panel: Panel, qtbot: QtBot) -> None:
    done = runs()["classification"]
    panel.show_state(State(done.project), done.facts)
    assert panel.wanted() == frozenset()
    with qtbot.waitSignal(panel.wanted_changed):
        panel.show()
    assert panel.wanted() == panel.measurements()
    with qtbot.waitSignal(panel.wanted_changed):
        panel.hide()
    assert panel.wanted() == frozenset()


def test_panels_that_stand_for_one_another_are_relevant_in_turn() -> None:
    by_task = {
        name: {panel.name for panel in PANELS if panel.relevant(done.facts)}
        for name, done in runs().items()
    }
    differ = {"confusion", "predicted", "residuals"}
    assert by_task["classification"] ^ by_task["regression"] == differ
