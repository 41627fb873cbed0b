"""Shows the panels what happens, and carries out what they ask for; they never know each other."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from engine.data.inspection import ColumnSummary
from engine.events import Event
from engine.judging import Part
from gui import requests, theme
from gui.document import Document, Focus, State
from gui.file_desk import FileDesk
from gui.inside import Inside
from gui.panels.base import Panel
from gui.runner import Runner
from gui.training_desk import TrainingDesk
from gui.workbench import Workbench


class PanelHost(QObject):
    """Between all panels and everything else in the window."""

    def __init__(
        self,
        document: Document,
        runner: Runner,
        training: TrainingDesk,
        files: FileDesk,
        workbench: Workbench,
    ) -> None:
        super().__init__(workbench)
        self._document, self._runner = document, runner
        self._training, self._files, self._workbench = training, files, workbench
        self._panels: tuple[Panel, ...] = workbench.panels
        self._part: Part = "validation"
        self.inside = Inside(workbench)
        document.document_changed.connect(self._leave_test)
        document.document_changed.connect(self.show_state)
        document.facts_changed.connect(self._show_facts)
        document.focus_changed.connect(self._show_focus)
        document.locked_changed.connect(self._show_locked)
        training.began.connect(self._begin_run)
        training.started_over.connect(self._clear)
        workbench.wanted_changed.connect(runner.want)
        for panel in self._panels:
            panel.requested.connect(self._hear)
            theme.notifier.theme_changed.connect(panel.apply_theme)

    def show_state(self) -> None:
        """The document as it is now."""
        for panel in self._panels:
            panel.show_state(self._document.state, self._document.facts)

    def show_columns(self, columns: Sequence[ColumnSummary]) -> None:
        """How the columns of a person's own table look."""
        for panel in self._panels:
            panel.show_columns(columns)

    def show_events(self, events: Sequence[Event]) -> None:
        """What the trainer said."""
        for panel in self._panels:
            panel.show_events(events)

    def go_to(self, where: str) -> None:
        """Shows what a problem concerns: a layer by its id, or the data or training panel."""
        if self._document.project.design.has(where):
            self._document.set_focus(Focus(layers=(where,)))
            self._workbench.canvas.grouping.reveal(where)
            self._workbench.canvas.setFocus()
        elif where in self._workbench.docks:
            self._workbench.docks[where].show()
            self._workbench.docks[where].raise_()

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _show_facts(self) -> None:
        self._workbench.show_relevant(self._document.facts)
        self.show_state()
        for panel in self._panels:
            panel.show_rows(self._document.prepared)

    def _show_focus(self) -> None:
        for panel in self._panels:
            panel.show_focus(self._document.focus)

    def _show_locked(self, locked: bool) -> None:
        for panel in self._panels:
            panel.show_locked(locked)

    def _show_part(self, part: Part) -> None:
        """The same rows in all panels that judge."""
        if part == "test" and not self._document.look_at_test():
            return
        self._part = part
        for panel in self._panels:
            panel.show_part(part)

    def _leave_test(self, before: State, after: State) -> None:
        """Other weights are judged on the test rows only once somebody asks for that again."""
        if self._part == "test" and before.trained is not after.trained:
            self._show_part("validation")

    def _begin_run(self, afresh: bool) -> None:
        if self._part == "test":
            self._show_part("validation")
        self._runner.want(self._workbench.wanted())
        if afresh:
            self._clear()

    def _clear(self) -> None:
        for panel in self._panels:
            panel.clear()

    def _hear(self, request: requests.Request) -> None:
        """What is to be seen of the inside is the canvas's own, all else is done here."""
        if isinstance(request, requests.Shine):
            self._workbench.canvas.lights.act(request)
        else:
            self._act(request)

    def _act(self, request: requests.Errand) -> None:
        match request:
            case requests.Edit(text=text, project=project, merge=merge):
                self._document.edit(text, project=project, merge=merge)
            case requests.EditRuns(text=text, runs=runs):
                self._document.edit(text, runs=runs)
            case requests.RestoreRun(run=run):
                self._training.restore(run)
            case requests.ChangeFocus(focus=focus):
                self._document.set_focus(focus)
            case requests.ShowLayer(layer=layer):
                self._workbench.canvas.show_layer(layer)
                self._workbench.canvas.setFocus()
            case requests.ChangeLearningRate(rate=rate):
                self._training.set_learning_rate(rate)
            case requests.ShowPart(part=part):
                self._show_part(part)
            case requests.ChooseData():
                self._files.change_data()
            case requests.Work() as work:
                job = self._runner.job(work.function, work.done, work.failed, work.progressed)
                work.begun(job)
