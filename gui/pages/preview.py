"""The first rows of a table, to look at."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gui import theme
from gui.form_fields import shown
from gui.words import tr

Index = QModelIndex | QPersistentModelIndex
ROWS = 200
"""As many rows as are shown."""
FITTED = 50
"""As many columns are made as wide as what as many of their rows hold."""


class PreviewModel(QAbstractTableModel):
    """Columns of values of any kind; those named in `strong` stand out."""

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._columns: tuple[Sequence[Any], ...] = ()
        self._strong: frozenset[str] = frozenset()
        self._rows = 0

    def show_columns(
        self, names: Sequence[str], columns: Sequence[Sequence[Any]], strong: frozenset[str]
    ) -> None:
        """Show the first rows of these columns."""
        self.beginResetModel()
        self._names, self._columns = tuple(names), tuple(columns)
        self._strong = strong
        self._rows = min(ROWS, len(columns[0])) if columns else 0
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return self._rows

    def columnCount(self, parent: Index | None = None) -> int:
        return len(self._names)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole:
            return self._names[section] if across else f"{section + 1:,}"
        if role == Qt.ItemDataRole.TextAlignmentRole and across:
            return side_of(next(filter(None, self._columns[section]), ""))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        value = self._columns[index.column()][index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell(value)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return side_of(value)
        strong = self._names[index.column()] in self._strong
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.color("accent" if strong else "muted" if is_missing(value) else "text")
        if role == Qt.ItemDataRole.FontRole and strong:
            return theme.font("strong")
        return None


class Preview(QTableView):
    """A read-only table of the first rows."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("First rows"))
        self.rows = PreviewModel()
        self.setModel(self.rows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().setDefaultSectionSize(24)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(FITTED)
        header.setDefaultSectionSize(112)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def show_columns(
        self, names: Sequence[str], columns: Sequence[Sequence[Any]], strong: frozenset[str]
    ) -> None:
        """Show the first rows of these columns, those named in `strong` standing out."""
        self.rows.show_columns(names, columns, strong)
        header = self.horizontalHeader()
        for section in range(min(len(names), FITTED)):
            wanted = max(self.sizeHintForColumn(section), header.sectionSizeHint(section))
            header.resizeSection(section, min(max(wanted + 8, 72), 240))


def cell(value: Any) -> str:
    """One value as it is shown; a missing one as a dash."""
    if is_missing(value):
        return "–"
    return shown(value) if isinstance(value, float) else str(value)


def side_of(value: Any) -> Qt.AlignmentFlag:
    """Text stands left, numbers right."""
    left = isinstance(value, str)
    side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


def is_missing(value: Any) -> bool:
    """Whether there is no value: None, or NaN."""
    return value is None or value != value
