"""Work in the background that a panel asks for, at most one at a time, with how far it is."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from gui.requests import Work
from gui.runner import Job, Report


class Background(QObject):
    """Asks for work by `requested`; what a cancelled or replaced one finds is never heard of."""

    requested = Signal(object)
    changed = Signal()  # begun, further on, or over

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self.is_busy = False
        self.share, self.text, self.failure = 0.0, "", ""

    def begin(self, function: Callable[[Report], Any], done: Callable[[Any], object]) -> None:
        """Calls `function(report)` in the background and `done` with what it gives."""
        self.cancel()
        self.is_busy, self.share, self.text, self.failure = True, 0.0, "", ""

        def end(found: Any) -> None:
            self._end()
            done(found)

        self.requested.emit(Work(function, end, self._fail, self._progress, self._begun))
        self.changed.emit()

    def cancel(self) -> None:
        """Ends the work at its next report."""
        if self._job is not None:
            self._job.cancel()
        if self.is_busy:
            self._end()

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _begun(self, job: Job) -> None:
        self._job = job

    def _progress(self, share: float, text: str) -> None:
        self.share, self.text = share, text
        self.changed.emit()

    def _fail(self, sentence: str) -> None:
        self.failure = sentence
        self._end()

    def _end(self) -> None:
        self.is_busy, self._job = False, None
        self.changed.emit()
