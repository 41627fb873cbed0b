"""Intervals of a trained network's figures: of which rows, and by which threshold."""

import numpy as np
import pytest

from engine import uncertainty as module
from engine.activations import Softmax
from engine.data.dataset import Prepared
from engine.design import Design
from engine.events import TrainingFinished
from engine.judgement.kept import Judgement
from engine.layers import Dense, Input
from engine.metrics import evaluate
from engine.project import Project, Trained, TrainingRecipe
from engine.trainer import Trainer
from engine.uncertainty import predicted, uncertainty
from tests.engine.helpers.rows import blobs


def trained() -> tuple[Project, Trained, Prepared]:
    """Two classes, 120 training and 80 validation rows."""
    prepared = blobs(200, classes=2, validation=80)
    design = Design.chain(Input(), Dense(units=2, activation=Softmax()))
    project = Project(design=design, training=TrainingRecipe(epochs=2))
    last = list(Trainer(project, prepared=prepared).run())[-1]
    assert isinstance(last, TrainingFinished)
    return project, last.trained, prepared


def test_each_figure_lies_in_its_interval_and_the_seed_decides_the_rows() -> None:
    project, weights, prepared = trained()
    project = project.edited(judgement=Judgement(threshold=0.8))
    found = uncertainty(project, weights, prepared, "validation")
    assert (found.part, found.rows) == ("validation", 80)
    y, outputs = predicted(project, weights, prepared, prepared.rows.validation)
    facts, preprocessing = prepared.facts, prepared.preprocessing
    figures = evaluate(y, outputs, facts, preprocessing, project.judgement)
    for name, span in found.intervals.items():
        assert span.low <= figures[name] <= span.high
    assert found == uncertainty(project, weights, prepared, "validation")
    assert found != uncertainty(project, weights, prepared, "validation", seed=1)
    assert uncertainty(project, weights, prepared, "training").rows == 120


def test_of_very_many_rows_a_sample_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    project, weights, prepared = trained()
    monkeypatch.setattr(module, "KEPT_ROWS", 30)
    asked: list[np.ndarray] = []
    monkeypatch.setattr(module, "predicted", lambda *a: asked.append(a[-1]) or predicted(*a))
    found = uncertainty(project, weights, prepared, "validation")
    assert found.rows == 27
    assert np.array_equal(asked[0], prepared.rows.validation[::3])
