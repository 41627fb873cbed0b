"""The length of the gradient over all weights, of the last batch."""

from collections.abc import Mapping

import numpy as np

from engine.probes.scene import Scene


def gradient_norm(scene: Scene, _: str) -> Mapping[str, np.ndarray]:
    """`norm`, penalties on weights included and before it is cut to the longest allowed.

    Empty where no batch has been trained on yet.
    """
    if scene.gradients is None:
        return {}
    if scene.norm_before_clipping is not None:
        return {"norm": np.array(scene.norm_before_clipping)}
    return {"norm": np.array(np.linalg.norm(scene.gradients.astype(np.float64)))}
