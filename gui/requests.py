"""What a panel may ask of the main window: frozen values, so that panels never call each other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    from engine.design import Link
    from engine.judging import Part
    from engine.project import Project
    from engine.runs import Runs
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
class EditRuns:
    """Keep these runs, renamed, noted or fewer, as one step named `text` in the Edit menu."""

    text: str
    runs: "Runs"


@dataclass(frozen=True)
class RestoreRun:
    """Go back to design, data, recipe and, where they were kept, weights of the run of that id."""

    run: str


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
class ShowPart:
    """Judge these rows in every panel that judges; a look at the test rows is counted."""

    part: "Part"


@dataclass(frozen=True)
class ColourLinks:
    """Colour the links of the canvas by the lengths of gradients; None: no longer."""

    sizes: "Mapping[Link, float] | None"
    title: str = ""
    words: str = ""


@dataclass(frozen=True)
class LightUp:
    """Show on the cards what a row makes of each layer, with words; None: no longer."""

    values: "Mapping[str, np.ndarray] | None"
    words: "Mapping[str, str]"


@dataclass(frozen=True)
class PlayPulse:
    """Send the row that is shown on the cards through the network once."""


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
    progressed: Callable[[float, str], None]
    begun: Callable[["Job"], object]


Shine = ColourLinks | LightUp | PlayPulse

Errand = (
    Edit
    | EditRuns
    | RestoreRun
    | ChangeFocus
    | ShowLayer
    | ChangeLearningRate
    | ShowPart
    | ChooseData
    | Work
)

Request = Errand | Shine
