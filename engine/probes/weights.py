"""The arrays of one layer: kernel `(inputs, units)`, bias, gamma, …"""

from collections.abc import Mapping

import numpy as np

from engine.probes.scene import Scene


def weights(scene: Scene, layer: str) -> Mapping[str, np.ndarray]:
    """Copies of everything the layer (by id) trains or keeps; empty where it has none."""
    views = scene.network.views
    return {name: views[key].copy() for key in views for owner, name in [key] if owner == layer}
