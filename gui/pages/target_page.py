"""What is to be predicted and how rows are split, beside the columns of a table."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.data import ColumnSummary, SplitRecipe, Task
from gui import theme
from gui.bars import Bar, Histogram, SplitBar, split_words
from gui.figures import data_value
from gui.form_editors import ComboBox
from gui.forms import Form
from gui.words import tr

WIDTH = 264
TASKS = ("auto", "classification", "regression")


class TargetPage(QWidget):
    """Shows the target with its values, the task and the split; says what a person chose."""

    features_chosen = Signal(str)
    target_chosen = Signal(str)
    task_chosen = Signal(str)
    split_edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.features_box, self.target_box, self.task_box = ComboBox(), ComboBox(), ComboBox()
        self.features_label = _words("section", tr("Features"))
        self.features_box.setAccessibleName(tr("Data set of the features"))
        self.target_box.setAccessibleName(tr("Column to predict"))
        self.task_box.setAccessibleName(tr("Task"))
        self.histogram = Histogram(64)
        self.summary, self.split_summary = _words("muted"), _words("muted")
        self.split_bar = SplitBar()
        self.form = Form(SplitRecipe())
        self.features_box.activated.connect(
            lambda _: self.features_chosen.emit(self.features_box.currentText())
        )
        self.target_box.activated.connect(
            lambda _: self.target_chosen.emit(self.target_box.currentText())
        )
        self.task_box.activated.connect(
            lambda _: self.task_chosen.emit(self.task_box.currentData())
        )
        self.form.edited.connect(lambda split, _: self.split_edited.emit(split))
        self._arrange()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_S)
        for widget in (
            self.features_label,
            self.features_box,
            _words("section", tr("Predict")),
            self.target_box,
            self.task_box,
            self.histogram,
            self.summary,
        ):
            column.addWidget(widget)
        column.addSpacing(theme.SPACE_L)
        for widget in (
            _words("section", tr("Split")),
            self.split_bar,
            self.split_summary,
            self.form,
        ):
            column.addWidget(widget)
        column.addStretch()

    def show_features(self, choices: Sequence[str]) -> None:
        """Show the data sets that could be the features, the first being so; hidden for one."""
        with QSignalBlocker(self.features_box):
            self.features_box.clear()
            self.features_box.addItems(list(choices))
        for widget in (self.features_label, self.features_box):
            widget.setVisible(len(choices) > 1)

    def show_target(
        self,
        candidates: Sequence[str],
        chosen: str,
        wanted: str,
        target: ColumnSummary,
        task: Task,
    ) -> None:
        """Show the target among those that could be, its values, the task and the one wanted."""
        with QSignalBlocker(self.target_box):
            self.target_box.clear()
            self.target_box.addItems(list(candidates))
            self.target_box.setCurrentText(chosen)
            self.target_box.setEnabled(len(candidates) > 1)
        with QSignalBlocker(self.task_box):
            self.task_box.clear()
            for each in TASKS:
                found = each == "auto"
                text = tr((task if found else each).capitalize())
                text = tr("{task} (found)", task=text) if found else text
                self.task_box.addItem(text, each)
            self.task_box.setCurrentIndex(TASKS.index(wanted))
        self.histogram.show_bars(bars(target))
        self.summary.setText(target_words(target))

    def show_split(
        self, split: SplitRecipe, parts: tuple[int, int, int], brings_test: bool
    ) -> None:
        """Show the shares, and how many rows each part has; a test part of its own is settled."""
        self.form.set_editable(split_fields(brings_test))
        self.split_bar.show_counts(parts)
        self.split_summary.setText(split_words(parts))
        self.form.show_value(split)


def split_fields(brings_test: bool) -> tuple[str, ...] | None:
    """Which fields of a split can be chosen: not the share of a test part that is given."""
    if not brings_test:
        return None
    return tuple(name for name in SplitRecipe.model_fields if name != "test")


def bars(values: ColumnSummary) -> tuple[Bar, ...]:
    """The histogram of a column, each bar with what it counts."""
    if values.top:
        pairs = zip(values.top, values.counts, strict=True)
        return tuple(Bar(label, count) for label, count in pairs)
    steps = zip(pairwise(values.edges), values.counts, strict=True)
    return tuple(
        Bar(tr("{low} to {high}", low=data_value(low), high=data_value(high)), count)
        for (low, high), count in steps
    )


def target_words(target: ColumnSummary) -> str:
    """The target in a line: its classes with counts, or where its values lie."""
    missing = tr(" · {missing:,} missing", missing=target.missing) if target.missing else ""
    if target.low is not None and target.high is not None:
        return tr(
            "numbers from {low} to {high}{missing}",
            low=data_value(target.low),
            high=data_value(target.high),
            missing=missing,
        )
    pairs = list(zip(target.top, target.counts, strict=True))[:4]
    shown = " · ".join(f"{label} {count:,}" for label, count in pairs)
    more = tr(" · {count:,} more", count=target.distinct - 4) if target.distinct > 4 else ""
    return tr(
        "{distinct:,} classes: {shown}{more}{missing}",
        distinct=target.distinct,
        shown=shown,
        more=more,
        missing=missing,
    )


def _words(role: str, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return label
