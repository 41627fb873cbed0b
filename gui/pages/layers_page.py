"""What the inspector shows of several layers beside their totals: the options that they share."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.kinds import Value
from engine.layers import Layer
from gui import theme
from gui.form_fields import FieldSpec, field_specs
from gui.forms import Change, Form
from gui.words import tr


class LayersPage(QWidget):
    """Emits `edited(layers, change)` with all layers as one edit makes them."""

    edited = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._layers: tuple[Layer, ...] = ()
        self._editable = True
        self._forms: dict[tuple[type[Layer], tuple[str, ...]], Form] = {}
        self.form: Form | None = None
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self._kinds = QLabel()
        self._kinds.setProperty("role", "muted")
        self._kinds.setWordWrap(True)
        self._nothing = QLabel(tr("These layers have no option in common."))
        self._nothing.setProperty("role", "muted")
        self._nothing.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme.SPACE_S)
        self._column.setSpacing(theme.SPACE_S)
        for label in (self._title, self._kinds, self._nothing):
            self._column.addWidget(label)

    def show_layers(self, layers: Sequence[Layer]) -> None:
        """Show what these have in common."""
        self._layers = tuple(layers)
        names = shared(self._layers)
        self._title.setText(tr("%n layers", len(layers)))
        counts = Counter(layer.label for layer in layers)
        self._kinds.setText(" · ".join(f"{count} × {tr(label)}" for label, count in counts.items()))
        self._nothing.setVisible(not names)
        form = self._form_of(type(layers[0]), names) if names else None
        if self.form is not None and self.form is not form:
            self.form.hide()
        self.form = form
        if form is not None:
            form.show_values(self._layers)
            form.show()

    def set_editable(self, editable: bool) -> None:
        """Whether options take input."""
        self._editable = editable
        for form in self._forms.values():
            form.setEnabled(editable)

    def _form_of(self, kind: type[Layer], names: tuple[str, ...]) -> Form:
        form = self._forms.get((kind, names))
        if form is None:
            first = next(each for each in self._layers if type(each) is kind)
            form = Form(first, only=names)
            form.setEnabled(self._editable)
            form.edited.connect(self._edit)
            form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            self._column.addWidget(form)
            self._forms[kind, names] = form
        return form

    def _edit(self, value: Value, change: Change) -> None:
        """What was edited of the first becomes the same in all of them."""
        wanted = at_path(value, change.path)
        edited = tuple(with_path(each, change.path, wanted) for each in self._layers)
        self.edited.emit(edited, change)


def shared(layers: Sequence[Layer]) -> tuple[str, ...]:
    """The names of the options that all of these layers have, with one meaning and range."""
    first, *others = {type(layer) for layer in layers}
    found = {spec.name: _meaning(spec) for spec in field_specs(first)}
    for kind in others:
        mine = {spec.name: _meaning(spec) for spec in field_specs(kind)}
        found = {name: found[name] for name in found if mine.get(name) == found[name]}
    return tuple(found)


def _meaning(spec: FieldSpec) -> tuple[Any, ...]:
    return spec.label, spec.annotation, spec.limits


def at_path(value: Value, path: str) -> Any:
    """The option at a dotted path, such as "activation.slope"."""
    for name in path.split("."):
        value = getattr(value, name)
    return value


def with_path(value: Any, path: str, wanted: Any) -> Any:
    """The value with another option at that path."""
    name, _, rest = path.partition(".")
    return value.edited(**{name: with_path(getattr(value, name), rest, wanted) if rest else wanted})
