"""What a panel may ask of the main window: frozen values, so that panels never call each other."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.project import Project
    from gui.document import Focus
    from gui.runner import Job


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


@dataclass(frozen=True)
class Work:
    """Call `function(report)` in the background, then `done` or `failed` with what came of it.

    `report(share, text)` reaches `progressed`; `begun` is given what can be cancelled.
    """

    function: Callable[[Callable[[float, str], None]], Any]
    done: Callable[[Any], object]
    failed: Callable[[str], object]
    progressed: Callable[[float, str], object]
    begun: Callable[["Job"], object]


Request = Edit | ChangeFocus | ShowLayer | ChangeLearningRate | ChooseData | Work
