"""Real runs on a few rows, and documents, that the tests of the runner and the panels share."""

from dataclasses import dataclass

import numpy as np

from engine import layers
from engine.control import Control, Wanted
from engine.data.dataset import DataFacts, Dataset, Prepared, Rows, Table
from engine.data.fitted import NumberColumn, Target
from engine.data.preprocessing import Preprocessing
from engine.design import Design
from engine.events import Event, Measured, TrainingFinished
from engine.project import Project, TrainingRecipe
from engine.trainer import Trainer

ROWS, WIDTH, CLASSES = 60, 4, ("ant", "bee", "cat")


def classification(held_back: int = 15) -> Prepared:
    """Three classes of 2 x 2 images; the first `held_back` rows are for validation."""
    draw = np.random.default_rng(0)
    X = draw.normal(size=(ROWS, WIDTH)).astype(np.float32)
    y = np.argmax(X[:, :3], axis=1).astype(np.int64)
    return _prepared(X, y, Target("species", CLASSES), CLASSES, held_back)


def regression(held_back: int = 15) -> Prepared:
    """Prices around 200, standardised as `Preprocessing` does."""
    draw = np.random.default_rng(1)
    X = draw.normal(size=(ROWS, WIDTH)).astype(np.float32)
    y = (X @ np.array([[0.5], [-0.4], [0.3], [0.2]], np.float32)).astype(np.float32)
    target = Target("price", (), mean=(200.0,), scale=(40.0,))
    return _prepared(X, y, target, (), held_back)


def project(prepared: Prepared, epochs: int = 3, units: int = 5, **training: object) -> Project:
    """Input, Dense relu, and an output that fits the data."""
    classes = len(prepared.facts.classes)
    output = layers.Dense(classes, activation="softmax") if classes else layers.Dense(1)
    design = Design.chain(layers.Input(), layers.Dense(units, activation="relu"), output)
    recipe = TrainingRecipe(epochs=epochs, batch_size=16, **training)
    return Project(name="little", design=design, training=recipe)


@dataclass(frozen=True)
class Run:
    """A finished training: what it was of, and everything it said, measurements included."""

    project: Project
    prepared: Prepared
    events: tuple[Event, ...]

    @property
    def facts(self) -> DataFacts:
        return self.prepared.facts

    @property
    def finished(self) -> TrainingFinished:
        last = self.events[-1]
        assert isinstance(last, TrainingFinished)
        return last

    def newest(self, name: str, layer: str = "") -> Measured:
        """The last measurement of that name."""
        found = [e for e in self.events if isinstance(e, Measured) and e.name == name]
        return next(each for each in reversed(found) if each.layer == layer)


def run(prepared: Prepared, epochs: int = 3, **training: object) -> Run:
    """Trains to the end, measuring everything every time."""
    made = project(prepared, epochs, **training)
    wanted = {Wanted("judgement"), Wanted("scores")}
    wanted |= {Wanted("weights", node.id) for node in made.design.nodes}
    control = Control(frozenset(wanted), every_time=True)
    events = tuple(Trainer(made, prepared=prepared, control=control).run())
    return Run(made, prepared, events)


def _prepared(
    X: np.ndarray, y: np.ndarray, target: Target, classes: tuple[str, ...], held_back: int
) -> Prepared:
    names = tuple(f"x{place}" for place in range(WIDTH))
    places = np.arange(ROWS)
    rows = Rows(places[held_back:], places[:held_back], places[:0])
    facts = DataFacts(
        name="little",
        rows=ROWS,
        width=WIDTH,
        task="classification" if classes else "regression",
        classes=classes,
        targets=1,
        target_name=target.name,
        feature_names=names,
        image_shape=(2, 2),
        split=(ROWS - held_back, held_back, 0),
    )
    numbers = tuple(NumberColumn(name, 0.0, 0.0, 1.0) for name in names)
    table = Table(names, tuple(X.astype(float).T))
    dataset = Dataset("little", table, y, target.name)
    return Prepared(X, y, rows, facts, Preprocessing(numbers, target), dataset)
