"""Builds the rest of a window after its first paint, in steps between which events are served."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, overload

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from gui.runner import Job

POLL_MS = 5  # how often a job is asked whether it is over
PATIENCE = 60.0  # seconds that somebody in a hurry waits for a job

T = TypeVar("T")


class Steps(QObject):
    """Turns a generator from the event loop; where it yields a job, goes on when that is over."""

    over = Signal()

    def __init__(self, steps: "Iterator[Job | None]", parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps
        self._job: Job | None = None
        self._has_begun = self._is_stepping = self._is_over = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)

    @property
    def are_over(self) -> bool:
        """Whether nothing is left to do."""
        return self._is_over

    def begin(self) -> None:
        """From now on takes a step whenever there is nothing else to do."""
        if not self._has_begun:
            self._has_begun = True
            self._timer.start(0)

    def finish(self) -> None:
        """Takes all steps that are left, now; a step that is under way asks in vain."""
        while not (self._is_over or self._is_stepping):
            if self._job:
                self._job.wait(PATIENCE)
            self._take_one()

    def stop(self) -> None:
        """Takes no more steps by itself."""
        self._timer.stop()

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _go_on(self) -> None:
        if self._job is None or self._job.is_over:
            self._take_one()
        if not self._is_over:
            self._timer.start(POLL_MS if self._job else 0)

    def _take_one(self) -> None:
        self._is_stepping = True
        try:
            self._job = next(self._steps)
        except StopIteration:
            self._end()
        finally:
            self._is_stepping = False

    def _end(self) -> None:
        self._job = None
        self._is_over = True
        self._timer.stop()
        self.over.emit()


class InSteps(Protocol):
    """What has parts that are built in steps."""

    def complete(self) -> None:
        """Builds what is not built yet, at once."""
        ...


class Part(Generic[T]):
    """An attribute that a step sets; asked for before the end, it has everything built at once."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"_{name}"  # under its own name PySide would find it without asking here

    @overload
    def __get__(self, owner: None, kind: type) -> "Part[T]": ...
    @overload
    def __get__(self, owner: InSteps, kind: type) -> T: ...
    def __get__(self, owner: InSteps | None, kind: type) -> Any:
        if owner is None:
            return self
        owner.complete()
        try:
            return vars(owner)[self._name]
        except KeyError:
            raise AttributeError(f"{self._name[1:]} has not been built") from None

    def __set__(self, owner: InSteps, value: T) -> None:
        vars(owner)[self._name] = value
