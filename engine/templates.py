"""Projects to start from: the built-in templates, and one that fits a table of one's own."""

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from engine.activations import Relu, Sigmoid, Softmax
from engine.data import (
    DataFacts,
    DataRecipe,
    Source,
    Task,
    load_dataset,
    outlined,
    prepare,
    recipe_for_file,
    suited,
)
from engine.data.streaming.store import Progress, untold
from engine.design import Design
from engine.errors import DataError, GlassworkError
from engine.initializers import HeNormal
from engine.layers import Dense, Input
from engine.project import EarlyStopping, Position, Project, TrainingRecipe

CARD_WIDTH, GAP = 184, 80


@dataclass(frozen=True)
class Template:
    """What a gallery shows of a project; `accent` is the token of its colour."""

    name: str
    title: str
    tip: str
    rows: int
    features: int
    task: Task
    accent: str


TEMPLATES = {
    template.name: template
    for template in (
        Template(
            "xor",
            "XOR",
            "The smallest problem that needs a hidden layer",
            4,
            2,
            "classification",
            "core",
        ),
        Template(
            "moons",
            "Two moons",
            "Two half circles that reach into each other",
            500,
            2,
            "classification",
            "activation",
        ),
        Template(
            "spiral",
            "Spiral",
            "Two arms wound around each other",
            600,
            2,
            "classification",
            "regularise",
        ),
        Template(
            "digits",
            "Handwritten digits",
            "Images of 8 × 8 pixels, ten classes",
            1797,
            64,
            "classification",
            "core",
        ),
        Template(
            "iris",
            "Iris",
            "Flowers of three species by four measurements",
            150,
            4,
            "classification",
            "norm",
        ),
        Template(
            "wine",
            "Wine",
            "Wines of three growers by their chemistry",
            178,
            13,
            "classification",
            "merge",
        ),
        Template(
            "breast_cancer",
            "Breast cancer",
            "Tumours, benign or malignant",
            569,
            30,
            "classification",
            "activation",
        ),
        Template(
            "diabetes",
            "Diabetes",
            "The course of a disease within a year, a number",
            442,
            10,
            "regression",
            "norm",
        ),
    )
}


def new(name: str) -> Project:
    """The project of the template `name`, or one that fits the built-in data set of that name.

    Raises GlassworkError naming the valid ones.
    """
    if name in built_in_sets() and name not in TEMPLATES:
        recipe = DataRecipe(source=Source.parse(name))
        return fitting(name, recipe, prepare(load_dataset(recipe), recipe).facts)
    if name not in TEMPLATES:
        known = ", ".join(dict.fromkeys((*TEMPLATES, *built_in_sets())))
        raise GlassworkError(f"there is no template {name!r}; choose {known}")
    text = files("resources").joinpath("templates", f"{name}.json").read_text("utf-8")
    return Project.model_validate(json.loads(text))


def built_in_sets() -> tuple[str, ...]:
    """The names of the data sets that come with the program."""
    return tuple(kind.kind for kind in Source.members() if kind.built_in)


def for_table(path: Path | str, target: str | None = None) -> tuple[Project, tuple[str, ...]]:
    """A project that fits the table at `path`, and notes on how the table was read.

    The target is the last column unless named. Raises DataError where the table cannot be used.
    """
    return for_data(recipe_for_file(path, target or ""))


def for_data(recipe: DataRecipe, progress: Progress = untold) -> tuple[Project, tuple[str, ...]]:
    """A project that fits the rows of a recipe, and notes on how they were read.

    Raises DataError where they cannot be used.
    """
    dataset = load_dataset(recipe, None, progress)
    recipe = suited(recipe, dataset)
    facts = outlined(dataset, recipe)
    return fitting(dataset.name, recipe.edited(target=facts.target_name), facts), facts.notes


def fitting(name: str, recipe: DataRecipe, facts: DataFacts) -> Project:
    """A project with one hidden layer and an output that fits the data."""
    if not facts.width:
        raise DataError(f"{name} has no column to learn from")
    hidden = Dense(units=32, activation=Relu(), initializer=HeNormal())
    design = Design().add(Input(), name=name.replace("/", "-").strip()[:80] or "input")
    for layer in (hidden, output_for(facts)):
        design = design.add(layer, after=[design.nodes[-1].id])
    stopping = EarlyStopping(patience=20 if facts.split[1] else 0)
    return Project(
        name=name,
        design=design,
        layout=in_a_row(design),
        data=recipe,
        training=TrainingRecipe(early_stopping=stopping),
    )


def output_for(facts: DataFacts) -> Dense:
    """Softmax for several classes, a sigmoid for two or for each label, plain units for numbers."""
    classes = len(facts.classes)
    if facts.task == "multilabel":
        return Dense(units=classes, activation=Sigmoid())
    if classes > 2:
        return Dense(units=classes, activation=Softmax())
    return Dense(units=1, activation=Sigmoid()) if classes else Dense(units=facts.targets)


def in_a_row(design: Design) -> tuple[Position, ...]:
    """The cards of a chain from left to right."""
    step = CARD_WIDTH + GAP
    return tuple(
        Position(id=node.id, x=float(place * step), y=0.0)
        for place, node in enumerate(design.nodes)
    )
