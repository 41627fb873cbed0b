"""Predicting the rows of a file: choose it, look at the first predictions, export them as CSV."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.data import Table
from engine.data.streaming.store import RowStore
from engine.predictions import Predictions, Predictor, Written, write_blocks
from engine.project import Project, Trained
from gui import asking, theme
from gui.data_files import data_files
from gui.pages.message import Messages
from gui.pages.preview import ROWS, Preview
from gui.plots.empty import EmptyOr
from gui.runner import Job, Report, Runner
from gui.words import mark, tr

EMPTY = mark(
    "Choose a file with the columns that the network was trained on; the target may be missing."
)
Rows = Table | np.ndarray | RowStore

SHORT = 6
"""As many columns are named in the empty dialog."""


class PredictDialog(QDialog):
    """Works in the background; nothing is written before a person asks for it."""

    def __init__(
        self, project: Project, trained: Trained, runner: Runner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Predict new rows"))
        self._project, self._trained, self._runner = project, trained, runner
        self._job: Job | None = None
        self._source: Path | None = None
        self.predictions: Predictions | None = None
        self._rows: Rows | None = None
        self.title = QLabel(tr("Predict new rows"))
        self.title.setProperty("role", "title")
        self.counts = QLabel()
        self.counts.setProperty("role", "muted")
        self.counts.setWordWrap(True)
        self.messages = Messages()
        self.preview = Preview()
        self.body = EmptyOr(self.preview)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.choose_button = QPushButton(tr("Choose a file…"))
        self.export_button = QPushButton(tr("Export as CSV…"))
        self._arrange()
        self._connect()
        self._show_nothing()
        self._show_busy(False)
        self.resize(720, 520)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_L, theme.SPACE_L, theme.SPACE_L, theme.SPACE_L)
        column.setSpacing(theme.SPACE_M)
        top = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.counts)
        top.addLayout(words, 1)
        top.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        column.addWidget(self.messages)
        column.addWidget(self.body, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.progress, 1)
        bottom.addStretch()
        self.close_button = QPushButton(tr("Close"))
        bottom.addWidget(self.close_button)
        bottom.addWidget(self.export_button)
        column.addLayout(bottom)

    def _connect(self) -> None:
        for button in (self.choose_button, self.close_button):
            button.setAutoDefault(False)
        self.export_button.setProperty("role", "primary")
        self.choose_button.setFocus()
        self.choose_button.clicked.connect(self._choose)
        self.export_button.clicked.connect(self._choose_target)
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(lambda _: self._job and self._job.cancel())

    # ── predicting ──────────────────────────────────────────────────────────────────────────

    def open_file(self, path: Path) -> None:
        """Predict the rows of `path` and show the first of them."""
        project, trained = self._project, self._trained

        def work(progress: Report) -> tuple[Predictions, Rows]:
            from engine.data import read_table

            rows = read_table(path, progress)
            progress(0.5, tr("Predicting the rows"))
            return Predictor(project, trained).first(rows, ROWS), rows

        self._source = path
        self.predictions = None
        self._show_busy(True)
        self.counts.setText(tr("Reading {name}", name=path.name))
        self._job = self._runner.job(work, lambda done: self._show(*done), self._fail, self._tell)

    def _tell(self, _: float, text: str) -> None:
        self.counts.setText(text)

    def _show(self, predictions: Predictions, rows: Rows) -> None:
        assert self._source is not None
        self.predictions = predictions
        self._show_busy(False)
        self._rows = rows
        count = rows.rows if isinstance(rows, RowStore) else len(predictions.values)
        first = tr("; the first {count} are shown", count=ROWS) if count > ROWS else ""
        self.title.setText(tr("%n predictions", count))
        self.counts.setText(
            tr("For the rows of {name}, in their order{first}", name=self._source.name, first=first)
        )
        names, columns = _beside(predictions, rows)
        values = len(predictions.columns) - predictions.probabilities.shape[1]
        self.preview.show_columns(names, columns, frozenset(names[:values]))
        self.body.show_content()
        self.messages.show_sentences(predictions.notes, "warning")
        self.export_button.setDefault(True)
        self.export_button.setFocus()

    def _fail(self, sentence: str) -> None:
        self._show_busy(False)
        if self.predictions is None:
            self._show_nothing()
        self.messages.show_sentences([sentence], "error")

    # ── exporting ───────────────────────────────────────────────────────────────────────────

    def export_to(self, path: Path) -> None:
        """Write the predictions to `path` as CSV."""
        project, trained, rows = self._project, self._trained, self._rows
        assert rows is not None

        def work(progress: Report) -> Written:
            return write_blocks(Predictor(project, trained).blocks(rows, progress), path)

        def done(written: Written) -> None:
            self._show_busy(False)
            self.counts.setText(counts)
            said = tr("wrote {rows:,} predictions to {name}", rows=written.rows, name=path.name)
            self.messages.show_sentences([said, *written.escaped], "ok")

        counts = self.counts.text()
        self._show_busy(True)
        self._job = self._runner.job(work, done, self._fail, self._tell)

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _show_busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.choose_button.setEnabled(not busy)
        self.export_button.setEnabled(not busy and self.predictions is not None)
        if busy:
            self.messages.show_sentences((), "muted")

    def _show_nothing(self) -> None:
        """What to do first, and which columns the rows need."""
        self.title.setText(tr("Predict new rows"))
        self.counts.setText(tr(EMPTY))
        self.preview.show_columns((), (), frozenset())
        names = [column.name for column in self._trained.preprocessing.used]
        more = tr(" and {count:,} more", count=len(names) - SHORT) if len(names) > SHORT else ""
        self.body.show_sentence(
            tr("Needs the columns {names}{more}", names=", ".join(names[:SHORT]), more=more)
        )

    def _choose(self) -> None:
        source = self._project.data.source if self._project.data else None
        near = self._source or Path(getattr(source, "path", ""))
        title, folder = tr("Rows to predict"), str(near.parent)
        asking.open_path(self, title, folder, data_files(), self.open_file)

    def _choose_target(self) -> None:
        assert self._source is not None
        start = self._source.with_name(tr("{stem} predictions.csv", stem=self._source.stem))
        asking.save_path(self, tr("Export predictions"), start, tr("CSV (*.csv)"), self.export_to)


def _beside(predictions: Predictions, rows: Rows) -> tuple[tuple[str, ...], list[Sequence[object]]]:
    """The first predictions in the digits that count, and beside them the rows they are for."""
    values = predictions.values
    numbers = [*(values[:, None] if values.ndim == 1 else values).T, *predictions.probabilities.T]
    columns: list[Sequence[object]] = [list(map(_short, each[:ROWS].tolist())) for each in numbers]
    if not isinstance(rows, Table):
        return predictions.columns, columns
    given = [column[:ROWS].tolist() for column in rows.columns]
    return (*predictions.columns, *rows.names), [*columns, *given]


def _short(value: object) -> object:
    return float(f"{value:.6g}") if isinstance(value, float) else value
