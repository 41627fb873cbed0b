"""How the numbers of one array of a layer are spread."""

from collections.abc import Mapping

import numpy as np

from engine.probes.scene import Scene

BINS = 60
SAMPLE = 65_536  # numbers that are looked at


def spread(scene: Scene, layer: str) -> Mapping[str, np.ndarray]:
    """`counts` between `edges` of the layer's array that `scene.setting` names; empty without."""
    view = scene.network.views.get((layer, str(scene.setting)))
    if view is None:
        return {}
    values = view.ravel()[:: max(1, -(-view.size // SAMPLE))].astype(float)
    finite = values[np.isfinite(values)]
    counts, edges = np.histogram(finite, BINS, None if finite.size else (0.0, 1.0))
    return {"counts": counts, "edges": edges}
