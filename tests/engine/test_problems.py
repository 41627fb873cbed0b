"""What keeps a project from training, or deserves a look: a table of all of them."""

import pytest

from engine.data.dataset import DataFacts
from engine.data.recipe import DataRecipe
from engine.design import Design
from engine.layers import Activation, Add, Dense, Dropout, Input
from engine.problems import needed_outputs, problems
from engine.project import Project, TrainingRecipe
from engine.shapes import Problem, walk
from tests.engine.helpers.rows import blobs, noisy_plane
from tests.engine.helpers.training import small

THREE = blobs().facts
TWO = blobs(classes=2).facts
NUMBER = noisy_plane().facts


def found(design: Design, facts: DataFacts | None, **recipe: object) -> list[Problem]:
    """All but that no data recipe is chosen."""
    project = Project(design=design, training=TrainingRecipe.model_validate(recipe))
    return [each for each in problems(project, facts) if each.where != "data"]


SOUND = [
    (small(), THREE, {}),
    (small(2), TWO, {}),
    (small(1, "sigmoid"), TWO, {}),
    (small(1, "linear"), NUMBER, {}),
    (small(3, "sigmoid"), THREE, {"loss": "binary_crossentropy"}),
    (small(), THREE, {"loss": "mean_squared_error"}),
    (Design.chain(Input(), Dense(3), Activation("softmax")), THREE, {}),
    (small().add(Dropout(), after=["dense_2"]), THREE, {}),
    (small(1, "sigmoid").add(Dropout(), after=["dense_2"]), TWO, {}),
    (small().add(Activation("linear"), after=["dense_2"]), THREE, {}),
]


@pytest.mark.parametrize(("design", "facts", "recipe"), SOUND)
def test_sound_projects_have_no_problems(
    design: Design, facts: DataFacts, recipe: dict[str, object]
) -> None:
    assert found(design, facts, **recipe) == []


MERGED = Design.chain(Input(), Dense(3, activation="relu")).add(
    Dense(3), after=["n1"], splice=False
)
UNSOUND = [
    (
        small(4),
        THREE,
        {},
        Problem(
            "error",
            "n3",
            "dense_2 gives 4 outputs, but the data has 3 classes",
            "Set its units to 3.",
        ),
    ),
    (
        small(1, "sigmoid"),
        THREE,
        {},
        Problem(
            "error",
            "n3",
            "dense_2 gives 1 output, but the data has 3 classes",
            "Set its units to 3.",
        ),
    ),
    (
        small(2, "linear"),
        NUMBER,
        {},
        Problem(
            "error",
            "n3",
            "dense_2 gives 2 outputs, but the data has 1 target",
            "Set its units to 1.",
        ),
    ),
    (
        small(3, "linear"),
        THREE,
        {},
        Problem(
            "error",
            "n3",
            "dense_2 gives plain numbers, but classes need probabilities",
            "Set its activation to softmax (or sigmoid).",
        ),
    ),
    (
        MERGED.add(Add(), after=["n2", "n3"]),
        THREE,
        {},
        Problem(
            "error",
            "n4",
            "add_1 gives plain numbers, but classes need probabilities",
            "Set its activation to softmax (or sigmoid).",
        ),
    ),
    (
        small(1, "linear"),
        NUMBER,
        {"loss": "categorical_crossentropy"},
        Problem(
            "error",
            "training",
            "Categorical cross-entropy is no loss for regression",
            "Choose Automatic as the loss.",
        ),
    ),
    (
        small(),
        THREE,
        {"loss": "huber"},
        Problem(
            "error",
            "training",
            "Huber is no loss for classification",
            "Choose Automatic as the loss.",
        ),
    ),
    (
        small(),
        THREE,
        {"loss": "binary_crossentropy"},
        Problem(
            "warning",
            "training",
            "Binary cross-entropy is meant for sigmoid as the last activation",
            "Choose Automatic as the loss.",
        ),
    ),
    (
        small(1, "sigmoid"),
        NUMBER,
        {},
        Problem(
            "warning",
            "n3",
            "dense_2 can only give values between 0 and 1, but the target has others",
            "Set its activation to linear.",
        ),
    ),
    (
        Design.chain(Input(), Activation("softmax")),
        blobs(width=3).facts,
        {},
        Problem("error", "n2", "there is nothing to train", "Add a Dense layer."),
    ),
    (
        Design.chain(Input(), Dense(4), Dense(3, activation="softmax")),
        THREE,
        {},
        Problem(
            "warning",
            "n2",
            "dense_1 has no activation: with dense_2 it is one linear layer",
            "Give it an activation.",
        ),
    ),
]


@pytest.mark.parametrize(("design", "facts", "recipe", "expected"), UNSOUND)
def test_what_is_wrong_is_said(
    design: Design, facts: DataFacts, recipe: dict[str, object], expected: Problem
) -> None:
    assert found(design, facts, **recipe) == [expected]


def test_no_data_is_a_problem_of_its_own() -> None:
    (problem,) = problems(Project(design=small()), THREE)
    assert problem == Problem("error", "data", "no data is chosen", "Choose a data set.")


def test_before_the_data_is_known_only_the_design_is_judged() -> None:
    assert found(small(99), None) == []
    (problem,) = found(Design(), None)
    assert problem.message == "the design is empty"


def test_errors_come_first() -> None:
    design = Design.chain(Input(), Dense(4), Dense(9, activation="softmax"))
    assert [each.severity for each in found(design, THREE)] == ["error", "warning"]


def test_a_broken_design_is_not_judged_by_its_output() -> None:
    design = small(99).add(Dense(2), after=["n1"], splice=False)
    assert [each.message for each in found(design, THREE)] == ["dense_3 leads nowhere"]


def test_a_walk_at_hand_is_used() -> None:
    project = Project(design=small(), data=None)
    assert problems(project, THREE, walk(project.design, 4)) == problems(project, THREE)


def test_outputs_that_the_data_needs() -> None:
    assert [needed_outputs(facts) for facts in (THREE, TWO, NUMBER)] == [3, 2, 1]


def test_a_chosen_data_set_is_no_problem() -> None:
    recipe = DataRecipe.model_validate({"source": "iris"})
    assert problems(Project(design=small(), data=recipe), THREE) == ()
