"""Try it: a row of one's own making, typed, dragged or drawn, and what the network says of it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QRandomGenerator
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.data.dataset import DataFacts, Prepared
from engine.data.preprocessing import Preprocessing
from engine.errors import GlassworkError
from engine.predictions import Predictor
from engine.trying import Cell, actual_of, fields_of, part_of, row_of, table_of
from gui import theme
from gui.figure_table import FigureTable
from gui.pages.scrolled import scrolled
from gui.pages.try_drawing import TryDrawing
from gui.pages.try_fields import TryFields
from gui.pages.try_result import TryResult
from gui.panels.base import Area, Panel
from gui.plots.empty import EmptyOr
from gui.words import mark, tr

if TYPE_CHECKING:
    from gui.document import Focus, State

EMPTY = mark("Train the network, then try it here on rows of your own")
OWN = mark("A row of your own")
LOCKED = mark("Predicted with the weights from before this run; they are taken in when it ends.")
WIDE = 560  # pixels from which the parts stand side by side


class TryPanel(Panel):
    """A form with a field for each column, or a pad to draw on; predicts at every change."""

    title: ClassVar[str] = mark("Try it")
    name: ClassVar[str] = "tryit"
    area: ClassVar[Area] = "right"
    order: ClassVar[int] = 3
    opens: ClassVar[bool] = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: State | None = None
        self._shown: tuple[object, ...] = ()
        self._prepared: Prepared | None = None
        self._predictor: Predictor | None = None
        self._fitted: Preprocessing | None = None
        self.is_drawn = False
        self._row: int | None = None
        self._focused: int | None = None
        self.random_button = QPushButton(tr("Random row"))
        self.random_button.setToolTip(tr("Take a row that was held back for validation"))
        self.random_button.clicked.connect(self.draw_row)
        self.clear_button = QPushButton(tr("Clear"))
        self.clear_button.setToolTip(tr("An empty sheet to draw on"))
        self.clear_button.clicked.connect(self._clear_drawing)
        self.source, self.notice = _muted(), _muted()
        self.fields, self.drawing, self.result = TryFields(), TryDrawing(), TryResult()
        self.fields.edited.connect(self._edited)
        self.drawing.edited.connect(self._edited)
        self.body = EmptyOr(self._content())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self.body.show_sentence(tr(EMPTY))

    # ── what it is shown ────────────────────────────────────────────────────────────────────

    def show_state(self, state: "State", facts: DataFacts | None) -> None:
        self._state = state
        self._refresh()

    def show_rows(self, prepared: Prepared | None) -> None:
        self._prepared = prepared
        self._refresh()

    def show_focus(self, focus: "Focus") -> None:
        row = focus.rows[0] if focus.rows else None
        changed, self._focused = row != self._focused, row
        if changed and row is not None and self._predictor and self._prepared:
            self._begin(row)

    def show_locked(self, locked: bool) -> None:
        self.notice.setText(tr(LOCKED) if locked else "")
        self.notice.setVisible(locked)

    def apply_theme(self) -> None:
        self.result.apply_theme()
        self.drawing.update()

    def tables(self) -> Sequence[FigureTable]:
        return self.result.tables() if not self.body.sentence else ()

    # ── beginning ───────────────────────────────────────────────────────────────────────────

    def _refresh(self) -> None:
        """Takes up other weights, another design or other rows, once somebody looks."""
        state = self._state
        if state is None or not self.isVisible():
            return
        project = state.project
        now = (state.trained, project.design, self._prepared, project.judgement)
        if len(self._shown) == len(now) and all(
            one is other for one, other in zip(now, self._shown, strict=True)
        ):
            return
        before, self._shown = self._shown, now
        self._predictor = self._made()
        if self._predictor is None:
            return
        self.body.show_content()
        fitted = state.trained.preprocessing if state.trained else None
        kept = before and before[2] is now[2] and self._fitted is fitted
        if kept:
            self._predict()
        else:
            self._set_up()

    def _made(self) -> Predictor | None:
        """What predicts; without weights that fit, the sentence that says why there is none."""
        state = self._state
        if state is None or state.trained is None:
            self.body.show_sentence(tr(EMPTY))
            return None
        try:
            return Predictor(state.project, state.trained)
        except GlassworkError as error:
            said = str(error)
            self.body.show_sentence(f"{said[:1].upper()}{said[1:]}.")
            return None

    def _set_up(self) -> None:
        """A form, or a pad, for the columns of these weights."""
        assert self._state is not None
        assert self._state.trained is not None
        trained, prepared = self._state.trained, self._prepared
        self._fitted = trained.preprocessing
        shape = trained.facts.image_shape
        self.is_drawn = shape is not None and prepared is not None
        self.drawing.setVisible(self.is_drawn)
        self.clear_button.setVisible(self.is_drawn)
        self._form.setVisible(not self.is_drawn)
        self._parts.setStretchFactor(self.result, int(self.is_drawn))
        self.random_button.setVisible(prepared is not None)
        if self.is_drawn and prepared is not None and shape is not None:
            self.drawing.learn(prepared.dataset, shape)
        else:
            rows = prepared.dataset if prepared else None
            self.fields.show_fields(fields_of(self._fitted, rows))
        if prepared is not None and self._focused is not None:
            self._begin(self._focused)
        elif prepared is not None:
            self.draw_row()
        else:
            self.source.setText(tr(OWN))
            self._predict()

    def draw_row(self) -> None:
        """Begins from a row that nothing was learned from, where some were held back."""
        if self._prepared is None:
            return
        held = self._prepared.rows
        rows = held.validation if len(held.validation) else held.train
        self._begin(int(rows[QRandomGenerator.global_().bounded(len(rows))]))

    def _begin(self, row: int) -> None:
        prepared = self._prepared
        if prepared is None or self._fitted is None or not 0 <= row < len(prepared.y):
            return
        try:
            cells = row_of(prepared.dataset, self._fitted, row)
        except GlassworkError as error:  # a streamed file that has gone
            self.source.setText(str(error))
            return
        self._row = row
        (self.drawing if self.is_drawn else self.fields).show_cells(cells)
        self._tell_source(changed=False)
        self._predict()

    def _clear_drawing(self) -> None:
        self.drawing.clear()
        self._row = None
        self.source.setText(tr("Draw here; it is scaled to the size of the pictures"))
        self.result.show_nothing()

    def _edited(self) -> None:
        if self.is_drawn and self._row is None:
            self.source.setText(tr("A drawing of your own"))
        self._tell_source(changed=True)
        self._predict()

    def _tell_source(self, *, changed: bool) -> None:
        if self._row is None or self._prepared is None:
            return
        actual = actual_of(self._prepared, self._row)
        part = tr(part_of(self._prepared, self._row))
        said = tr("Row {row} ({part})", row=f"{self._row + 1:,}", part=part)
        if actual is not None:
            shown = actual if isinstance(actual, str) else f"{actual:.6g}"
            said = tr("{row}: {target} {actual}", row=said, target=self._target(), actual=shown)
        self.source.setText(tr("{row}, changed by you", row=said) if changed else said)

    def _target(self) -> str:
        return self._prepared.facts.target_name if self._prepared else ""

    # ── predicting ──────────────────────────────────────────────────────────────────────────

    def _predict(self) -> None:
        state, fitted = self._state, self._fitted
        if self._predictor is None or fitted is None or state is None or state.trained is None:
            return
        cells: tuple[Cell, ...] = self.drawing.cells if self.is_drawn else self.fields.cells
        try:
            found = self._predictor(table_of(fitted, cells))
        except GlassworkError as error:
            self.result.show_refusal(str(error))
            return
        facts = state.trained.facts
        actual = None if self._row is None or not self._prepared else self._actual()
        self.result.show_prediction(found, facts, actual)

    def _actual(self) -> str | float | None:
        assert self._prepared is not None
        assert self._row is not None
        return actual_of(self._prepared, self._row)

    # ── building ────────────────────────────────────────────────────────────────────────────

    def _content(self) -> QWidget:
        content = QWidget()
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_S)
        buttons.addWidget(self.random_button)
        buttons.addWidget(self.clear_button)
        buttons.addStretch()
        self._form = scrolled(self.fields)
        self.notice.hide()
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._parts.setSpacing(theme.SPACE_M)
        self._parts.addWidget(self.drawing)
        self._parts.addWidget(self.result)
        self._parts.addWidget(self._form, 1)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_M, theme.SPACE_S)
        layout.setSpacing(theme.SPACE_S)
        layout.addLayout(buttons)
        layout.addWidget(self.source)
        layout.addWidget(self.notice)
        layout.addLayout(self._parts, 1)
        return content

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        is_wide = self.width() >= theme.scaled(WIDE)
        self._parts.setDirection(way.LeftToRight if is_wide else way.TopToBottom)


def _muted() -> QLabel:
    label = QLabel(wordWrap=True)
    label.setProperty("role", "muted")
    return label
