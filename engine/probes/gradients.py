"""How large the gradients of each layer's weights are, and how they are spread."""

from collections.abc import Mapping

import numpy as np

from engine.network import Network
from engine.probes.scene import Scene

EDGES = np.linspace(-12.0, 4.0, 65)  # powers of ten; what is smaller or larger counts at the ends
SAMPLE = 65_536  # weights of a layer that the histogram looks at


def gradients(scene: Scene, _: str) -> Mapping[str, np.ndarray]:
    """Of the last batch, penalties and clipping included; empty before the first.

    `layers` are the ids of those that train, in order; `norms` and `sizes` (root of the mean
    square) one each; `counts` (layers, bins) of the power of ten between `edges`, `zeros` and how
    many weights there are in `weights`.
    """
    if scene.gradients is None:
        return {}
    found = {
        layer: np.concatenate([scene.gradients[each].astype(float) for each in parts])
        for layer, parts in trained_blocks(scene.network).items()
    }
    norms = np.array([np.linalg.norm(each) for each in found.values()])
    weights = np.array([each.size for each in found.values()])
    counts = [_counts(each) for each in found.values()]
    return {
        "layers": np.array(list(found), str),
        "norms": norms,
        "sizes": norms / np.sqrt(weights),
        "edges": EDGES.copy(),
        "counts": np.array(counts).reshape(len(found), len(EDGES) - 1),
        "zeros": np.array([np.count_nonzero(each == 0) for each in found.values()]),
        "weights": weights,
    }


def trained_blocks(network: Network) -> dict[str, list[slice]]:
    """Where each layer's weights lie in the flat vector; layers without any are left out."""
    found: dict[str, list[slice]] = {}
    for step in network.steps:
        if step.op.block_size:
            found.setdefault(step.layer, []).append(step.block)
    return found


def _counts(values: np.ndarray) -> np.ndarray:
    some = np.abs(values[:: max(1, -(-values.size // SAMPLE))])
    powers = np.log10(some[(some > 0) & np.isfinite(some)])
    return np.histogram(np.clip(powers, EDGES[0], EDGES[-1]), EDGES)[0]
