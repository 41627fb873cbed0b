"""How the outputs of each layer are spread over the rows held back for validation."""

from collections.abc import Mapping

import numpy as np

from engine.probes.forward import held_back, layer_outputs
from engine.probes.scene import Scene

BINS = 48
SAMPLE = 65_536  # outputs of a layer that the histogram looks at


def activations(scene: Scene, _: str) -> Mapping[str, np.ndarray]:
    """`layers` are the ids of all, `means`, `deviations` and `zeros` (the share that is exactly 0)
    one each; `edges` (layers, bins + 1) and `counts` (layers, bins) of their outputs.
    """
    if scene.prepared is None:
        return {}
    rows = held_back(scene.prepared)
    kept: dict[str, list[np.ndarray]] = {}
    for outputs in layer_outputs(scene, rows):
        for layer, values in outputs.items():
            every = max(1, -(-values.shape[0] * len(rows) // SAMPLE))
            kept.setdefault(layer, []).append(values.ravel()[::every].astype(float))
    found = {layer: np.concatenate(parts) for layer, parts in kept.items()}
    bins = [_bins(values) for values in found.values()]
    return {
        "layers": np.array(list(found), str),
        "means": np.array([values.mean() for values in found.values()]),
        "deviations": np.array([values.std() for values in found.values()]),
        "zeros": np.array([np.mean(values == 0) for values in found.values()]),
        "counts": np.array([counts for counts, _ in bins]),
        "edges": np.array([edges for _, edges in bins]),
    }


def _bins(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    finite = values[np.isfinite(values)]
    return np.histogram(finite, BINS, None if finite.size else (0.0, 1.0))
