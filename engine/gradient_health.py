"""Names gradients that vanish or explode, with the evidence; silent where it is not sure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

IN_A_ROW = 5  # measurements that must agree: one batch says little
VANISHED = 1e-3  # of the gradients of the layer with the largest
LEAST = 1e-12  # what the largest must be at least: where nothing is left to learn, nothing vanishes
EXPLODED = 100.0  # times the usual length
USUAL = 5  # measurements at the beginning that say what is usual


@dataclass(frozen=True)
class Finding:
    """`layer` has gradients `times` smaller than `other` (vanishing), or larger than at first
    (exploding; `other` is then ""), in each of the last `measurements`.
    """

    kind: Literal["vanishing", "exploding"]
    layer: str
    times: float
    measurements: int
    other: str = ""


def findings(layers: Sequence[str], sizes: np.ndarray) -> tuple[Finding, ...]:
    """What is wrong with `sizes` (measurements, layers), oldest first: the root mean square of the
    gradients by the weights of `layers`, in the order in which data pass them.
    """
    if len(sizes) < IN_A_ROW or len(layers) < 2:
        return _exploding(layers, sizes)
    return (*_vanishing(layers, sizes[-IN_A_ROW:]), *_exploding(layers, sizes))


def _vanishing(layers: Sequence[str], last: np.ndarray) -> tuple[Finding, ...]:
    """The layer with the smallest, where it lies before the layer with the largest."""
    usual = np.median(last, axis=0)
    if not np.isfinite(last).all() or usual.max() < LEAST:
        return ()
    largest = int(usual.argmax())
    before = last[:, :largest]
    if not before.size:
        return ()
    smallest = int(usual[:largest].argmin())
    share = before[:, smallest] / np.maximum(last[:, largest], LEAST)
    if (share > VANISHED).any():
        return ()
    times = float(usual[largest] / max(usual[smallest], 1e-30))
    return (Finding("vanishing", layers[smallest], times, len(last), layers[largest]),)


def _exploding(layers: Sequence[str], sizes: np.ndarray) -> tuple[Finding, ...]:
    """The layer whose gradients have grown most, where they are not finite or far beyond usual."""
    if len(sizes) and not np.isfinite(sizes[-1]).all():
        return (Finding("exploding", layers[int(np.isfinite(sizes[-1]).argmin())], np.inf, 1),)
    if len(sizes) < USUAL + IN_A_ROW:
        return ()
    usual, last = np.median(sizes[:USUAL], axis=0), sizes[-IN_A_ROW:].min(axis=0)
    growth = last / np.maximum(usual, LEAST)
    worst = int(growth.argmax())
    if growth[worst] < EXPLODED:
        return ()
    return (Finding("exploding", layers[worst], float(growth[worst]), IN_A_ROW),)
