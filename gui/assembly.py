"""Everything behind the welcome page, built and connected; this alone imports all of it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from engine.events import Event, Paused, TrainingFinished
from gui import asking, formula
from gui.blocks import Blocks
from gui.canvas import Canvas
from gui.canvas.catalogue import Catalogue
from gui.canvas.palette import Palette
from gui.conditions import Conditions
from gui.data_files import is_table
from gui.document import Document
from gui.figures import READABLE_MS
from gui.file_desk import FileDesk
from gui.finding import TableFinder
from gui.forms import finish_editing
from gui.full_screen import FullScreen
from gui.help import Help
from gui.history import History
from gui.loading import DataLoader
from gui.look import Look
from gui.measuring import Measurer
from gui.menus import fill_layers, fill_panels, fill_recent, fill_sets
from gui.panel_host import PanelHost
from gui.panels import PANELS, Panel
from gui.recovery import Recovery
from gui.recovery_bar import RecoveryBar
from gui.settings import data_folder, settings_folder
from gui.space_guard import SpaceGuard
from gui.status import Status
from gui.toolbar import ToolBar
from gui.training_desk import TrainingDesk
from gui.turns import Turns
from gui.view_memory import ViewMemory
from gui.workbench import Workbench

if TYPE_CHECKING:
    from gui.actions import Actions
    from gui.main_window import MainWindow


def build(window: "MainWindow", actions: "Actions", path: Path | None) -> Iterator[None]:
    """Builds the parts of `window`; each time it yields, events may be served.

    Meanwhile the file at `path`, which was named at the start, is read by another process.
    """
    _build_desks(window)
    if path is not None and not is_table(path):
        _read_named(window, path)
    yield
    window.canvas = Canvas(window.document)
    blocks = Blocks(settings_folder() / "blocks", window)
    blocks.failed.connect(window.document.noted)
    catalogue = Catalogue(window.settings, blocks, window)
    window.canvas.use(catalogue)
    window.layers = Palette(catalogue)
    workbench = window.workbench = Workbench(window.canvas, window.layers)
    window.pages.insertWidget(1, workbench)
    yield
    for panel in PANELS:
        workbench.add(panel())
        yield
    workbench.arrange()
    workbench.restore_later(window.settings.window("docks"))
    yield
    _build_bars(window, actions)
    yield
    _connect_document(window)
    _connect_desks(window)
    _connect_recovery(window)
    _connect_workbench(window)
    yield
    _give_actions(window, actions)
    window.recovery.look()
    if path is not None and is_table(path):
        _leave(window, window.pages.currentWidget())
        window.files.open_file(path)


def warm_up(window: "MainWindow") -> None:
    """Loads the font of formulas in the background, before somebody waits for it."""
    window.runner.job(lambda _: formula.warm(), lambda _: None, lambda _: None)


def _read_named(window: "MainWindow", path: Path) -> None:
    """What is read is shown by a whole window; what holds no model, over the welcome page."""
    opening = window.pages.currentWidget()

    def go_on(busy: str) -> None:
        if not busy:
            window.complete()
            QTimer.singleShot(0, window, lambda: _leave(window, opening))

    window.files.busy_changed.connect(go_on)
    window.files.open_file(path)


def _leave(window: "MainWindow", opening: QWidget | None) -> None:
    """The page on which a file was said to be opened is followed by the welcome page."""
    if window.pages.currentWidget() is opening:
        window.show_welcome()
        window.show_title()


def _build_desks(window: "MainWindow") -> None:
    runner = window.runner
    document = window.document = Document(window)
    window.loader = DataLoader(document, runner)
    window.finder = TableFinder(document, window.loader, runner, window)
    window.training = TrainingDesk(document, runner)
    window.measurer = Measurer(document, runner)
    window.files = FileDesk(document, runner, window.training, window.settings, window)
    folder = data_folder() / "recovery"
    runs_at = window.training.runs_at
    window.recovery = Recovery(
        document, runner, folder, lambda: window.settings.autosave_seconds, runs_at
    )


def _build_bars(window: "MainWindow", actions: "Actions") -> None:
    """Those of the workbench are hidden on the welcome page."""
    window.recovery_bar = RecoveryBar(window)
    window.addToolBar(window.recovery_bar)
    window.addToolBarBreak()
    window.tool_bar = ToolBar(actions, window)
    window.status = Status(window.document, window)
    for bar in (window.tool_bar, window.status):
        bar.hide()
    window.addToolBar(window.tool_bar)
    window.setStatusBar(window.status)


def _connect_document(window: "MainWindow") -> None:
    document = window.document
    document.noted.connect(window.status.tell)
    for changed in (document.modified_changed, document.path_changed, document.document_changed):
        changed.connect(window.show_title)
    document.replaced.connect(window.tool_bar.progress.clear)


def _connect_desks(window: "MainWindow") -> None:
    files, loader, runner = window.files, window.loader, window.runner
    training, tool_bar, status = window.training, window.tool_bar, window.status
    host = window.host = PanelHost(window.document, runner, training, files, window.workbench)

    turns = Turns(window)
    for panel in window.workbench.panels:
        if type(panel).show_events is not Panel.show_events:
            turns.add(panel.show_events, panel.least_ms, panel.isVisible)
    neurons = window.canvas.neurons
    turns.add(neurons.show_events, neurons.least_ms, neurons.isVisible)
    training.began.connect(lambda afresh: neurons.clear() if afresh else None)
    training.started_over.connect(neurons.clear)
    for bar in (tool_bar.progress, status):
        turns.add(bar.show_events, READABLE_MS, bar.isVisible)

    def show_events(events: Sequence[Event]) -> None:
        turns.tell(events)
        if any(isinstance(event, Paused | TrainingFinished) for event in events):
            turns.finish()  # the document is about to change
        training.take_in(events)

    runner.events_arrived.connect(show_events)
    runner.failed.connect(turns.finish)
    training.started_over.connect(turns.forget)
    runner.running_changed.connect(tool_bar.show_state)
    training.started_over.connect(tool_bar.progress.clear)
    training.rows_missed.connect(loader.try_again)
    window.measurer.measured.connect(host.show_events)
    loader.progressed.connect(lambda _, text: status.tell(text))
    loader.inspected.connect(host.show_columns)
    status.problem_chosen.connect(host.go_to)
    files.opened.connect(window.show_workbench)
    files.welcome_requested.connect(window.show_welcome)
    files.busy_changed.connect(status.tell)
    files.failed.connect(lambda title, text: asking.warn(window, title, text))


def _connect_recovery(window: "MainWindow") -> None:
    recovery, bar, files = window.recovery, window.recovery_bar, window.files
    recovery.offered.connect(bar.offer)
    recovery.failed.connect(files.failed)
    recovery.restored.connect(files.opened)
    bar.discard_requested.connect(recovery.discard)
    bar.restore_requested.connect(lambda: files.leave(recovery.restore))


def _connect_workbench(window: "MainWindow") -> None:
    canvas, layers = window.canvas, window.layers
    window.workbench.wanted_changed.connect(window.measurer.want)
    layers.layer_chosen.connect(canvas.append_layer)
    layers.rename_requested.connect(canvas.blocks.rename)
    layers.remove_requested.connect(canvas.blocks.remove)
    canvas.search_requested.connect(layers.focus_search)
    canvas.zoom_changed.connect(layers.set_zoom)


def _give_actions(window: "MainWindow", actions: "Actions") -> None:
    """From here on, whatever is in the menus can be done, or is disabled."""
    window.look = Look(window.settings, window.workbench, actions)
    window.full_screen = FullScreen(window)
    window.help = Help(window, actions, window.settings, window.look)
    window.history = History(window.document, window)
    actions.add_to_canvas(window.canvas)
    actions.follow(window.document.undo_stack)
    actions.about_to_act.connect(finish_editing)
    menus = actions.submenus
    fill_panels(menus["[panels]"], window.workbench.toggles())
    fill_layers(menus["[layers]"], window.canvas.append_layer)
    fill_sets(menus["[sets]"], window.files.begin_template)
    fill_recent(menus["[recent]"], window.settings, window.files.open_file)
    ViewMemory(window.document, window.canvas, window.settings)
    window.space_guard = SpaceGuard(window)
    window.conditions = Conditions(window.document, window.training, window.pages)
    window.conditions.changed.connect(actions.update)
    window.conditions.tell()
    window.commands = actions
