"""Keeps the panels true when nothing trains: measures what a training left, in the background."""

from PySide6.QtCore import QObject, QTimer, Signal

from engine.control import Wanted
from engine.events import Measured
from engine.project import Trained
from gui.document import Document
from gui.runner import Job, Runner


class Measurer(QObject):
    """After a run, in a pause, after opening a file, and when a panel comes to light: measures."""

    measured = Signal(list)  # of Measured

    def __init__(self, document: Document, runner: Runner) -> None:
        super().__init__(document)
        self._document, self._runner = document, runner
        self._wanted: frozenset[Wanted] = frozenset()
        self._job: Job | None = None
        self._last: tuple[Trained | None, object, frozenset[Wanted]] = (None, None, frozenset())
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._measure)
        for changed in (
            document.document_changed,
            document.facts_changed,
            document.locked_changed,
            runner.running_changed,
        ):
            changed.connect(self._later)

    def want(self, wanted: frozenset[Wanted]) -> None:
        """What the visible panels draw."""
        self._wanted = wanted
        self._later()

    @property
    def _is_training(self) -> bool:
        """Whether a run measures by itself; in a pause it does not."""
        return self._document.locked and self._runner.state == "running"

    def _later(self) -> None:
        self._soon.start()

    def _measure(self) -> None:
        document, wanted = self._document, self._wanted
        trained, prepared = document.trained, document.prepared
        now = (trained, prepared, wanted)
        if self._is_training or trained is None or prepared is None or not wanted:
            return
        of_the_same = now[0] is self._last[0] and now[1] is self._last[1]
        due = wanted - self._last[2] if of_the_same else wanted
        if not due:
            return
        if any(problem.severity == "error" for problem in document.problems):
            return
        self._last = now
        if self._job and not of_the_same:
            self._job.cancel()
        project = document.project

        def work(_: object) -> list[Measured]:
            from engine.measuring import measure

            return list(measure(project, prepared, trained, due))

        def tell(found: list[Measured]) -> None:
            if not self._is_training and trained is document.trained:
                self.measured.emit(found)

        self._job = self._runner.job(work, tell, lambda _: None)
