"""How often each class was taken for which."""

from collections.abc import Mapping

import numpy as np

from engine.probes.scene import Scene


def confusion(scene: Scene, _: str) -> Mapping[str, np.ndarray]:
    """`matrix` (classes, classes): rows are the actual class, columns the predicted one."""
    return {} if scene.matrix is None else {"matrix": scene.matrix.copy()}
