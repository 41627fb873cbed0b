"""Every template is a sound project that learns its data; a table gets one that fits it."""

from pathlib import Path

import numpy as np
import pytest

from engine import Trainer, metrics, templates
from engine.data import Prepared, load_dataset, prepare
from engine.errors import DataError, GlassworkError
from engine.events import TrainingFinished
from engine.network import Network
from engine.problems import problems
from engine.project import Project

# What a few epochs are sure to reach; the full training reaches more.
ENOUGH = {
    "xor": 1.0,
    "moons": 0.95,
    "spiral": 0.95,
    "digits": 0.95,
    "iris": 0.85,
    "wine": 0.9,
    "breast_cancer": 0.92,
    "diabetes": 0.35,
}


def prepared_for(project: Project) -> Prepared:
    assert project.data is not None
    return prepare(load_dataset(project.data), project.data)


def score(project: Project, prepared: Prepared, end: TrainingFinished) -> float:
    """Accuracy or R² on the test rows; on the training rows where there are no others."""
    rows = prepared.rows.test if len(prepared.rows.test) else prepared.rows.train
    network = Network(project.design, prepared.facts.width, weights=end.trained.weights)
    outputs = network.predict(prepared.X[rows])
    found = metrics.evaluate(prepared.y[rows], outputs, prepared.facts, prepared.preprocessing)
    return found.get("accuracy", found.get("r2", 0.0))


@pytest.mark.parametrize("name", templates.TEMPLATES)
def test_a_template_is_sound_and_as_it_is_described(name: str) -> None:
    project, shown = templates.new(name), templates.TEMPLATES[name]
    facts = prepared_for(project).facts
    assert (facts.rows, facts.width, facts.task) == (shown.rows, shown.features, shown.task)
    assert [each for each in problems(project, facts) if each.severity == "error"] == []
    assert project.name == project.design.nodes[0].name == name
    assert [place.id for place in project.layout] == [node.id for node in project.design.nodes]
    assert Project.model_validate_json(project.model_dump_json()) == project


@pytest.mark.parametrize("name", templates.TEMPLATES)
def test_a_template_learns(name: str) -> None:
    project = templates.new(name)
    prepared = prepared_for(project)
    *_, end = Trainer(project, prepared=prepared).run()
    assert isinstance(end, TrainingFinished)
    assert score(project, prepared, end) >= ENOUGH[name]


def test_the_digits_are_read_well_whatever_the_seed() -> None:
    project = templates.new("digits")
    prepared = prepared_for(project)
    accuracies = []
    for seed in range(10):
        seeded = project.edited(training=project.training.edited(seed=seed))
        *_, end = Trainer(seeded, prepared=prepared).run()
        assert isinstance(end, TrainingFinished)
        accuracies.append(score(seeded, prepared, end))
    assert min(accuracies) >= 0.965
    assert np.mean(accuracies) >= 0.97


def test_an_unknown_template_names_the_known_ones() -> None:
    with pytest.raises(GlassworkError, match=r"no template 'nope'; choose xor, moons, .*diabetes"):
        templates.new("nope")


@pytest.mark.parametrize(
    ("target", "units", "activation"),
    [("two", 1, "sigmoid"), ("three", 3, "softmax"), ("value", 1, "linear")],
)
def test_a_table_gets_a_network_that_fits(
    target: str, units: int, activation: str, tmp_path: Path
) -> None:
    values = np.random.default_rng(0).normal(size=40).round(3)
    lines = [f"{n % 9},{'ab'[n % 2]},{'xyz'[n % 3]},{values[n]}" for n in range(40)]
    path = tmp_path / "own.csv"
    path.write_text("n,two,three,value\n" + "\n".join(lines))
    project, _ = templates.for_table(path, target)
    last = project.design.nodes[-1].layer.dump()
    assert (last["units"], last["activation"]["kind"]) == (units, activation)
    assert project.name == project.design.nodes[0].name == "own"
    assert problems(project, prepared_for(project).facts) == ()
    path.unlink()
    assert prepared_for(project).facts.rows == 40, "the project carries its own table"


def test_the_last_column_is_the_target_unless_another_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("a,b\n" + "\n".join(f"{n},{n % 2}" for n in range(20)))
    project, notes = templates.for_table(path)
    assert project.data is not None
    assert project.data.target == "b"
    assert any("last column" in note for note in notes)
    with pytest.raises(DataError, match="no column 'c'"):
        templates.for_table(path, "c")


@pytest.mark.parametrize("name", templates.built_in_sets())
def test_every_built_in_set_has_a_project_that_trains(name: str) -> None:
    project = templates.new(name)
    short = project.edited(training=project.training.edited(epochs=1))
    *_, end = Trainer(short).run()
    assert end.reason == "completed"
