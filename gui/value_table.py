"""A table of values to read, sort and copy; no cell can be edited unless its column says so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gui import theme
from gui.figures import number

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Column:
    """A heading; how numbers of it are written; whether its words can be edited in place."""

    title: str
    write: Callable[[Any], str] = number
    tip: str = ""
    editable: bool = False


class ValueModel(QAbstractTableModel):
    """Rows of plain values; None is an empty cell. Sorted by the values, not by their words."""

    edited = Signal(int, int, str)  # row, column, text

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: tuple[Sequence[Any], ...] = ()

    def show(self, rows: Sequence[Sequence[Any]]) -> None:
        """Replaces all rows; as many as before are only repainted, so that a choice stays."""
        if len(rows) == len(self.rows):
            self.rows = tuple(rows)
            last = self.index(len(rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def text(self, row: int, column: int) -> str:
        """What a cell says."""
        value = self.rows[row][column]
        if value is None:
            return ""
        return value if isinstance(value, str) else self.columns[column].write(value)

    # ── for Qt ──────────────────────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        value = self.rows[index.row()][index.column()]
        if role in (Role.DisplayRole, Role.EditRole, Role.AccessibleTextRole, Role.ToolTipRole):
            return self.text(index.row(), index.column())
        if role == Role.UserRole:
            return "" if value is None else value
        if role == Role.TextAlignmentRole:
            return LEFT if isinstance(value, str) else RIGHT
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return self.columns[section].title
        if role == Role.TextAlignmentRole:  # above its values
            values = (row[section] for row in self.rows if row[section] is not None)
            return LEFT if isinstance(next(values, ""), str) else RIGHT
        return (self.columns[section].tip or None) if role == Role.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return (
            flags | Qt.ItemFlag.ItemIsEditable if self.columns[index.column()].editable else flags
        )

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role == Role.EditRole and value != self.text(index.row(), index.column()):
            self.edited.emit(index.row(), index.column(), str(value))
        return False  # the document answers with new rows


class ByValue(QSortFilterProxyModel):
    """Orders numbers as numbers and words as words; what is empty comes last of all."""

    def lessThan(self, left: Index, right: Index) -> bool:
        one, other = left.data(Role.UserRole), right.data(Role.UserRole)
        return _order(one) < _order(other)


def _order(value: Any) -> tuple[int, float, str]:
    if isinstance(value, str):
        return (1, 0.0, value.lower()) if value else (2, 0.0, "")
    return 0, float(value), ""


class ValueTable(QTableView):
    """`row_chosen` carries the number of a row as it was given, however the table is sorted."""

    row_chosen = Signal(int)
    rows_chosen = Signal(list)
    edited = Signal(int, int, str)

    def __init__(self, name: str, columns: Sequence[Column], *, several: bool = False) -> None:
        super().__init__()
        self.values = ValueModel(columns)
        self.values.edited.connect(self.edited)
        self._sorted = ByValue()
        self._sorted.setSourceModel(self.values)
        self.setModel(self._sorted)
        self.setAccessibleName(name)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setWordWrap(False)
        self.setSortingEnabled(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.scaled(24))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.unsort()
        self.selectionModel().selectionChanged.connect(lambda *_: self._tell())

    def show_rows(self, rows: Sequence[Sequence[Any]]) -> None:
        """Replaces what stands in the table."""
        self.values.show(rows)

    def unsort(self) -> None:
        """Back to the order in which the rows were given."""
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)

    @property
    def chosen(self) -> list[int]:
        """The rows that are selected, by their number as they were given."""
        rows = self.selectionModel().selectedRows()
        return sorted(self._sorted.mapToSource(index).row() for index in rows)

    def choose(self, rows: Sequence[int]) -> None:
        """Selects these rows, and says nothing of it."""
        selection = self.selectionModel()
        selection.blockSignals(True)
        selection.clearSelection()
        flag = QItemSelectionModel.SelectionFlag
        for row in rows:
            index = self._sorted.mapFromSource(self.values.index(row, 0))
            selection.select(index, flag.Select | flag.Rows)
        selection.blockSignals(False)
        self.viewport().update()

    def text(self) -> str:
        """The table as it is sorted, with tabs between cells: the chosen rows, or all."""
        chosen = set(self.chosen)
        source = (self._sorted.mapToSource(self._sorted.index(row, 0)).row() for row in self._all())
        rows = [row for row in source if not chosen or row in chosen]
        columns = range(len(self.values.columns))
        lines = ["\t".join(column.title for column in self.values.columns)]
        lines += ["\t".join(self.values.text(row, column) for column in columns) for row in rows]
        return "\n".join(lines)

    def _all(self) -> range:
        return range(self._sorted.rowCount())

    def _tell(self) -> None:
        chosen = self.chosen
        self.rows_chosen.emit(chosen)
        if len(chosen) == 1:
            self.row_chosen.emit(chosen[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.text())
        else:
            super().keyPressEvent(event)
