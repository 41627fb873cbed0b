"""The layers of a design as a table of words, in the order of computing, for `OutlinePanel`."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from engine.data.dataset import DataFacts
from engine.design import Design, Node
from engine.project import Project
from engine.shapes import Problem
from gui import theme
from gui.derived import Derived
from gui.words import mark, told, tr

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOWHERE = QModelIndex()
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Column:
    """What stands over a column, and what it says of a layer."""

    title: str
    words: "Callable[[OutlineModel, Node], str]"
    is_number: bool = False


class OutlineModel(QAbstractTableModel):
    """A row a layer. Words are made only of the rows that are looked at."""

    rename_requested = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._derived = Derived(Project(), None)
        self._design = Design()
        self._problems: dict[str, Problem] = {}
        self._editable = True
        self.rows: dict[str, int] = {}
        self.order: tuple[str, ...] = ()

    def show_project(self, project: Project, facts: DataFacts | None) -> bool:
        """Follows the document; whether rows have come, gone or moved."""
        self._derived = self._derived.following(project, facts)
        self._design = project.design
        self._problems = {}
        for problem in reversed(self._derived.problems):  # of several the first stays
            self._problems[problem.where] = problem
        if moved := project.design.order != self.order:
            self.beginResetModel()
            self.order = project.design.order
            self.rows = {identifier: row for row, identifier in enumerate(self.order)}
            self.endResetModel()
        elif self.order:
            last = self.index(len(self.order) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        return moved

    def set_editable(self, editable: bool) -> None:
        """Whether layers can be renamed here."""
        self._editable = editable

    # ── what Qt asks ────────────────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        may_edit = index.column() == 0 and self._editable
        return super().flags(index) | (
            Qt.ItemFlag.ItemIsEditable if may_edit else Qt.ItemFlag.NoItemFlags
        )

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Role.TextAlignmentRole and COLUMNS[section].is_number:
            return RIGHT
        return tr(COLUMNS[section].title) if role == Role.DisplayRole else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        node, column = self._design.node(self.order[index.row()]), COLUMNS[index.column()]
        match role:
            case Role.DisplayRole | Role.EditRole:
                return column.words(self, node)
            case Role.ToolTipRole:
                return self.problem(node) or tr(node.layer.tip)
            case Role.AccessibleTextRole:
                return self.spoken(node) if index.column() == 0 else column.words(self, node)
            case Role.TextAlignmentRole:
                return RIGHT if column.is_number else None
            case Role.ForegroundRole if column.words is OutlineModel.problem:
                found = self._problems.get(node.id)
                return theme.color(found.severity) if found else None
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        node = self._design.node(self.order[index.row()])
        if role != Role.EditRole or str(value).strip() == node.name:
            return False
        self.rename_requested.emit(node.id, str(value))
        return True

    # ── the words of a layer ────────────────────────────────────────────────────────────────

    def name(self, node: Node) -> str:
        return node.name

    def kind(self, node: Node) -> str:
        return tr(node.layer.label)

    def width(self, node: Node) -> str:
        width = self._derived.walk.widths.get(node.id)
        return "?" if width is None else f"{width:,}"

    def parameters(self, node: Node) -> str:
        return f"{self._derived.walk.parameters(node.id):,}"

    def problem(self, node: Node) -> str:
        """The first thing that is wrong with it, without its name in front."""
        found = self._problems.get(node.id)
        return told(found.message).removeprefix(f"{node.name}: ") if found else ""

    def spoken(self, node: Node) -> str:
        """The whole row, for a screen reader."""
        said = [node.name, self.kind(node), tr("width {width}", width=self.width(node))]
        said.append(tr("{count} parameters", count=self.parameters(node)))
        if problem := self.problem(node):
            said.append(tr("problem: {problem}", problem=problem))
        return ", ".join(said)


COLUMNS = (
    Column(mark("Layer"), OutlineModel.name),
    Column(mark("Kind"), OutlineModel.kind),
    Column(mark("Width"), OutlineModel.width, is_number=True),
    Column(mark("Parameters"), OutlineModel.parameters, is_number=True),
    Column(mark("Problem"), OutlineModel.problem),
)
