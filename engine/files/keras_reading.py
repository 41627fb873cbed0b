"""A file that Keras saved, opened as a design with its weights."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine import layers
from engine.design import Design, Link, Node
from engine.errors import DesignError
from engine.files.bounds import require_bounded
from engine.files.json_text import parsed
from engine.files.keras_graph import Entry, entries
from engine.files.keras_layers import READERS
from engine.files.keras_model import KerasLayer, in_keras_order
from engine.files.keras_values import Reading
from engine.files.sandbox import Reads
from engine.files.wanted import Refused, Wanted
from engine.project import ArrayKey
from engine.shapes import walk

FILLED = {"gamma": 1.0, "beta": 0.0}
SWITCHES = {"gamma": "scale", "beta": "center"}


@dataclass(frozen=True)
class KerasDesign:
    """A design read from Keras's configuration.

    `parts` are its layers in Keras's order, with the keys of the arrays that the file holds;
    `absent` are the arrays that Keras was told to do without, with their shapes.
    """

    design: Design
    width: int
    image_shape: tuple[int, int] | None
    parts: tuple[KerasLayer, ...]
    absent: dict[ArrayKey, tuple[int, ...]]
    notes: tuple[str, ...]


def design_from(text: str) -> KerasDesign:
    """The design in a `model_config`. Raises Refused in words for whatever cannot be opened."""
    listed = entries(parsed(text, "its model_config"))
    source = next(entry for entry in listed if entry.class_name == "InputLayer")
    shape = _input_shape(source)
    kept = _without_flatten(listed, source, flat=len(shape) == 1)
    notes: list[str] = []
    design = _design(kept, notes)
    width = math.prod(shape)
    parts, absent = _parts(design, kept, width)
    return KerasDesign(design, width, _image(shape), parts, absent, tuple(notes))


def weights_from(file: Reads, read: KerasDesign) -> dict[ArrayKey, np.ndarray]:
    """The arrays of the file, matched to layers by position as Keras matches them, as float32."""
    wanted = _wanted(file, read)
    found = {
        key: array.astype(np.float32)
        for key, array in zip(wanted, file.arrays(list(wanted.values())), strict=True)
    }
    for key, shape in read.absent.items():
        found[key] = np.full(shape, FILLED[key[1]], np.float32)
    return found


# ── the graph ───────────────────────────────────────────────────────────────────────────────


def _input_shape(source: Entry) -> tuple[int, ...]:
    """The shape of one row."""
    shape: Any = source.config.get("batch_shape", source.config.get("batch_input_shape"))
    sizes = shape[1:] if isinstance(shape, list) else []
    if not sizes or not all(type(size) is int and 0 < size <= 2**24 for size in sizes):
        raise Refused(f"the input {source.name!r} has no fixed shape: batch_shape is {shape!r:.60}")
    if math.prod(sizes) > 2**24:
        raise Refused(f"the input {source.name!r} is too large: {math.prod(sizes):,} values a row")
    return tuple(sizes)


def _image(shape: tuple[int, ...]) -> tuple[int, int] | None:
    """Height and width where rows are images of one channel."""
    grey = len(shape) == 2 or (len(shape) == 3 and shape[2] == 1)
    return (shape[0], shape[1]) if grey else None


def _without_flatten(listed: tuple[Entry, ...], source: Entry, flat: bool) -> list[Entry]:
    """The layers with every Flatten right after the input folded into it."""
    folded = {
        entry.name
        for entry in listed
        if entry.class_name == "Flatten" and entry.parents == (source.name,)
    }
    kept = []
    for entry in listed:
        if entry.name in folded:
            continue
        if entry.class_name == "Flatten":
            raise Refused(
                f"layer {entry.name!r} is a Flatten layer, supported only right after the input"
            )
        if source.name in entry.parents and not flat:
            raise Refused(
                f"layer {entry.name!r} takes rows of several dimensions: only a Flatten layer "
                "right after the input is supported"
            )
        parents = tuple(source.name if name in folded else name for name in entry.parents)
        kept.append(Entry(entry.name, entry.class_name, entry.config, parents))
    return kept


def _design(kept: list[Entry], notes: list[str]) -> Design:
    ids = {entry.name: f"n{number}" for number, entry in enumerate(kept, 1)}
    names = _names(kept)
    nodes = tuple(
        Node(id=ids[entry.name], name=names[entry.name], layer=_layer(entry, notes))
        for entry in kept
    )
    links = tuple(
        Link(source=ids[parent], target=ids[entry.name])
        for entry in kept
        for parent in entry.parents
    )
    plain = Design(nodes=nodes, links=links, next_id=len(nodes) + 1)
    try:
        return Design.from_plain(plain.model_dump(mode="json"))
    except DesignError as error:
        raise Refused(str(error)) from None


def _names(kept: list[Entry]) -> dict[str, str]:
    """Names that a design takes: short, without "/" or spaces at the ends, each its own."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for entry in kept:
        base = entry.name.replace("/", "_").strip()[:70] or "layer"
        name, number = base, 1
        while name in taken:
            number += 1
            name = f"{base}_{number}"
        taken.add(name)
        names[entry.name] = name
    return names


def _layer(entry: Entry, notes: list[str]) -> layers.Layer:
    if entry.class_name == "InputLayer":
        return layers.Input()
    reading = Reading(entry.name, entry.config)
    layer = READERS[entry.class_name](reading)
    notes.extend(reading.notes)
    _require_inputs(entry, layer)
    return layer


def _require_inputs(entry: Entry, layer: layers.Layer) -> None:
    count = len(entry.parents)
    if len(set(entry.parents)) < count:
        raise Refused(f"layer {entry.name!r} takes the same input twice, which is not supported")
    if count < layer.min_inputs or (layer.max_inputs is not None and count > layer.max_inputs):
        raise Refused(
            f"layer {entry.name!r} has {count} inputs: too few or too many for {layer.label}"
        )


# ── weights ─────────────────────────────────────────────────────────────────────────────────


def _parts(
    design: Design, kept: list[Entry], width: int
) -> tuple[tuple[KerasLayer, ...], dict[ArrayKey, tuple[int, ...]]]:
    """The layers in Keras's order with the keys of their arrays, and the arrays left out."""
    walked = walk(design, width)
    errors = [each.message for each in walked.problems if each.severity == "error"]
    if errors:
        raise Refused(errors[0])
    require_bounded(walked)
    by_id = {f"n{number}": entry for number, entry in enumerate(kept, 1)}
    parts: list[KerasLayer] = []
    absent: dict[ArrayKey, tuple[int, ...]] = {}
    for identifier in design.order:
        entry = by_id[identifier]
        keys: list[ArrayKey] = []
        for each in (each for op in walked.ops[identifier] for each in op.parameters):
            if entry.config.get(SWITCHES.get(each.name, "")) is False:
                absent[identifier, each.name] = each.shape
            else:
                keys.append((identifier, each.name))
        part = KerasLayer(entry.name, entry.class_name, {}, entry.parents, tuple(keys))
        parts.append(part)
    return tuple(in_keras_order(parts)), absent


def _wanted(file: Reads, read: KerasDesign) -> dict[ArrayKey, Wanted]:
    """Where each array lies: the file's n-th layer with weights is Keras's n-th."""
    groups = _weighted_groups(file)
    parts = [part for part in read.parts if part.weights]
    if len(groups) != len(parts):
        raise Refused(
            f"its model has {len(parts)} layers with weights and /model_weights holds "
            f"{len(groups)}: one is missing"
        )
    shapes = _shapes(read)
    wanted: dict[ArrayKey, Wanted] = {}
    for part, (group, names) in zip(parts, groups, strict=True):
        if len(names) != len(part.weights):
            raise Refused(
                f"layer {part.name!r} has {len(part.weights)} weights and /model_weights/{group} "
                f"names {len(names)}: one is missing"
            )
        for key, name in zip(part.weights, names, strict=True):
            path = f"model_weights/{group}/{name}"
            wanted[key] = Wanted(path, f"{part.name} {key[1]}", shapes[key])
    return wanted


def _shapes(read: KerasDesign) -> dict[ArrayKey, tuple[int, ...]]:
    ops = walk(read.design, read.width).ops
    return {
        (key, each.name): each.shape for key in ops for op in ops[key] for each in op.parameters
    }


def _weighted_groups(file: Reads) -> list[tuple[str, list[str]]]:
    """(layer group, weight names) in the file's order, layers without weights left out."""
    (listed,) = file.attributes([("model_weights", "layer_names")])
    if not isinstance(listed, list):
        raise Refused("it lists no weights: /model_weights is missing, or its layer_names are")
    names = file.attributes([(f"model_weights/{group}", "weight_names") for group in listed])
    groups: list[tuple[str, list[str]]] = []
    for group, found in zip(listed, names, strict=True):
        if not isinstance(found, list):
            raise Refused(f"it lists no weights at /model_weights/{group}: weight_names is missing")
        if found:
            groups.append((group, found))
    return groups
