"""The canvas with its docks around it: builds them from the table of panels, and remembers them."""

from collections.abc import Collection
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QEnterEvent, QShowEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)

from engine.control import Wanted
from engine.data.dataset import DataFacts
from gui import theme
from gui.panels.base import Area, Panel
from gui.words import tr

if TYPE_CHECKING:
    from gui.canvas import Canvas

LEFT_WIDTH, RIGHT_WIDTH, BOTTOM_HEIGHT, BOTTOM_WIDTHS = 208, 272, 256, [520, 280]
LEFT_HEIGHTS, RIGHT_HEIGHTS = [485, 215], [400, 300]
SIDES = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
    "bottom-right": Qt.DockWidgetArea.BottomDockWidgetArea,
}


class Workbench(QMainWindow):
    """A window within the window; every panel stands in a dock that can be moved or closed."""

    wanted_changed = Signal(object)  # frozenset[Wanted]

    def __init__(self, canvas: "Canvas", palette: QWidget) -> None:
        super().__init__(None, Qt.WindowType.Widget)
        self.canvas = canvas
        self.setCentralWidget(canvas)
        canvas.neurons.wanted_changed.connect(self._tell_wanted)
        self.setDockOptions(
            QMainWindow.DockOption.AnimatedDocks
            | QMainWindow.DockOption.AllowTabbedDocks
            | QMainWindow.DockOption.AllowNestedDocks
        )
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.TopLeftCorner):
            self.setCorner(corner, Qt.DockWidgetArea.LeftDockWidgetArea)
        for corner in (Qt.Corner.BottomRightCorner, Qt.Corner.TopRightCorner):
            self.setCorner(corner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.panels: tuple[Panel, ...] = ()
        self.docks: dict[str, Dock] = {}
        self._titling = QTimer(self, singleShot=True, interval=0)
        self._titling.timeout.connect(self._choose_titles)
        self._dock("palette", tr("Layers"), palette)
        self._facts: DataFacts | None = None
        self._listed: set[str] = set()  # the panels of the layout in force
        self._remembered: QByteArray | None = None
        self._shown = False

    def add(self, panel: Panel) -> None:
        """Puts `panel` into a dock; `arrange` gives it its place."""
        self.panels += (panel,)
        self._dock(panel.name, tr(panel.title), panel)
        if panel.opens:
            self._listed.add(panel.name)
        else:
            self.docks[panel.name].hide()
        panel.wanted_changed.connect(self._tell_wanted)

    def arrange(self) -> None:
        """Puts every dock where it stands in a new window."""
        for dock in self.docks.values():
            dock.setFloating(False)
        self._stack("left", ["palette"])
        self._stack("right", [])
        self._bottom()
        self._set_sizes()

    def reset(self) -> None:
        """Back to the places and panels of a new window."""
        self._listed = {panel.name for panel in self.panels if panel.opens}
        for name, dock in self.docks.items():
            dock.setVisible(name in self._listed or name == "palette")
        self.arrange()
        self.show_relevant(self._facts)

    def show_only(self, names: Collection[str]) -> None:
        """These panels where they stand, and no others, nor those with nothing to say."""
        self._listed = set(names)
        idle = {panel.name for panel in self.panels if not panel.relevant(self._facts)}
        for name, dock in self.docks.items():
            dock.setFloating(False)
            dock.setVisible(name in names and name not in idle)

    def fit_text(self) -> None:
        """Gives the docks the room that the text of now needs."""
        if self._shown:
            self._set_sizes()

    def restore_later(self, state: QByteArray | None) -> None:
        """Remembers `saveState` of an earlier window until this one has its size."""
        self._remembered = state

    def to_remember(self) -> QByteArray:
        """Where the docks stand; until they have been seen, where they stood the last time."""
        return self.saveState() if self._shown else self._remembered or QByteArray()

    def show_relevant(self, facts: DataFacts | None) -> None:
        """Hides the panels that have nothing to say of such data (confusion, predicted).

        Those of the same layout and place are shown instead, unless the person has closed that
        place.
        """
        self._facts = facts
        idle = [panel for panel in self.panels if not panel.relevant(facts)]
        places = {panel.area for panel in idle if self.docks[panel.name].is_open}
        for panel in self.panels:
            if panel in idle:
                self.docks[panel.name].hide()
            elif panel.area in places and panel.name in self._listed:
                self.docks[panel.name].show()

    def toggles(self) -> list[QAction]:
        """One checkable action a dock, for the View menu."""
        return [dock.toggleViewAction() for dock in self.docks.values()]

    def wanted(self) -> frozenset[Wanted]:
        """What all visible panels, and the layer that is unfolded, together want measured."""
        seen = (*self.panels, self.canvas.neurons)
        return frozenset().union(*(each.wanted() for each in seen))

    def sizeHint(self) -> QSize:
        return QSize(1280, 720)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shown:
            self._shown = True
            if self.window().windowHandle().isExposed():  # else its first paint would be lost
                self.window().setUpdatesEnabled(False)  # until everything is where it belongs
            QTimer.singleShot(0, self, self._settle)

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _dock(self, name: str, title: str, content: QWidget) -> None:
        """Puts `content` into a dock of its own."""
        dock = self.docks[name] = Dock(name, title, content, self)
        for changed in (dock.visibilityChanged, dock.topLevelChanged, dock.dockLocationChanged):
            changed.connect(lambda *_: self._titling.start())

    def _choose_titles(self) -> None:
        """A dock that comes or goes decides of its neighbours, too, whether they have tabs."""
        for dock in self.docks.values():
            others = [self.docks[each.objectName()] for each in self.tabifiedDockWidgets(dock)]
            dock.show_title(dock.isFloating() or not any(each.is_open for each in others))
        self._put_away_old_tabs()

    def _put_away_old_tabs(self) -> None:
        """Qt leaves tabs where they were when too few docks are left to need them."""
        shown = {dock.windowTitle() for dock in self.docks.values() if dock.is_open}
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        for bar in self.findChildren(QTabBar, options=direct):
            titles = {bar.tabText(index) for index in range(bar.count())}
            if len(titles & shown) < 2:
                bar.move(-bar.width(), -bar.height())

    def _settle(self) -> None:
        """Gives the docks their sizes, which Qt takes only once the window is shown."""
        if self._remembered is None or not self.restoreState(self._remembered):
            self._set_sizes()
        self.show_relevant(self._facts)
        QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        """Lets the docks be seen, which have taken their places by now."""
        self._choose_titles()
        self.window().setUpdatesEnabled(True)

    def _set_sizes(self) -> None:
        left, right = self.docks["palette"], self._first("right")
        self.resizeDocks([left], [theme.scaled(LEFT_WIDTH)], Qt.Orientation.Horizontal)
        if right:
            self.resizeDocks([right], [theme.scaled(RIGHT_WIDTH)], Qt.Orientation.Horizontal)
        bottom = [dock for dock in (self._first("bottom"), self._first("bottom-right")) if dock]
        for docks, heights in (
            ([left, *self._in("left")], LEFT_HEIGHTS),
            (self._in("right"), RIGHT_HEIGHTS),
        ):
            self.resizeDocks(docks[:2], heights[: len(docks)], Qt.Orientation.Vertical)
        self.resizeDocks(bottom, [BOTTOM_HEIGHT] * len(bottom), Qt.Orientation.Vertical)
        self.resizeDocks(bottom, BOTTOM_WIDTHS[: len(bottom)], Qt.Orientation.Horizontal)

    def _in(self, area: Area) -> list["Dock"]:
        chosen = sorted((p for p in self.panels if p.area == area), key=lambda p: p.order)
        return [self.docks[panel.name] for panel in chosen]

    def _first(self, area: Area) -> "Dock | None":
        return next(iter(self._in(area)), None)

    def _stack(self, area: Area, before: list[str]) -> None:
        """One below the other."""
        for dock in [self.docks[name] for name in before] + self._in(area):
            self.addDockWidget(SIDES[area], dock, Qt.Orientation.Vertical)

    def _bottom(self) -> None:
        """Two groups side by side, each with tabs."""
        for area in ("bottom", "bottom-right"):
            docks = self._in(area)
            for dock in docks:
                self.addDockWidget(SIDES[area], dock, Qt.Orientation.Horizontal)
            for before, dock in pairwise(docks):
                self.tabifyDockWidget(before, dock)
            if docks:
                docks[0].raise_()

    def _tell_wanted(self) -> None:
        self.wanted_changed.emit(self.wanted())


class Dock(QDockWidget):
    """A dock with a slim title of its own, which can step back where a tab shows it already."""

    def __init__(self, name: str, title: str, content: QWidget, parent: Workbench) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self.setWidget(content)
        self._bare = QWidget(self)
        self._bar = TitleBar(self)
        self.setTitleBarWidget(self._bar)
        # Behind another tab Qt only moves it out of sight, where it would go on drawing.
        _keep_room(content)
        self.visibilityChanged.connect(content.setVisible)

    @property
    def is_open(self) -> bool:
        """Whether it is shown, if only as a tab behind another."""
        return self.toggleViewAction().isChecked()

    def show_title(self, shown: bool) -> None:
        """Shows the title of its own, or leaves it to the tab."""
        bar = self._bar if shown else self._bare
        if self.titleBarWidget() is not bar:
            self.setTitleBarWidget(bar)
            bar.setVisible(True)


class TitleBar(QWidget):
    """A title on the left; float and close on the right, seen when the pointer is near."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        title = QLabel(dock.windowTitle())
        title.setProperty("role", "strong")
        theme.set_font(title, "strong")
        dock.windowTitleChanged.connect(title.setText)
        self._float = self._button(
            tr("Float this panel"), lambda: dock.setFloating(not dock.isFloating())
        )
        self._close = self._button(tr("Close this panel; View > Panels brings it back"), dock.close)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_XS, 0)
        layout.setSpacing(0)
        layout.addWidget(title, 1)
        layout.addWidget(self._float)
        layout.addWidget(self._close)
        theme.notifier.theme_changed.connect(self._paint)
        self._paint()
        self._reveal(False)

    def _button(self, tip: str, call: object) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setFixedSize(22, 22)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(call)
        _keep_room(button)
        return button

    def _paint(self) -> None:
        self._float.setIcon(theme.icon("arrow-square-out", "muted"))
        self._close.setIcon(theme.icon("x", "muted"))

    def _reveal(self, shown: bool) -> None:
        for button in (self._float, self._close):
            button.setVisible(shown)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._reveal(True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._reveal(False)


def _keep_room(widget: QWidget) -> None:
    """Lets the room of a widget stay its own while it is hidden."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
