"""Calls a function at once, and then at most so often; the last request is always carried out."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Throttle(QObject):
    """For what a person reads: nobody can read figures that change 30 times a second."""

    def __init__(self, call: Callable[[], object], interval_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._call = call
        self._asked = False
        self._timer = QTimer(self, interval=interval_ms, singleShot=True)
        self._timer.timeout.connect(self._on_time)

    def ask(self) -> None:
        """Calls now, or as soon as the interval since the last call has passed."""
        if self._timer.isActive():
            self._asked = True
        else:
            self._do()

    def _do(self) -> None:
        self._asked = False
        self._timer.start()
        self._call()

    def _on_time(self) -> None:
        if self._asked:
            self._do()
