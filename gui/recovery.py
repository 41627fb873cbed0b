"""Keeps a copy of what is not saved yet, and offers it again after a crash."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from engine.events import Checkpoint, Event
from engine.project import Trained
from engine.runs import Runs
from gui.document import Document, State
from gui.recovery_copy import About, RecoveryCopy, left_behind
from gui.runner import Job, Runner
from gui.words import tr

if TYPE_CHECKING:
    from engine.files import Opened

LONGEST_SECONDS = 4.0
"""A copy that takes long to write is written less often, though never later than this."""

CHECKPOINT_SECONDS = 10.0
SHARE = 0.05
"""Writing what a run has made so far takes at most this share of the time."""


class Recovery(QObject):
    """Writes the copy of one window in the background, and removes it once nothing can be lost.

    An edit is in the copy `seconds` later, however many follow; a run at its checkpoints.
    """

    offered = Signal(object)  # the newest RecoveryCopy that was left behind, or None
    restored = Signal()
    failed = Signal(str, str)  # a title and one sentence

    def __init__(
        self,
        document: Document,
        runner: Runner,
        folder: Path,
        seconds: Callable[[], float],
        runs_at: Callable[[Trained], Runs],
    ) -> None:
        super().__init__(document)
        self._runs_at = runs_at
        self._document, self._runner, self._folder = document, runner, folder
        self._seconds = seconds
        self._copy: RecoveryCopy | None = None
        self._left: list[RecoveryCopy] = []
        self._job: Job | None = None
        self._checkpoint: Trained | None = None
        self._told, self._took = False, 0.0
        self._edited = QTimer(self, singleShot=True)
        self._edited.timeout.connect(self._keep_edits)
        self._training = QTimer(self, singleShot=True)
        self._training.timeout.connect(runner.ask_for_checkpoint)
        document.document_changed.connect(self._follow)
        document.modified_changed.connect(self._follow_modified)
        document.replaced.connect(self._follow_replaced)
        runner.running_changed.connect(self._follow_run)
        runner.events_arrived.connect(self._take_in)

    # ── after a crash ───────────────────────────────────────────────────────────────────────

    def look(self) -> None:
        """Offers what earlier windows left behind."""
        self._left = left_behind(self._folder)
        self._offer()

    def restore(self) -> None:
        """Opens the copy on offer in place of the document; it is this window's copy from now."""
        copy = self._left[0]

        def done(opened: "Opened") -> None:
            self._left.remove(copy)
            self._adopt(copy, opened)
            self._offer()

        def fail(sentence: str) -> None:
            self.failed.emit(tr("Not restored"), sentence)

        self._runner.job(lambda _: copy.read(), done, fail)

    def discard(self) -> None:
        """Removes the copy on offer."""
        self._left.pop(0).remove()
        self._offer()

    def close(self) -> None:
        """Nothing can be lost any more; what was offered and not decided waits for a next time."""
        self._forget()
        for copy in self._left:
            copy.let_go()
        self._left.clear()

    # ── when ────────────────────────────────────────────────────────────────────────────────

    def _follow(self, before: State, after: State) -> None:
        if after.trained is not before.trained:
            self._checkpoint = None
        if not self._edited.isActive():
            self._start_waiting()

    def _start_waiting(self) -> None:
        rest = min(LONGEST_SECONDS, 4 * self._took)
        self._edited.start(round(1000 * max(self._seconds(), rest)))

    def _follow_modified(self, modified: bool) -> None:
        if not modified:
            self._forget()

    def _follow_replaced(self) -> None:
        if not self._document.modified:
            self._forget()

    def _follow_run(self, state: str) -> None:
        if state == "running":
            self._training.start(round(1000 * CHECKPOINT_SECONDS))
        else:
            self._training.stop()

    def _take_in(self, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, Checkpoint):
                self._checkpoint = event.trained
                self._write()

    def _keep_edits(self) -> None:
        if not self._document.modified:
            return
        if self._job:  # what is being written is older than the edit
            self._start_waiting()
        else:
            self._write()

    # ── what ────────────────────────────────────────────────────────────────────────────────

    def _write(self) -> None:
        if self._job:
            return
        document = self._document
        path, prepared = document.path, document.prepared
        about = About(document.project.name, str(path) if path else "")
        state = self._newest()
        facts = prepared.facts if prepared else None
        try:
            copy = self._copy = self._copy or RecoveryCopy.begin(self._folder)
        except OSError as error:
            self._fail(str(error.strerror or error))
            return
        began = time.monotonic()
        self._job = self._runner.job(
            lambda _: copy.write(about, state.project, state.trained, facts, state.runs),
            lambda _: self._written(time.monotonic() - began),
            self._fail,
        )

    def _newest(self) -> State:
        """The document, with what the run under way has made so far."""
        state, checkpoint = self._document.state, self._checkpoint
        if checkpoint is None:
            return state
        return State(state.project, checkpoint, self._runs_at(checkpoint))

    def _written(self, seconds: float) -> None:
        self._job, self._told, self._took = None, False, seconds
        if self._runner.state == "running":
            self._training.start(round(1000 * max(CHECKPOINT_SECONDS, seconds / SHARE)))

    def _fail(self, sentence: str) -> None:
        self._job = None
        if not self._told:
            self._told = True
            self._document.noted.emit(
                tr("What is not saved could not be kept aside: {sentence}.", sentence=sentence)
            )
        self._follow_run(self._runner.state)

    def _forget(self) -> None:
        """Nothing can be lost: no copy is needed."""
        self._edited.stop()
        self._checkpoint = None
        if self._job:
            self._job.cancel()
            self._job = None
        if self._copy:
            self._copy.remove()
            self._copy = None

    def _adopt(self, copy: RecoveryCopy, opened: "Opened") -> None:
        self._forget()
        path = Path(copy.about.path) if copy.about.path else None
        state = State(opened.project, opened.trained, opened.runs)
        self._document.replace(state, path if path and path.is_file() else None, is_saved=False)
        self._copy = copy
        self.restored.emit()
        self._document.noted.emit(tr("Restored what had not been saved; save it to keep it."))

    def _offer(self) -> None:
        self.offered.emit(self._left[0] if self._left else None)
