"""A program of its own in which somebody edits without a pause, for tests to kill."""

import sys
import time

from PySide6.QtCore import QTimer

from engine import layers
from gui import app
from gui.main_window import MainWindow

EDIT_MS = 60


def main(name: str) -> None:
    """Edits a project of that name; each line says the number of an edit and its time."""
    application = app.application()
    window = app.create_window()
    window.complete()
    window.show()
    window.files.begin_template("xor")
    project = window.document.project.edited(name=name)
    window.document.edit("Rename", project=project)
    timer = QTimer(interval=EDIT_MS)
    timer.timeout.connect(lambda: edit(window))
    timer.start()
    application.exec()


def edit(window: MainWindow) -> None:
    """One more edit; the seed counts them."""
    project = window.document.project
    count = project.training.seed + 1
    recipe = project.training.edited(seed=count)
    window.document.edit("Count", project=project.edited(training=recipe))
    if count % 20 == 0:
        window.canvas.append_layer(layers.Dropout(0.25))
    elif count % 20 == 10 and count > 20:
        window.document.undo()
        window.document.redo()
    print(count, time.monotonic(), flush=True)  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(sys.argv[1])
