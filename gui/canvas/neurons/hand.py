"""A weight or bias that is changed by hand: the field, the step that can be undone, refusals."""

import numpy as np
from PySide6.QtCore import QObject

from engine.by_hand import with_value
from engine.errors import GlassworkError
from gui.canvas.neurons.number_field import NumberField
from gui.canvas.neurons.unfolded import Place
from gui.canvas.neurons.web import Web
from gui.document import Document
from gui.words import mark, tr

LOCKED = mark("Weights can be changed by hand once the training is over: stop it first.")


class Hand(QObject):
    """Asks for a number where a double click or Enter in the web wishes for one."""

    def __init__(self, document: Document, web: Web) -> None:
        super().__init__(web)
        self._document, self._web = document, web
        self.layer = ""  # the id of the layer in the web
        self.field = NumberField(web)
        self.field.written.connect(self._write)
        self.field.refused.connect(document.noted)
        web.change_requested.connect(self._ask)

    def _ask(self, place: Place) -> None:
        """Opens the field, unless training runs."""
        shown = self._web.unfolded
        if shown is not None and not self._refuses():
            value = shown.kernel.dtype.type(shown.value(place))
            self.field.begin(place, _written(value), self._web.place_of(place).toPoint())

    def _write(self, place: Place, value: float) -> None:
        """The new value, as one step."""
        document, shown = self._document, self._web.unfolded
        if shown is None or self._refuses():
            return
        kind, before, unit = place
        key, where = (self.layer, kind), (before, unit) if kind == "kernel" else (unit,)
        state = document.project, document.prepared, document.trained
        try:
            trained = with_value(*state, key, where, value)
        except GlassworkError as error:
            text = str(error)
            document.noted.emit(f"{text[:1].upper()}{text[1:]}.")
            return
        names = {"unit": shown.unit_name(unit), "name": shown.name}
        if kind == "bias":
            step = tr("Set the bias of {unit} in {name}", **names)
        else:
            source = shown.input_name(before)
            step = tr("Set the weight {source} → {unit} of {name}", source=source, **names)
        document.edit(step, trained=trained)

    def _refuses(self) -> bool:
        """Whether weights are read-only now; if so, says why."""
        if self._document.locked:
            self._document.noted.emit(tr(LOCKED))
        return self._document.locked


def _written(value: np.floating) -> str:
    """In as many digits as it takes to be the same number again."""
    is_plain = not value or 1e-4 <= abs(value) < 1e6
    return np.format_float_positional(value, trim="-") if is_plain else str(value)
