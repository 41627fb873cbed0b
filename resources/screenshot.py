"""Takes the picture of the README anew: `python -m resources.screenshot`."""

import os
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from gui import app, theme
from gui.document import Focus
from gui.main_window import MainWindow

PICTURE = Path(__file__).with_name("screenshot.png")
EPOCHS = 42  # of 100
PATIENCE_MS = 30_000


def main() -> None:
    """The digits template in the light theme, trained to the middle of its epochs."""
    window = app.create_window()
    theme.apply(app.application(), "light")
    window.resize(1280, 800)
    window.show()
    window.files.begin_template("digits")
    _wait(lambda: window.document.prepared is not None)
    window.document.set_focus(Focus(layers=(window.document.project.design.nodes[1].id,)))
    for epoch in range(1, EPOCHS + 1):
        window.training.step_epoch()
        _wait(lambda epoch=epoch: _epochs(window) == epoch)
    _settle(500)
    window.grab().save(str(PICTURE))
    window.training.stop()
    window.runner.shutdown()
    window.hide()


def _epochs(window: MainWindow) -> int:
    """How many the document has been trained for, once training rests again."""
    trained = window.document.trained
    return trained.progress.epoch if trained and window.training.state == "paused" else 0


def _wait(condition: Callable[[], bool]) -> None:
    timer = QElapsedTimer()
    timer.start()
    while not condition():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if timer.elapsed() > PATIENCE_MS:
            raise TimeoutError("the window did not get that far")


def _settle(milliseconds: int) -> None:
    timer = QElapsedTimer()
    timer.start()
    while timer.elapsed() < milliseconds:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


if __name__ == "__main__":
    main()
