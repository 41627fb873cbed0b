"""Every training that was done: sorted, compared, renamed, restored and deleted."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from engine.comparing import differences
from engine.data.dataset import DataFacts
from engine.project import Project
from engine.runs import Run, renamed, without
from gui import theme
from gui.document import Focus
from gui.figure_table import FigureTable
from gui.pages import run_words
from gui.panels.base import Area, Panel
from gui.plots.empty import EmptyOr
from gui.requests import ChangeFocus, EditRuns, RestoreRun
from gui.value_table import ValueTable
from gui.words import mark, tr

if TYPE_CHECKING:
    from gui.document import State

EMPTY = mark("Every training is kept here, with its settings and curves. Ctrl+Enter trains.")
HINT = mark("Choose two runs to compare them. The curves of those chosen are drawn in Curves.")
NAME, NOTE = 0, 6
ROOM_BESIDE = 560  # pixels; below that the words stand under the table


class _RunTable(ValueTable):
    """Has the Delete key for itself, which elsewhere in the window deletes layers."""

    delete_pressed = Signal()

    def event(self, event: QEvent) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)


class RunsPanel(Panel):
    """A table of all runs, the newest first, and in words what differs between those chosen."""

    title: ClassVar[str] = mark("Runs")
    name: ClassVar[str] = "runs"
    area: ClassVar[Area] = "bottom-right"
    order: ClassVar[int] = 30
    opens: ClassVar[bool] = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[Run, ...] = ()  # the oldest first, as in the document
        self._focus = Focus()
        self._locked = False
        self._changes: dict[tuple[str, str], tuple[Project, Project, str]] = {}
        self._metric = "loss"
        self.table = _RunTable(tr("Runs"), run_words.columns("accuracy"), several=True)
        self.table.rows_chosen.connect(self._on_chosen)
        self.table.edited.connect(self._on_edited)
        self.table.delete_pressed.connect(self._delete)
        self.body = EmptyOr(self._side_by_side())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self.body.show_sentence(tr(EMPTY))

    # ── what it is shown ────────────────────────────────────────────────────────────────────

    def show_state(self, state: "State", facts: DataFacts | None) -> None:
        if state.runs is self._runs:
            return
        self._runs = state.runs
        if not self._runs:
            self.body.show_sentence(tr(EMPTY))
            return
        self.body.show_content()
        metric = next((run.metric for run in reversed(self._runs) if run.figures), "loss")
        if metric != self._metric:
            self._metric = metric
            self.table.values.columns = run_words.columns(metric)
        self.table.show_rows([self._row(run) for run in reversed(self._runs)])
        self._show_chosen()

    def show_focus(self, focus: "Focus") -> None:
        before, self._focus = self._focus, focus
        if before.runs != focus.runs:
            self._show_chosen()

    def show_locked(self, locked: bool) -> None:
        self._locked = locked
        self._say()

    def tables(self) -> Sequence[FigureTable]:
        """All runs in full precision, the newest first."""
        titles = tuple(tr(column.title) for column in self.table.values.columns)
        return (FigureTable(tr("Runs"), titles, self.table.values.rows),) if self._runs else ()

    # ── building ────────────────────────────────────────────────────────────────────────────

    def _side_by_side(self) -> QWidget:
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(self.table)
        self._split.addWidget(self._build_details())
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([theme.scaled(520), theme.scaled(240)])
        self._split.setChildrenCollapsible(False)
        return self._split

    def _build_details(self) -> QWidget:
        """What is said of the runs that are chosen, over what can be done with them."""
        self.words = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setMargin(theme.SPACE_M)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self.words)
        scroll.setAccessibleName(tr("What differs between the chosen runs"))
        self.restore = QPushButton(tr("Restore"))
        self.restore.clicked.connect(self._restore)
        self.delete = QPushButton(tr("Delete"))
        self.delete.clicked.connect(self._delete)
        details = QWidget()
        buttons = QHBoxLayout()
        buttons.setContentsMargins(theme.SPACE_M, 0, theme.SPACE_M, theme.SPACE_S)
        buttons.addWidget(self.restore)
        buttons.addWidget(self.delete)
        layout = QVBoxLayout(details)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addLayout(buttons)
        details.setMinimumWidth(theme.scaled(190))
        return details

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= theme.scaled(ROOM_BESIDE)
        way = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if way != self._split.orientation():
            self._split.setOrientation(way)
            shares = (0.68, 0.32) if beside else (0.5, 0.5)
            room = self.width() if beside else self.height()
            self._split.setSizes([round(share * room) for share in shares])
            self._split.setStretchFactor(1, 0 if beside else 1)

    # ── rows ────────────────────────────────────────────────────────────────────────────────

    def _row(self, run: Run) -> tuple[Any, ...]:
        figures = run.figures
        return (
            run.name,
            figures.get(self._metric),
            figures.get("loss"),
            run.result.epoch if run.result else 0,
            run.seconds,
            self._changed(run),
            run.note,
            run.started,
            run.seed,
            run.threads,
        )

    def _before(self, run: Run) -> Run | None:
        """The run that it went on from; else the one that was done before it."""
        followed = next((each for each in self._runs if each.id == run.follows), None)
        place = next(place for place, each in enumerate(self._runs) if each.id == run.id)
        return followed or (self._runs[place - 1] if place else None)

    def _changed(self, run: Run) -> str:
        """What was changed against the run before, worked out once."""
        before = self._before(run)
        if before is None:
            return ""
        key = (before.id, run.id)
        known = self._changes.get(key)
        if known is None or known[0] is not before.project or known[1] is not run.project:
            said = "; ".join(differences(before.project, run.project))
            known = self._changes[key] = (before.project, run.project, said)
        goes_on = tr("goes on from {name}", name=before.name) if run.follows == before.id else ""
        return "; ".join(filter(None, (goes_on, known[2]))) or tr("nothing")

    # ── what is chosen ──────────────────────────────────────────────────────────────────────

    @property
    def chosen(self) -> tuple[Run, ...]:
        """The runs that are chosen, the oldest first."""
        return tuple(run for run in self._runs if run.id in self._focus.runs)

    def _show_chosen(self) -> None:
        ids, last = {run.id for run in self.chosen}, len(self._runs) - 1
        self.table.choose([last - row for row, run in enumerate(self._runs) if run.id in ids])
        self._say()

    def _on_chosen(self, rows: Sequence[int]) -> None:
        newest_first = self._runs[::-1]
        ids = tuple(newest_first[row].id for row in rows if row < len(newest_first))
        self.requested.emit(ChangeFocus(replace(self._focus, runs=ids)))

    def _say(self) -> None:
        chosen = self.chosen
        if len(chosen) == 1:
            before = self._before(chosen[0])
            changed = self._changed(chosen[0])
            text = run_words.described(chosen[0], before.name if before else "", changed)
        elif len(chosen) == 2:
            text = run_words.compared(*chosen)
        else:
            text = tr("%n runs are chosen.", len(chosen)) if chosen else tr(HINT)
        self.words.setText(text)
        self._allow(chosen)

    def _allow(self, chosen: Sequence[Run]) -> None:
        one = len(chosen) == 1
        kept = one and chosen[0].trained is not None
        what = tr("the design, the recipe and the weights") if kept else tr("design and recipe")
        tip = tr("Goes back to {what} of this run; can be undone", what=what)
        if self._locked:
            tip = tr("Not while training runs; stop it first")
        elif not one:
            tip = tr("Choose one run to go back to it")
        self.restore.setToolTip(tip)
        self.restore.setEnabled(one and not self._locked)
        self.delete.setToolTip(tr("Deletes the chosen runs (Delete); can be undone"))
        self.delete.setEnabled(bool(chosen))

    # ── what is asked for ───────────────────────────────────────────────────────────────────

    def _on_edited(self, row: int, column: int, text: str) -> None:
        run, text = self._runs[::-1][row], text.strip()
        if column == NAME and text:
            runs = renamed(self._runs, run.id, name=text)
            self.requested.emit(EditRuns(tr("Rename run"), runs))
        elif column == NOTE:
            runs = renamed(self._runs, run.id, note=text)
            self.requested.emit(EditRuns(tr("Note on run"), runs))

    def _restore(self) -> None:
        if len(self.chosen) == 1:
            self.requested.emit(RestoreRun(self.chosen[0].id))

    def _delete(self) -> None:
        ids = [run.id for run in self.chosen]
        if ids:
            text = tr("Delete %n runs", len(ids)) if len(ids) > 1 else tr("Delete run")
            self.requested.emit(EditRuns(text, without(self._runs, ids)))
