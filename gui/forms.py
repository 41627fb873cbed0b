"""Forms made from the fields of a frozen value: the fields say what there is, a table says how.

A form holds no truth: it shows a value, says `edited` with a whole new one, and is shown the
document's value again. Input that the model refuses stays in the form, with the reason.
"""

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from engine.errors import sentence
from engine.kinds import Kind, Value
from gui.fold import FoldButton
from gui.form_editors import (
    ComboBox,
    Editor,
    NumberEditor,
    NumberOrWordEditor,
    ToggleEditor,
    WordEditor,
)
from gui.form_fields import FieldSpec, field_specs, is_number_or_word, literal_values
from gui.form_rows import LABEL_WIDTH, label_of, line_of
from gui.words import told, tr

INDENT = 8
ROW_GAP = 2
BURST = 1.0
"""Seconds within which edits of one number count as one step of undo."""
SEVERAL = object()  # what a row shows that shows several values


@dataclass(frozen=True)
class Change:
    """Which field changed: its dotted path, its label, and a key shared by edits to be merged."""

    path: str
    label: str
    merge: str | None = None


class Form(QWidget):
    """The fields of one value, labels left and editors right.

    Advanced fields, those of nested values too, show when "More" is pressed; a form that is
    `nested` in another one leaves that to the outer one.

    `first` names fields in the order in which they come before the others; `beside` maps a
    field's name to a widget placed beside its editor. `only` names the fields to be shown.
    """

    edited = Signal(object, object)

    def __init__(
        self,
        value: Value,
        *,
        first: Iterable[str] = (),
        beside: Mapping[str, QWidget] | None = None,
        nested: bool = False,
        label_width: int = LABEL_WIDTH,
        only: Collection[str] | None = None,
    ) -> None:
        super().__init__()
        self.value = value
        self._label_width = label_width
        self._burst = Burst()
        self.rows: dict[str, Row] = {}
        self._indent = INDENT if nested else 0
        self._nested = nested
        self.more_button = FoldButton(tr("More"))
        self.more_button.toggled.connect(self.show_advanced)
        specs = _in_order(field_specs(type(value)), first)
        self._add_rows([s for s in specs if only is None or s.name in only], beside or {})
        self.show_value(value)
        self.show_advanced(False)

    def _add_rows(self, specs: list[FieldSpec], beside: Mapping[str, QWidget]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(ROW_GAP)
        for spec in specs:
            if not spec.advanced:
                column.addWidget(self._row(spec, beside.get(spec.name)))
        column.addWidget(self.more_button)
        for spec in specs:
            if spec.advanced:
                column.addWidget(self._row(spec, beside.get(spec.name)))

    def _row(self, spec: FieldSpec, beside: QWidget | None) -> "Row":
        label = label_of(spec, self._label_width, self._indent)
        row = Row(spec, editor_of(spec), label, beside)
        row.editor.edited.connect(lambda raw, inner: self._take(row, raw, inner))
        self.rows[spec.name] = row
        return row

    @property
    def has_advanced(self) -> bool:
        """Whether "More" would show anything."""
        below = (row.editor.below for row in self.rows.values())
        return any(row.spec.advanced for row in self.rows.values()) or any(
            form.has_advanced for form in below if isinstance(form, Form)
        )

    def show_advanced(self, on: bool) -> None:
        """Shows or hides the advanced fields, here and in nested forms."""
        for row in self.rows.values():
            if row.spec.advanced:
                row.setVisible(on)
            if isinstance(row.editor, NestedEditor):
                row.editor.show_advanced(on)

    def show_value(self, value: Value, *, afresh: bool = False) -> None:
        """Shows `value`, of the same type as before.

        Text that is being typed stays where its field has not changed, unless `afresh`.
        """
        self.value = value
        for name, row in self.rows.items():
            row.show_value(getattr(value, name), afresh)
        self.more_button.setVisible(not self._nested and self.has_advanced)

    def show_values(self, values: Sequence[Value]) -> None:
        """Shows what `values` have in common, and that there are several where they differ.

        An edit then begins from the first of them.
        """
        self.value = values[0]
        for name, row in self.rows.items():
            row.show_values([getattr(value, name) for value in values])
        self.more_button.setVisible(not self._nested and self.has_advanced)

    def row(self, path: str) -> "Row":
        """The row of the field at a dotted path, such as "optimizer.learning_rate"."""
        name, _, rest = path.partition(".")
        row = self.rows[name]
        below = row.editor.below
        return below.row(rest) if rest and isinstance(below, Form) else row

    def editor(self, path: str) -> Editor:
        """The editor of the field at a dotted path."""
        return self.row(path).editor

    def set_editable(self, paths: Iterable[str] | None) -> None:
        """Only the fields at `paths` take input; all of them where it is None."""
        names = None if paths is None else set(paths)
        for name, row in self.rows.items():
            within = (
                None
                if names is None
                else {path.partition(".")[2] for path in names if path.startswith(f"{name}.")}
            )
            row.set_editable(names is None or name in names, within)

    def _take(self, row: "Row", raw: Any, inner: Change | None) -> None:
        try:
            value = self.value.edited(**{row.spec.name: raw})
        except ValidationError as error:
            row.say(told(f"{sentence(error).capitalize()}."))
            return
        self.show_value(value)
        self.edited.emit(value, self._change(row, inner))

    def _change(self, row: "Row", inner: Change | None) -> Change:
        name = row.spec.name
        if inner is not None:
            merge = inner.merge and f"{name}.{inner.merge}"
            return Change(f"{name}.{inner.path}", inner.label, merge)
        merge = self._burst.key(name) if row.editor.continuous else None
        return Change(name, row.spec.label, merge)


class Row(QWidget):
    """A label, an editor, beneath them the reason for a refusal and the fields of a chosen kind."""

    def __init__(
        self, spec: FieldSpec, editor: Editor, label: QLabel, beside: QWidget | None
    ) -> None:
        super().__init__()
        self.spec = spec
        self.editor = editor
        self._shown: Any = None
        self._reason = QLabel()
        self._reason.setObjectName("reason")
        self._reason.setProperty("role", "error")
        self._reason.setWordWrap(True)
        self._reason.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(ROW_GAP)
        column.addLayout(line_of(label, editor, beside))
        column.addWidget(self._reason)
        editor.refused.connect(self.say)
        if isinstance(editor, NestedEditor):
            column.addWidget(editor.holder)

    def show_value(self, value: Any, afresh: bool) -> None:
        if self.editor.pending and value == self._shown and not afresh:
            return
        self._shown = value
        self.say("")
        self.editor.show_value(value)
        if afresh and isinstance(self.editor.below, Form):
            self.editor.below.show_value(value, afresh=True)

    def show_values(self, values: Sequence[Any]) -> None:
        """Shows the one value, or that there are several; choices of one kind by their fields."""
        first = values[0]
        if all(value == first for value in values):
            self.show_value(first, afresh=False)
        elif isinstance(first, Value) and all(type(value) is type(first) for value in values):
            self.show_value(first, afresh=False)
            below = self.editor.below
            if isinstance(below, Form):
                below.show_values(values)
        elif not (self._shown is SEVERAL and self.editor.pending):
            self._shown = SEVERAL
            self.say("")
            self.editor.show_several()

    def say(self, reason: str) -> None:
        """Shows why the input is refused; "" when it is not."""
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        control = self.editor.focusProxy()
        if control is not None and bool(control.property("invalid")) != bool(reason):
            control.setProperty("invalid", bool(reason))
            control.style().unpolish(control)
            control.style().polish(control)

    @property
    def reason(self) -> str:
        """The refusal shown, or ""."""
        return self._reason.text()

    def set_editable(self, editable: bool, within: set[str] | None) -> None:
        self.editor.setEnabled(editable)
        if isinstance(self.editor.below, Form):
            self.editor.below.set_editable(within)


class NestedEditor(Editor):
    """A value with fields of its own, shown as a form beneath the row."""

    def __init__(self, spec: FieldSpec, *controls: QWidget) -> None:
        super().__init__(spec, *controls)
        self.holder = QWidget()
        self._inside = QVBoxLayout(self.holder)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._forms: dict[type[Value], Form] = {}
        self._advanced = False
        self.holder.hide()

    def show_value(self, value: Value) -> None:
        """Shows the form of the value's type, made when first needed."""
        form = self._forms.get(type(value))
        if form is None:
            form = Form(value, nested=True)
            form.show_advanced(self._advanced)
            form.edited.connect(self.edited)
            self._forms[type(value)] = form
            self._inside.addWidget(form)
        for each in self._forms.values():
            each.setVisible(each is form)
        form.show_value(value)
        self.below = form
        self.holder.setVisible(bool(form.rows))

    def show_several(self) -> None:
        """Shows no fields, since there are those of several kinds."""
        self.below = None
        self.holder.hide()

    def show_advanced(self, on: bool) -> None:
        """Shows or hides the advanced fields of whatever value is on show."""
        self._advanced = on
        for form in self._forms.values():
            form.show_advanced(on)


class ChoiceEditor(NestedEditor):
    """A member of a family, chosen by its label; its own fields are nested beneath."""

    def __init__(self, spec: FieldSpec) -> None:
        family: type[Kind] = spec.annotation
        self._kinds = tuple(family.family.values())
        self.box = ComboBox()
        self.box.fill([(tr(kind.label), kind, tr(kind.tip)) for kind in self._kinds])
        super().__init__(spec, self.box)
        self._value: Kind | None = None
        self.box.activated.connect(self._choose)

    def show_value(self, value: Any) -> None:
        self._value = value
        self.box.setCurrentIndex(self._kinds.index(type(value)))
        about = f"{tr(value.label)}: {tr(value.tip)}"
        self.box.setToolTip(f"{self.spec.tooltip}\n{about}".strip())
        super().show_value(value)

    def show_several(self) -> None:
        super().show_several()
        self._value = None
        self.box.show_several()

    def _choose(self, index: int) -> None:
        kind = self._kinds[index]
        if type(self._value) is not kind:
            self.edited.emit(kind(**_kept(self._value, kind)), None)


def _kept(old: Value | None, kind: type[Value]) -> dict[str, Any]:
    """What a person set in `old` that another kind has too, by name and within its limits."""
    if old is None:
        return {}
    shared = {
        name: getattr(old, name)
        for name, info in type(old).model_fields.items()
        if name in kind.model_fields
        and getattr(old, name) != info.get_default(call_default_factory=True)
    }
    try:
        kind(**shared)
    except ValidationError:
        return {}
    return shared


class Burst:
    """Gives edits of one field that follow each other quickly the same key, like no other."""

    def __init__(self) -> None:
        self._name = ""
        self._began = self._last = 0.0

    def key(self, name: str) -> str:
        now = time.monotonic()
        if self._name != name or now - self._last > BURST:
            self._name, self._began = name, now
        self._last = now
        return f"{name}@{self._began}"


EDITORS: tuple[tuple[Callable[[Any], bool], type[Editor]], ...] = (
    (lambda kind: kind is bool, ToggleEditor),
    (lambda kind: kind in (int, float), NumberEditor),
    (is_number_or_word, NumberOrWordEditor),
    (lambda kind: bool(literal_values(kind)), WordEditor),
    (lambda kind: isinstance(kind, type) and issubclass(kind, Kind), ChoiceEditor),
    (lambda kind: isinstance(kind, type) and issubclass(kind, Value), NestedEditor),
)
"""Which editor shows which type of field; the first that fits."""


def editor_of(spec: FieldSpec) -> Editor:
    """A new editor for a field. Raises TypeError for a type that no form can show."""
    for fits, editor in EDITORS:
        if fits(spec.annotation):
            return editor(spec)
    raise TypeError(f"no editor for the field {spec.name} of type {spec.annotation}")


def finish_editing() -> None:
    """Takes what is typed in the focused field, before an action that needs it."""
    widget = QApplication.focusWidget()
    while widget is not None and not isinstance(widget, Editor):
        widget = widget.parentWidget()
    if widget is not None:
        widget.finish()


def _in_order(specs: Iterable[FieldSpec], first: Iterable[str]) -> list[FieldSpec]:
    by_name = {spec.name: spec for spec in specs}
    return [by_name.pop(name) for name in first] + list(by_name.values())
