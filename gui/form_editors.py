"""The editors of a form: each shows one plain value and says when a person changed it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPaintEvent,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QSlider,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from gui import theme
from gui.form_fields import FieldSpec, literal_values, shown, stepped, words
from gui.line_edit import LineEdit
from gui.words import mark, tr

SEVERAL_VALUES = mark("several values")
TICKS = 100
"""The steps of a slider."""


class Editor(QWidget):
    """Shows one value. `below` is a form beneath the row, for values with fields of their own.

    `edited` carries the new value and, from an editor with fields of its own, the change within
    it. `refused` carries the reason why what was typed is not a value, or "" when it is again.
    """

    edited = Signal(object, object)
    refused = Signal(str)
    continuous = False

    def __init__(self, spec: FieldSpec, *controls: QWidget) -> None:
        super().__init__()
        self.spec = spec
        self.below: QWidget | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for control in controls:
            row.addWidget(control)
        for control in controls[-1:]:
            control.setAccessibleName(spec.label)
            control.setToolTip(spec.tooltip)
            control.setMinimumHeight(theme.CONTROL_HEIGHT)
            self.setFocusProxy(control)

    def show_value(self, value: Any) -> None:
        """Shows `value` without saying that a person changed it."""
        raise NotImplementedError

    def show_several(self) -> None:
        """Shows that there are several values; whatever a person gives is then one for all."""
        raise NotImplementedError

    @property
    def pending(self) -> bool:
        """Whether something is typed that has not been taken yet."""
        return False

    def finish(self) -> None:
        """Takes what is typed, as pressing Enter would."""


class StepBox(QAbstractSpinBox):
    """Free text with arrows: any text may be typed, and is judged when it is finished."""

    stepped = Signal(int)

    def __init__(self, unit: str = "") -> None:
        super().__init__()
        self.line = LineEdit(unit, left=6)
        self.setLineEdit(self.line)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(64)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        return (
            QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
            | QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        )

    def stepBy(self, steps: int) -> None:
        self.stepped.emit(steps)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what is typed, and does not press a dialog's button as well."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        return (QValidator.State.Acceptable, text, position)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only a focused box takes the wheel, so that scrolling a form changes nothing."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class NumberEditor(Editor):
    """A whole or real number, typed or stepped with the arrows; with `slider`, also dragged."""

    continuous = True

    def __init__(self, spec: FieldSpec) -> None:
        self.box = StepBox(spec.unit)
        self.slider = _slider(spec) if spec.slider else None
        super().__init__(spec, *([self.slider] if self.slider else []), self.box)
        self._value: float | None = None
        self._tick = (spec.limits.high or 1) / TICKS
        self.box.stepped.connect(self._step)
        self.box.line.textEdited.connect(self._judge)
        self.box.editingFinished.connect(self.finish)
        if self.slider:
            self.box.setFixedWidth(theme.scaled(68))
            self.slider.valueChanged.connect(self._slide)

    @property
    def pending(self) -> bool:
        return self.box.text() != ("" if self._value is None else shown(self._value))

    def show_several(self) -> None:
        self._value = None
        self.box.line.clear()
        self.box.line.setPlaceholderText(tr(SEVERAL_VALUES))

    def show_value(self, value: Any) -> None:
        self._value = value
        self.box.line.setPlaceholderText("")
        self.box.line.setText(shown(value))
        if self.slider:
            with QSignalBlocker(self.slider):
                self.slider.setValue(round(value / self._tick))

    def finish(self) -> None:
        if self.pending:
            number = self._judge(self.box.text())
            if number is not None:
                self._take(number)

    def _judge(self, text: str) -> float | None:
        """The number that `text` says, if it is one within the limits; says why not otherwise."""
        try:
            number = self._number(text)
        except (ValueError, OverflowError):
            number = None
        if number is not None and not self.spec.limits.admits(number):
            number = None
        self.refused.emit("" if number is not None else self._reason())
        return number

    def _number(self, text: str) -> float:
        number = float(text.strip())
        if self.spec.annotation is float:
            return number
        if not number.is_integer():
            raise ValueError
        return int(number)

    def _reason(self) -> str:
        what = tr("a number") if self.spec.annotation is float else tr("a whole number")
        limits = str(self.spec.limits)
        what = f"{what}, {limits}" if limits else what
        return tr("{label} must be {what}.", label=self.spec.label, what=what)

    def _step(self, steps: int) -> None:
        start = self._judge(self.box.text())
        here = self.spec.default if self._value is None else self._value
        moved = stepped(here if start is None else start, steps, self.spec)
        self._take(moved)

    def _slide(self, position: int) -> None:
        self._take(round(position * self._tick, 10))

    def _take(self, number: float) -> None:
        changed = number != self._value
        self.show_value(number)
        self.refused.emit("")
        if changed:
            self.edited.emit(number, None)


class ToggleEditor(Editor):
    """Yes or no."""

    def __init__(self, spec: FieldSpec) -> None:
        self.box = QCheckBox()
        super().__init__(spec, self.box)
        self.box.toggled.connect(lambda on: self.edited.emit(on, None))
        self.box.clicked.connect(self._settle)

    def show_value(self, value: Any) -> None:
        with QSignalBlocker(self.box):
            self.box.setTristate(False)
            self.box.setChecked(value)

    def show_several(self) -> None:
        with QSignalBlocker(self.box):
            self.box.setCheckState(Qt.CheckState.PartiallyChecked)

    def _settle(self) -> None:
        """A box that stood for several was pressed: Qt says nothing, since it was half on."""
        if self.box.isTristate():
            self.box.setTristate(False)
            self.edited.emit(self.box.isChecked(), None)


class ComboBox(QComboBox):
    """A combo box that leaves the wheel to the scroll area, and shrinks to its column."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt does, but with an ellipsis where the text is too wide."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        room = field.width() - 4
        text = self.currentText() or self.placeholderText()
        option.currentText = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        if self.currentIndex() < 0 and not self.isEditable():
            painter.setPen(theme.color("muted"))
            left = field.adjusted(2, 0, -2, 0)
            painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, option.currentText)
        else:
            painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def show_several(self) -> None:
        """Show that there are several values, until one is chosen."""
        self.setPlaceholderText(tr("several"))
        self.setCurrentIndex(-1)
        self.setToolTip(tr(SEVERAL_VALUES))

    def fill(self, items: Sequence[tuple[str, Any, str]]) -> None:
        """Offers `items`: what is shown, the value, and a tip."""
        for text, value, tip in items:
            self.addItem(text, value)
            self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)


class WordEditor(Editor):
    """One of a few words (a `Literal`)."""

    def __init__(self, spec: FieldSpec) -> None:
        self._values = literal_values(spec.annotation)
        self.box = ComboBox()
        self.box.fill([(words(value), value, "") for value in self._values])
        super().__init__(spec, self.box)
        self.box.activated.connect(lambda index: self.edited.emit(self._values[index], None))

    def show_several(self) -> None:
        self.box.show_several()

    def show_value(self, value: Any) -> None:
        self.box.setCurrentIndex(self._values.index(value))


class NumberOrWordEditor(Editor):
    """A whole number or a word, as a batch size is: a box to type in that offers the usual ones."""

    def __init__(self, spec: FieldSpec) -> None:
        self._words = literal_values(spec.annotation)
        usual = dict.fromkeys((spec.limits.low, spec.default, *self._words))
        offered = [value for value in usual if value is not None]
        self.box = ComboBox()
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.line = LineEdit(" · ".join(str(value) for value in offered))
        self.box.setLineEdit(self.line)
        self.box.setCompleter(None)  # type: ignore[arg-type]  # Qt: no completer
        self.box.fill([(str(value), value, "") for value in offered])
        super().__init__(spec, self.box)
        self._value: int | str = ""
        self.line.textEdited.connect(self._judge)
        self.line.editingFinished.connect(self.finish)
        self.box.activated.connect(self.finish)

    @property
    def pending(self) -> bool:
        return self.box.currentText() != str(self._value)

    def show_value(self, value: Any) -> None:
        self._value = value
        self.box.setEditText(str(value))

    def show_several(self) -> None:
        self._value = ""
        self.box.clearEditText()

    def finish(self) -> None:
        if not self.pending:
            return
        value = self._judge(self.box.currentText())
        if value is not None:
            changed = value != self._value
            self.show_value(value)
            if changed:
                self.edited.emit(value, None)

    def _judge(self, text: str) -> int | str | None:
        said = text.strip().lower()
        value = said if said in self._words else int(said) if said.isdecimal() else None
        if isinstance(value, int) and not self.spec.limits.admits(value):
            value = None
        choices = tr(" or ").join(f'"{word}"' for word in self._words)
        reason = tr(
            "{label} must be {choices} or a whole number, {limits}.",
            label=self.spec.label,
            choices=choices,
            limits=self.spec.limits,
        )
        self.refused.emit("" if value is not None else reason)
        return value


def _slider(spec: FieldSpec) -> QSlider:
    """A slider over a field's range from 0 up, in hundredths of it."""
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    slider.setToolTip(spec.tooltip)
    slider.setMinimumWidth(40)
    slider.setRange(0, TICKS if spec.limits.lt is None else TICKS - 1)
    return slider
