"""How much the last epoch changed each layer's weights, beside how large they are."""

from collections.abc import Mapping

import numpy as np

from engine.probes.gradients import trained_blocks
from engine.probes.scene import Scene


def updates(scene: Scene, _: str) -> Mapping[str, np.ndarray]:
    """`layers` are ids, `norms` the lengths of their weights, `ratios` the length of what the
    epoch changed by that; NaN for an epoch that was not seen from its beginning.
    """
    if scene.prepared is None:
        return {}
    now, before = scene.network.parameters, scene.epoch_start
    norms: list[float] = []
    ratios: list[float] = []
    blocks = trained_blocks(scene.network)
    for parts in blocks.values():
        size = _length([now[part] for part in parts])
        change = np.nan if before is None else _length([now[p] - before[p] for p in parts])
        norms.append(size)
        ratios.append(change / size if size else np.nan)
    return {
        "layers": np.array(list(blocks), str),
        "norms": np.array(norms),
        "ratios": np.array(ratios),
    }


def _length(parts: list[np.ndarray]) -> float:
    return float(np.sqrt(sum(float(part.astype(float) @ part.astype(float)) for part in parts)))
