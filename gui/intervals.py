"""Intervals of the figures that a panel shows, worked out beside it while nothing trains."""

from dataclasses import dataclass, fields
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.runner import Report
from gui.verdict_words import interval_words
from gui.words import mark, tr
from gui.work import Background

if TYPE_CHECKING:
    from engine.bootstrap import Interval
    from engine.data.dataset import Prepared
    from engine.judging import Part
    from engine.project import Project, Trained
    from engine.uncertainty import Uncertainty

TIP = mark(
    "95 %: of samples drawn anew from the {rows} {part} rows, with replacement, 95 % have a figure "
    "between the two (percentile bootstrap). None is said where all samples agree: "
    "rows that are all right cannot tell how sure that is."
)
SAME = {"log_loss": "loss"}  # cross-entropy, by the name that the bootstrap gives it


@dataclass(frozen=True)
class Subject:
    """What figures are of; `judgement` is the project's, by itself since it alone decides anew."""

    trained: "Trained"
    prepared: "Prepared"
    part: "Part"
    judgement: object

    def same_as(self, other: "Subject | None") -> bool:
        """Whether they are the very same values."""
        if other is None:
            return False
        return all(getattr(self, f.name) is getattr(other, f.name) for f in fields(self))


class Intervals(QObject):
    """Of one subject at a time; those of another are dropped at once."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.work = Background(self)
        self.requested = self.work.requested
        self._subject: Subject | None = None
        self._begun: Subject | None = None
        self._found: Uncertainty | None = None

    def show_subject(self, subject: Subject | None) -> None:
        """Drops what was found, unless it was of this."""
        if subject is self._subject or (subject and subject.same_as(self._subject)):
            return
        self._subject, had, self._found = subject, self._found, None
        if subject is None:
            self.work.cancel()
            self._begun = None
        if had:
            self.changed.emit()

    def work_out(self, project: "Project") -> None:
        """Begins, where the subject's intervals are neither known nor being found.

        What is under way for an older subject ends first: a slider that is dragged does not pile
        up work.
        """
        subject = self._subject
        if subject is None or self.work.is_busy or subject is self._begun:
            return
        self._begun = subject

        def work(_report: Report) -> "Uncertainty":
            from engine.uncertainty import uncertainty

            return uncertainty(project, subject.trained, subject.prepared, subject.part)

        self.work.begin(work, partial(self._take, subject))

    def of(self, name: str) -> "Interval | None":
        """That of a figure, by the name that panels show it under."""
        return self._found.intervals.get(SAME.get(name, name)) if self._found else None

    def words(self, name: str) -> str:
        """`(95 %: 94.7 – 100 %)`, or "" where it is not known or samples cannot tell."""
        span = self.of(name)
        if span is None or not span.low < span.high:
            return ""
        return f"(95 %: {interval_words(name, span)})"

    @property
    def tip(self) -> str:
        """What the intervals are, and of how many rows; "" while there are none."""
        if self._found is None:
            return ""
        return tr(TIP, rows=f"{self._found.rows:,}", part=tr(self._found.part))

    def _take(self, subject: Subject, found: "Uncertainty") -> None:
        if subject is self._subject:
            self._found = found
        self.changed.emit()
