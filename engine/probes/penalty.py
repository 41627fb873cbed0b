"""What L1 and L2 add to the loss, apart from it."""

from collections.abc import Mapping

import numpy as np

from engine.probes.scene import Scene


def penalty(scene: Scene, _: str) -> Mapping[str, np.ndarray]:
    """`penalty`: the sum of l1·|W| + l2·W² over all weights that have one; empty without any."""
    network, total, any_of_them = scene.network, 0.0, False
    for key, view in network.trained_views(network.parameters).items():
        limits = network.parameter(key)
        if limits.l1 or limits.l2:
            any_of_them = True
            values = view.astype(np.float64)
            total += limits.l1 * float(np.abs(values).sum()) + limits.l2 * float(
                np.square(values).sum()
            )
    return {"penalty": np.array(total)} if any_of_them else {}
