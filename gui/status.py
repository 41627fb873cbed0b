"""The status bar: problems, parameters, seed and threads, the newest score, and the file."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStatusBar, QWidget

from engine.events import EpochDone, Event, TrainingStarted
from engine.project import EpochRecord, Trained
from engine.shapes import Problem
from gui import theme
from gui.document import Document
from gui.elided import ElidedLabel
from gui.figures import beside_accuracy, figure
from gui.steady_label import SteadyLabel
from gui.words import told, tr

NOTE_MS = 12_000
MOST_LISTED = 20  # problems; more fit no screen, and each is translated at every edit


class Status(QStatusBar):
    """Facts on the left, what just happened in the middle, the file on the right."""

    problem_chosen = Signal(str)  # id of the layer concerned, or "data", "training", ""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._threads = 0
        self._found: tuple[Problem, ...] | None = None
        self.setSizeGripEnabled(False)
        self.problems = QPushButton()
        self.problems.setProperty("role", "flat")
        self.problems.clicked.connect(self._choose_problem)
        self.parameters, self.seed, self.score = QLabel(), QLabel(), SteadyLabel()
        self.note, self.file = ElidedLabel(), QLabel()
        self.addWidget(self.problems)
        for label in (self.parameters, self.seed, self.score):
            label.setProperty("role", "muted")
            label.setContentsMargins(theme.SPACE_M, 0, 0, 0)
            self.addWidget(label)
        self.addWidget(self.note, 1)
        self.note.setContentsMargins(theme.SPACE_L, 0, theme.SPACE_L, 0)
        self.file.setProperty("role", "muted")
        self.file.setContentsMargins(0, 0, theme.SPACE_M, 0)
        self.addPermanentWidget(self.file)
        self._timer = QTimer(self, singleShot=True, interval=NOTE_MS)
        self._timer.timeout.connect(self.note.clear)
        theme.notifier.theme_changed.connect(self._paint)
        for changed in (
            document.document_changed,
            document.facts_changed,
            document.modified_changed,
            document.path_changed,
            document.locked_changed,
        ):
            changed.connect(self.refresh)
        self.refresh()

    def tell(self, sentence: str) -> None:
        """Shows a sentence for a while."""
        self.note.setText(told(sentence))
        self._timer.start()

    def show_events(self, events: Sequence[Event]) -> None:
        """Takes in what the trainer said."""
        record = None
        for event in events:
            if isinstance(event, TrainingStarted):
                self._threads = event.threads
                self._show_seed()
            elif isinstance(event, EpochDone):
                record = event.record
        if record:  # of many epochs, only the last can be read
            self._show_score(record)

    def refresh(self) -> None:
        """Shows the document as it is now."""
        document = self._document
        self._show_problems()
        total = document.walk.total
        self.parameters.setText(tr("{total:,} parameters", total, total=total) if total else "")
        if not document.locked:  # else the events of the run know better
            self._show_trained(document.trained)
        self._show_seed()
        name = document.path.name if document.path else tr("not saved yet")
        state = tr("changed") if document.modified else tr("saved")
        self.file.setText(f"{name} · {state}" if document.path else name)

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _paint(self) -> None:
        self._found = None
        self.refresh()

    def _show_trained(self, trained: Trained | None) -> None:
        self._threads = trained.progress.threads if trained else 0
        if trained and trained.history:
            self._show_score(trained.history[-1])
        else:
            self.score.forget()

    def _show_problems(self) -> None:
        found = self._document.problems
        if found is self._found:
            return
        self._found = found
        errors = [problem for problem in found if problem.severity == "error"]
        worst = "error" if errors else "warning" if found else "ok"
        if not found:
            text, icon = tr("no problems"), "check"
        else:
            shown = errors or list(found)
            count = tr("%n problems", len(shown)) if errors else tr("%n warnings", len(shown))
            text = f"{count}: {told(shown[0].message)}"
            icon = "warning-circle" if errors else "warning"
        self.problems.setText(text)
        self.problems.setIcon(theme.icon(icon, worst))
        self.problems.setToolTip(_listed(found) or tr("Ready to train"))
        self.problems.setAccessibleName(text)
        color, accent = theme.color(worst).name(), theme.color("accent").name()
        self.problems.setStyleSheet(
            f"QPushButton {{ color: {color}; border: 1px solid transparent; }}"
            f"QPushButton:focus {{ border-color: {accent}; }}"
        )

    def _choose_problem(self) -> None:
        if self._document.problems:
            self.problem_chosen.emit(self._document.problems[0].where)

    def _show_seed(self) -> None:
        seed = self._document.project.training.seed
        words = [tr("seed {seed}", seed=seed)]
        if self._threads:
            words.append(tr("%n threads", self._threads))
        self.seed.setText(" · ".join(words))

    def _show_score(self, record: EpochRecord) -> None:
        of_validation = bool(record.validation)
        figures = record.validation or record.training
        facts = self._document.facts
        if "accuracy" in figures:
            rows = record.rows
            if facts and facts.split[1] and of_validation:
                rows = facts.split[1]
            right = round(figures["accuracy"] * rows)
            words = tr("validation accuracy") if of_validation else tr("training accuracy")
            counts = tr("({right:,} of {rows:,})", right=right, rows=rows)
            beside = beside_accuracy(facts)
            if facts and self._document.project.judgement.decides(facts.classes):
                beside = " · ".join(filter(None, (tr("at threshold ½"), beside)))
            counts = f"{counts} · {beside}" if beside else counts
            self.score.say(f"{words} <b>{figures['accuracy']:.1%}</b> {counts}")
        else:
            words = tr("validation RMSE") if of_validation else tr("training RMSE")
            self.score.say(f"{words} <b>{figure('rmse', figures['rmse'])}</b>")


def _listed(found: Sequence[Problem]) -> str:
    """A line for each of the first problems with its mending, and how many more there are."""
    lines = [f"{told(each.message)}. {told(each.fix)}" for each in found[:MOST_LISTED]]
    more = len(found) - len(lines)
    return "\n".join([*lines, tr("And %n more", more)] if more else lines)
