"""How the canvas bears a thousand layers and two thousand links: frames, edits, opening, layout.

All of it happens in the real main window with its usual panels. A frame is one repaint after the
view was moved or zoomed by a step, until the picture is with the screen: with all cards in view, at
the size at which they can be read, and between. An edit is everything from the wish to the
repainted window, with all that follows from it: widths, problems, cards, links, panels. Opening is
from the file on the disk to the painted canvas. "Busy" is the time that the window's thread had the
processor for, which matters where others want it, too.

    python3 dev.py benchmark canvas

Where there is no screen an X server without one is started if there is one (Xvfb); else nothing
is shown at all.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter, thread_time
from typing import TYPE_CHECKING

from benchmarks.harness.screens import SCREENS
from benchmarks.harness.tables import Table

if TYPE_CHECKING:
    from engine.project import Project
    from gui.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[1]
LAYERS, COLUMNS = 1_000, 40
SIZE = (1920, 1080)
ZOOMS = (0.1, 0.2, 0.35, 0.5, 1.0)
FRAMES, EDITS, OPENINGS = 60, 11, 3
# milliseconds: the 95th percentile of frames, the median of everything else
BARS = {"pan": 16.0, "zoom": 16.0, "edit": 50.0, "open": 1500.0, "layout": 2000.0}

Time = tuple[float, float]  # on the clock, and of the processor's time for the window's thread
Found = dict[str, list[Time]]


def big_project() -> "Project":
    """Rows of layers on digits: a column of Dense, one of Add with three inputs each, and so on."""
    from engine import layers, templates
    from engine.activations import Relu, Softmax
    from engine.design import Design, Link, Node
    from gui.canvas import arrange

    rows = LAYERS // COLUMNS
    nodes = [Node(id="n1", name="input", layer=layers.Input())]
    links: list[Link] = []
    for number in range(2, LAYERS + 1):
        merges = number == LAYERS - 1 or (number < LAYERS and (number - 2) // rows % 2 == 1)
        layer = layers.Add() if merges else layers.Dense(units=10, activation=Relu())
        if number == LAYERS:
            layer = layers.Dense(units=10, activation=Softmax())
        nodes.append(Node(id=f"n{number}", name=f"{layer.kind}_{number}", layer=layer))
        before = _before(number, rows, merges)
        links += [Link(source=f"n{each}", target=f"n{number}") for each in before]
    design = Design(nodes=tuple(nodes), links=tuple(links), next_id=LAYERS + 1)
    made = templates.new("digits").edited(name="a thousand layers", design=design, layout=())
    return made.edited(layout=arrange.layout(design, arrange.places(made)))


def _before(number: int, rows: int, merges: bool) -> Sequence[int]:
    """Which layers feed one: that before it in its row and, where it merges, two neighbours."""
    column, row = divmod(number - 2, rows)
    start = 2 + (column - 1) * rows
    if number >= LAYERS - 1:
        return range(start, number) if merges else [number - 1]
    return [start + (row + step) % rows for step in range(3 if merges else 1)] if column else [1]


# ── in the process that shows the window ────────────────────────────────────────────────────


class Stage:
    """The main window with the big design, and a stopwatch that waits for the picture."""

    def __init__(self) -> None:
        from PySide6.QtWidgets import QApplication

        from gui import app

        self.app = QApplication(sys.argv[:1])
        self.window: MainWindow = app.create_window()
        self.window.resize(*SIZE)
        self.window.show()
        self.rest()
        self.window.complete()
        self.window.show_workbench()
        self.rest()

    def rest(self) -> None:
        """Until the screen has been sent the picture."""
        from PySide6.QtWidgets import QApplication

        QApplication.processEvents()
        QApplication.sync()

    def timed(self, act: Callable[[], object]) -> Time:
        """Milliseconds until all that `act` brings about is seen."""
        began, busy = perf_counter(), thread_time()
        act()
        self.rest()
        return 1000 * (perf_counter() - began), 1000 * (thread_time() - busy)

    def each(self, acts: Sequence[Callable[[], object]]) -> list[Time]:
        return [self.timed(act) for act in acts]


def measure() -> Found:
    """Milliseconds of everything that is measured."""
    stage = Stage()
    found = {"open": _openings(stage)}
    view = stage.window.canvas.view
    for zoom in ZOOMS:
        for name, frames in (("pan", _pans), ("zoom", _zooms)):
            view.set_zoom(zoom)
            view.centerOn(stage.window.canvas.scene.content_rect().center())
            stage.rest()
            found[f"{name} at {zoom:g}"] = stage.each(list(frames(stage)))
    stage.window.canvas.fit()
    stage.rest()
    for name, acts in _edits(stage).items():
        found[f"edit: {name}"] = stage.each(acts)
        stage.each([stage.window.document.undo] * len(acts))
    tidy = stage.window.canvas.tidy
    found["layout"] = stage.each([tidy.lay_out_down, tidy.lay_out_right])
    found["edit: undo"] = _undoing(stage)
    return found


def _openings(stage: Stage) -> list[Time]:
    """The file is read in the background, as every file is."""
    from PySide6.QtCore import QEventLoop

    from engine import files

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "thousand.h5"
        files.save(path, big_project(), None)
        loop = QEventLoop()
        stage.window.files.opened.connect(loop.quit)

        def open_file() -> None:
            stage.window.open_path(path)
            loop.exec()

        found = stage.each([open_file] * OPENINGS)
    while stage.window.document.prepared is None:
        stage.rest()
    return found


def _pans(stage: Stage) -> Iterator[Callable[[], object]]:
    view = stage.window.canvas.view
    bars = view.horizontalScrollBar(), view.verticalScrollBar()
    for number in range(FRAMES):
        bar, by = bars[number % 3 == 2], 17 if number < FRAMES / 2 else -17
        yield lambda bar=bar, by=by: bar.setValue(bar.value() + by)


def _zooms(stage: Stage) -> Iterator[Callable[[], object]]:
    view = stage.window.canvas.view
    for number in range(FRAMES):
        by = 1.04 if number < FRAMES / 2 else 1 / 1.04
        yield lambda by=by: view.set_zoom(view.zoom * by)


def _edits(stage: Stage) -> dict[str, list[Callable[[], object]]]:
    from engine import layers
    from gui.canvas import edits

    do, nodes = stage.window.canvas.editor.do, stage.window.document.project.design.nodes
    chosen = [nodes[200 + 50 * number] for number in range(EDITS)]
    dense = [node for node in nodes[200:] if isinstance(node.layer, layers.Dense)][:EDITS]

    def units(identifier: str) -> None:
        document = stage.window.document
        wider = document.project.design.replace(identifier, layers.Dense(units=12))
        document.edit("Change units", project=document.project.edited(design=wider))

    return {
        "add": [lambda: do(lambda p: edits.add(p, layers.Dense(units=4), (0.0, 0.0)))] * EDITS,
        "remove": [lambda n=n: do(lambda p: edits.delete(p, [n.id])) for n in chosen],
        "move": [lambda n=n: do(lambda p: edits.move(p, {n.id: (9.0, 9.0)})) for n in chosen],
        "units": [lambda n=n: units(n.id) for n in dense],
    }


def _undoing(stage: Stage) -> list[Time]:
    """Of removing a layer."""
    document = stage.window.document
    remove = _edits(stage)["remove"][0]
    found: list[Time] = []
    for _ in range(EDITS):
        remove()
        stage.rest()
        found.append(stage.timed(document.undo))
    return found


# ── in the process that prints ──────────────────────────────────────────────────────────────


def main() -> None:
    """Prints a table."""
    if sys.argv[1:] == ["--measure"]:
        print(json.dumps(measure()), flush=True)
        os._exit(0)
    screen, opened = list(SCREENS.items())[-1]
    with opened() as environment, tempfile.TemporaryDirectory() as home:
        found = _measured(dict(environment) | {"GLASSWORK_HOME": home})
    print(f"{LAYERS:,} layers in a window of {SIZE[0]} x {SIZE[1]}; {screen}; milliseconds")
    table = Table("what", "median", "95 %", "bar", "busy 95 %", labels=[[name] for name in found])
    for name, times in found.items():
        bar = BARS[name.partition(":")[0].partition(" ")[0]]
        clock, busy = (sorted(each) for each in zip(*times, strict=True))
        middle, high = statistics.median(clock), _high(clock)
        met = (high if bar == BARS["pan"] else middle) <= bar
        said = f"≤ {bar:g}" + ("" if met else " ✗")
        table.add(name, f"{middle:.1f}", f"{high:.1f}", said, f"{_high(busy):.1f}")


def _high(ordered: Sequence[float]) -> float:
    return ordered[int(0.95 * len(ordered))]


def _measured(environment: dict[str, str]) -> Found:
    command = [sys.executable, "-m", "benchmarks.canvas", "--measure"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
