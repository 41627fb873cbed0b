"""The window: it composes the parts, and lets none of them know another."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from engine.events import Event
from gui import asking
from gui.actions import Actions
from gui.canvas import Canvas
from gui.canvas.palette import Palette
from gui.conditions import Conditions
from gui.document import Document
from gui.file_desk import FileDesk
from gui.finding import TableFinder
from gui.help import Help
from gui.loading import DataLoader
from gui.look import Look
from gui.measuring import Measurer
from gui.menus import fill_layers, fill_panels, fill_recent, fill_sets
from gui.panel_host import PanelHost
from gui.panels import PANELS
from gui.runner import Runner
from gui.settings import Settings
from gui.space_guard import SpaceGuard
from gui.status import Status
from gui.toolbar import ToolBar
from gui.training_desk import TrainingDesk
from gui.warm_up import WarmUp
from gui.welcome import Welcome
from gui.workbench import Workbench


class MainWindow(QMainWindow):
    """Welcome page or workbench, a tool bar, a status bar; closes only when nothing is lost."""

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self.settings = settings or Settings()
        self._closing = False
        self.document = Document(self)
        self.runner = Runner(self)
        self.loader = DataLoader(self.document, self.runner)
        self.finder = TableFinder(self.document, self.loader, self.runner, self)
        self.training = TrainingDesk(self.document, self.runner)
        self.measurer = Measurer(self.document, self.runner)
        self.files = FileDesk(self.document, self.runner, self.training, self.settings, self)
        self.canvas = Canvas(self.document)
        self.layers = Palette()
        self.workbench = Workbench(self.canvas, self.layers, [panel() for panel in PANELS])
        self.host = PanelHost(self.document, self.runner, self.training, self.files, self.workbench)
        self.welcome = Welcome()
        self.look = Look(self.settings, self.workbench)
        self._compose()
        self._connect()
        self._restore()

    # ── for others ──────────────────────────────────────────────────────────────────────────

    def open_path(self, path: Path) -> None:
        """Opens a model file or a table."""
        self.files.open_file(path)

    def show_welcome(self) -> None:
        """The page with templates and recent files."""
        self.welcome.show_recent_files(self.settings.recent_files)
        self._show_page(self.welcome)

    def show_workbench(self) -> None:
        """The canvas with its panels."""
        self._show_page(self.workbench)
        self.canvas.setFocus()

    # ── composing ───────────────────────────────────────────────────────────────────────────

    def _compose(self) -> None:
        self.pages = QStackedWidget()
        self.pages.addWidget(self.welcome)
        self.pages.addWidget(self.workbench)
        self.setCentralWidget(self.pages)
        self.commands = Actions(
            self,
            self.canvas,
            {
                "window": self,
                "document": self.document,
                "canvas": self.canvas,
                "files": self.files,
                "training": self.training,
                "look": self.look,
                "help": Help(self, lambda: self.commands.by_id.values()),
            },
        )
        self.commands.fill(self.menuBar())
        menus = self.commands.submenus
        fill_panels(menus["[panels]"], self.workbench.toggles())
        fill_layers(menus["[layers]"], self.canvas.append_layer)
        fill_sets(menus["[sets]"], self.files.begin_template)
        fill_recent(menus["[recent]"], self.settings, self.files.open_file)
        self.tool_bar = ToolBar(self.commands, self)
        self.addToolBar(self.tool_bar)
        self.status = Status(self.document, self)
        self.setStatusBar(self.status)
        self.conditions = Conditions(self.document, self.training, self.pages)
        self.space_guard = SpaceGuard(self)
        self.warm_up = WarmUp(self, self.runner)
        self.setAcceptDrops(True)
        self.setMinimumSize(QSize(960, 600))

    def _connect(self) -> None:
        document, files, welcome = self.document, self.files, self.welcome
        document.noted.connect(self.status.tell)
        document.modified_changed.connect(self._show_title)
        document.path_changed.connect(self._show_title)
        document.document_changed.connect(self._show_title)
        self.commands.follow(document.undo_stack)
        self.conditions.changed.connect(self.commands.update)
        self.workbench.wanted_changed.connect(self.measurer.want)
        self.measurer.measured.connect(self.host.show_events)
        self.runner.events_arrived.connect(self._show_events)
        self.runner.running_changed.connect(self.tool_bar.show_state)
        self.training.started_over.connect(self.tool_bar.progress.clear)
        self.training.rows_missed.connect(self.loader.try_again)
        document.replaced.connect(self.tool_bar.progress.clear)
        self.loader.progressed.connect(lambda _, text: self.status.tell(text))
        self.loader.inspected.connect(self.host.show_columns)
        welcome.template_chosen.connect(files.begin_template)
        welcome.table_requested.connect(files.open_table)
        welcome.file_chosen.connect(files.open_file)
        welcome.open_requested.connect(files.open)
        files.opened.connect(self.show_workbench)
        files.welcome_requested.connect(self.show_welcome)
        files.busy_changed.connect(self.status.tell)
        files.failed.connect(lambda title, text: asking.warn(self, title, text))
        self.layers.layer_chosen.connect(self.canvas.append_layer)
        self.canvas.search_requested.connect(self.layers.focus_search)
        self.canvas.zoom_changed.connect(self.layers.set_zoom)
        self.status.problem_chosen.connect(self.host.go_to)

    # ── keeping the parts up to date ────────────────────────────────────────────────────────

    def _show_events(self, events: Sequence[Event]) -> None:
        self.host.show_events(events)
        self.tool_bar.progress.show_events(events)
        self.status.show_events(events)
        self.training.take_in(events)

    def _show_title(self) -> None:
        path = self.document.path
        self.setWindowTitle(f"{path.name if path else self.document.project.name}[*] – Glasswork")
        self.setWindowModified(self.document.modified)

    def _show_page(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self.tool_bar.setVisible(page is self.workbench)
        self.statusBar().setVisible(page is self.workbench)

    # ── the window itself ───────────────────────────────────────────────────────────────────

    def _restore(self) -> None:
        self.resize(1280, 800)
        geometry = self.settings.window("geometry")
        if geometry:
            self.restoreGeometry(geometry)
        self.workbench.restore_later(self.settings.window("docks"))
        self.commands[self.settings.theme].setChecked(True)
        self.show_welcome()
        self.conditions.tell()
        self._show_title()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.files.would_lose and not self._closing:
            event.ignore()
            self.files.leave(self._close_now)
            return
        self.settings.keep_window("geometry", self.saveGeometry())
        self.settings.keep_window("docks", self.workbench.saveState())
        self.runner.shutdown()
        event.accept()

    def _close_now(self) -> None:
        self._closing = True
        self.close()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        if urls:
            event.acceptProposedAction()
            self.open_path(Path(urls[0].toLocalFile()))
