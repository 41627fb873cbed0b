"""The one table of how each layer is written in Keras's format, and read from it.

A new layer is a row here. Weights need no entry: the ops' parameters come in Keras's own order
(kernel, bias; gamma, beta, moving mean, moving variance).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine import activations, layers
from engine.files.keras_values import (
    Config,
    Reading,
    activation_from,
    activation_layer,
    initializer_config,
    initializer_from,
    limit_config,
    limit_from,
    made,
    penalties_from,
    penalty_config,
)

Part = tuple[str, Config]
LAST_AXIS = (-1, 1, [-1], [1])


@dataclass(frozen=True)
class Row:
    """`to_keras` gives one or more Keras layers in a chain, the first of which has the weights.

    `from_keras` maps each Keras class that becomes this layer to its reading.
    """

    layer: type[layers.Layer]
    to_keras: Callable[[Any], tuple[Part, ...]]
    from_keras: dict[str, Callable[[Reading], layers.Layer]]


# ── dense and activations ───────────────────────────────────────────────────────────────────


def _dense_to(layer: layers.Dense) -> tuple[Part, ...]:
    apart = activation_layer(layer.activation)
    config: Config = {
        "units": layer.units,
        "activation": "linear" if apart else layer.activation.kind,
        "use_bias": layer.bias,
        "kernel_initializer": initializer_config(layer.initializer),
        "kernel_regularizer": penalty_config(layer.l1, layer.l2),
        "kernel_constraint": limit_config(layer.max_norm),
    }
    return (("Dense", config),) if apart is None else (("Dense", config), apart)


def _dense_from(reading: Reading) -> layers.Dense:
    reading.require("quantization_config", None)
    reading.require("lora_rank", None)
    fields = {
        "units": reading.get("units"),
        "activation": activation_from(reading),
        "bias": reading.get("use_bias", True),
        "initializer": initializer_from(reading),
    }
    fields |= penalties_from(reading) | limit_from(reading)
    return made(layers.Dense, f"layer {reading.name!r}", fields)


def _activation_to(layer: layers.Activation) -> tuple[Part, ...]:
    apart = activation_layer(layer.function)
    return (apart or ("Activation", {"activation": layer.function.kind}),)


def _activation_from(reading: Reading) -> layers.Activation:
    return layers.Activation(function=activation_from(reading))


def _relu_from(reading: Reading) -> layers.Activation:
    reading.require("max_value", None)
    reading.require("threshold", 0, None)
    slope = reading.get("negative_slope")
    return layers.Activation(function=_leaky(reading, slope) if slope else activations.Relu())


def _leaky_relu_from(reading: Reading) -> layers.Activation:
    slope = reading.get("negative_slope", reading.get("alpha", 0.3))
    return layers.Activation(function=_leaky(reading, slope))


def _leaky(reading: Reading, slope: Any) -> activations.LeakyRelu:
    return made(activations.LeakyRelu, f"layer {reading.name!r}", {"alpha": slope})


def _elu_from(reading: Reading) -> layers.Activation:
    fields = {"alpha": reading.get("alpha", 1.0)}
    return layers.Activation(function=made(activations.Elu, f"layer {reading.name!r}", fields))


def _softmax_from(reading: Reading) -> layers.Activation:
    reading.require("axis", *LAST_AXIS)
    return layers.Activation(function=activations.Softmax())


# ── the others ──────────────────────────────────────────────────────────────────────────────


def _dropout_from(reading: Reading) -> layers.Layer:
    reading.require("noise_shape", None)
    fields = {"rate": reading.get("rate")}
    return made(layers.Dropout, f"layer {reading.name!r}", fields)


def _noise_from(reading: Reading) -> layers.Layer:
    fields = {"stddev": reading.get("stddev")}
    return made(layers.GaussianNoise, f"layer {reading.name!r}", fields)


def _batch_normalization_from(reading: Reading) -> layers.Layer:
    reading.require("axis", *LAST_AXIS)
    fields = {
        key: reading.get(key, value) for key, value in (("momentum", 0.99), ("epsilon", 1e-3))
    }
    return made(layers.BatchNormalization, f"layer {reading.name!r}", fields)


def _layer_normalization_from(reading: Reading) -> layers.Layer:
    reading.require("axis", *LAST_AXIS)
    reading.require("rms_scaling", False)
    fields = {"epsilon": reading.get("epsilon", 1e-3)}
    return made(layers.LayerNormalization, f"layer {reading.name!r}", fields)


def _concatenate_from(reading: Reading) -> layers.Layer:
    reading.require("axis", *LAST_AXIS)
    return layers.Concatenate()


def _plain(layer: type[layers.Layer]) -> Row:
    """A layer without options, of the same name in Keras."""
    name = layer.__name__
    return Row(layer, lambda _: ((name, {}),), {name: lambda _: layer()})


TABLE: tuple[Row, ...] = (
    Row(layers.Dense, _dense_to, {"Dense": _dense_from}),
    Row(
        layers.Activation,
        _activation_to,
        {
            "Activation": _activation_from,
            "ReLU": _relu_from,
            "LeakyReLU": _leaky_relu_from,
            "ELU": _elu_from,
            "Softmax": _softmax_from,
        },
    ),
    Row(
        layers.Dropout,
        lambda layer: (("Dropout", {"rate": layer.rate}),),
        {"Dropout": _dropout_from},
    ),
    Row(
        layers.GaussianNoise,
        lambda layer: (("GaussianNoise", {"stddev": layer.stddev}),),
        {"GaussianNoise": _noise_from},
    ),
    Row(
        layers.BatchNormalization,
        lambda layer: (
            (
                "BatchNormalization",
                {"axis": -1, "momentum": layer.momentum, "epsilon": layer.epsilon},
            ),
        ),
        {"BatchNormalization": _batch_normalization_from},
    ),
    Row(
        layers.LayerNormalization,
        lambda layer: (("LayerNormalization", {"axis": -1, "epsilon": layer.epsilon}),),
        {"LayerNormalization": _layer_normalization_from},
    ),
    _plain(layers.Add),
    _plain(layers.Multiply),
    _plain(layers.Average),
    Row(
        layers.Concatenate,
        lambda _: (("Concatenate", {"axis": -1}),),
        {"Concatenate": _concatenate_from},
    ),
)

WRITERS = {row.layer: row.to_keras for row in TABLE}
READERS = {name: read for row in TABLE for name, read in row.from_keras.items()}
