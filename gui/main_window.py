"""The window: its welcome page at once, and every part behind that page in steps."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from gui.actions import Actions
from gui.imports import bring_in
from gui.runner import Job, Runner
from gui.settings import Settings
from gui.steps import Part, Steps
from gui.welcome import Opening, Welcome

if TYPE_CHECKING:
    from gui.canvas import Canvas
    from gui.canvas.palette import Palette
    from gui.conditions import Conditions
    from gui.document import Document
    from gui.file_desk import FileDesk
    from gui.finding import TableFinder
    from gui.full_screen import FullScreen
    from gui.help import Help
    from gui.history import History
    from gui.loading import DataLoader
    from gui.look import Look
    from gui.measuring import Measurer
    from gui.panel_host import PanelHost
    from gui.recovery import Recovery
    from gui.recovery_bar import RecoveryBar
    from gui.space_guard import SpaceGuard
    from gui.status import Status
    from gui.toolbar import ToolBar
    from gui.training_desk import TrainingDesk
    from gui.workbench import Workbench


class MainWindow(QMainWindow):
    """Welcome page or workbench, a tool bar, a status bar; closes only when nothing is lost.

    With `path` it opens that file as soon as it can.
    """

    another_requested = Signal()
    closed = Signal()

    document: Part["Document"] = Part()
    loader: Part["DataLoader"] = Part()
    finder: Part["TableFinder"] = Part()
    training: Part["TrainingDesk"] = Part()
    measurer: Part["Measurer"] = Part()
    files: Part["FileDesk"] = Part()
    recovery: Part["Recovery"] = Part()
    recovery_bar: Part["RecoveryBar"] = Part()
    canvas: Part["Canvas"] = Part()
    layers: Part["Palette"] = Part()
    workbench: Part["Workbench"] = Part()
    host: Part["PanelHost"] = Part()
    tool_bar: Part["ToolBar"] = Part()
    status: Part["Status"] = Part()
    look: Part["Look"] = Part()
    full_screen: Part["FullScreen"] = Part()
    help: Part["Help"] = Part()
    history: Part["History"] = Part()
    space_guard: Part["SpaceGuard"] = Part()
    conditions: Part["Conditions"] = Part()
    commands: Part[Actions] = Part()

    def __init__(self, settings: Settings | None = None, path: Path | None = None) -> None:
        super().__init__()
        self.settings = settings or Settings()
        self.runner = Runner(self)
        self.welcome = Welcome()
        self.pages = QStackedWidget()
        self.steps = Steps(self._build(path), self)
        self._closing = False
        self._actions = Actions(self)
        self._compose()
        self._connect()
        if path is not None:
            self._set_title(path.name)
            self.pages.setCurrentIndex(self.pages.addWidget(Opening(path)))

    # ── for others ──────────────────────────────────────────────────────────────────────────

    def complete(self) -> None:
        """Builds at once whatever part is not there yet."""
        self.steps.finish()

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

    def show_title(self) -> None:
        """Names the document, and marks it where it was changed."""
        path = self.document.path
        self._set_title(path.name if path else self.document.project.name)
        self.setWindowModified(self.document.modified)

    def quit(self) -> None:
        """Closes all windows; each that would lose something asks first."""
        for each in QApplication.topLevelWidgets():
            if isinstance(each, MainWindow) and each.isVisible():
                each.close()

    # ── what is there at once ───────────────────────────────────────────────────────────────

    def _compose(self) -> None:
        self.pages.addWidget(self.welcome)
        self.setCentralWidget(self.pages)
        self.welcome.show_recent_files(self.settings.recent_files)
        self._actions.fill(self.menuBar())
        self._actions.update(())
        self._actions[self.settings.theme].setChecked(True)
        self._set_title("untitled")
        self.setAcceptDrops(True)
        self.setMinimumSize(QSize(960, 600))
        self.resize(1280, 800)
        geometry = self.settings.window("geometry")
        if geometry:
            self.restoreGeometry(geometry)

    def _connect(self) -> None:
        """All that a person can do here asks for a part, and so finds every part built."""
        welcome = self.welcome
        welcome.template_chosen.connect(lambda name: self.files.begin_template(name))
        welcome.table_requested.connect(lambda: self.files.open_table())
        welcome.file_chosen.connect(lambda path: self.files.open_file(path))
        welcome.open_requested.connect(lambda: self.files.open())
        for menu in self._actions.menus:
            menu.aboutToShow.connect(self.complete)

    # ── what is built later ─────────────────────────────────────────────────────────────────

    def _build(self, path: Path | None) -> Iterator[Job | None]:
        """Everything else; begun after the first paint."""
        yield from bring_in(self.runner)
        from gui import assembly

        yield from assembly.build(self, self._actions, path)
        assembly.warm_up(self)

    def _show_page(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self.tool_bar.setVisible(page is self.workbench)
        self.status.setVisible(page is self.workbench)

    def _set_title(self, name: str) -> None:
        self.setWindowTitle(f"{name}[*] – Glasswork")

    # ── the window itself ───────────────────────────────────────────────────────────────────

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.steps.begin()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.steps.are_over:
            if self.files.would_lose and not self._closing:
                event.ignore()
                self.files.leave(self._close_now)
                return
            if self.full_screen.is_on:
                self.full_screen.toggle()
            self.settings.keep_window("docks", self.workbench.to_remember())
        self.settings.keep_window("geometry", self.saveGeometry())
        self.steps.stop()
        self.runner.shutdown()
        if self.steps.are_over:
            self.recovery.close()
        event.accept()
        self.closed.emit()

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
