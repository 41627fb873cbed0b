"""The columns of a table, one a line: what each is used as, what is missing, how values spread."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from engine.data import Column, ColumnSummary
from gui import theme
from gui.bars import paint_histogram
from gui.figures import data_value
from gui.form_fields import words
from gui.words import mark, tr

Index = QModelIndex | QPersistentModelIndex
TARGET = mark("to predict")
HEADERS = (
    mark("Column"),
    mark("Use as"),
    mark("Values"),
    mark("Missing"),
    mark("Fill with"),
    mark("Scaling"),
)
NAME, KIND, VALUES, MISSING, FILL, SCALING = range(len(HEADERS))
FIELDS: dict[int, Literal["kind", "missing", "scaling"]] = {
    KIND: "kind",
    FILL: "missing",
    SCALING: "scaling",
}
CATEGORY_FILLS = ("most_frequent", "zero")
POPUP_WIDTH = 120
WIDE, NARROW = (96, 110, 72, 116, 96), (42, 32, 34, 0, 0)
"""Widths of the columns after the first, which takes what is left."""
SHORT = {"number": "num", "category": "cat", "ignore": "–"}
TIPS = {
    KIND: mark(
        "Numbers are scaled, each category becomes a column of its own, the rest is left out."
    ),
    MISSING: mark("Rows in which this column is empty"),
    FILL: mark("What stands in for a missing value; found on the training rows alone."),
    SCALING: mark("Standard: mean 0, spread 1. Min-max: 0 to 1. Found on the training rows alone."),
}


@dataclass(frozen=True)
class ColumnLine:
    """One column: how it is used, and what its values look like, where that is known."""

    column: Column
    values: ColumnSummary | None = None

    @property
    def is_target(self) -> bool:
        return self.values is not None and self.values.is_target

    @property
    def missing(self) -> int:
        return 0 if self.values is None else self.values.missing

    @property
    def tooltip(self) -> str:
        """The values in a few words, beneath the column's name."""
        return self.column.name if self.values is None else summary_text(self.values)


def target_lines(targets: Sequence[ColumnSummary]) -> tuple[ColumnLine, ...]:
    """Lines for what is to be predicted."""
    return tuple(ColumnLine(Column(name=each.name, kind=each.kind), each) for each in targets)


def summary_text(values: ColumnSummary) -> str:
    """Name, range or most frequent categories, and what the engine noted."""
    if values.low is not None and values.high is not None:
        said = tr(
            "{low} to {high}, {distinct:,} different",
            low=data_value(values.low),
            high=data_value(values.high),
            distinct=values.distinct,
        )
    else:
        pairs = zip(values.top, values.counts, strict=True)
        shown = ", ".join(f"{label} ({count:,})" for label, count in pairs)
        said = tr("{distinct:,} different values: {shown}", distinct=values.distinct, shown=shown)
    note = f"\n{tr(values.note)}" if values.note else ""
    return f"{values.name}\n{said}{note}"


class ColumnModel(QAbstractTableModel):
    """The lines; `edited` carries the new `Column` after a person has changed one."""

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[ColumnLine, ...] = ()
        self.editable = True
        self.short = False

    def show_lines(self, lines: Sequence[ColumnLine]) -> None:
        """Show these; where the columns are the same, selection and scrolling stay."""
        same = [each.column.name for each in lines] == [each.column.name for each in self.lines]
        if same:
            self.lines = tuple(lines)
            end = self.index(len(self.lines) - 1, len(HEADERS) - 1)
            self.dataChanged.emit(self.index(0, 0), end)
        else:
            self.beginResetModel()
            self.lines = tuple(lines)
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return tr(HEADERS[section])
            if role == Qt.ItemDataRole.ToolTipRole:
                return tr(TIPS.get(section, ""))
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, section = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            text = _text(line, section)
            return SHORT.get(text, text) if self.short and text else text
        if role == Qt.ItemDataRole.EditRole:
            return chosen(line, section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.tooltip if section in (NAME, VALUES) else tr(TIPS.get(section, ""))
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.color(_token(line, section))
        if role == Qt.ItemDataRole.FontRole and section == NAME and line.is_target:
            return theme.font("strong")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        line, section = self.lines[index.row()], index.column()
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.editable and choices(line, section):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line, field = self.lines[index.row()], FIELDS.get(index.column())
        if field is None or value == chosen(line, index.column()):
            return False
        self.edited.emit(line.column.edited(**{field: value}))
        return True


def choices(line: ColumnLine, section: int) -> tuple[str, ...]:
    """What a person may choose there; nothing where there is no choice."""
    if section not in FIELDS or line.is_target:
        return ()
    kind = line.column.kind
    if section == FILL and kind == "category":
        return CATEGORY_FILLS
    if section in (FILL, SCALING) and kind != "number":
        return ()
    return get_args(Column.model_fields[FIELDS[section]].annotation)


def chosen(line: ColumnLine, section: int) -> str | None:
    """Which of the choices is in force; categories have no mean, but a most frequent value."""
    possible = choices(line, section)
    if not possible:
        return None
    choice = getattr(line.column, FIELDS[section])
    return choice if choice in possible else possible[0]


def _text(line: ColumnLine, section: int) -> str | None:
    column = line.column
    if section == NAME:
        return column.name
    if section == KIND:
        return tr(TARGET) if line.is_target else words(column.kind)
    if section == MISSING:
        return f"{line.missing:,}" if line.missing else "–"
    choice = chosen(line, section)
    return None if choice is None else words(choice)


def _token(line: ColumnLine, section: int) -> str:
    if line.is_target and section in (NAME, KIND):
        return "accent"
    if section == MISSING:
        return "warning" if line.missing else "muted"
    return "muted" if line.column.kind == "ignore" else "text"


class ChoiceDelegate(QStyledItemDelegate):
    """A combo box in a cell, opened by one click, which takes effect at once."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QComboBox:
        model = index.model()
        assert isinstance(model, ColumnModel)
        box = QComboBox(parent)
        for choice in choices(model.lines[index.row()], index.column()):
            box.addItem(words(choice), choice)
        box.view().setMinimumWidth(POPUP_WIDTH)
        box.activated.connect(lambda _: self._take(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))
        editor.showPopup()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QComboBox)
        model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)

    def _take(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)


class SpreadDelegate(QStyledItemDelegate):
    """The spread of a column's values as a small histogram."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        model = index.model()
        assert isinstance(model, ColumnModel)
        line = model.lines[index.row()]
        rect: Any = option.rect
        area = QRectF(rect).adjusted(*((3, 5, -3, -4) if model.short else (8, 5, -8, -4)))
        token = "muted" if line.column.kind == "ignore" else "accent"
        paint_histogram(painter, area, line.values.counts if line.values else (), token)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(96, theme.CONTROL_HEIGHT)


class ColumnTable(QTableView):
    """The table itself; `narrow` is for a side panel: uses in short, no filling and scaling."""

    def __init__(self, *, narrow: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(tr("Columns of the data"))
        self.columns = ColumnModel()
        self.setModel(self.columns)
        self._choice, self._spread = ChoiceDelegate(self), SpreadDelegate(self)
        for section in FIELDS:
            self.setItemDelegateForColumn(section, self._choice)
        self.setItemDelegateForColumn(VALUES, self._spread)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.CONTROL_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self._size_columns(narrow)

    def show_lines(self, lines: Sequence[ColumnLine]) -> None:
        """Show these columns."""
        self.columns.show_lines(lines)
        if self.columns.short:
            self.setColumnHidden(MISSING, not any(line.missing for line in lines))

    def _open(self, index: QModelIndex) -> None:
        """Lets the person choose in a cell at one click, or with Enter."""
        editable = bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
        if editable and self.state() != QAbstractItemView.State.EditingState:
            self.edit(index)

    def _size_columns(self, narrow: bool) -> None:
        header = self.horizontalHeader()
        header.setMinimumSectionSize(32)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for section, width in enumerate(NARROW if narrow else WIDE, start=KIND):
            header.resizeSection(section, width)
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
            self.setColumnHidden(section, not width)
        if narrow:
            self.columns.short = True
            self.setProperty("role", "narrow")
            header.hide()
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
