"""What the inspector shows of one layer: name, options, formula with shapes, problems."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.design import Design, Node
from engine.errors import DesignError
from engine.layers import Layer
from engine.shapes import Problem, Walk
from gui import theme
from gui.forms import Form
from gui.formula import NAMES, FormulaView, lines_of
from gui.line_edit import LineEdit
from gui.pages.problem_list import ProblemList
from gui.words import told, tr


class LayerPage(QWidget):
    """The layer as the design makes it; emits `edited(layer, change)` and `renamed(name)`."""

    edited = Signal(object, object)
    renamed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._node: Node | None = None
        self._design = Design()
        self._form: Form | None = None
        self._forms: dict[type[Layer], Form] = {}
        self.name = _name_edit(self._rename, self._judge_name)
        self._kind = _text("muted")
        self._refusal = _text("error")
        self._refusal.hide()
        self._tip = _text("muted")
        self._formula = FormulaView()
        self._shapes = _text("muted")
        self._shapes.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._problems = ProblemList()
        self._options = QVBoxLayout()
        self._arrange()

    def _arrange(self) -> None:
        header = QHBoxLayout()
        header.setSpacing(theme.SPACE_S)
        header.addWidget(self.name, 1)
        header.addWidget(self._kind)
        self._kind.setWordWrap(False)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(12, 12, 12, 10)
        inside.setSpacing(theme.SPACE_S)
        inside.addWidget(self._formula)
        inside.addWidget(self._shapes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_S)
        column.addLayout(header)
        column.addWidget(self._refusal)
        column.addLayout(self._options)
        for widget in (self._tip, card, self._problems):
            column.addWidget(widget)
        column.addStretch()

    def show_layer(
        self, design: Design, node: Node, walk: Walk, problems: Sequence[Problem]
    ) -> None:
        """Show the layer at `node` of `design`; `problems` are those of this layer."""
        another = self._node is None or self._node.id != node.id
        self._design, self._node = design, node
        if another or not self.name.isModified():
            self._show_name(node.name)
        self._kind.setText(tr(node.layer.label))
        self._kind.setToolTip(tr(node.layer.tip))
        self._show_options(node.layer, another)
        self._formula.show_lines(lines_of(node.layer))
        self._shapes.setText(shapes(design, node, walk))
        self._shapes.setVisible(bool(self._shapes.text()))
        self._problems.show_problems(problems)

    @property
    def form(self) -> Form | None:
        """The form of the layer on show."""
        return self._form

    def set_editable(self, editable: bool) -> None:
        """Whether name and options take input."""
        self.name.setEnabled(editable)
        for form in self._forms.values():
            form.setEnabled(editable)

    def apply_theme(self) -> None:
        """Take the colours of the theme in force."""
        self._formula.apply_theme()
        self._problems.apply_theme()

    def _show_options(self, layer: Layer, afresh: bool) -> None:
        form = self._forms.get(type(layer))
        if form is None:
            form = Form(layer)
            form.setEnabled(self.name.isEnabled())
            form.edited.connect(self.edited)
            self._options.addWidget(form)
            self._forms[type(layer)] = form
        if form is not self._form and self._form is not None:
            self._form.hide()
        form.setVisible(bool(form.rows))
        form.show_value(layer, afresh=afresh)
        self._form = form
        self._tip.setText("" if form.rows else tr(layer.tip))
        self._tip.setVisible(not form.rows)

    def _show_name(self, name: str) -> None:
        self.name.setText(name)
        self.name.setCursorPosition(0)
        self._say("")

    def _judge_name(self, name: str) -> None:
        self._say(self._why_not(name))

    def _rename(self) -> None:
        name = self.name.text()
        if self._node is None or not self.name.isModified() or self._why_not(name):
            return
        self.name.setModified(False)
        if name != self._node.name:
            self.renamed.emit(name)

    def _why_not(self, name: str) -> str:
        assert self._node is not None
        try:
            self._design.rename(self._node.id, name)
        except DesignError as error:
            said = told(str(error))
            return f"{said[0].upper()}{said[1:]}."
        return ""

    def _say(self, reason: str) -> None:
        self._refusal.setText(reason)
        self._refusal.setVisible(bool(reason))


def shapes(design: Design, node: Node, walk: Walk) -> str:
    """The arrays of a layer with their shapes: "X (n, 64) · W (64, 10) · b (10)"."""
    parents = design.parents(node.id)
    if any(parent not in walk.widths for parent in parents) or node.id not in walk.ops:
        return ""
    inputs = [walk.widths[parent] for parent in parents] or [walk.widths[node.id]]
    names = ["X"] if len(inputs) == 1 else [f"X{_lowered(i + 1)}" for i in range(len(inputs))]
    parts = [f"{name} (n, {width:,})" for name, width in zip(names, inputs, strict=True)]
    arrays = (each for op in walk.ops[node.id] for each in op.parameters if each.trained)
    for each in arrays:
        sizes = ", ".join(f"{size:,}" for size in each.shape)
        parts.append(f"{NAMES.get(each.name, each.name)} ({sizes})")
    return " · ".join(parts)


def _lowered(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def _text(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setWordWrap(True)
    return label


def _name_edit(finished: Callable[[], None], judged: Callable[[str], None]) -> LineEdit:
    edit = LineEdit()
    theme.set_font(edit, "title")
    edit.setProperty("role", "name")
    edit.setAccessibleName(tr("Name of the layer"))
    edit.setToolTip(tr("The layer's name; type to rename it"))
    edit.editingFinished.connect(finished)
    edit.textEdited.connect(judged)
    return edit
