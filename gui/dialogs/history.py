"""The undo history as a list: every step by its name, and one click to be there."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QListView, QVBoxLayout, QWidget

from gui import theme
from gui.document import Document
from gui.words import tr

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class HistoryModel(QAbstractListModel):
    """Row 0 is the beginning, row n the state after the nth step."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self._stack = document.undo_stack
        empty = QPixmap(theme.SPACE_L, theme.SPACE_L)
        empty.fill(Qt.GlobalColor.transparent)
        self._none = QIcon(empty)
        self._stack.indexChanged.connect(self._follow)

    @property
    def now(self) -> int:
        """The row of the state in force."""
        return self._stack.index()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self._stack.count() + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = index.row()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._words(row)}{self._place(row)}"
            case Qt.ItemDataRole.ForegroundRole:
                return theme.color("muted" if row > self.now else "text")
            case Qt.ItemDataRole.FontRole:
                return theme.font("strong") if row == self.now else QFont(theme.font())
            case Qt.ItemDataRole.DecorationRole:
                return theme.icon("caret-right", "accent") if row == self.now else self._none
            case Qt.ItemDataRole.SizeHintRole:
                return QSize(0, QFontMetrics(theme.font("strong")).height() + theme.SPACE_S)
            case _:
                return None

    def _words(self, row: int) -> str:
        return self._stack.text(row - 1) if row else tr("Beginning")

    def _place(self, row: int) -> str:
        return tr(", now") if row == self.now else tr(", undone") if row > self.now else ""

    def _follow(self) -> None:
        self.beginResetModel()
        self.endResetModel()


class HistoryDialog(QDialog):
    """Stays beside the window while a person works; a click or Enter goes to a step."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("History"))
        self._document = document
        self._model = HistoryModel(document, self)
        self.list = QListView()
        self.list.setAccessibleName(tr("Steps, from the first to the latest"))
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(theme.SPACE_L, theme.SPACE_L))
        self.list.setModel(self._model)
        self.list.clicked.connect(self._go)
        self.list.activated.connect(self._go)
        hint = QLabel(tr("Click a step, or press Enter, to go there."))
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE_M] * 4)
        column.setSpacing(theme.SPACE_S)
        column.addWidget(self.list)
        column.addWidget(hint)
        self.resize(18 * self.fontMetrics().height(), 26 * self.fontMetrics().height())
        self._model.modelReset.connect(self._show_now)
        theme.notifier.theme_changed.connect(self.list.viewport().update)
        self._show_now()

    def _go(self, index: QModelIndex) -> None:
        if index.row() != self._model.now:
            self._document.go_to(index.row())

    def _show_now(self) -> None:
        index = self._model.index(self._model.now)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
