"""One start of a window in this very process, timed from before the process began.

    python -m benchmarks.harness.start CONTENDER SECONDS_SINCE_1970 [FILE]

A window is visible once a widget that must be seen has been painted and the screen has been sent
the picture. It is complete when nothing is left to be built or loaded.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

PERIOD = 5  # ms
REST = 1000  # ms that events are watched after all is complete
GIVE_UP = 60_000  # ms


class Start(QObject):
    """Notes when what happens, in seconds since `began`, and how late events are served."""

    def __init__(self, began: float) -> None:
        super().__init__()
        self._began, self._ticked = began, 0.0
        self._wanted: dict[QObject, str] = {}
        self.at: dict[str, float] = {}
        self.late: list[float] = []
        self._timer = QTimer(self, interval=PERIOD, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def note(self, what: str) -> None:
        """This has just happened."""
        self.at.setdefault(what, time.time() - self._began)

    def note_paint(self, what: str, widget: QWidget) -> None:
        """This happens when `widget` is painted for the first time."""
        self._wanted[widget] = what
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and watched in self._wanted:
            what = self._wanted.pop(watched)
            QTimer.singleShot(0, self, lambda: self._seen(what))
        return False

    def _seen(self, what: str) -> None:
        QApplication.sync()
        self.note(what)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        if self._ticked:
            self.late.append(1000 * (now - self._ticked) - PERIOD)
        self._ticked = now


def bare(start: Start, end: Callable[[], object]) -> QMainWindow:
    """A window with one empty plot of pyqtgraph."""
    pyqtgraph: Any = import_module("pyqtgraph")
    window, plot = QMainWindow(), pyqtgraph.PlotWidget()
    window.setCentralWidget(plot)
    window.resize(1280, 800)
    start.note_paint("visible", plot.viewport())
    QTimer.singleShot(0, end)
    return window


def glasswork(start: Start, end: Callable[[], object]) -> QMainWindow:
    """The program's window, from its welcome page to its last part."""
    from gui import app

    window = app.create_window()
    start.note_paint("visible", window.welcome.gallery.cards[-1])
    window.steps.over.connect(lambda: start.note("complete"))
    window.steps.over.connect(end)
    return window


def named_file(start: Start, end: Callable[[], object]) -> QMainWindow:
    """The program's window with a file, until its design is seen."""
    from gui import app

    window = app.create_window(Path(sys.argv[3]))
    start.note_paint("visible", window.pages)

    def opened() -> None:
        start.note_paint("complete", window.canvas.view.viewport())
        end()

    window.steps.over.connect(lambda: window.files.opened.connect(opened))
    return window


CONTENDERS = {"bare": bare, "glasswork": glasswork, "file": named_file}


def main() -> None:
    """Prints what was noted, as JSON."""
    start = Start(float(sys.argv[2]))
    application = QApplication(sys.argv[:1])
    window = CONTENDERS[sys.argv[1]](start, lambda: QTimer.singleShot(REST, application.quit))
    QTimer.singleShot(GIVE_UP, application.quit)
    window.show()
    application.exec()
    found: dict[str, Any] = start.at | {"late": sorted(start.late)}
    print(json.dumps(found), flush=True)
    os._exit(0)  # whatever is still read in the background


if __name__ == "__main__":
    main()
