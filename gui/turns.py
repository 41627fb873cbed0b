"""Tells the parts of the window what the trainer said: one after the other, never all at once.

Each part is told as often as it can be looked at, more seldom where painting is slow, and between
two turns the event loop is free for what a person does. Nothing is lost meanwhile: events wait.
"""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer

from engine.events import Event
from gui.pace import Pace

BREATH_MS = 5  # from one turn to the next, in which what has changed is painted
UNSEEN = 0.5  # seconds between two turns of what is behind a tab


class Turns(QObject):
    """Parts of the window, of which the one that has waited longest comes first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._listeners: list[_Listener] = []
        self._pace = Pace()
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._next)

    def add(
        self,
        show: Callable[[Sequence[Event]], object],
        least_ms: int,
        is_seen: Callable[[], bool],
    ) -> None:
        """Calls `show` with what is new, every `least_ms` at most; far less often while unseen."""
        self._listeners.append(_Listener(show, least_ms / 1000, is_seen))

    def tell(self, events: Sequence[Event]) -> None:
        """Everybody will hear of these, oldest first."""
        for listener in self._listeners:
            listener.waiting += events
        if not self._timer.isActive():
            self._timer.start(0)

    def finish(self) -> None:
        """Tells everybody all that they have not heard yet."""
        for listener in self._listeners:
            listener.serve()

    def forget(self) -> None:
        """What has not been told yet is not worth telling any more."""
        for listener in self._listeners:
            listener.waiting.clear()

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _next(self) -> None:
        """One turn."""
        self._pace.rest(time.perf_counter(), time.thread_time())
        waiting = [each for each in self._listeners if each.waiting]
        if not waiting:
            return
        now = time.perf_counter()
        first = min(waiting, key=lambda each: each.due)
        if first.due <= now:
            self._pace.work(time.thread_time())
            first.due = now + first.interval * self._pace.stretch
            first.serve()
            self._timer.start(BREATH_MS)
        else:
            self._timer.start(max(1, round(1000 * (first.due - now))))


class _Listener:
    """A part of the window, what it has not been told yet, and when it can be told next."""

    def __init__(
        self, show: Callable[[Sequence[Event]], object], least: float, is_seen: Callable[[], bool]
    ) -> None:
        self._show, self._least, self._is_seen = show, least, is_seen
        self.due = 0.0
        self.waiting: list[Event] = []

    @property
    def interval(self) -> float:
        """Seconds until its next turn."""
        return self._least if self._is_seen() else UNSEEN

    def serve(self) -> None:
        """Tells it what has waited."""
        events, self.waiting = self.waiting, []
        if events:
            self._show(events)
