"""Starting the program: the application, its theme, and its window."""

import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from gui import language, windows
from gui.collector import Collector
from gui.dressing import dress
from gui.main_window import MainWindow
from gui.settings import Settings


def application() -> QApplication:
    """The one QApplication, made when there is none yet."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Glasswork")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("glasswork")
    if app.findChild(Collector) is None:
        Collector(app)
    return app


def create_window(path: str | os.PathLike[str] | None = None) -> MainWindow:
    """The main window, to be shown by the caller; no event loop is started."""
    application()
    settings = Settings()
    language.wear(settings)
    dress(settings)
    return MainWindow(settings, None if path is None else Path(path))


def run(path: str | os.PathLike[str] | None = None) -> int:
    """Shows the window and serves it until it is closed; gives the exit code."""
    app = application()
    windows.add(create_window(path)).show()
    return app.exec()
