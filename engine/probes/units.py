"""Units that have stopped to answer: relu that is always 0, sigmoid and tanh always at an end."""

from collections.abc import Mapping

import numpy as np

from engine.ops import Op, Relu, Sigmoid, Tanh
from engine.probes.forward import held_back, layer_outputs
from engine.probes.scene import Scene

NEAR = 0.02  # of the range of sigmoid or tanh, at either end, where their slope is almost 0
MOSTLY = 0.98  # of the rows at an end: the unit is saturated
KINDS: Mapping[type[Op], str] = {Relu: "relu", Sigmoid: "sigmoid", Tanh: "tanh"}


def units(scene: Scene, _: str) -> Mapping[str, np.ndarray]:
    """`layers` are the ids of hidden layers that end in relu, sigmoid or tanh, `kinds` in which;
    `idle` how many of their `widths` units are dead or saturated, and under `idle <id>` which.
    """
    if scene.prepared is None:
        return {}
    kinds = _kinds(scene)
    rows = held_back(scene.prepared)
    ends = {layer: np.zeros(_width(scene, layer), np.int64) for layer in kinds}
    for outputs in layer_outputs(scene, rows):
        for layer, kind in kinds.items():
            ends[layer] += np.count_nonzero(_at_an_end(outputs[layer], kind), axis=1)
    idle = {
        layer: np.flatnonzero(found >= (1.0 if kinds[layer] == "relu" else MOSTLY) * len(rows))
        for layer, found in ends.items()
    }
    return {
        "layers": np.array(list(kinds), str),
        "kinds": np.array(list(kinds.values()), str),
        "widths": np.array([len(each) for each in ends.values()], int),
        "idle": np.array([len(each) for each in idle.values()], int),
        **{f"idle {layer}": each for layer, each in idle.items()},
    }


def _kinds(scene: Scene) -> dict[str, str]:
    network = scene.network
    writers = {step.output: step.op for step in network.steps}
    found: dict[str, str] = {}
    for layer, tensor in network.tensor_of.items():
        op = writers.get(tensor)
        if op is not None and type(op) in KINDS and layer not in network.design.outputs:
            found[layer] = KINDS[type(op)]
    return found


def _width(scene: Scene, layer: str) -> int:
    return scene.network.widths[scene.network.tensor_of[layer]]


def _at_an_end(values: np.ndarray, kind: str) -> np.ndarray:
    if kind == "relu":
        return values <= 0
    if kind == "sigmoid":
        return (values < NEAR) | (values > 1 - NEAR)
    return np.abs(values) > 1 - 2 * NEAR
