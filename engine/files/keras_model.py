"""A design as Keras writes a functional model: its layers in Keras's own order, and their weights.

Keras matches weights to layers by position. Its order is by depth (the longest path to the
output), deepest first; ties by the first visit of a walk from the output through each layer's
parents in their order.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine import layers
from engine.design import Design
from engine.errors import FileError
from engine.files.keras_layers import WRITERS
from engine.project import ArrayKey
from engine.shapes import Walk, walk

KERAS_VERSION = "3.15.1"
SUFFIXES = ("", "_activation")
RESERVED = frozenset({"top_level_model_weights"})


@dataclass(frozen=True)
class KerasLayer:
    """A layer as Keras writes it. `weights` are the keys of its arrays, in Keras's order."""

    name: str
    class_name: str
    config: dict[str, Any]
    parents: tuple[str, ...]
    weights: tuple[ArrayKey, ...] = ()

    def path(self, weight: str) -> str:
        """Where an array of this layer lies in the file."""
        return f"model_weights/{self.name}/{self.name}/{weight}"


@dataclass(frozen=True)
class KerasModel:
    """The layers in Keras's order; the first is the input, the last the output."""

    name: str
    layers: tuple[KerasLayer, ...]

    @property
    def paths(self) -> dict[ArrayKey, str]:
        """Where each array of the design lies in the file."""
        return {key: layer.path(key[1]) for layer in self.layers for key in layer.weights}

    def config(self) -> str:
        """The model's configuration as JSON text."""
        listed = [_entry(layer) for layer in self.layers]
        ends = {"input_layers": [self.layers[0].name, 0, 0]}
        ends |= {"output_layers": [self.layers[-1].name, 0, 0]}
        config = {"name": self.name, "trainable": True, "layers": listed} | ends
        return json.dumps({"class_name": "Functional", "config": config})


def keras_model(design: Design, width: int, name: str = "model") -> KerasModel:
    """`design` for Keras, with an input of `width`. Raises FileError where it is not sound."""
    walked = walk(design, width)
    for problem in walked.problems:
        if problem.severity == "error":
            raise FileError(f"this design is no Keras model yet: {problem.message}")
    parts = _parts(design, walked, width)
    return KerasModel(_safe(name) or "model", tuple(in_keras_order(parts)))


def _parts(design: Design, walked: Walk, width: int) -> list[KerasLayer]:
    """Keras layers in topological order; a layer that Keras needs two for becomes a chain."""
    taken = set(RESERVED)
    ends: dict[str, str] = {}
    parts: list[KerasLayer] = []
    for identifier in design.order:
        node = design.node(identifier)
        parents = tuple(ends[parent] for parent in design.parents(identifier))
        weights = tuple(
            (identifier, each.name) for op in walked.ops[identifier] for each in op.parameters
        )
        for suffix, (class_name, config) in zip(
            SUFFIXES, _written(node.layer, width), strict=False
        ):
            name = _free(node.name + suffix, taken)
            parts.append(KerasLayer(name, class_name, config, parents, weights))
            ends[identifier], parents, weights = name, (name,), ()
    return parts


def _written(layer: layers.Layer, width: int) -> Iterable[tuple[str, dict[str, Any]]]:
    if isinstance(layer, layers.Input):
        return (("InputLayer", {"batch_shape": [None, width]}),)
    return WRITERS[type(layer)](layer)


def _safe(name: str) -> str:
    """`name` with nothing that HDF5 paths or a backend's parameter names would trip over."""
    return re.sub(r"[^\w\- ]", "_", name).strip()


def _free(name: str, taken: set[str]) -> str:
    """A name of its own for Keras, kept in `taken`."""
    base, number = _safe(name) or "layer", 1
    found = base
    while found in taken:
        number += 1
        found = f"{base}_{number}"
    taken.add(found)
    return found


def in_keras_order(parts: list[KerasLayer]) -> list[KerasLayer]:
    """`parts`, topologically ordered and with one output, as Keras sorts them."""
    by_name = {part.name: part for part in parts}
    depth = dict.fromkeys(by_name, 0)
    for part in reversed(parts):
        for parent in part.parents:
            depth[parent] = max(depth[parent], depth[part.name] + 1)
    visit = _visits(by_name, depth)
    return sorted(parts, key=lambda part: (-depth[part.name], visit[part.name]))


def _visits(by_name: dict[str, KerasLayer], depth: dict[str, int]) -> dict[str, int]:
    """When a depth-first walk from the output, parents in their order, first enters each layer."""
    visit: dict[str, int] = {}
    waiting = [next(name for name in by_name if depth[name] == 0)]
    while waiting:
        name = waiting.pop()
        if name not in visit:
            visit[name] = len(visit)
            waiting.extend(reversed(by_name[name].parents))
    return visit


def _entry(layer: KerasLayer) -> dict[str, Any]:
    config = {"name": layer.name, "dtype": "float32"} | layer.config
    return {
        "class_name": layer.class_name,
        "name": layer.name,
        "config": config,
        "inbound_nodes": [[[parent, 0, 0, {}] for parent in layer.parents]]
        if layer.parents
        else [],
    }
