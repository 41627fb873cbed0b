"""The outline: all layers as a list for the keyboard and for screen readers, one row a layer."""

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QTreeView, QVBoxLayout, QWidget

from engine.data.dataset import DataFacts
from engine.errors import DesignError
from engine.project import Project
from gui import theme
from gui.canvas import edits
from gui.outline_model import COLUMNS, OutlineModel
from gui.panels.base import Area, Panel
from gui.requests import ChangeFocus, Edit, ShowLayer
from gui.words import mark, told, tr

if TYPE_CHECKING:
    from gui.document import Focus, State

EMPTY = mark("No layers yet. Drag one onto the canvas, or press Tab there.")
LOCKED = mark("Read-only while training: stop the training to change the design.")
WIDTHS = (122, 100, 66, 112)
Select = QItemSelectionModel.SelectionFlag


class OutlinePanel(Panel):
    """Arrow keys choose, Enter goes to the card, F2 renames, Delete deletes."""

    title: ClassVar[str] = mark("Outline")
    name: ClassVar[str] = "outline"
    area: ClassVar[Area] = "bottom"
    order: ClassVar[int] = 8
    opens: ClassVar[bool] = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = Project()
        self._facts: DataFacts | None = None
        self._chosen: tuple[str, ...] = ()
        self._locked = self._following = False
        self.model = OutlineModel()
        self.model.rename_requested.connect(self._rename)
        self.list = OutlineList(self.model)
        self.list.selectionModel().selectionChanged.connect(self._choose)
        self.list.went.connect(self._go)
        self.list.deleted.connect(self._delete)
        self.refusal = _label("error", "")
        self.empty = _label("muted", tr(EMPTY))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_S, 0, theme.SPACE_S, theme.SPACE_S)
        column.setSpacing(theme.SPACE_S)
        for widget in (self.empty, self.refusal, self.list):
            column.addWidget(widget)
        self.setFocusProxy(self.list)
        self._say("")

    # ── what it is shown ────────────────────────────────────────────────────────────────────

    def show_state(self, state: "State", facts: DataFacts | None) -> None:
        self._project, self._facts = state.project, facts
        if self.isVisible():
            self._follow()

    def show_focus(self, focus: "Focus") -> None:
        self._chosen = focus.layers
        if self.isVisible():
            self._select()

    def show_locked(self, locked: bool) -> None:
        self._locked = locked
        self.model.set_editable(not locked)
        self._say("")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def _follow(self) -> None:
        self._say("")
        if self.model.show_project(self._project, self._facts):
            self._select()
        self.list.setVisible(bool(self.model.order))
        self.empty.setVisible(not self.model.order)

    def _select(self) -> None:
        """Marks the layers that the person looks at, wherever they were chosen."""
        rows = [self.model.rows[each] for each in self._chosen if each in self.model.rows]
        if set(rows) == {index.row() for index in self.list.selectionModel().selectedRows()}:
            return
        wanted = QItemSelection()
        for row in rows:
            wanted.select(self.model.index(row, 0), self.model.index(row, len(COLUMNS) - 1))
        self._following = True
        chosen = self.list.selectionModel()
        if rows:
            chosen.setCurrentIndex(self.model.index(rows[-1], 0), Select.NoUpdate)
            self.list.scrollTo(self.model.index(rows[-1], 0))
        chosen.select(wanted, Select.ClearAndSelect)
        self._following = False

    # ── what a person does ──────────────────────────────────────────────────────────────────

    def _choose(self) -> None:
        if not self._following:
            from gui.document import Focus

            self._say("")
            self.requested.emit(ChangeFocus(Focus(layers=self.list.chosen())))

    def _go(self, identifier: str) -> None:
        self.requested.emit(ShowLayer(identifier))

    def _delete(self) -> None:
        if self._locked:
            self._say(tr(LOCKED))
        elif chosen := self.list.chosen():
            row = self.model.rows[chosen[0]]
            change = edits.delete(self._project, chosen)
            self.requested.emit(Edit(change.text, change.project))
            self.list.setCurrentIndex(self.model.index(min(row, len(self.model.order) - 1), 0))

    def _rename(self, identifier: str, name: str) -> None:
        try:
            change = edits.rename(self._project, identifier, name)
        except DesignError as error:
            self._say(told(str(error)))
        else:
            self.requested.emit(Edit(change.text, change.project))

    def _say(self, reason: str) -> None:
        self.refusal.setText(f"{reason[:1].upper()}{reason[1:]}")
        self.refusal.setVisible(bool(reason))


class OutlineList(QTreeView):
    """The rows. Enter and a double click go to the card of a layer; Delete asks to delete."""

    went = Signal(str)
    deleted = Signal()

    def __init__(self, model: OutlineModel) -> None:
        super().__init__()
        self._layers = model
        self.setModel(model)
        self.setAccessibleName(tr("Layers, in the order of computing"))
        self.setProperty("role", "rows")
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.header().setSectionsMovable(False)
        self._fit()
        theme.notifier.theme_changed.connect(self._fit)
        self.doubleClicked.connect(lambda index: self.went.emit(model.order[index.row()]))

    def chosen(self) -> tuple[str, ...]:
        """The layers selected, in their order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._layers.order[row] for row in rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = event.key(), self.currentIndex()
        editing = self.state() == QAbstractItemView.State.EditingState
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid() and not editing:
            self.went.emit(self._layers.order[index.row()])
        elif key == Qt.Key.Key_Delete and not editing:
            self.deleted.emit()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """Columns that go with the size of text; the last takes the rest."""
        for column, width in enumerate(WIDTHS):
            self.setColumnWidth(column, theme.scaled(width))


def _label(role: str, text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(True)
    return label
