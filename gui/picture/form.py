"""What a person can decide about a picture, as a column of fields."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.picture.choices import BACKGROUNDS, COLOURS, FORMATS, NEURONS, SCALES, STYLES, Choices
from gui.words import mark, tr

_LISTS: tuple[tuple[str, str, dict[Any, str]], ...] = (
    ("style", mark("St&yle"), STYLES),
    ("format", mark("&Format"), FORMATS),
    ("colours", mark("Co&lours"), COLOURS),
    ("background", mark("&Background"), BACKGROUNDS),
)
_TICKS: tuple[tuple[str, str, str], ...] = (
    ("title", mark("&Title and parameters"), mark("The name of the design, and its size, above")),
    ("problems", mark("&Problems"), mark("Errors and warnings, as the cards show them")),
    (
        "selected",
        mark("Only what is &selected"),
        mark("The layers that are selected, and their links"),
    ),
    ("names", mark("&Names"), mark("The name of each layer beneath its column")),
    ("figures", mark("&Widths and activations"), mark("How many neurons, and what follows them")),
    (
        "every",
        mark("A column for &every layer"),
        mark("Else activations, dropout and norms are told of beneath the layer before them"),
    ),
    (
        "outlines",
        mark("Letters as &outlines"),
        mark("Looks the same everywhere; as text, it can be edited where the font is known"),
    ),
)
_OF_STYLE = {
    "problems": "drawn",
    "selected": "drawn",
    "names": "columns",
    "figures": "columns",
    "every": "columns",
    "neurons": "columns",
}


class Form(QWidget):
    """Says `changed` with every field; those that do not concern the style are not shown."""

    changed = Signal()

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self.lists: dict[str, QComboBox] = {}
        self.ticks: dict[str, QCheckBox] = {}
        self.scale = _number(SCALES, " %", tr("How large, beside its size on the canvas at 100 %"))
        self.neurons = _number(NEURONS, "", tr("Of a larger layer the first and last are shown"))
        self.size_text = QLabel()
        self.size_text.setProperty("role", "muted")
        self._has_selection = False
        self._arrange()
        self._show(choices)
        self._connect()
        self._fit()

    @property
    def choices(self) -> Choices:
        """What the fields say."""
        said: dict[str, Any] = {name: box.currentData() for name, box in self.lists.items()}
        said |= {name: box.isChecked() for name, box in self.ticks.items()}
        return replace(Choices(), **said, scale=self.scale.value(), neurons=self.neurons.value())

    def show_selection(self, has: bool) -> None:
        """Whether anything is selected that could be shown alone."""
        self._has_selection = has
        self._fit()

    def _arrange(self) -> None:
        self._form = form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE_L)
        form.setVerticalSpacing(theme.SPACE_S)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, label, options in _LISTS:
            box = self.lists[name] = QComboBox()
            for value, words in options.items():
                box.addItem(tr(words), value)
            self._add(label, box)
        self._add(mark("Si&ze"), self.scale)
        form.addRow("", self.size_text)
        self._add(mark("Neurons a col&umn"), self.neurons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_S)
        column.addLayout(form)
        for name, label, tip in _TICKS:
            tick = self.ticks[name] = QCheckBox(tr(label))
            tick.setToolTip(tr(tip))
            column.addWidget(tick)
        column.addStretch()

    def _add(self, label: str, control: QWidget) -> None:
        self._form.addRow(tr(label), control)
        beside = self._form.labelForField(control)
        beside.setMinimumHeight(control.sizeHint().height())  # else it is not level with the field
        control.setAccessibleName(tr(label).replace("&", ""))

    def _show(self, choices: Choices) -> None:
        for name, box in self.lists.items():
            box.setCurrentIndex(box.findData(getattr(choices, name)))
        for name, tick in self.ticks.items():
            tick.setChecked(getattr(choices, name))
        self.scale.setValue(choices.scale)
        self.neurons.setValue(choices.neurons)

    def _connect(self) -> None:
        for box in self.lists.values():
            box.currentIndexChanged.connect(self._tell)
        for tick in self.ticks.values():
            tick.toggled.connect(self._tell)
        for number in (self.scale, self.neurons):
            number.valueChanged.connect(self._tell)

    def _tell(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        """Only what concerns the style and the format."""
        choices = self.choices
        for name, style in _OF_STYLE.items():
            if name in self.ticks:
                self.ticks[name].setVisible(style == choices.style)
        self._form.setRowVisible(self.neurons, choices.style == "columns")
        self.ticks["outlines"].setVisible(choices.format == "svg")
        self.ticks["selected"].setEnabled(self._has_selection)


def _number(values: range, unit: str, tip: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(values[0], values[-1])
    box.setSingleStep(values.step)
    box.setSuffix(unit)
    box.setToolTip(tip)
    box.lineEdit().setTextMargins(theme.SPACE_S, 0, 0, 0)
    return box
