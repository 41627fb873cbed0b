"""One of every kind of layer, and random designs made of all of them."""

from collections.abc import Callable

import numpy as np

from engine import layers
from engine.activations import Activation
from engine.design import Design
from engine.layers import Layer

# Every kind of layer with options that make it do something; a new kind needs a line here.
LAYERS: dict[str, Callable[[], Layer]] = {
    "input": layers.Input,
    "dense": lambda: layers.Dense(5, activation="tanh", l2=0.01, l1=0.01),
    "activation": lambda: layers.Activation("silu"),
    "dropout": lambda: layers.Dropout(0.4),
    "gaussian_noise": lambda: layers.GaussianNoise(0.3),
    "batch_normalization": lambda: layers.BatchNormalization(momentum=0.8),
    "layer_normalization": layers.LayerNormalization,
    "add": layers.Add,
    "multiply": layers.Multiply,
    "average": layers.Average,
    "concatenate": layers.Concatenate,
}

WIDTH = 4
GROWING = tuple(name for name in LAYERS if name != "input")


def around(layer: Layer, outputs: int = 3, activation: str = "softmax") -> Design:
    """A design in which `layer` has trained layers before and behind it."""
    design = Design.chain(layers.Input(), layers.Dense(WIDTH, activation="tanh"))
    if layer.max_inputs == 1:
        design = design.add(layer, after=["dense_1"])
    else:
        for _ in range(2):
            design = design.add(layers.Dense(WIDTH), after=["dense_1"], splice=False)
        # Three inputs, of which one is the very tensor that feeds the other two.
        design = design.add(layer, after=["dense_2", "dense_3", "dense_1"])
    return design.add(
        layers.Dense(outputs, activation=activation, bias=False), after=[design.nodes[-1].id]
    )


def random_design(seed: int, functions: tuple[str, ...] = ("tanh", "gelu", "softplus")) -> Design:
    """A sound graph: every tensor has one width, any layer may feed any number of later ones."""
    draw = np.random.default_rng(seed)
    design = Design.chain(layers.Input(), layers.Dense(WIDTH, activation="sigmoid"))
    for _ in range(int(draw.integers(3, 9))):
        design = _grown(design, draw, functions)
    ends = list(design.outputs)
    if len(ends) > 1:
        design = design.add(layers.Concatenate(), after=ends)
        ends = [design.nodes[-1].id]
    return design.add(layers.Dense(3, activation="softmax"), after=ends)


def _grown(design: Design, draw: np.random.Generator, functions: tuple[str, ...]) -> Design:
    name = str(draw.choice([*GROWING, "alias"]))
    wide = layers.Input | layers.Concatenate
    names = [node.id for node in design.nodes if not isinstance(node.layer, wide)]
    if name in ("add", "multiply", "average", "concatenate"):
        count = min(len(names), int(draw.integers(2, 4)))
        after = [str(each) for each in draw.choice(names, count, replace=False)]
        if count < 2:
            return design
        grown = design.add(LAYERS[name](), after=after)
        # Back to the one width that all can share.
        return grown.add(layers.Dense(WIDTH), after=[grown.nodes[-1].id])
    layer = layers.Activation("linear") if name == "alias" else LAYERS[name]()
    if isinstance(layer, layers.Dense):
        layer = layer.edited(units=WIDTH, activation=str(draw.choice(functions)))
    return design.add(layer, after=[str(draw.choice(names))], splice=False)


def all_activations() -> list[str]:
    """Every kind of activation, by name."""
    return sorted(Activation.family)
