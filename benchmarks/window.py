"""What the window costs: how late its event loop is while training, and how much slower training.

Each network trains in the real main window with its usual panels, and alone; each contender is a
process of its own, and they take turns. Lateness is that of a 5 ms timer of the window's event
loop, from the start of training on. Speed is taken afterwards, when that timer has stopped: it
takes the interpreter from training 200 times a second itself. Rows are made on the spot, one BLAS
thread trains.

    python3 dev.py benchmark window [--all] [runs [seconds [networks …]]]

With `--all` every panel that has something to say is seen at once, each in a window of its own.

Where there is no screen an X server without one is started if there is one (Xvfb); else, or with
QT_QPA_PLATFORM=offscreen, nothing is shown at all.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

# widths from input to output, the batch, and as many epochs as somebody might ask for
NETWORKS: dict[str, tuple[tuple[int, ...], int, int]] = {
    "a32": ((2, 8, 8, 2), 32, 10_000),
    "b": ((64, 64, 10), 32, 2_000),
    "c128": ((784, 128, 10), 128, 500),
    "d": ((784, 512, 512, 10), 128, 100),
}
ROWS = 12_500  # of which a fifth is held back for validation
SIZE = (1400, 900)
PERIOD = 5  # ms
# These halve the speed of products where they are set, for everybody alike.
UNSET = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


# ── the contenders, each in a process of its own ────────────────────────────────────────────


def case(name: str) -> tuple[Any, Any]:
    """(project, prepared rows) of a network: classes are those of the nearest of random points."""
    import numpy as np

    from engine import activations, data, layers
    from engine.design import Design
    from engine.project import Project, TrainingRecipe

    widths, batch, epochs = NETWORKS[name]
    draw = np.random.default_rng(0)
    X = draw.normal(size=(ROWS, widths[0])).astype(np.float32)
    y = np.argmin(((X[:, None] - draw.normal(size=(widths[-1], widths[0]))) ** 2).sum(2), axis=1)
    hidden = (layers.Dense(units=width, activation=activations.Relu()) for width in widths[1:-1])
    output = layers.Dense(units=widths[-1], activation=activations.Softmax())
    design = Design.chain(layers.Input(), *hidden, output)
    recipe = TrainingRecipe(epochs=epochs, batch_size=batch, threads=1)
    project = Project(name=name, design=design, training=recipe)
    return project, data.prepare(data.from_arrays(X, y), data.recipe_of(project))


class Pace:
    """Rows a second, from where training stood at two moments."""

    def __init__(self, rows: int) -> None:
        self._rows, self._points = rows, [(0.0, 0.0)] * 0

    def note(self, x: float) -> None:
        """Training stands at the time `x`, in epochs, now."""
        self._points.append((perf_counter(), x))

    def rate(self, seconds: float) -> float:
        """Rows a second, in the last so many seconds."""
        end, last = self._points[-1]
        start, first = next(point for point in self._points if point[0] >= end - seconds)
        return (last - first) * self._rows / (end - start)


def alone(name: str, seconds: float) -> dict[str, Any]:
    """Trains as a script does."""
    from engine.events import BatchesDone
    from engine.trainer import Trainer

    project, prepared = case(name)
    trainer = Trainer(project, prepared=prepared)
    pace = Pace(len(prepared.rows.train))
    began = perf_counter()
    for event in trainer.run():
        if isinstance(event, BatchesDone):
            pace.note(event.x)
            if perf_counter() - began > 1.5 * seconds:
                break
    return {"rate": pace.rate(seconds / 2)}


def everything(name: str, seconds: float) -> dict[str, Any]:
    """The same with every panel visible."""
    return window(name, seconds, every_panel=True)


def show_every_panel(shown: Any) -> None:
    """Lays all panels that fit the data side by side, each in a window of its own."""
    bench = shown.workbench
    relevant = [panel for panel in bench.panels if panel.relevant(shown.document.facts)]
    for place, panel in enumerate(relevant):
        dock = bench.docks[panel.name]
        dock.show()
        dock.setFloating(True)
        dock.setGeometry(380 * (place % 5), 260 * (place // 5), 380, 260)
    until(lambda: False, 1.0)
    assert all(panel.isVisible() for panel in relevant)


def window(name: str, seconds: float, *, every_panel: bool = False) -> dict[str, Any]:
    """Trains in the main window as a person would, and watches its event loop."""
    from PySide6.QtCore import QTimer

    from engine.events import BatchesDone
    from gui import app
    from gui.document import State

    project, prepared = case(name)
    shown = app.create_window()
    shown.resize(*SIZE)
    shown.show()
    shown.files.begin_template("digits")
    until(lambda: shown.document.prepared is not None)
    digits = shown.document.project
    shown.document.replace(State(project.model_copy(update={"data": digits.data})))
    until(lambda: shown.document.prepared is not None and not shown.loader.busy)
    shown.document.set_prepared(prepared)
    until(lambda: False, 1.0)  # the window has come to rest
    if every_panel:
        show_every_panel(shown)

    pace = Pace(len(prepared.rows.train))

    def watch(events: list[Any]) -> None:
        done = [event for event in events if isinstance(event, BatchesDone)]
        if done:
            pace.note(done[-1].x)

    shown.runner.events_arrived.connect(watch)
    clock = Lateness()
    shown.training.train()
    clock.start()
    until(lambda: False, seconds)
    clock.stop()
    until(lambda: False, seconds / 2)
    rate = pace.rate(seconds / 2)
    shown.runner.shutdown()
    QTimer.singleShot(0, shown.close)
    return {"rate": rate, "late": clock.late}


class Lateness:
    """By how many milliseconds a timer comes too late, each time."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.late: list[float] = []
        self._timer = QTimer(interval=PERIOD, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._note)

    def start(self) -> None:
        """From now on."""
        self._timer.start()
        self._due = perf_counter() + PERIOD / 1000

    def stop(self) -> None:
        """No more."""
        self._timer.stop()

    def _note(self) -> None:
        now = perf_counter()
        self.late.append(max(0.0, 1000 * (now - self._due)))
        self._due += PERIOD / 1000
        if self._due < now:  # as Qt does: what was missed is not made up for
            self._due = now + PERIOD / 1000


def until(holds: Any, most: float = 30.0) -> None:
    """Lets the event loop run until something holds, or so many seconds have passed."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    look = QTimer(interval=20)
    look.timeout.connect(lambda: loop.quit() if holds() else None)
    look.start()
    QTimer.singleShot(round(1000 * most), loop.quit)
    loop.exec()


# ── taking turns ────────────────────────────────────────────────────────────────────────────


def contend(contender: str, name: str, seconds: float) -> dict[str, Any]:
    """What one contender measured, in a fresh interpreter."""
    command = [sys.executable, __file__, "--contender", contender, name, str(seconds)]
    with tempfile.TemporaryDirectory() as home:
        environment = {k: v for k, v in os.environ.items() if k not in UNSET}
        environment["GLASSWORK_HOME"] = home
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, timeout=120
        )
    if done.returncode:
        sys.exit(f"{contender} {name} failed")
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def screen() -> Generator[str]:
    """Sees to it that Qt has somewhere to draw; gives its name."""
    if os.environ.get("DISPLAY") or os.environ.get("QT_QPA_PLATFORM") or os.name != "posix":
        yield os.environ.get("QT_QPA_PLATFORM", "the usual platform")
    elif not shutil.which("Xvfb"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        yield "offscreen"
    else:
        command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as server:
            assert server.stdout
            os.environ["DISPLAY"] = f":{server.stdout.readline().strip()}"
            os.environ["QT_QPA_PLATFORM"] = "xcb"
            try:
                yield "xcb on Xvfb"
            finally:
                server.terminate()


def percentile(sorted_values: list[float], share: float) -> float:
    """The value that this share of them does not pass."""
    return sorted_values[min(len(sorted_values) - 1, int(share * len(sorted_values)))]


def line(name: str, pairs: list[tuple[dict[str, Any], dict[str, Any]]]) -> str:
    """A row of the table: medians of the runs."""
    median = statistics.median
    late = [sorted(each["late"]) for each, _ in pairs]
    p50, p99, p999 = (median(percentile(run, s) for run in late) for s in (0.5, 0.99, 0.999))
    most = max(run[-1] for run in late)
    rates = [median(each["rate"] for each in contender) for contender in zip(*pairs, strict=True)]
    ratio = median(each["rate"] / other["rate"] for each, other in pairs)
    return (
        f"{name:6}{p50:8.2f}{p99:8.2f}{p999:8.2f}{most:8.1f}"
        f"{rates[0]:14,.0f}{rates[1]:14,.0f}{ratio:8.2f}"
    )


def main() -> None:
    """Prints a line for each network."""
    if sys.argv[1:2] == ["--contender"]:
        contender, name, seconds = sys.argv[2:5]
        print(json.dumps(globals()[contender](name, float(seconds))), flush=True)
        os._exit(0)
    given = [each for each in sys.argv[1:] if each != "--all"]
    shown = "everything" if "--all" in sys.argv else "window"
    runs = int(given[0]) if given else 5
    seconds = float(given[1]) if len(given) > 1 else 8.0
    with screen() as where:
        print(f"{where}; medians of {runs} runs of {seconds:g} s; lateness in ms, rows a second\n")
        print("         p50     p99   p99.9     max     in window         alone   ratio")
        for name in given[2:] or NETWORKS:
            turns = [(shown, "alone"), ("alone", shown)] * runs
            pairs = []
            for turn in turns[:runs]:
                found = {each: contend(each, name, seconds) for each in turn}
                pairs.append((found[shown], found["alone"]))
            print(line(name, pairs), flush=True)


if __name__ == "__main__":
    main()
