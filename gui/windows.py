"""The windows of the program: several can be open at once."""

from PySide6.QtCore import QPoint

from gui.main_window import MainWindow

OFFSET = QPoint(32, 32)
"""How far a further window stands from the one that it was opened from."""

_open: list[MainWindow] = []


def add(window: MainWindow) -> MainWindow:
    """Keeps `window` until it is closed."""
    _open.append(window)
    window.closed.connect(lambda: _forget(window))
    window.another_requested.connect(lambda: _open_beside(window))
    return window


def _open_beside(window: MainWindow) -> None:
    another = add(MainWindow())
    another.resize(window.size())
    another.move(window.pos() + OFFSET)
    another.show()


def _forget(window: MainWindow) -> None:
    if window in _open and len(_open) > 1:  # the last one stays to the end of the program
        _open.remove(window)
        window.deleteLater()
