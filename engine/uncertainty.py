"""How far a trained network's figures on one part of the rows would vary on other rows."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.bootstrap import Interval, intervals
from engine.data.dataset import Prepared
from engine.judging import KEPT_ROWS, Part
from engine.network import Network
from engine.project import Project, Trained


@dataclass(frozen=True)
class Uncertainty:
    """An interval for each figure of `metrics.evaluate`, of `rows` rows of that part."""

    part: Part
    rows: int
    intervals: Mapping[str, Interval]


def uncertainty(
    project: Project, trained: Trained, prepared: Prepared, part: Part, *, seed: int = 0
) -> Uncertainty:
    """As the project's threshold decides; of more than 100,000 rows, of every second, third, … one.

    The same seed draws the same rows.
    """
    held = prepared.rows
    rows = {"training": held.train, "validation": held.validation, "test": held.test}[part]
    rows = rows[:: max(1, -(-len(rows) // KEPT_ROWS))]
    y, outputs = predicted(project, trained, prepared, rows)
    facts, preprocessing = prepared.facts, prepared.preprocessing
    found = intervals(y, outputs, facts, preprocessing, project.judgement, seed=seed)
    return Uncertainty(part, len(rows), found)


def predicted(
    project: Project, trained: Trained, prepared: Prepared, rows: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Targets of the rows with these numbers, and the network's outputs, as `evaluate` has them."""
    network = Network(
        project.design,
        prepared.facts.width,
        dtype=project.training.precision,
        weights=trained.weights,
    )
    found = [(y, network.predict(X).copy()) for X, y in prepared.blocks(rows)]
    targets, outputs = zip(*found, strict=True)
    return np.concatenate(targets), np.concatenate(outputs)
