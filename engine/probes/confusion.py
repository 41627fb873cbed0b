"""How often each class was taken for which."""

from collections.abc import Mapping

import numpy as np

from engine.metrics import confusion_matrix
from engine.probes.scene import Scene
from engine.scores import predicted


def confusion(scene: Scene, _: str) -> Mapping[str, np.ndarray]:
    """`matrix` (classes, classes): rows are the actual class, columns the predicted one."""
    if scene.outputs is None or scene.truth is None or scene.facts.task != "classification":
        return {}
    found = predicted(scene.outputs.T, logits=scene.logits)
    return {"matrix": confusion_matrix(scene.truth, found, len(scene.facts.classes))}
