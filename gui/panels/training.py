"""The training recipe as a form; while training runs, the learning rate alone can be changed."""

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QRandomGenerator
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from engine.data.dataset import DataFacts
from engine.project import Project, TrainingRecipe
from gui import theme
from gui.derived import Derived
from gui.forms import Change, Form
from gui.pages.problem_list import ProblemList
from gui.pages.scrolled import fill
from gui.panels.base import Area, Panel
from gui.requests import ChangeLearningRate, Edit
from gui.words import mark, tr

if TYPE_CHECKING:
    from gui.document import State

FIRST = (
    "optimizer",
    "batch_size",
    "epochs",
    "early_stopping",
    "loss",
    "schedule",
    "warmup",
    "class_weights",
    "seed",
)
RATE = "optimizer.learning_rate"
LOCKED = mark(
    "While training, only the learning rate can be changed; it counts from the next batch."
)
SEEDS = 1_000_000


class TrainingPanel(Panel):
    """Shows the recipe and asks for the edits that a person makes to it."""

    title: ClassVar[str] = mark("Training")
    name: ClassVar[str] = "training"
    area: ClassVar[Area] = "right"
    order: ClassVar[int] = 1

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = Project()
        self._derived = Derived(self._project, None)
        self._is_locked = False
        self.new_seed = _new_seed_button()
        self.new_seed.clicked.connect(self._draw_seed)
        beside = {"seed": self.new_seed}
        self.form = Form(TrainingRecipe(), first=FIRST, beside=beside)
        self.form.edited.connect(self._edit)
        self._locked = QLabel(tr(LOCKED))
        self._locked.setProperty("role", "muted")
        self._locked.setWordWrap(True)
        self._locked.hide()
        self._problems = ProblemList()
        fill(self, (self._locked, self._problems, self.form))

    def show_state(self, state: "State", facts: DataFacts | None) -> None:
        self._derived = self._derived.following(state.project, facts)
        problems = [each for each in self._derived.problems if each.where == "training"]
        self._problems.show_problems(problems)
        self._problems.setVisible(bool(problems))
        if state.project.training is not self._project.training:
            self.form.show_value(state.project.training)
        self._project = state.project

    def show_locked(self, locked: bool) -> None:
        self._is_locked = locked
        self.form.set_editable([RATE] if locked else None)
        self.new_seed.setEnabled(not locked)
        self._locked.setVisible(locked)

    def apply_theme(self) -> None:
        self._problems.apply_theme()
        self.new_seed.setIcon(theme.icon("dice-five"))

    def _edit(self, recipe: Any, change: Change) -> None:
        merge = change.merge and f"training.{change.merge}"
        self._ask(tr("Change {label}", label=change.label.lower()), recipe, merge)
        if self._is_locked and change.path == RATE:
            self.requested.emit(ChangeLearningRate(recipe.optimizer.learning_rate))

    def _draw_seed(self) -> None:
        seed = QRandomGenerator.global_().bounded(SEEDS)
        self._ask(tr("New seed"), self._project.training.edited(seed=seed), None)

    def _ask(self, text: str, recipe: TrainingRecipe, merge: str | None) -> None:
        project = self._project.model_copy(update={"training": recipe})
        self.requested.emit(Edit(text, project, merge))
        self.form.show_value(self._project.training)


def _new_seed_button() -> QToolButton:
    button = QToolButton()
    button.setIcon(theme.icon("dice-five"))
    button.setToolTip(tr("New seed: other initial weights, another order of the rows"))
    button.setAccessibleName(tr("New seed"))
    button.setFixedSize(theme.CONTROL_HEIGHT, theme.CONTROL_HEIGHT)
    return button
