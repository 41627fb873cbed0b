"""Activations, initialisers and penalties as Keras writes them, both ways, as tables.

What Keras can say and Glasswork cannot is refused where it changes a prediction, and otherwise
left out with a note.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import ValidationError

from engine import activations, initializers
from engine.files.wanted import Refused
from engine.kinds import Kind

Config = dict[str, Any]
K = TypeVar("K", bound=Kind)

KERAS_LEAKY_SLOPE = 0.2
ALIASES = {"swish": "silu"}
BY_NAME = frozenset(activations.Activation.family) - {"leaky_relu"}


@dataclass
class Reading:
    """One layer of a file while it is read: its name, its config, and notes for the person."""

    name: str
    config: Config
    notes: list[str] = field(default_factory=list)

    def get(self, key: str, default: Any = None) -> Any:
        """The option `key`, or `default` where it is not written."""
        return self.config.get(key, default)

    def refuse(self, reason: str) -> Refused:
        """The error that says `reason` of this layer."""
        return Refused(f"layer {self.name!r} {reason}")

    def require(self, key: str, *allowed: Any) -> None:
        """Refuses the layer where `key` is written and not one of `allowed`."""
        if key in self.config and self.config[key] not in allowed:
            raise self.refuse(f"has {key}={shortened(self.config[key])}, which is not supported")


def shortened(value: Any) -> str:
    """`value` as text of bounded length, for a message."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def made(kind: type[K], where: str, fields: Mapping[str, Any]) -> K:
    """A value of `kind`, or a refusal that names the field, its range and what was written."""
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        raise Refused(f"{where}: {in_words(kind, error)}") from None


def in_words(kind: type[Kind], error: ValidationError) -> str:
    """The first problem of a validation: "units must be a whole number, at least 1, not -3"."""
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][-1]) if first["loc"] else "value"
    given = shortened(first.get("input"))
    limits = _range(kind, name)
    if limits is None or len(first["loc"]) > 1 or first["type"] == "extra_forbidden":
        said = first["msg"].removeprefix("Value error, ").removeprefix("Input should ")
        return f"{name} must {said}, not {given}"
    return f"{name} must be {limits}, not {given}"


def _range(kind: type[Kind], name: str) -> str | None:
    info = kind.model_fields.get(name)
    if info is None or str(info.annotation) not in ("<class 'int'>", "<class 'float'>"):
        return None
    limits = {
        key: getattr(each, key)
        for each in info.metadata
        for key in ("ge", "gt", "le", "lt")
        if hasattr(each, key)
    }
    words = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    what = "a whole number" if info.annotation is int else "a number"
    said = " and ".join(f"{words[key]} {limit:,}" for key, limit in limits.items())
    return f"{what}, {said}"


def class_and_config(value: Any, what: str) -> tuple[str, Config]:
    """(class name, config) of a serialised Keras object. Refuses one of a foreign module."""
    if isinstance(value, str):
        return value, {}
    if not isinstance(value, dict) or not isinstance(value.get("class_name"), str):
        raise Refused(f"{what} is not described as Keras does: {shortened(value)}")
    require_keras(value, what)
    config = value.get("config")
    return value["class_name"], config if isinstance(config, dict) else {"name": config}


def require_keras(value: Config, what: str) -> None:
    """Refuses an object that comes from a module other than Keras's own."""
    module = value.get("module")
    top = str(module).partition(".")[0]
    if module is not None and top not in ("keras", "tf_keras", "builtins"):
        raise Refused(
            f"{what} comes from the module {shortened(module)}, which is not a part of Keras "
            "and is never imported"
        )
    registered = value.get("registered_name")
    if isinstance(registered, str) and ">" in registered and not registered.startswith("keras"):
        raise Refused(f"{what} is the custom class {shortened(registered)}, which is not supported")


# ── activations ─────────────────────────────────────────────────────────────────────────────


def activation_layer(function: activations.Activation) -> tuple[str, Config] | None:
    """(Keras layer, config) for an activation that Keras's names cannot express, else None."""
    if isinstance(function, activations.LeakyRelu):
        return "LeakyReLU", {"negative_slope": function.alpha}
    if isinstance(function, activations.Elu) and function.alpha != 1.0:
        return "ELU", {"alpha": function.alpha}
    return None


def activation_from(reading: Reading) -> activations.Activation:
    """The activation of a layer's config. Refuses one that is not known, listing those that are."""
    value = reading.get("activation")
    if value is None:
        return activations.Linear()
    name, config = class_and_config(value, f"the activation of layer {reading.name!r}")
    if name == "function":
        name = str(config.get("name"))
    name = ALIASES.get(name, name)
    if name == "leaky_relu":
        return activations.LeakyRelu(alpha=KERAS_LEAKY_SLOPE)
    if name not in BY_NAME:
        known = ", ".join(sorted({*BY_NAME, "leaky_relu"}))
        raise reading.refuse(f"has the activation {shortened(name)}; known are {known}")
    return activations.Activation.parse(name)


# ── initialisers ────────────────────────────────────────────────────────────────────────────

Make = Callable[[Config], Mapping[str, Any]]


def _plain(_: Config) -> Config:
    return {}


INITIALIZERS: dict[str, tuple[type[initializers.Initializer], Make, Make]] = {
    "Zeros": (initializers.Zeros, _plain, _plain),
    "Constant": (
        initializers.Constant,
        lambda fields: {"value": fields["value"]},
        lambda config: {"value": config.get("value", 0.0)},
    ),
    "RandomNormal": (
        initializers.RandomNormal,
        lambda fields: {"mean": fields["mean"], "stddev": fields["stddev"]},
        lambda config: {"mean": config.get("mean", 0.0), "stddev": config.get("stddev", 0.05)},
    ),
    "RandomUniform": (
        initializers.RandomUniform,
        lambda fields: {"minval": -fields["limit"], "maxval": fields["limit"]},
        lambda config: {"limit": config.get("maxval", 0.05)},
    ),
    "GlorotNormal": (initializers.GlorotNormal, _plain, _plain),
    "GlorotUniform": (initializers.GlorotUniform, _plain, _plain),
    "HeNormal": (initializers.HeNormal, _plain, _plain),
    "HeUniform": (initializers.HeUniform, _plain, _plain),
    "LecunNormal": (initializers.LecunNormal, _plain, _plain),
    "LecunUniform": (initializers.LecunUniform, _plain, _plain),
    "Orthogonal": (
        initializers.Orthogonal,
        lambda fields: {"gain": fields["gain"]},
        lambda config: {"gain": config.get("gain", 1.0)},
    ),
}


def initializer_config(initializer: initializers.Initializer) -> Config:
    """The initialiser as Keras writes it."""
    name, write = next(
        (name, write)
        for name, (kind, write, _) in INITIALIZERS.items()
        if type(initializer) is kind
    )
    return keras_object("initializers", name, dict(write(initializer.model_dump())))


def initializer_from(reading: Reading) -> initializers.Initializer:
    """The initialiser of a kernel; one that is not known leaves a note, since weights are kept."""
    value = reading.get("kernel_initializer")
    if value is None:
        return initializers.GlorotUniform()
    name, config = class_and_config(value, f"the initializer of layer {reading.name!r}")
    camel = "".join(part.capitalize() for part in name.split("_")) if name.islower() else name
    known = INITIALIZERS.get(camel)
    lopsided = camel == "RandomUniform" and config.get("minval", -0.05) != -config.get(
        "maxval", 0.05
    )
    if known is None or lopsided:
        reading.notes.append(
            f"{reading.name}: the initializer {shortened(name)} is not known here; "
            "new weights would begin as glorot uniform"
        )
        return initializers.GlorotUniform()
    return made(known[0], f"layer {reading.name!r}", known[2](config))


# ── penalties and limits ────────────────────────────────────────────────────────────────────


def penalty_config(l1: float, l2: float) -> Config | None:
    """`l1 Σ|W| + l2 ΣW²` as Keras writes it."""
    if not (l1 or l2):
        return None
    return keras_object("regularizers", "L1L2", {"l1": l1, "l2": l2})


def penalties_from(reading: Reading) -> dict[str, Any]:
    """`l1` and `l2` of a kernel; other penalties leave a note, since they change no prediction."""
    _note_others(reading, "bias_regularizer", "activity_regularizer")
    value = reading.get("kernel_regularizer")
    if value is None:
        return {}
    name, config = class_and_config(value, f"the regularizer of layer {reading.name!r}")
    if name not in ("L1", "L2", "L1L2"):
        reading.notes.append(f"{reading.name}: the regularizer {shortened(name)} was left out")
        return {}
    return {key: config[key] for key in ("l1", "l2") if key in config}


def limit_config(max_norm: float) -> Config | None:
    """The longest weight vector of a unit as Keras writes it."""
    if not max_norm:
        return None
    return keras_object("constraints", "MaxNorm", {"max_value": max_norm, "axis": 0})


def limit_from(reading: Reading) -> dict[str, Any]:
    """`max_norm` of a kernel; other constraints leave a note."""
    _note_others(reading, "bias_constraint")
    value = reading.get("kernel_constraint")
    if value is None:
        return {}
    name, config = class_and_config(value, f"the constraint of layer {reading.name!r}")
    if name != "MaxNorm" or config.get("axis", 0) not in (0, [0]):
        reading.notes.append(f"{reading.name}: the constraint {shortened(name)} was left out")
        return {}
    return {"max_norm": config.get("max_value", 2)}


def keras_object(module: str, name: str, config: Config) -> Config:
    """A serialised object of `keras.<module>`."""
    return {
        "module": f"keras.{module}",
        "class_name": name,
        "config": config,
        "registered_name": None,
    }


def _note_others(reading: Reading, *keys: str) -> None:
    for key in keys:
        if reading.get(key) is not None:
            reading.notes.append(f"{reading.name}: its {key.replace('_', ' ')} was left out")
