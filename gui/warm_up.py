"""Loads what is slow to load once the window has come up, so that nobody waits for it later."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from gui import formula
from gui.runner import Runner

DELAY_MS = 200  # by then the window has been drawn


class WarmUp(QObject):
    """Sets a first formula in the background after the window has been shown."""

    def __init__(self, window: QWidget, runner: Runner) -> None:
        super().__init__(window)
        self._runner = runner
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._timer.timeout.connect(self._begin)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._timer.start()
        elif event.type() == QEvent.Type.Close:
            self._timer.stop()
        return super().eventFilter(watched, event)

    def _begin(self) -> None:
        self._runner.job(lambda _: formula.warm(), lambda _: None, lambda _: None)
