"""Weights looked at and set by hand: they begin as training does, and one change changes one."""

import numpy as np
import pytest

import engine
from engine.by_hand import arrays_of, with_value
from engine.data import load_dataset, prepare
from engine.data.dataset import Prepared
from engine.errors import TrainingError
from engine.project import Project, Trained
from engine.session import Session
from engine.shapes import walk
from engine.trainer import Trainer


@pytest.fixture(scope="module")
def project() -> Project:
    made = engine.new("iris")
    return made.model_copy(update={"training": made.training.edited(epochs=2)})


@pytest.fixture(scope="module")
def prepared(project: Project) -> Prepared:
    assert project.data is not None
    return prepare(load_dataset(project.data), project.data)


@pytest.fixture(scope="module")
def trained(project: Project, prepared: Prepared) -> Trained:
    for event in Trainer(project, prepared=prepared).run():
        last = event
    return last.trained


def hidden(project: Project) -> str:
    return project.design.node("dense_1").id


def test_first_weights_are_those_that_training_begins_with(
    project: Project, prepared: Prepared
) -> None:
    layer = hidden(project)
    ops = walk(project.design, prepared.facts.width).ops[layer]
    found = arrays_of(project, None, layer, ops)
    begun = Session(project, prepared, None).snapshot()
    for name in ("kernel", "bias"):
        np.testing.assert_array_equal(found[name], begun.weights[layer, name])
        assert not found[name].flags.writeable


def test_trained_weights_are_taken_as_they_are(
    project: Project, prepared: Prepared, trained: Trained
) -> None:
    layer = hidden(project)
    ops = walk(project.design, prepared.facts.width).ops[layer]
    assert arrays_of(project, trained, layer, ops)["kernel"] is trained.weights[layer, "kernel"]


def test_another_shape_begins_anew(project: Project, prepared: Prepared, trained: Trained) -> None:
    layer = hidden(project)
    wider = project.design.replace(layer, project.design.node(layer).layer.edited(units=31))
    ops = walk(wider, prepared.facts.width).ops[layer]
    assert arrays_of(project, trained, layer, ops)["kernel"].shape == (prepared.facts.width, 31)


def test_one_number_changes_and_all_else_stays(
    project: Project, prepared: Prepared, trained: Trained
) -> None:
    key = hidden(project), "kernel"
    changed = with_value(project, None, trained, key, (1, 2), 0.5)
    differs = changed.weights[key] != trained.weights[key]
    assert np.argwhere(differs).tolist() == [[1, 2]]
    assert changed.weights[key][1, 2] == 0.5
    assert not changed.weights[key].flags.writeable
    assert changed.slots is trained.slots
    assert changed.progress is trained.progress
    others = trained.weights.keys() - {key}
    assert all(changed.weights[each] is trained.weights[each] for each in others)


def test_untrained_weights_are_changed_from_where_training_would_begin(
    project: Project, prepared: Prepared
) -> None:
    key = hidden(project), "bias"
    changed = with_value(project, prepared, None, key, (0,), -1.25)
    begun = Session(project, prepared, None).snapshot()
    assert changed.weights[key][0] == -1.25
    np.testing.assert_array_equal(changed.weights[key][1:], begun.weights[key][1:])
    for event in Trainer(project, prepared=prepared, trained=changed).run():
        last = event
    assert last.trained.progress.epoch == 2


def test_weights_that_are_not_there_yet_need_the_rows(project: Project) -> None:
    with pytest.raises(TrainingError, match="the data is not loaded yet"):
        with_value(project, None, None, (hidden(project), "bias"), (0,), 1.0)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e39])
def test_a_weight_is_finite(project: Project, trained: Trained, value: float) -> None:
    with pytest.raises(TrainingError, match="cannot be a weight; write a finite number"):
        with_value(project, None, trained, (hidden(project), "bias"), (0,), value)
