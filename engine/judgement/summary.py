"""All figures of classes or labels together, by the threshold that is in force."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.judgement.classes import ClassFigures, Hits, averages, by_class, matrix_figures
from engine.judgement.judged import Judged
from engine.judgement.kept import Judgement

# Of a probe's arrays, those that are counts and not figures.
COUNTS = ("areas", "matrix", "right", "wrong", "missed", "counted")


@dataclass(frozen=True)
class Summary:
    """Figures of each class or label, their averages, and those of all rows by name.

    `seen` rows were looked at one by one.
    """

    rows: tuple[ClassFigures, ...]
    averages: tuple[ClassFigures, ...]
    figures: Mapping[str, float]
    seen: int


def summary(
    scores: Mapping[str, np.ndarray],
    names: tuple[str, ...],
    judged: Judged | None = None,
    judgement: Judgement | None = None,
) -> Summary:
    """What the probe "scores" found; of two classes, `judged` rows are decided by `judgement`."""
    alone = {name: float(value) for name, value in scores.items() if name not in COUNTS}
    areas = scores["areas"]
    if len(names) != len(areas):  # the data has been changed since
        names = tuple(str(number) for number in range(len(areas)))
    if "matrix" in scores:
        matrix = scores["matrix"]
        if judged is not None and judgement is not None:
            matrix = judged.matrix_at(judgement)
        hits = Hits.of_matrix(matrix)
        alone = matrix_figures(matrix) | alone
    else:
        hits = Hits(scores["right"], scores["wrong"], scores["missed"])
    rows = by_class(names, hits, areas)
    return Summary(rows, averages(rows, hits), alone, int(scores["counted"][0]))
