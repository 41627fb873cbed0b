"""The data in force: how many rows, how they are split and spread, how each column is used."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from engine.data import Column, ColumnSummary, DataFacts, DataRecipe, SplitRecipe
from engine.data.sources.personal import StreamedFile
from engine.project import Project
from gui import theme
from gui.bars import Bar, Histogram, SplitBar, split_words
from gui.fold import Fold
from gui.forms import Change, Form
from gui.pages.column_table import ColumnLine, ColumnTable
from gui.pages.scrolled import fill
from gui.pages.target_page import split_fields
from gui.panels.base import Area, Panel
from gui.requests import ChooseData, Edit
from gui.words import mark, tr

if TYPE_CHECKING:
    from gui.document import State

EMPTY = mark("No data yet. Choose a table of your own, or begin with a template.")
FEW = 3
"""As many classes are named with their counts."""


class DataPanel(Panel):
    """Shows the facts of the data, and asks for edits of the split and of the columns' use."""

    title: ClassVar[str] = mark("Data")
    name: ClassVar[str] = "data"
    area: ClassVar[Area] = "left"
    order: ClassVar[int] = 1

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = Project()
        self._values: dict[str, ColumnSummary] = {}
        self.name_label = QLabel()
        theme.set_font(self.name_label, "strong")
        self.counts, self.split_words, self.classes = _muted(), _muted(), _muted()
        self.place = _muted()
        theme.set_font(self.place, "small")
        theme.set_font(self.split_words, "small")
        self.split_bar, self.histogram = SplitBar(), Histogram(24)
        self.change_button = QPushButton(tr("Change data…"))
        self.change_button.clicked.connect(lambda: self.requested.emit(ChooseData()))
        self.form = Form(SplitRecipe(), label_width=72)
        self.form.edited.connect(self._edit_split)
        self.columns = ColumnTable(narrow=True)
        self.columns.columns.edited.connect(self._edit_column)
        self._split_fold = Fold(tr("Split"), [self.form])
        self._column_fold = Fold(tr("Columns"), [self.columns])
        self._arrange()
        self._refresh(None)

    def _arrange(self) -> None:
        fill(
            self,
            (
                self.name_label,
                self.counts,
                self.place,
                self.split_bar,
                self.split_words,
                self.histogram,
                self.classes,
                self._split_fold,
                self._column_fold,
                self.change_button,
            ),
        )

    def show_state(self, state: "State", facts: DataFacts | None) -> None:
        self._project = state.project
        self._refresh(facts)

    def show_columns(self, columns: Sequence[ColumnSummary]) -> None:
        self._values = {each.name: each for each in columns}
        self._show_columns()

    def show_locked(self, locked: bool) -> None:
        for widget in (self.form, self.change_button):
            widget.setEnabled(not locked)
        self.columns.columns.editable = not locked

    def apply_theme(self) -> None:
        self.update()

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def _refresh(self, facts: DataFacts | None) -> None:
        recipe = self._project.data
        known = facts is not None
        for widget in (self.split_bar, self.split_words, self.histogram, self.classes):
            widget.setVisible(known)
        self.name_label.setVisible(recipe is not None)
        self._split_fold.setVisible(recipe is not None)
        self.place.setText(place_words(recipe))
        self.place.setVisible(bool(self.place.text()))
        self.change_button.setText(tr("Change data…") if recipe else tr("Choose data…"))
        if recipe is not None:
            self.name_label.setText(facts.name if facts else tr(recipe.source.label))
            self.form.show_value(recipe.split)
            self.form.set_editable(split_fields(recipe.source.brings_test))
        if facts is None:
            self.counts.setText(tr("The rows are not loaded yet.") if recipe else tr(EMPTY))
        else:
            self._show_facts(facts)
        self._show_columns()

    def _show_facts(self, facts: DataFacts) -> None:
        self.counts.setText(
            tr(
                "{rows:,} rows · {width:,} → {outputs}",
                rows=facts.rows,
                width=facts.width,
                outputs=_outputs(facts),
            )
        )
        self.split_bar.show_counts(facts.split)
        self.split_words.setText(split_words(facts.split))
        pairs = zip(facts.classes, facts.class_counts, strict=False)
        self.histogram.show_bars([Bar(name, count) for name, count in pairs])
        self.histogram.setVisible(bool(facts.class_counts))
        self.classes.setText(class_words(facts))
        self.classes.setVisible(bool(facts.classes))

    def _show_columns(self) -> None:
        recipe = self._project.data
        own = recipe is not None and not recipe.source.built_in and bool(recipe.columns)
        self._column_fold.setVisible(own)
        if recipe is not None and own:
            lines = [ColumnLine(each, self._values.get(each.name)) for each in recipe.columns]
            self.columns.show_lines(lines)
            frame = 2 * self.columns.frameWidth()
            self.columns.setFixedHeight(frame + theme.CONTROL_HEIGHT * min(len(lines), 10))

    # ── editing ─────────────────────────────────────────────────────────────────────────────

    def _edit_split(self, split: Any, change: Change) -> None:
        merge = change.merge and f"data.split.{change.merge}"
        self._ask(tr("Change {label} of the rows", label=change.label.lower()), merge, split=split)

    def _edit_column(self, column: Column) -> None:
        recipe = self._project.data
        assert recipe is not None
        columns = tuple(column if each.name == column.name else each for each in recipe.columns)
        self._ask(tr("Change the use of {name}", name=column.name), None, columns=columns)

    def _ask(self, text: str, merge: str | None, **changes: Any) -> None:
        recipe = self._project.data
        assert recipe is not None
        data: DataRecipe = recipe.edited(**changes)
        self.requested.emit(Edit(text, self._project.model_copy(update={"data": data}), merge))


def place_words(recipe: DataRecipe | None) -> str:
    """Where the rows of a large file are; those of other data are within the project."""
    if recipe is None or not isinstance(recipe.source, StreamedFile):
        return ""
    return tr(
        "Read from {name} while training; the project does not contain it.", name=recipe.source.name
    )


def class_words(facts: DataFacts) -> str:
    """The classes with their counts: each of a few, or the rarest and the most frequent."""
    counts = facts.class_counts
    if not counts:
        return ""
    if len(counts) <= FEW:
        pairs = zip(facts.classes, counts, strict=True)
        return " · ".join(f"{name}: {count:,}" for name, count in pairs)
    first, last = facts.classes[0], facts.classes[-1]
    low, high = min(counts), max(counts)
    words = tr("{low:,} rows each") if low == high else tr("{low:,}–{high:,} rows each")
    each = words.format(low=low, high=high)
    return f"{first} … {last}: {each}"


def _outputs(facts: DataFacts) -> str:
    if facts.task == "classification":
        return tr("{count:,} classes", count=len(facts.classes))
    if facts.task == "multilabel":
        return tr("{count:,} labels", count=len(facts.classes))
    one = facts.targets == 1
    return facts.target_name if one else tr("{count:,} numbers", count=facts.targets)


def _muted() -> QLabel:
    label = QLabel()
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    return label
