"""Blocks of layers that people place again and again, ready-made."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from engine.activations import Relu, Sigmoid
from engine.design import Design
from engine.fragments import Fragment
from engine.layers import (
    Activation,
    Add,
    BatchNormalization,
    Dense,
    Dropout,
    Layer,
    LayerNormalization,
    Multiply,
)


@dataclass(frozen=True)
class Preset:
    """A block with the words about it."""

    key: str
    tip: str
    fragment: Fragment

    @property
    def label(self) -> str:
        return self.fragment.name


@cache
def presets() -> tuple[Preset, ...]:
    """All of them, in the order in which they are offered."""
    return (
        Preset(
            "dense_block",
            "A Dense layer, normalised, with ReLU and dropout behind it.",
            _chain(
                "Dense + batch norm + ReLU + dropout",
                (
                    Dense(units=64),
                    BatchNormalization(),
                    Activation(function=Relu()),
                    Dropout(rate=0.2),
                ),
            ),
        ),
        Preset(
            "residual",
            "What comes in is added to what two Dense layers make of it; they take its width.",
            _residual(),
        ),
        Preset(
            "bottleneck",
            "Few units between two wide layers: what goes through has to be compressed.",
            _chain(
                "Bottleneck",
                tuple(Dense(units=units, activation=Relu()) for units in (64, 8, 64)),
            ),
        ),
        Preset(
            "gate",
            "What comes in is multiplied by a Dense layer of 0 to 1, which lets it pass or not.",
            _gate(),
        ),
    )


def _chain(name: str, layers: Iterable[Layer]) -> Fragment:
    return Fragment(Design.chain(*layers), name=name)


def _residual() -> Fragment:
    inner = (
        LayerNormalization(),
        Dense(units=64, activation=Relu()),
        Dropout(rate=0.1),
        Dense(units=64),
        Add(),
    )
    return Fragment(Design.chain(*inner), name="Residual block")


def _gate() -> Fragment:
    return Fragment(Design.chain(Dense(units=64, activation=Sigmoid()), Multiply()), name="Gate")
