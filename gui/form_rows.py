"""How a row of a form is laid out: a label in a column of its own, an editor, what is beside it."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from gui import theme
from gui.form_editors import Editor
from gui.form_fields import FieldSpec

LABEL_WIDTH = 106


def label_of(spec: FieldSpec, width: int, indent: int) -> QLabel:
    """The label of a field, in a column of that width; `indent` sets off nested fields."""
    label = FieldLabel(spec.label, width)
    label.setProperty("role", "muted")
    label.setMinimumHeight(theme.CONTROL_HEIGHT)
    label.setIndent(indent)
    label.setToolTip(spec.tooltip)
    return label


class FieldLabel(QLabel):
    """A label in a column whose width goes with the text."""

    def __init__(self, text: str, width: int) -> None:
        super().__init__(text)
        self._width = width
        self.setFixedWidth(theme.scaled(width))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setFixedWidth(theme.scaled(self._width))


def line_of(label: QLabel, editor: Editor, beside: QWidget | None) -> QHBoxLayout:
    """The label in its column, then the editor, then what stands beside it."""
    label.setBuddy(editor)
    editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    line = QHBoxLayout()
    line.setSpacing(theme.SPACE_S)
    line.addWidget(label)
    line.addWidget(editor, 1)
    if beside is not None:
        line.addWidget(beside)
    return line
