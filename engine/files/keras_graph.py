"""The layers and links of a Keras configuration, Sequential or functional, old or new notation.

Everything that is not one input, one output and plain known layers is refused by name.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.files.keras_layers import READERS
from engine.files.keras_values import require_keras, shortened
from engine.files.wanted import MAX_LAYERS, Refused

NESTED = ("Functional", "Sequential", "Model")
PRECISIONS = ("float32", "float64")


@dataclass(frozen=True)
class Entry:
    """One layer of the configuration, and the names of the layers that feed it, in order."""

    name: str
    class_name: str
    config: dict[str, Any]
    parents: tuple[str, ...]


def entries(model: dict[str, Any]) -> tuple[Entry, ...]:
    """The layers of a model's configuration. Raises Refused naming what cannot be opened."""
    kind, config = model.get("class_name"), model.get("config")
    if isinstance(config, list):
        config = {"layers": config}
    if not isinstance(config, dict) or not isinstance(config.get("layers"), list):
        raise Refused("its model_config does not list layers as Keras does")
    if len(config["layers"]) > MAX_LAYERS:
        raise Refused(f"it has {len(config['layers']):,} layers; at most {MAX_LAYERS:,} are opened")
    if kind == "Sequential":
        found = tuple(_sequential(config))
    elif kind in ("Functional", "Model"):
        found = tuple(_functional(each) for each in config["layers"])
    else:
        raise Refused(f"it holds a model of the class {shortened(kind)}, which is not supported")
    _require_sound(found)
    if kind != "Sequential":
        _require_ends(config, found)
    return found


def _sequential(config: dict[str, Any]) -> Iterator[Entry]:
    """A chain; where no InputLayer is written, the first layer or the model knows the shape."""
    before: tuple[str, ...] = ()
    for place, raw in enumerate(config["layers"]):
        entry = _entry(raw, before)
        if place == 0 and entry.class_name != "InputLayer":
            known = ("batch_shape", "batch_input_shape")
            shape = next((entry.config[key] for key in known if key in entry.config), None)
            shape = shape or config.get("build_input_shape")
            yield Entry("input", "InputLayer", {"batch_shape": shape}, ())
            entry = _entry(raw, ("input",))
        yield entry
        before = (entry.name,)


def _functional(raw: Any) -> Entry:
    entry = _entry(raw, ())
    calls = raw.get("inbound_nodes") or []
    if not isinstance(calls, list):
        raise Refused(f"layer {entry.name!r} is not described as Keras does")
    if len(calls) > 1:
        raise Refused(
            f"layer {entry.name!r} is shared (called {len(calls)} times), which is not supported"
        )
    parents = tuple(_parent(each, entry.name) for call in calls for each in _tensors(call, entry))
    return Entry(entry.name, entry.class_name, entry.config, parents)


def _entry(raw: Any, parents: tuple[str, ...]) -> Entry:
    config = raw.get("config") if isinstance(raw, dict) else None
    if not isinstance(config, dict):
        raise Refused(f"a layer is not described as Keras does: {shortened(raw)}")
    name, class_name = config.get("name", raw.get("name")), raw.get("class_name")
    if not isinstance(name, str) or not isinstance(class_name, str) or not name:
        raise Refused(f"a layer has no name or class: {shortened(raw)}")
    _require_known(name, class_name, raw)
    return Entry(name, class_name, config, parents)


def _require_known(name: str, class_name: str, raw: dict[str, Any]) -> None:
    if class_name == "Lambda":
        raise Refused(f"layer {name!r} is a Lambda layer: it contains code, which is never run")
    if class_name in NESTED:
        raise Refused(f"layer {name!r} is a nested model, which is not supported")
    require_keras(raw, f"layer {name!r}")
    if class_name not in READERS and class_name not in ("InputLayer", "Flatten"):
        raise Refused(f"layer {name!r} is a {class_name} layer, which is not supported")
    precision = raw["config"].get("dtype", "float32")
    if isinstance(precision, dict):
        precision = (precision.get("config") or {}).get("name")
    if precision not in PRECISIONS:
        raise Refused(f"layer {name!r} works in {shortened(precision)}, which is not supported")


# ── links ───────────────────────────────────────────────────────────────────────────────────


def _tensors(call: Any, entry: Entry) -> Iterator[Any]:
    """The inputs of a call: Keras 3's `{"args": …, "kwargs": …}`, or a list of them."""
    if isinstance(call, list):
        nested = bool(call) and isinstance(call[0], list)
        yield from call if nested else [call]
        return
    if not isinstance(call, dict):
        raise Refused(f"layer {entry.name!r} is not described as Keras does")
    for key, value in (call.get("kwargs") or {}).items():
        _require_plain_call(entry.name, key, value)
    for argument in call.get("args") or []:
        yield from argument if isinstance(argument, list) else [argument]


def _require_plain_call(name: str, key: str, value: Any) -> None:
    if value not in (None, False):
        raise Refused(
            f"layer {name!r} is called with {key}={shortened(value)}, which is not supported"
        )


def _parent(tensor: Any, name: str) -> str:
    """The layer that a tensor comes from; only the first output of its first call will do."""
    if isinstance(tensor, dict):
        config = tensor.get("config")
        tensor = config.get("keras_history") if isinstance(config, dict) else None
    if not isinstance(tensor, list) or len(tensor) < 3 or not isinstance(tensor[0], str):
        raise Refused(f"layer {name!r} has an input that is not described as Keras does")
    if tensor[1:3] != [0, 0]:
        raise Refused(f"layer {tensor[0]!r} is shared or has several outputs: not supported")
    for key, value in (
        tensor[3] if len(tensor) > 3 and isinstance(tensor[3], dict) else {}
    ).items():
        _require_plain_call(name, key, value)
    return tensor[0]


def _require_ends(config: dict[str, Any], found: tuple[Entry, ...]) -> None:
    """One output, and it is the one layer that feeds no other."""
    names = _end_names(config.get("output_layers"))
    if len(names) != 1:
        raise Refused(f"it has {len(names)} outputs; a design has one")
    fed = {parent for entry in found for parent in entry.parents}
    for entry in found:
        if entry.name not in fed and entry.name != names[0]:
            raise Refused(f"layer {entry.name!r} leads nowhere; a design has one output")


def _end_names(ends: Any) -> list[str]:
    if isinstance(ends, list) and ends and isinstance(ends[0], str):
        ends = [ends]
    if not isinstance(ends, list) or not all(isinstance(each, list) and each for each in ends):
        raise Refused("its output_layers are not listed as Keras does")
    return [str(each[0]) for each in ends]


def _require_sound(found: tuple[Entry, ...]) -> None:
    known = Counter(entry.name for entry in found)
    for name, count in known.items():
        if count > 1:
            raise Refused(f"{count} layers are named {name!r}; names must differ")
    for entry in found:
        for parent in entry.parents:
            if parent not in known:
                raise Refused(f"layer {entry.name!r} is fed by {parent!r}, which does not exist")
    inputs = [entry for entry in found if entry.class_name == "InputLayer"]
    if len(inputs) != 1:
        raise Refused(f"it has {len(inputs)} inputs; a design has one")
