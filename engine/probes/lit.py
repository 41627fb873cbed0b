"""What one row makes of each layer."""

from collections.abc import Mapping

import numpy as np

from engine.probes.scene import Scene


def lit(scene: Scene, _: str) -> Mapping[str, np.ndarray]:
    """The outputs `(units,)` of each layer, by its id, for the row that `scene.setting` numbers."""
    prepared, row = scene.prepared, scene.setting
    if prepared is None or not isinstance(row, int) or not 0 <= row < prepared.facts.rows:
        return {}
    outputs = scene.network.explain(prepared.X[np.array([row])])
    return {layer: values[0] for layer, values in outputs.items()}
