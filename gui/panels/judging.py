"""What the panels that judge the network have in common: rows of one part, named, or what to do."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.control import Wanted
from engine.data.dataset import DataFacts, Prepared
from engine.events import Event, Measured
from engine.judgement.judged import Judged
from engine.judgement.kept import Judgement
from engine.judging import Part
from engine.project import Project, Trained
from gui.panels.base import Panel
from gui.part_button import PartButton
from gui.plots.empty import EmptyOr
from gui.requests import Edit, ShowPart
from gui.words import mark, tr

if TYPE_CHECKING:
    from gui.document import Focus, State

JUDGED = "judgement"
ROWS: dict[Part, str] = {
    "training": mark("{count} training rows"),
    "validation": mark("{count} validation rows"),
    "test": mark("{count} test rows"),
}


class JudgingPanel(Panel):
    """Subclasses give `content`, draw in `draw`, and name further probes in `probes`.

    All such panels show the same part of the rows: whoever chooses another asks the window.
    """

    least_ms: ClassVar[int] = 300
    probes: ClassVar[tuple[str, ...]] = (JUDGED,)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts: DataFacts | None = None
        self.prepared: Prepared | None = None
        self.judged: Judged | None = None
        self.found: dict[str, Measured] = {}
        self.part: Part = "validation"
        self.project = Project()
        self.locked = False
        self.focused_layers: tuple[str, ...] = ()
        self._trained: Trained | None = None
        self._stale = False
        self.part_button = PartButton()
        self.part_button.chosen.connect(lambda part: self.requested.emit(ShowPart(part)))
        self.body = EmptyOr(self.content())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self.clear()

    def content(self) -> QWidget:
        """What is shown once rows have been judged."""
        raise NotImplementedError

    def draw(self) -> None:
        """Shows `judged` and `found` by the `judgement` in force."""
        raise NotImplementedError

    # ── what it is shown ────────────────────────────────────────────────────────────────────

    @property
    def judgement(self) -> Judgement:
        """By which threshold two classes are told apart."""
        return self.project.judgement

    def measurements(self) -> frozenset[Wanted]:
        setting = None if self.part == "validation" else self.part
        return frozenset(Wanted(probe, setting=setting) for probe in self.probes)

    def show_state(self, state: "State", facts: DataFacts | None) -> None:
        gone = state.trained is None and self._trained is not None
        other = self.facts is not None and facts is not self.facts
        decides = state.project.judgement is not self.judgement
        looked = state.project.test_looks is not self.project.test_looks
        self.facts, self._trained, self.project = facts, state.trained, state.project
        self.part_button.show_project(state.project, facts.split if facts else (0, 0, 0))
        if gone or other:
            self.clear()
        elif not self.is_drawn:
            self.body.show_sentence(self._empty())
        elif decides or looked:
            self._draw_if_seen()

    def show_rows(self, prepared: Prepared | None) -> None:
        self.prepared = prepared

    def show_part(self, part: Part) -> None:
        if part != self.part:
            self.part = part
            self.part_button.show_part(part)
            self.clear()
            self.wanted_changed.emit()

    def show_locked(self, locked: bool) -> None:
        self.locked = locked
        self.part_button.show_locked(locked)

    def show_focus(self, focus: "Focus") -> None:
        self.focused_layers = focus.layers

    def show_events(self, events: Sequence[Event]) -> None:
        if not self.relevant(self.facts):
            return
        measured = [each for each in events if isinstance(each, Measured)]
        new = [
            each
            for each in measured
            if each.name in self.probes
            and (each.setting or "validation") == self.part
            and each.arrays
        ]
        self.found |= {each.name: each for each in new}
        if new:
            self._take(self.found.get(JUDGED))
            self.body.show_content()
            self._draw_if_seen()

    def clear(self) -> None:
        self.judged = None
        self.found.clear()
        self.body.show_sentence(self._empty())

    # ── for subclasses ──────────────────────────────────────────────────────────────────────

    @property
    def is_drawn(self) -> bool:
        """Whether there is anything to see."""
        return bool(self.found)

    @property
    def measured_part(self) -> Part:
        """The part that is seen: that of training where no rows are held back for validation."""
        parts: list[Part] = [each.part for each in self.found.values() if each.part]
        return parts[-1] if parts else self.part

    def rows_words(self, seen: int) -> str:
        """Which rows are seen, and how many: "180 validation rows"."""
        part, facts = self.measured_part, self.facts
        split = facts.split if facts else (0, 0, 0)
        total = split[("training", "validation", "test").index(part)]
        all_of_them = tr(ROWS[part], count=f"{max(seen, total):,}")
        if seen >= total:
            return all_of_them
        return tr("{seen} of {all}", seen=f"{seen:,}", all=all_of_them)

    def ask(self, text: str, merge: str | None = None, **changes: object) -> None:
        """Asks for a change of the judgement, as one step that can be undone."""
        judgement = self.judgement.edited(**changes)
        if judgement != self.judgement:
            project = self.project.model_copy(update={"judgement": judgement})
            self.requested.emit(Edit(text, project, merge))

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _draw_if_seen(self) -> None:
        """What is hidden is drawn when it comes to light."""
        self._stale = not self.isVisible()
        if not self._stale:
            self.draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self.is_drawn:
            self._draw_if_seen()

    def _take(self, event: Measured | None) -> None:
        if event is not None:
            classes = self.facts.classes if self.facts else ()
            self.judged = Judged.of(event.part, event.arrays, classes)
        self.part_button.show_part(self.measured_part)

    def _empty(self) -> str:
        if self.part == "test":
            return tr("The test rows are being judged")
        held_back = self.facts is None or self.facts.split[1] > 0
        if held_back and self.part == "validation":
            return tr("Appears after epoch 1, on validation rows")
        return tr("Appears after epoch 1, on training rows")
