"""What a project keeps of being judged: how probabilities decide, and looks at the test rows."""

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from engine.kinds import Value
from engine.kinds import field as option

if TYPE_CHECKING:
    from engine.design import Design
    from engine.project import Project

EVEN = 0.5


class Judgement(Value):
    """Where one of two classes begins. With more classes the most probable one is predicted."""

    threshold: float = option(
        EVEN,
        "Threshold",
        "A row is predicted as the positive class where its probability is above this.",
        ge=0,
        le=1,
        slider=True,
    )
    positive: str = option("", "Positive class", "The class that is looked for.")
    false_positive: float = option(
        1.0, "False positive", "What it costs to take a negative row for a positive.", ge=0, le=1e9
    )
    false_negative: float = option(
        1.0, "False negative", "What it costs to miss a positive row.", ge=0, le=1e9
    )

    def positive_of(self, classes: tuple[str, ...]) -> int:
        """The index of the positive of two classes: the second one unless another is named."""
        return classes.index(self.positive) if self.positive in classes else 1

    def decides(self, classes: tuple[str, ...]) -> bool:
        """Whether a threshold of a person's choice decides, and not the larger probability."""
        return len(classes) == 2 and self.threshold != EVEN


def decide(probabilities: np.ndarray, classes: tuple[str, ...], judgement: Judgement) -> np.ndarray:
    """Class indices `(rows,)` from probabilities `(rows, classes)`."""
    if not judgement.decides(classes):
        return probabilities.argmax(axis=1)
    positive = judgement.positive_of(classes)
    found = probabilities[:, positive].astype(np.float64) > judgement.threshold
    return np.where(found, positive, 1 - positive)


class TestLooks(Value):
    """How often somebody has looked at figures of the test rows: of this design, and in all."""

    __test__ = False  # no class of tests, whatever its name begins with

    design: str = ""
    count: int = option(0, "Looks", ge=0, le=1_000_000_000)
    total: int = option(0, "Looks in all", ge=0, le=1_000_000_000)


def looks(project: "Project") -> int:
    """How often the test rows have been looked at since the design last changed."""
    kept = project.test_looks
    return kept.count if kept.count and kept.design == _fingerprint(project.design) else 0


def looked(project: "Project") -> "Project":
    """The project after one more look at its test rows."""
    kept = TestLooks(
        design=_fingerprint(project.design),
        count=looks(project) + 1,
        total=project.test_looks.total + 1,
    )
    return project.model_copy(update={"test_looks": kept})


def looks_words(project: "Project") -> str:
    """How often, as a person reads it."""
    count, total = looks(project), project.test_looks.total
    times = {0: "not been looked at", 1: "been looked at once"}
    said = times.get(count, f"been looked at {count:,} times")
    in_all = f" ({total:,} in all)" if total > count else ""
    return f"The test rows have {said} since the design last changed{in_all}."


def _fingerprint(design: "Design") -> str:
    return hashlib.sha256(design.to_json().encode()).hexdigest()[:16]
