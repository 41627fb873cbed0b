"""A table of one's own: what is in it, what to predict, how each column is used, how to split."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.data import Column
from engine.data.pictures import pictures
from engine.project import Project
from gui import asking, theme
from gui.data_files import data_files
from gui.dialogs import table_reading
from gui.dialogs.table_reading import Look
from gui.pages.column_table import ColumnLine, ColumnTable, target_lines
from gui.pages.message import Messages
from gui.pages.pictures import Pictures
from gui.pages.preview import ROWS, Preview
from gui.pages.target_page import TargetPage
from gui.runner import Job, Runner
from gui.words import tr

IMAGES = 120
"""As many pictures are shown at most."""


class TableDialog(QDialog):
    """Reads in the background; `project_chosen` carries a new project that fits the table."""

    project_chosen = Signal(object)

    def __init__(self, path: Path, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Your own table"))
        self._runner = runner
        self._job: Job | None = None
        self._path = path
        self.seen: Look | None = None
        self.title, self.counts = QLabel(), QLabel()
        self.title.setProperty("role", "title")
        self.counts.setProperty("role", "muted")
        self.messages = Messages()
        self.preview, self.pictures = Preview(), Pictures()
        self.columns = ColumnTable()
        self.target = TargetPage()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.choose_button = QPushButton(tr("Another file…"))
        self.cancel_button = QPushButton(tr("Cancel"))
        self.build_button = QPushButton(tr("Build a fitting design"))
        self._arrange()
        self._connect()
        self.resize(980, 700)
        self.open_file(path)

    def _arrange(self) -> None:
        self.body = self._body()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_L, theme.SPACE_L, theme.SPACE_L, theme.SPACE_L)
        column.setSpacing(theme.SPACE_M)
        column.addLayout(self._header())
        column.addWidget(self.messages)
        column.addWidget(self.body, 1)
        column.addStretch()
        column.addLayout(self._footer())

    def _header(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.counts)
        header = QHBoxLayout()
        header.addLayout(words, 1)
        header.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignTop)
        return header

    def _body(self) -> QWidget:
        tables = QVBoxLayout()
        tables.setSpacing(theme.SPACE_S)
        self.rows_heading = QLabel(tr("First rows (at most {count})", count=ROWS))
        for heading, views, stretch in (
            (self.rows_heading, (self.preview, self.pictures), 2),
            (QLabel(tr("Columns")), (self.columns,), 3),
        ):
            heading.setProperty("role", "section")
            tables.addWidget(heading)
            for view in views:
                tables.addWidget(view, stretch)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_XL)
        row.addLayout(tables, 1)
        row.addWidget(self.target)
        return body

    def _footer(self) -> QHBoxLayout:
        footer = QHBoxLayout()
        footer.addWidget(self.progress, 1)
        footer.addStretch()
        footer.addWidget(self.cancel_button)
        footer.addWidget(self.build_button)
        return footer

    def _connect(self) -> None:
        for button in (self.choose_button, self.cancel_button):
            button.setAutoDefault(False)
        self.build_button.setProperty("role", "primary")
        self.build_button.setDefault(True)
        self.build_button.clicked.connect(self.build)
        self.cancel_button.clicked.connect(self.reject)
        self.choose_button.clicked.connect(self._choose)
        self.columns.columns.edited.connect(self._use_column)
        self.target.target_chosen.connect(self._use_target)
        self.target.task_chosen.connect(self._use_task)
        self.target.split_edited.connect(self._use_split)
        self.target.features_chosen.connect(self._use_features)
        self.finished.connect(lambda _: self._job and self._job.cancel())

    # ── reading ─────────────────────────────────────────────────────────────────────────────

    def open_file(self, path: Path) -> None:
        """Read the table at `path` in place of the one on show."""
        if self._job:
            self._job.cancel()
        self.seen, self._path = None, path
        self.title.setText(path.name)
        self._work(
            tr("Reading {name}", name=path.name),
            lambda progress: table_reading.read(path, progress),
            self._show,
        )

    def _work(self, text: str, function: Any, on_done: Any) -> None:
        self.counts.setText(text)
        self._show_busy(True)
        self._job = self._runner.job(
            function, on_done, self._fail, lambda _, said: self.counts.setText(said)
        )

    def _show(self, seen: Look) -> None:
        self.seen = seen
        self._show_busy(False)
        self.messages.show_sentences(seen.notes, "warning")
        self._show_preview(seen)
        self._refresh(seen)
        self.build_button.setFocus()

    def _fail(self, sentence: str) -> None:
        self._show_busy(False)
        if self.seen is None:
            self.counts.setText(tr("This file could not be used; choose another one."))
        else:
            self._tell_counts(self.seen)
        self.messages.show_sentences([sentence], "error")

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def _show_preview(self, seen: Look) -> None:
        table, dataset = seen.dataset.features, seen.dataset
        images, labels = pictures(dataset, IMAGES)
        self.preview.setVisible(not len(images))
        self.pictures.setVisible(bool(len(images)))
        self.rows_heading.setText(
            tr("First images") if len(images) else tr("First rows (at most {count})", count=ROWS)
        )
        self.pictures.show_images(images, labels)
        names, columns = list(table.names), [each[:ROWS].tolist() for each in table.columns]
        if dataset.target is not None and dataset.target.ndim == 1:
            names.append(dataset.target_name)
            columns.append(dataset.target[:ROWS].tolist())
        self.preview.show_columns(names, columns, frozenset([dataset.target_name]))

    def _refresh(self, seen: Look) -> None:
        self.seen = seen
        self._tell_counts(seen)
        uses = zip(seen.recipe.columns, seen.features, strict=True)
        lines = [ColumnLine(column, values) for column, values in uses]
        self.columns.show_lines([*target_lines(seen.targets), *lines])
        self.target.show_features(seen.choices.features)
        self.target.show_target(
            seen.candidates, seen.predicted, seen.recipe.task, seen.targets[0], seen.task
        )
        self.target.show_split(seen.recipe.split, seen.parts, seen.recipe.source.brings_test)

    def _tell_counts(self, seen: Look) -> None:
        rows, columns = seen.dataset.rows, len(seen.features) + len(seen.targets)
        used = sum(each.kind != "ignore" for each in seen.recipe.columns)
        self.counts.setText(
            tr(
                "{rows:,} rows · {columns:,} columns, {used:,} of them used as input",
                rows=rows,
                columns=columns,
                used=used,
            )
        )

    def _show_busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.body.setVisible(self.seen is not None)
        self.body.setEnabled(not busy)
        self.build_button.setEnabled(not busy and self.seen is not None)
        if busy:
            self.messages.show_sentences((), "muted")

    # ── choosing ────────────────────────────────────────────────────────────────────────────

    def _use_target(self, name: str) -> None:
        seen = self.seen
        assert seen is not None
        self._work(
            tr("Looking at {name}", name=name),
            lambda progress: table_reading.retargeted(seen, name, progress),
            self._show,
        )

    def _use_features(self, name: str) -> None:
        seen = self.seen
        assert seen is not None
        self._work(
            tr("Looking at {name}", name=name),
            lambda progress: table_reading.refeatured(seen, name, progress),
            self._show,
        )

    def _use_task(self, task: str) -> None:
        seen = self.seen
        assert seen is not None
        self._refresh(table_reading.with_task(seen, task))

    def _use_column(self, column: Column) -> None:
        seen = self.seen
        assert seen is not None
        self._refresh(table_reading.with_column(seen, column))

    def _use_split(self, split: Any) -> None:
        seen = self.seen
        assert seen is not None
        self._refresh(table_reading.with_split(seen, split))

    def build(self) -> None:
        """Prepare the rows and hand over a project; says why where that cannot be."""
        seen = self.seen
        assert seen is not None
        self._work(
            tr("Preparing the rows"),
            lambda progress: table_reading.build(seen, progress),
            self._hand_over,
        )

    def _hand_over(self, project: Project) -> None:
        self.accept()
        self.project_chosen.emit(project)

    def _choose(self) -> None:
        start = str(self._path.parent)
        asking.open_path(self, tr("Your own table"), start, data_files(), self.open_file)
