"""The form in which a person sets the columns of one row: a slider and a number, or a choice."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QGridLayout, QSlider, QWidget

from engine.data.labels import label
from engine.trying import Cell, ChoiceField, Field, NumberField
from gui import theme
from gui.elided import ElidedLabel
from gui.figures import data_value
from gui.form_editors import ComboBox, StepBox
from gui.words import tr

TICKS = 200  # of a slider
SHOWN = 100  # fields; what lies beyond keeps the value of its row


class TryFields(QWidget):
    """A name and a line for each field; `edited` says that `cells` are others."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "content")
        self.lines: list[NumberLine | ChoiceLine] = []
        self._rest: tuple[Cell, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_S)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)

    def show_fields(self, fields: Sequence[Field]) -> None:
        """Makes the form anew."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.lines = [_line(field) for field in fields[:SHOWN]]
        self._rest = tuple(field.start for field in fields[SHOWN:])
        for place, (field, line) in enumerate(zip(fields, self.lines, strict=False)):
            name = ElidedLabel(field.name)
            name.setToolTip(field.name)
            name.setProperty("role", "muted")
            theme.set_font(name, "small")
            self._grid.addWidget(name, 2 * place, 0, 1, 2)
            line.put_into(self._grid, 2 * place + 1)
            line.edited.connect(self.edited)
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(2 * len(self.lines), 1)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """What the fields say, in their order."""
        return (*(line.value for line in self.lines), *self._rest)

    def show_cells(self, cells: Sequence[Cell]) -> None:
        """Shows these values, and says nothing of it; a missing one is shown as such."""
        for line, cell in zip(self.lines, cells, strict=False):
            line.show_value(cell)
        self._rest = tuple(cells[len(self.lines) :])


class NumberLine(QObject):
    """A slider over the range of the data, with the number beside it, which may lie outside."""

    edited = Signal()

    def __init__(self, field: NumberField) -> None:
        super().__init__()
        self.field = field
        self.value: Cell = field.start
        self._tick = (field.high - field.low) / self._ticks()
        said = tr(
            "{name}: {low} to {high} in the data",
            name=field.name,
            low=data_value(field.low),
            high=data_value(field.high),
        )
        self.slider = Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, self._ticks())
        self.slider.setMinimumWidth(40)
        self.box = StepBox()
        self.box.setFixedWidth(theme.scaled(106))
        for widget in (self.slider, self.box):
            widget.setToolTip(said)
            widget.setAccessibleName(field.name)
        self.slider.valueChanged.connect(self._slide)
        self.box.stepped.connect(self._step)
        self.box.line.textEdited.connect(self._type)
        self.box.editingFinished.connect(lambda: self.show_value(self.value))
        self.show_value(field.start)

    def put_into(self, grid: QGridLayout, row: int) -> None:
        """Puts what it consists of into the grid."""
        grid.addWidget(self.slider, row, 0)
        grid.addWidget(self.box, row, 1)

    def show_value(self, value: Cell) -> None:
        """Shows a value of the data, and says nothing of it."""
        self.value = value
        known = value if isinstance(value, float) else None
        self.box.line.setText("" if known is None else f"{known:.5g}")
        self.box.line.setCursorPosition(0)  # so that its beginning is seen where it is long
        self.box.line.setPlaceholderText(tr("missing") if known is None else "")
        self._place(self.field.start if known is None else known)

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _ticks(self) -> int:
        span = self.field.high - self.field.low
        return round(span) if self.field.whole and span <= TICKS else TICKS

    def _place(self, value: float) -> None:
        share = (value - self.field.low) / self._tick
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(min(max(share, 0.0), float(self.slider.maximum()))))

    def _slide(self, place: int) -> None:
        value = self.field.low + place * self._tick
        self._take(float(round(value)) if self.field.whole else float(f"{value:.6g}"))

    def _step(self, steps: int) -> None:
        here = self.value if isinstance(self.value, float) else self.field.start
        by = max(1.0, round(self._tick)) if self.field.whole else self._tick
        self._take(float(f"{here + steps * by:.6g}"))

    def _take(self, value: float) -> None:
        self.show_value(value)
        self.edited.emit()

    def _type(self, text: str) -> None:
        """Predicts while a number is typed; an empty field counts as missing."""
        try:
            value = float(text.replace(",", "").strip()) if text.strip() else None
        except ValueError:
            return
        if value is None or abs(value) < float("inf"):
            self.value = value
            self._place(self.field.start if value is None else value)
            self.edited.emit()


class ChoiceLine(QObject):
    """One of the categories, or none of them where the row has no value."""

    edited = Signal()

    def __init__(self, field: ChoiceField) -> None:
        super().__init__()
        self.field = field
        self.box = ComboBox()
        self.box.setAccessibleName(field.name)
        self.box.setToolTip(field.name)
        self.box.fill([(choice, choice, "") for choice in field.choices])
        self.box.addItem(tr("missing"), None)
        self.show_value(field.start)
        self.box.activated.connect(lambda _: self.edited.emit())

    @property
    def value(self) -> Cell:
        return self.box.currentData()

    def put_into(self, grid: QGridLayout, row: int) -> None:
        """Puts what it consists of into the grid."""
        grid.addWidget(self.box, row, 0, 1, 2)

    def show_value(self, value: Cell) -> None:
        """Shows a category; one that training never saw is added."""
        text = label(value) if isinstance(value, float) else value
        place = self.box.count() - 1 if text is None else self.box.findData(text)
        if place < 0:
            place = self.box.count() - 1
            self.box.insertItem(place, tr("{name} (not seen in training)", name=text), text)
        self.box.setCurrentIndex(place)


class Slider(QSlider):
    """Leaves the wheel to the scroll area around it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _line(field: Field) -> NumberLine | ChoiceLine:
    return NumberLine(field) if isinstance(field, NumberField) else ChoiceLine(field)
