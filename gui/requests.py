"""What a panel may ask of the main window: frozen values, so that panels never call each other."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.project import Project
    from gui.document import Focus


@dataclass(frozen=True)
class Edit:
    """Make `project` the document's, as one step named `text` in the Edit menu.

    Steps that follow each other with the same `merge` become one (a slider that is dragged).
    """

    text: str
    project: "Project"
    merge: str | None = None


@dataclass(frozen=True)
class ChangeFocus:
    """Let every panel and the canvas look at these layers, rows or class."""

    focus: "Focus"


@dataclass(frozen=True)
class ShowLayer:
    """Choose that layer, and have its card in the middle of the canvas with the keyboard on it."""

    layer: str


@dataclass(frozen=True)
class ChangeLearningRate:
    """Train on with this base rate from the next batch."""

    rate: float


@dataclass(frozen=True)
class ChooseData:
    """Let the person choose other data, or decide anew what its columns mean."""


Request = Edit | ChangeFocus | ShowLayer | ChangeLearningRate | ChooseData
