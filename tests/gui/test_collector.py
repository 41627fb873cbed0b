"""Where cyclic garbage is collected: what is left of a window is deleted in the window's thread."""

import threading
import weakref

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import app
from gui.collector import Collector


class Link:
    """Holds itself, so that only the collector can end it."""

    def __init__(self) -> None:
        self.itself = self


def test_threads_leave_the_garbage_to_the_window(qtbot: QtBot) -> None:
    app.application()
    ended_in: list[threading.Thread] = []
    left = weakref.ref(Link(), lambda _: ended_in.append(threading.current_thread()))

    def allocate() -> None:
        for _ in range(20):
            [[] for _ in range(5_000)]

    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert left() is not None
    kept = [[] for _ in range(50_000)]
    qtbot.waitUntil(lambda: left() is None, timeout=5_000)
    assert ended_in == [threading.main_thread()]
    assert kept


def test_there_is_one_however_often_it_is_asked_for(qapp: QApplication) -> None:
    app.application()
    app.application()
    assert len(qapp.findChildren(Collector)) == 1
