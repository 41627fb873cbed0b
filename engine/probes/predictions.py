"""What was predicted beside what is true, for regression."""

from collections.abc import Mapping

import numpy as np

from engine.probes.scene import Scene


def predictions(scene: Scene, _: str) -> Mapping[str, np.ndarray]:
    """`actual` and `predicted`, `(rows, targets)` in the target's own units."""
    if scene.outputs is None or scene.truth is None or scene.facts.task != "regression":
        return {}
    decode = scene.preprocessing.decode
    return {"actual": _column(decode(scene.truth)), "predicted": _column(decode(scene.outputs))}


def _column(values: np.ndarray) -> np.ndarray:
    return np.asarray(values, float).reshape(len(values), -1)
