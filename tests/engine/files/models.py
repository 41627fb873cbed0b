"""Projects, trainings and random designs that the tests of files share."""

import numpy as np

from engine import initializers, layers
from engine.activations import Activation
from engine.data.dataset import DataFacts
from engine.data.fitted import CategoryColumn, NumberColumn, Target
from engine.data.preprocessing import Preprocessing
from engine.design import Design
from engine.errors import DesignError
from engine.network import Network
from engine.project import Arrays, EpochRecord, Position, Progress, Project, Trained
from engine.shapes import walk

WIDTH = 5
CLASSES = ("blue", "green", "réd")


def small_design() -> Design:
    """A chain with every kind of stored array."""
    return Design.chain(
        layers.Input(),
        layers.Dense(units=6, activation="leaky_relu"),
        layers.BatchNormalization(),
        layers.Dropout(),
        layers.LayerNormalization(),
        layers.Dense(units=3, activation="softmax"),
    )


def facts(width: int = WIDTH) -> DataFacts:
    """Facts about data of `width` prepared columns and three classes."""
    names = tuple(f"x{place}" for place in range(1, width + 1))
    return DataFacts("colours", 10, width, "classification", CLASSES, 1, "colour", names)


def preprocessing() -> Preprocessing:
    """Three numbers and a category of two: five prepared columns."""
    numbers = tuple(NumberColumn(f"x{place}", 0.1, 1 / 3, 0.7) for place in range(3))
    return Preprocessing(
        (*numbers, CategoryColumn("shape", ("round", "square"))), Target("colour", CLASSES)
    )


def settled(design: Design, width: int = WIDTH, seed: int = 0) -> Arrays:
    """Weights as after a training: no array is left at a plain beginning."""
    draw = np.random.default_rng(seed)
    arrays = {}
    for key, array in Network(design, width, seed=seed).arrays().items():
        noise = draw.uniform(0.05, 0.3, array.shape).astype(np.float32)
        arrays[key] = array + noise
    return arrays


def trained_of(design: Design, seed: int = 0) -> Trained:
    """Everything that a training leaves, each part with values of its own."""
    weights = settled(design, seed=seed)
    return Trained(
        weights=weights,
        slots={
            "momentum": {key: array * 2 for key, array in weights.items()},
            "velocity": {key: array * 3 for key, array in weights.items() if key[1] == "kernel"},
        },
        best={key: array - 1 for key, array in weights.items()},
        progress=Progress(
            epoch=3,
            step=17,
            learning_rate=0.1 + 0.2,
            sums=(1 / 3, 2.0),
            random={"n4": {"state": {"state": 2**127 + 1, "inc": 2**64 + 3}, "has_uint32": 0}},
            best=0.25,
            plateau=(0.5, None, 2),
        ),
        history=(
            EpochRecord(1, {"loss": 1 / 3}, {}, 0.1, 0.25, 7),
            EpochRecord(2, {"loss": 0.2, "accuracy": 0.5}, {"loss": 0.3}, 0.1, 0.5, 7),
        ),
        preprocessing=preprocessing(),
        facts=facts(),
        seed=seed,
    )


def small_project() -> Project:
    """A named project with positions."""
    design = small_design()
    layout = tuple(Position(id=node.id, x=1.5 * i, y=-2.0) for i, node in enumerate(design.nodes))
    return Project(name="colours", design=design, layout=layout)


# ── random designs ──────────────────────────────────────────────────────────────────────────


def random_design(seed: int) -> tuple[Design, int]:
    """A sound design of any shape, with branches and merges, and the width of its input."""
    draw = np.random.default_rng(seed)
    width = int(draw.integers(1, 7))
    design = Design.chain(layers.Input())
    for _ in range(int(draw.integers(1, 14))):
        design = _grown(design, width, draw)
    return _joined(design, width, draw), width


def _grown(design: Design, width: int, draw: np.random.Generator) -> Design:
    layer = _random_layer(draw)
    names = [node.name for node in design.nodes]
    count = 1 if layer.max_inputs == 1 else min(len(names), int(draw.integers(2, 4)))
    after = [str(name) for name in draw.choice(names, count, replace=False)]
    try:
        grown = design.add(layer, after=after, splice=False)
    except DesignError:
        return design
    found = walk(grown, width)
    fits = grown.nodes[-1].id in found.widths and max(found.widths.values()) < 200
    return grown if fits else design


def _joined(design: Design, width: int, draw: np.random.Generator) -> Design:
    """Every loose end brought together, and a last Dense layer."""
    ends = [str(end) for end in draw.permutation(design.outputs)]
    if len(ends) > 1:
        design = design.add(layers.Concatenate(), after=ends)
        ends = [design.nodes[-1].id]
    function = draw.choice(["softmax", "sigmoid", "linear"])
    return design.add(layers.Dense(units=3, activation=str(function)), after=ends)


def _random_layer(draw: np.random.Generator) -> layers.Layer:
    functions = sorted(Activation.family)
    function = Activation.parse(str(draw.choice(functions)))
    if "alpha" in type(function).model_fields:
        function = function.edited(alpha=round(float(draw.uniform(0.05, 0.9)), 3))
    choices: list[layers.Layer] = [
        layers.Dense(units=int(draw.integers(1, 7)), activation=function),
        layers.Dense(units=4, activation=function, bias=False, l1=0.1, max_norm=2.0),
        layers.Dense(units=4, initializer=initializers.Orthogonal(), l2=0.01),
        layers.Activation(function=function),
        layers.Dropout(rate=0.3),
        layers.GaussianNoise(stddev=0.2),
        layers.BatchNormalization(epsilon=0.01, momentum=0.9),
        layers.LayerNormalization(epsilon=0.01),
        layers.Add(),
        layers.Multiply(),
        layers.Average(),
        layers.Concatenate(),
    ]
    return choices[int(draw.integers(len(choices)))]
